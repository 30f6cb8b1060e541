//! What several rules ask of a plan: until when it can be approved, whose it is, whether it is to bring a fix.

use jiff::civil::Date;

use super::subject::{Context, Subject};
use crate::record::{Kind, KnownError, Plan, PlanKind, Status};

/// The last day on which work that began on a day can be approved, and how many days behind it that is.
pub(super) fn last_approval_day(subject: &Subject<'_>, start: Date) -> (Date, u16) {
    let (days, is_emergency) = (subject.context.settings.process.days, subject.record.is_emergency());
    (days.last_approval_day(is_emergency, start), days.approval_after_start(is_emergency))
}

/// Whether it is an emergency whose work may be approved today, or has not begun.
pub(super) fn may_still_be_approved(subject: &Subject<'_>, plan: &Plan) -> bool {
    subject.record.is_emergency()
        && plan.first_attempt_day().is_some_and(|start| last_approval_day(subject, start).0 >= subject.context.today)
}

/// Whether nothing has to be said of it yet, or any more: it is a draft or called off, and no attempt tells of a start or an
/// end.
pub(super) fn is_still_silent(plan: &Plan) -> bool {
    matches!(plan.status, Some(Status::Draft | Status::Cancelled))
        && !plan.was_tried()
        && !plan.attempts().any(|(_, window)| window.is_tried())
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
