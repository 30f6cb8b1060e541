//! What several rules ask of a plan: whether it goes out of turn, whose it is, whether it is to bring a fix.

use super::subject::{Context, Subject};
use crate::record::{ChangeType, Kind, KnownError, Plan, PlanKind, Record, ReleaseType, Status};

/// Whether it goes out of turn, and may be recorded afterwards.
pub(super) fn is_emergency(record: &Record) -> bool {
    match record {
        Record::Release(release) => release.release_type == Some(ReleaseType::Emergency),
        Record::Change(change) => change.change_type == Some(ChangeType::Emergency),
        _ => false,
    }
}

/// The plan of a release, or of a change that ships alone, with its status: a delivered change has its plan in the
/// release.
pub(super) fn own_plan<'a>(subject: &Subject<'a>) -> Option<(&'a Plan, Status)> {
    let plan = subject.record.plan()?;
    let is_delivered = subject.context.book.plan_kind(subject.index) == Some(PlanKind::DeliveredChange);
    plan.status.filter(|_| !is_delivered).map(|status| (plan, status))
}

/// Whether a release that is still to come should fix a known error.
pub(super) fn is_fix_planned(context: &Context<'_>, known: &KnownError) -> bool {
    let book = context.book;
    let planned = known.planned_fix.as_ref().and_then(|planned| book.tables.find(Kind::Release, &planned.id));
    let planned = planned.and_then(|planned| book.get(planned).plan());
    planned.is_some_and(|plan| plan.standing(context.today).is_as_ahead())
}
