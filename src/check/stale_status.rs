//! RB313: scheduled, and the window is over; in progress for longer than its window; begun, and without a status, or a draft
//! of the site; live, and its window without an outcome.

use jiff::civil::Date;

use super::subject::Subject;
use super::work::own_plan;
use crate::diag::{Finding, Lint};
use crate::record::{Plan, Status, Window, WindowOutcome};

/// Scheduled, and the window is over; in progress for longer than its window; begun, and without a status.
pub const STALE_STATUS: Lint = Lint::process(
    "RB313",
    "stale-status",
    "scheduled or in progress, and the window is over; begun, and without a status",
    include_str!("stale_status.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    if let Some(finding) = unsaid(subject).or_else(|| hidden(subject)) {
        return vec![finding];
    }
    let Some((plan, status)) = own_plan(subject) else { return Vec::new() };
    if let Some(finding) = without_outcome(subject, plan, status).or_else(|| carried_out(subject, plan, status)) {
        return vec![finding];
    }
    let (Status::Approved | Status::Scheduled | Status::InProgress, Some(end)) = (status, end(plan)) else {
        return Vec::new();
    };
    if end >= subject.context.today {
        return Vec::new();
    }
    let message = match status {
        Status::Approved | Status::Scheduled => {
            format!("this is still `{}`, and its time was over on {end}", status.word())
        }
        _ => format!("this is still `in-progress`, and its window was over on {end}"),
    };
    vec![
        subject.finding(&STALE_STATUS, "status", message).label("what came of it?").help(
            "say what it came to (`deployed`, `rolled-back`, `cancelled`), or add the window in which it goes on",
        ),
    ]
}

/// Work whose time has come, and that says nothing of how far it is: no rule of a status would look at it.
fn unsaid(subject: &Subject<'_>) -> Option<Finding> {
    let plan = subject.record.plan().filter(|plan| plan.status.is_none())?;
    let begun = plan.windows.iter().map(Window::start_day).min().filter(|day| *day <= subject.context.today)?;
    let message = format!("this says no status, and its window began on {begun}");
    let finding = subject.finding(&STALE_STATUS, "windows", message).label("how far is it?");
    Some(finding.help("add `status:` with what it came to: `in-progress`, `deployed`, `rolled-back`, `cancelled`"))
}

/// Work that has begun, and no page tells of it.
fn hidden(subject: &Subject<'_>) -> Option<Finding> {
    let today = subject.context.today;
    subject.record.plan().filter(|plan| subject.header().draft && plan.was_carried_out(today))?;
    let message = "this is a draft of the site, and the work has begun: no page tells of it";
    let finding = subject.finding(&STALE_STATUS, "draft", message).label("what was done is no draft");
    Some(finding.help("take `draft` out"))
}

/// What is deployed or closed, and its last window does not say what came of it.
fn without_outcome(subject: &Subject<'_>, plan: &Plan, status: Status) -> Option<Finding> {
    if !status.says_live() {
        return None;
    }
    let (number, window) = plan.attempts().next_back()?;
    if window.outcome.is_some() || plan.rollback.is_some() {
        return None;
    }
    let message = format!("this is `{}`, and its last window does not say what came of it", status.word());
    let finding = subject.finding(&STALE_STATUS, &format!("windows.{number}"), message).label("what came of it?");
    Some(
        finding
            .help("add `outcome: deployed`, and the actual times where they were others: `actual_start`, `actual_end`"),
    )
}

/// Work whose status says that it has not begun, or was called off, and one of its windows that it was carried out. A
/// window that was rolled back leaves the way to a further one.
fn carried_out(subject: &Subject<'_>, plan: &Plan, status: Status) -> Option<Finding> {
    if status.has_begun() {
        return None;
    }
    let was_used = |window: &Window| match window.outcome {
        Some(outcome) => outcome == WindowOutcome::Deployed,
        None => window.actual_start.is_some() || window.actual_end.is_some(),
    };
    let number = plan.windows.iter().position(was_used)?;
    let message = format!("this is `{}`, and one of its windows says that the work was done", status.word());
    let finding = subject.finding(&STALE_STATUS, "status", message).label("how far is it?");
    let finding = finding.related(subject.key(&format!("windows.{number}")), "carried out");
    Some(
        finding.help("say what it came to (`in-progress`, `deployed`, `closed`, `rolled-back`), or correct the window"),
    )
}

/// The last day of the last attempt, or the planned day where there is no window.
fn end(plan: &Plan) -> Option<Date> {
    let last = plan.attempts().map(|(_, window)| window.last_day()).max();
    last.or(plan.planned_date.filter(|_| plan.windows.is_empty()))
}
