//! What the rules of the calendar share: which windows can still be moved, and how their times are said.

use jiff::civil::DateTime;

use super::subject::{Context, Subject};
use crate::book::{Occurrence, OccurrenceIndex, OccurrenceKind, RecordIndex};
use crate::record::{Status, fold};
use crate::source::Place;

/// A window of a release or change that is still to come or going on.
pub(super) struct OpenWindow<'a> {
    pub record: RecordIndex,
    pub number: u32,
    pub id: &'a str,
    pub occurrence: &'a Occurrence,
    status: Option<Status>,
}

/// The window of an entry, if something can still be done about it. What is over is no longer a gate's business.
pub(super) fn open_window<'a>(context: &Context<'a>, index: OccurrenceIndex) -> Option<OpenWindow<'a>> {
    let occurrence = context.book.schedule.get(index);
    let OccurrenceKind::Attempt(number) = occurrence.kind else { return None };
    let record = context.book.get(occurrence.record);
    let plan = record.plan()?;
    let has_outcome = plan.windows.get(number as usize)?.outcome.is_some();
    // What was rolled back may have a further window.
    let is_done = matches!(plan.status, Some(Status::Deployed | Status::Closed | Status::Cancelled));
    let is_open = !is_done && !has_outcome && occurrence.last_day >= context.today;
    let id = record.header().id.as_str();
    is_open.then_some(OpenWindow { record: occurrence.record, number, id, occurrence, status: plan.status })
}

impl OpenWindow<'_> {
    /// Where the start of the window is written.
    pub(super) fn place(&self, context: &Context<'_>) -> Option<Place> {
        Some(Subject::new(context, self.record)?.key(&format!("windows.{}.start", self.number)))
    }

    /// The time in which two windows are open.
    pub(super) fn common_time(&self, other: &OpenWindow<'_>, context: &Context<'_>) -> String {
        let (one, other) = (self.occurrence, other.occurrence);
        times(one.start.max(other.start), one.end.min(other.end), context)
    }
}

/// The two, the one first that is easier to move: the one that is less far, else the one with the later id.
pub(super) fn easier_first<'a>(one: OpenWindow<'a>, other: OpenWindow<'a>) -> (OpenWindow<'a>, OpenWindow<'a>) {
    // A plan that was rolled back has to be approved anew.
    let step = |window: &OpenWindow<'_>| match window.status {
        Some(Status::RolledBack) => (Some(Status::Assessment), true),
        status => (status, false),
    };
    let key = |window: &OpenWindow<'_>| (std::cmp::Reverse(step(window)), fold(window.id));
    if key(&one) >= key(&other) { (one, other) } else { (other, one) }
}

/// `2026-11-28 22:00 to 23:30 (Europe/London)`.
pub(super) fn times(from: DateTime, to: DateTime, context: &Context<'_>) -> String {
    let end = match from.date() == to.date() {
        true => to.strftime("%H:%M").to_string(),
        false => to.strftime("%Y-%m-%d %H:%M").to_string(),
    };
    let zone = context.settings.time_zone.iana_name().unwrap_or("UTC");
    format!("{} to {end} ({zone})", from.strftime("%Y-%m-%d %H:%M"))
}
