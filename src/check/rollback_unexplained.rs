//! RB308: rolled back without a root cause, or closed after that without a resolution.

use super::subject::Subject;
use super::work::own_plan;
use crate::diag::{Finding, Lint};
use crate::record::{Plan, PlanSection, Status, WindowOutcome};

/// Rolled back without a root cause, or closed after that without a resolution.
pub const ROLLBACK_UNEXPLAINED: Lint = Lint::process(
    "RB308",
    "rollback-unexplained",
    "rolled back without a root cause, or closed after that without a resolution",
    include_str!("rollback_unexplained.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let Some((plan, status)) = own_plan(subject) else { return Vec::new() };
    let window = plan.windows.iter().rposition(|window| window.outcome == Some(WindowOutcome::RolledBack));
    let body = &subject.context.book.bodies[subject.index.0 as usize];
    let has_heading = body.sections.contains(&PlanSection::RootCause)
        || body.empty.iter().any(|(section, _)| *section == PlanSection::RootCause);
    let has_cause = plan.rollback.as_ref().and_then(|rollback| rollback.root_cause.as_deref());
    if !plan.was_rolled_back() {
        return Vec::new();
    }
    if has_heading || has_cause.is_some_and(|cause| !cause.trim().is_empty()) {
        return unresolved(subject, plan, status).into_iter().collect();
    }
    let of_window = window.map(|number| format!("windows.{number}.outcome"));
    let path = match (plan.rollback.is_some(), of_window) {
        (true, _) => "rollback".to_owned(),
        (false, Some(path)) => path,
        (false, None) => "status".to_owned(),
    };
    vec![
        subject
            .finding(&ROLLBACK_UNEXPLAINED, &path, "this was rolled back, and nobody says why it had to be")
            .label("a root cause is wanted")
            .help(
                "add `root_cause` under `rollback`, or a section `## Root cause`; what made you stop is the `trigger`",
            ),
    ]
}

/// What is over with the rollback, and nobody says what was done about its cause.
fn unresolved(subject: &Subject<'_>, plan: &Plan, status: Status) -> Option<Finding> {
    let rollback = plan.rollback.as_ref().filter(|_| status == Status::Closed)?;
    if rollback.resolution.is_some() || rollback.follow_up.is_some() {
        return None;
    }
    let message = "this was rolled back and is closed, and nobody says what was done about the cause";
    let finding = subject.finding(&ROLLBACK_UNEXPLAINED, "rollback", message).label("a resolution is wanted");
    Some(finding.help("add `resolution` under `rollback`, or the release that does it better as `follow_up`"))
}
