//! The calendar: every entry by its start.

use std::borrow::Cow;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::address;
use super::card::Card;
use super::conflict::{Conflict, against};
use super::list::List;
use crate::book::{Occurrence, OccurrenceIndex, OccurrenceKind};
use crate::pages::{Context, stages_on};
use crate::record::{Record, Vocabulary};

/// An entry of the calendar.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Entry {
    /// `attempt` of a release or change, `planned` where it has a day and no window, `maintenance` or `freeze`.
    kind: &'static str,
    /// Whose it is.
    record: Card,
    /// The number of the window in the list of windows, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    window: Option<usize>,
    /// When it begins, in the site's zone (RFC 3339); of `planned` the day alone.
    start: String,
    /// When it ends, in the site's zone (RFC 3339); not there for `planned`.
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<String>,
    /// The last day that it touches, in the site's zone (ISO 8601).
    last_day: String,
    /// What came of the attempt.
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<&'static str>,
    /// Why a maintenance time or freeze is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// Which stages of the rollout are on in it on the day of the build.
    #[serde(skip_serializing_if = "Option::is_none")]
    stage: Option<String>,
    /// What speaks against it, and freezes that let it through.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    conflicts: Vec<Conflict>,
}

/// All entries of the calendar that its pages show, by their start, or a part of them.
pub(super) fn calendar(context: &Context<'_>, number: usize) -> List<Entry> {
    let all = context.edition.schedule.iter();
    List::new(context, all, number, &address::named("calendar"), |(index, _)| entry(context, index))
}

impl Entry {
    /// What stands in a column of the calendar's table.
    pub(super) fn cell(&self, head: &str) -> Option<Cow<'_, str>> {
        match head {
            "kind" => Some(self.kind.into()),
            "window" => self.window.map(|number| number.to_string().into()),
            "start" => Some(self.start.as_str().into()),
            "end" => self.end.as_deref().map(Cow::Borrowed),
            "last_day" => Some(self.last_day.as_str().into()),
            "outcome" => self.outcome.map(Cow::Borrowed),
            "reason" => self.reason.as_deref().map(Cow::Borrowed),
            "stage" => self.stage.as_deref().map(Cow::Borrowed),
            head => self.record.cell(head),
        }
    }
}

/// An entry of the calendar.
pub(super) fn entry(context: &Context<'_>, index: OccurrenceIndex) -> Entry {
    let of = context.edition.schedule.get(index);
    let record = context.edition.get(of.record);
    let attempt = match of.kind {
        OccurrenceKind::Attempt(number) => Some(number as usize),
        _ => None,
    };
    let window = attempt.and_then(|number| record.plan()?.windows.get(number));
    let is_planned = of.kind == OccurrenceKind::Planned;
    Entry {
        kind: match of.kind {
            OccurrenceKind::Freeze => "freeze",
            OccurrenceKind::Maintenance => "maintenance",
            OccurrenceKind::Attempt(_) => "attempt",
            OccurrenceKind::Planned => "planned",
        },
        record: Card::new(context, of.record),
        window: attempt.map(|number| number + 1),
        start: if is_planned { of.start.date().to_string() } else { moment(context, of.from) },
        end: (!is_planned).then(|| moment(context, of.to)),
        last_day: of.last_day.to_string(),
        outcome: window.and_then(|window| window.outcome).map(|outcome| outcome.said().word),
        reason: match record {
            Record::Window(window) => window.reason.clone(),
            _ => None,
        },
        stage: attempt.and_then(|_| stage(context, of)),
        conflicts: against(context, index, attempt.map(|number| number + 1)),
    }
}

fn stage(context: &Context<'_>, of: &Occurrence) -> Option<String> {
    let plan = context.edition.get(of.record).plan()?;
    stages_on(plan, [of.from, of.to], context.today, &context.settings.time_zone)
}

fn moment(context: &Context<'_>, at: Timestamp) -> String {
    let zone = &context.settings.time_zone;
    at.display_with_offset(zone.to_offset(at)).to_string()
}
