//! What speaks against an entry of the calendar, and which freezes let it through: on all of its days, or on one.

use jiff::civil::Date;
use serde::Serialize;

use crate::book::{Conflict, OccurrenceIndex, RecordIndex};
use crate::pages::Context;
use crate::pages::parts::row::Link;
use crate::record::Record;

/// Something that speaks against an entry.
#[derive(Debug, Clone, Serialize)]
pub struct Clash {
    /// What it is: `Collides with`.
    pub before: &'static str,
    /// With what.
    pub with: Link,
    /// On which items.
    pub after: String,
}

/// A freeze that lets an entry's record through.
#[derive(Debug, Clone, Serialize)]
pub struct Exempt {
    /// The freeze.
    pub freeze: Link,
    /// Who agreed.
    pub approved_by: String,
}

/// How many conflicts of an entry are told one by one.
const MOST_CLASHES: usize = 3;

/// What speaks against an entry, on one day where one is given: the first of it, and how much more does.
pub(super) fn clashes(context: &Context<'_>, index: OccurrenceIndex, on: Option<Date>) -> (Vec<Clash>, usize) {
    let mut conflicts = context.edition.conflicts.of(index).filter(|conflict| is_on(context, conflict, on));
    let first = conflicts.by_ref().take(MOST_CLASHES).map(|conflict| clash(context, index, conflict)).collect();
    (first, conflicts.count())
}

/// Whether something speaks against an entry on a day.
pub(super) fn has_clash_on(context: &Context<'_>, index: OccurrenceIndex, on: Date) -> bool {
    context.edition.conflicts.of(index).any(|conflict| is_on(context, conflict, Some(on)))
}

/// The freezes that an entry stands in, on one day where one is given, and that let its record through.
pub(crate) fn exemptions(context: &Context<'_>, index: OccurrenceIndex, on: Option<Date>) -> Vec<Exempt> {
    let edition = context.edition;
    let id = &edition.get(edition.schedule.get(index).record).header().id;
    let on_day = |freeze: &OccurrenceIndex| on.is_none_or(|day| shares(context, index, *freeze, day));
    let freezes = edition.conflicts.exceptions(index).filter(on_day);
    freezes
        .filter_map(|freeze| {
            let record = edition.schedule.get(freeze).record;
            let Record::Window(of) = edition.get(record) else { return None };
            Some(Exempt { freeze: link(context, record), approved_by: of.approver(id)?.to_owned() })
        })
        .collect()
}

/// Two entries that meet do so on the days that both of them touch; work outside maintenance times is that on all of its.
fn is_on(context: &Context<'_>, conflict: &Conflict, on: Option<Date>) -> bool {
    match (conflict, on) {
        (_, None) | (Conflict::OutsideMaintenance { .. }, _) => true,
        (Conflict::Overlap { one, other, .. }, Some(day)) => shares(context, *one, *other, day),
        (Conflict::Freeze { window, freeze }, Some(day)) => shares(context, *window, *freeze, day),
    }
}

/// Whether two entries that meet do so on a day.
fn shares(context: &Context<'_>, one: OccurrenceIndex, other: OccurrenceIndex, day: Date) -> bool {
    let [one, other] = [one, other].map(|index| context.edition.schedule.get(index));
    one.start.max(other.start).date() <= day && day <= one.last_day.min(other.last_day)
}

fn link(context: &Context<'_>, index: RecordIndex) -> Link {
    let header = context.edition.get(index).header();
    let is_window = matches!(context.edition.get(index), Record::Window(_));
    let text = if is_window { &header.title } else { &header.id };
    Link { href: context.href_of(index), text: text.clone() }
}

fn clash(context: &Context<'_>, of: OccurrenceIndex, conflict: &Conflict) -> Clash {
    let record = |index: OccurrenceIndex| context.edition.schedule.get(index).record;
    let id = |index: &RecordIndex| context.edition.get(*index).header().id.as_str();
    match conflict {
        Conflict::Overlap { one, other, path } => {
            let path: Vec<&str> = path.iter().map(id).collect();
            let word = if path.len() == 1 { "on" } else { "over" };
            let with = link(context, record(if *one == of { *other } else { *one }));
            Clash { before: "Collides with", with, after: format!("{word} {}", path.join(" \u{203a} ")) }
        }
        Conflict::Freeze { window, freeze } if *window == of => {
            Clash { before: "Falls into the freeze", with: link(context, record(*freeze)), after: String::new() }
        }
        Conflict::Freeze { window, .. } => {
            Clash { before: "Broken by", with: link(context, record(*window)), after: String::new() }
        }
        Conflict::OutsideMaintenance { item, .. } => {
            Clash { before: "Outside the maintenance times of", with: link(context, *item), after: String::new() }
        }
    }
}
