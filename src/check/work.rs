//! What several rules ask of a plan: which attempts count, when the work began, whose plan it is.

use jiff::civil::Date;

use super::subject::Subject;
use crate::record::{ChangeType, Plan, PlanKind, Record, ReleaseType, Status, Window, WindowOutcome};

/// The attempts that were not called off or put off, each with its number in the list.
pub fn attempts(plan: &Plan) -> impl DoubleEndedIterator<Item = (usize, &Window)> {
    let is_off = |window: &Window| matches!(window.outcome, Some(WindowOutcome::Cancelled | WindowOutcome::Postponed));
    plan.windows.iter().enumerate().filter(move |(_, window)| !is_off(window))
}

/// The day on which an attempt began, or is planned to.
pub fn start_day(window: &Window) -> Date {
    window.actual_start.as_ref().unwrap_or(&window.start).date()
}

/// Whether work has begun: in progress, or something came of it.
pub fn has_begun(status: Status) -> bool {
    matches!(status, Status::InProgress | Status::Deployed | Status::RolledBack | Status::Closed)
}

/// Whether it goes out of turn, and may be recorded afterwards.
pub fn is_emergency(record: &Record) -> bool {
    match record {
        Record::Release(release) => release.release_type == Some(ReleaseType::Emergency),
        Record::Change(change) => change.change_type == Some(ChangeType::Emergency),
        _ => false,
    }
}

/// The plan of a release, or of a change that ships alone, with its status: a delivered change has its plan in the
/// release.
pub fn own_plan<'a>(subject: &Subject<'a>) -> Option<(&'a Plan, Status)> {
    let plan = subject.record.plan()?;
    let is_delivered = subject.context.book.plan_kind(subject.index) == Some(PlanKind::DeliveredChange);
    plan.status.filter(|_| !is_delivered).map(|status| (plan, status))
}
