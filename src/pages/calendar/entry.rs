//! An entry of the calendar as a page shows it: whose it is, when, what came of it, and what speaks against it.

use jiff::civil::Date;
use serde::Serialize;

use super::clash::{Clash, Exempt, clashes, exemptions};
use crate::book::{Occurrence, OccurrenceIndex, OccurrenceKind};
use crate::pages::Context;
use crate::pages::parts::row::{Badge, Row};
use crate::pages::parts::stages::stages_on;
use crate::pages::parts::time::{Day, When};
use crate::record::Record;

/// An entry of the calendar.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// `freeze`, `maintenance`, `attempt` or `planned`.
    pub kind: &'static str,
    /// `Freeze`, `Maintenance`, `Release`, `Change`.
    pub label: &'static str,
    /// The record.
    pub row: Row,
    /// Its day, or the first of them.
    pub day: Day,
    /// When it is; nothing for an entry without hours.
    pub when: Option<When>,
    /// What came of the attempt, else the status.
    pub state: Option<Badge>,
    /// Which stages of the rollout are on: on the day of the heading, else on that of the build.
    pub stage: Option<String>,
    /// What speaks against it.
    pub clashes: Vec<Clash>,
    /// How much more does.
    pub more_clashes: usize,
    /// The freezes that it stands in and that let it through.
    pub exemptions: Vec<Exempt>,
    /// What the page's filter finds it by.
    pub filter: String,
}

/// An entry of the calendar as a page shows it: under the heading of a day, with what speaks against it on that day; or
/// alone, with its days and its zone.
pub(crate) fn entry(context: &Context<'_>, index: OccurrenceIndex, heading: Option<Date>) -> Entry {
    let occurrence = context.edition.schedule.get(index);
    let record = context.edition.get(occurrence.record);
    let (kind, label) = match occurrence.kind {
        OccurrenceKind::Freeze => ("freeze", "Freeze"),
        OccurrenceKind::Maintenance => ("maintenance", "Maintenance"),
        OccurrenceKind::Attempt(_) => ("attempt", record.kind().label()),
        OccurrenceKind::Planned => ("planned", record.kind().label()),
    };
    let outcome = match (occurrence.kind, record.plan()) {
        (OccurrenceKind::Attempt(number), Some(plan)) => plan.windows[number as usize].outcome.map(Badge::new),
        _ => None,
    };
    let stage = match (occurrence.kind, record.plan()) {
        (OccurrenceKind::Attempt(_), Some(plan)) => {
            let day = heading.unwrap_or(context.today);
            stages_on(plan, [occurrence.from, occurrence.to], day, &context.settings.time_zone)
        }
        _ => None,
    };
    let mut row = Row::new(context, occurrence.record);
    if let Record::Window(window) = record {
        row.note.clone_from(&window.reason);
    }
    let (clashes, more_clashes) = clashes(context, index, heading);
    Entry {
        kind,
        label,
        day: Day::new(occurrence.start.date()),
        when: (occurrence.kind != OccurrenceKind::Planned).then(|| when(context, occurrence, heading)),
        state: outcome.or(row.badge),
        stage,
        clashes,
        more_clashes,
        exemptions: exemptions(context, index, heading),
        filter: String::new(),
        row,
    }
}

/// In the site's zone, which a page with headings has named, and in the record's own where that is another.
fn when(context: &Context<'_>, occurrence: &Occurrence, heading: Option<Date>) -> When {
    let [from, to] = [occurrence.from, occurrence.to].map(|at| at.to_zoned(context.settings.time_zone.clone()));
    let when = match heading {
        Some(day) => When::under(day, &from, &to).without_zone(),
        None => When::stretch(&from, &to),
    };
    let own = match (occurrence.kind, context.edition.get(occurrence.record)) {
        (OccurrenceKind::Attempt(number), record) => record.plan().map(|plan| &plan.windows[number as usize].start),
        (_, Record::Window(window)) => window.first.as_ref().map(|(start, _)| start),
        _ => None,
    };
    match own {
        Some(start) => when.with_own(&from, &to, start.time_zone()),
        None => when,
    }
}
