//! RB308: rolled back without a root cause.

use super::subject::Subject;
use super::work::own_plan;
use crate::diag::{Finding, Lint};
use crate::record::{PlanSection, WindowOutcome};

/// Rolled back without a root cause.
pub const ROLLBACK_UNEXPLAINED: Lint = Lint::process(
    "RB308",
    "rollback-unexplained",
    "rolled back without a root cause",
    include_str!("rollback_unexplained.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let Some((plan, _)) = own_plan(subject) else { return Vec::new() };
    let window = plan.windows.iter().rposition(|window| window.outcome == Some(WindowOutcome::RolledBack));
    let body = &subject.context.book.bodies[subject.index.0 as usize];
    let has_heading = body.sections.contains(&PlanSection::RootCause)
        || body.empty.iter().any(|(section, _)| *section == PlanSection::RootCause);
    let has_cause = plan.rollback.as_ref().and_then(|rollback| rollback.root_cause.as_deref());
    if !plan.was_rolled_back() || has_heading || has_cause.is_some_and(|cause| !cause.trim().is_empty()) {
        return Vec::new();
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
