//! RB309: rolled back, neither closed nor with a further window that has its own approval.

use super::subject::Subject;
use super::work::own_plan;
use crate::diag::{Finding, Lint};
use crate::record::{Plan, Status, Window, WindowOutcome, says_something};

/// Rolled back, neither closed nor with a further window that has its own approval.
pub const NO_FURTHER_WINDOW: Lint = Lint::process(
    "RB309",
    "no-further-window",
    "rolled back, neither closed nor with a further window and its own approval",
    include_str!("no_further_window.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let Some((plan, status)) = own_plan(subject) else { return Vec::new() };
    let mut findings: Vec<Finding> =
        further(plan).filter_map(|(before, number, window)| unapproved(subject, before, number, window)).collect();
    let is_followed = plan.rollback.as_ref().is_some_and(|rollback| rollback.follow_up.is_some());
    let last = plan.attempts().next_back();
    let has_further = last.is_some_and(|(_, window)| window.outcome != Some(WindowOutcome::RolledBack))
        && further(plan).next().is_some();
    if status == Status::RolledBack && !is_followed && !has_further {
        findings.push(
            subject
                .finding(&NO_FURTHER_WINDOW, "status", "this was rolled back, and nothing says what becomes of it")
                .label("neither closed, nor with a further window")
                .help("add the next attempt to `windows`, with `approved_by` and `approved_on` of its own")
                .help("or name the release that does it better under `rollback: {follow_up: …}`, or close this one"),
        );
    }
    findings
}

/// Each attempt that follows a rolled-back one: that one, and the number and window of its own.
fn further(plan: &Plan) -> impl Iterator<Item = (&Window, usize, &Window)> {
    let taken_back = plan.attempt_taken_back();
    let pairs = plan.attempts().zip(plan.attempts().skip(1));
    pairs
        .filter(move |((number, before), _)| {
            before.outcome == Some(WindowOutcome::RolledBack) || taken_back == Some(*number)
        })
        .map(|((_, before), (number, window))| (before, number, window))
}

fn unapproved(subject: &Subject<'_>, before: &Window, number: usize, window: &Window) -> Option<Finding> {
    let day = before.start_day();
    let (path, message) = match (says_something(window.approved_by.as_ref()), window.approved_on) {
        (true, Some(on)) if on > subject.context.today => (
            format!("windows.{number}.approved_on"),
            format!("the further window\u{2019}s approval is dated {on}, which is after today"),
        ),
        (true, Some(on)) if on >= day => return None,
        (true, Some(on)) => (
            format!("windows.{number}.approved_on"),
            format!("the further window was approved on {on}, before the attempt of {day} that was rolled back"),
        ),
        _ => (
            format!("windows.{number}"),
            format!("the further window after the rollback of {day} has no approval of its own"),
        ),
    };
    let finding = subject.finding(&NO_FURTHER_WINDOW, &path, message);
    Some(
        finding
            .label("the next attempt")
            .help("give it `approved_by` and `approved_on`: the first approval was for the first attempt"),
    )
}
