//! An entry of the calendar as a page shows it: whose it is, when, what came of it, and what speaks against it.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::book::{Conflict, Occurrence, OccurrenceIndex, OccurrenceKind, RecordIndex};
use crate::pages::Context;
use crate::pages::row::{Badge, Link, Row};
use crate::pages::time::Day;
use crate::record::{Record, WindowOutcome};

/// How many conflicts of an entry are told one by one.
const MOST_CLASHES: usize = 3;

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
    pub hours: Option<Hours>,
    /// What came of the attempt, else the status.
    pub state: Option<Badge>,
    /// What speaks against it.
    pub clashes: Vec<Clash>,
    /// How much more does.
    pub more_clashes: usize,
    /// What the page's filter finds it by.
    pub filter: String,
}

/// From when to when, in the site's zone and in UTC.
#[derive(Debug, Clone, Serialize)]
pub struct Hours {
    /// ISO 8601 in UTC, for `datetime`.
    pub from_iso: String,
    /// The end of it.
    pub to_iso: String,
    /// `22:00`, with the day where it ends on another.
    pub from: String,
    /// `23:00`, with the day where it is another.
    pub to: String,
    /// What stands between the two.
    pub joint: &'static str,
    /// `all day`, or the days of it; nothing where it does not begin and end at midnight.
    pub whole_days: Option<String>,
    /// `21:00–22:00 UTC`; nothing for whole days and where the site's zone is UTC.
    pub utc: Option<String>,
}

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

/// An entry of the calendar as a page shows it.
pub fn entry(context: &Context<'_>, index: OccurrenceIndex) -> Entry {
    let occurrence = context.edition.schedule.get(index);
    let record = context.edition.get(occurrence.record);
    let (kind, label) = match occurrence.kind {
        OccurrenceKind::Freeze => ("freeze", "Freeze"),
        OccurrenceKind::Maintenance => ("maintenance", "Maintenance"),
        OccurrenceKind::Attempt(_) => ("attempt", record.kind().label()),
        OccurrenceKind::Planned => ("planned", record.kind().label()),
    };
    let outcome = match (occurrence.kind, record.plan()) {
        (OccurrenceKind::Attempt(number), Some(plan)) => plan.windows[number as usize].outcome.map(outcome_badge),
        _ => None,
    };
    let mut row = Row::new(context, occurrence.record);
    if let Record::Window(window) = record {
        row.note.clone_from(&window.reason);
    }
    let conflicts = context.edition.conflicts.of(index);
    Entry {
        kind,
        label,
        day: Day::new(occurrence.start.date()),
        hours: (occurrence.kind != OccurrenceKind::Planned).then(|| hours(occurrence)),
        state: outcome.or(row.badge),
        more_clashes: conflicts.len().saturating_sub(MOST_CLASHES),
        clashes: conflicts.take(MOST_CLASHES).map(|conflict| clash(context, index, conflict)).collect(),
        filter: String::new(),
        row,
    }
}

fn outcome_badge(outcome: WindowOutcome) -> Badge {
    Badge {
        word: outcome.word(),
        label: outcome.label(),
        tone: match outcome {
            WindowOutcome::Deployed => "good",
            WindowOutcome::RolledBack => "bad",
            WindowOutcome::Postponed => "idle",
            WindowOutcome::Cancelled => "off",
        },
    }
}

fn hours(occurrence: &Occurrence) -> Hours {
    let utc = |at: jiff::Timestamp| at.to_zoned(TimeZone::UTC).datetime();
    let (start, end) = (utc(occurrence.from), utc(occurrence.to));
    let whole_days = whole_days(occurrence);
    let is_one_day = occurrence.start.date() == occurrence.last_day;
    let [from, to] = times(occurrence.start, occurrence.end, is_one_day);
    Hours {
        from_iso: start.strftime("%Y-%m-%dT%H:%MZ").to_string(),
        to_iso: end.strftime("%Y-%m-%dT%H:%MZ").to_string(),
        utc: (whole_days.is_none() && start != occurrence.start).then(|| {
            let is_same_day = start.date() == occurrence.start.date() && end.date() == start.date();
            let [from, to] = times(start, end, is_same_day);
            format!("{from}{}{to} UTC", joint(is_same_day))
        }),
        joint: joint(is_one_day),
        from,
        to,
        whole_days,
    }
}

fn joint(is_one_day: bool) -> &'static str {
    if is_one_day { "\u{2013}" } else { " \u{2013} " }
}

/// Start and end; with their days, unless the end is on the day of the start. Its midnight is that day's 24:00.
fn times(start: DateTime, end: DateTime, is_one_day: bool) -> [String; 2] {
    if !is_one_day {
        return [start, end].map(|at| at.strftime("%-d %b %H:%M").to_string());
    }
    let ends_at_midnight = end.date() > start.date();
    let end = if ends_at_midnight { "24:00".to_owned() } else { end.strftime("%H:%M").to_string() };
    [start.strftime("%H:%M").to_string(), end]
}

fn whole_days(occurrence: &Occurrence) -> Option<String> {
    let (first, last) = (occurrence.start.date(), occurrence.last_day);
    let is_whole = [occurrence.start, occurrence.end].iter().all(|at| at.time() == Time::midnight());
    let text = |day: Date| day.strftime("%-d %b").to_string();
    (is_whole && occurrence.start < occurrence.end).then(|| match first == last {
        true => "all day".to_owned(),
        false => format!("{} \u{2013} {}", text(first), text(last)),
    })
}

fn clash(context: &Context<'_>, of: OccurrenceIndex, conflict: &Conflict) -> Clash {
    let record = |index: OccurrenceIndex| context.edition.schedule.get(index).record;
    let id = |index: &RecordIndex| context.edition.get(*index).header().id.as_str();
    let link = |index: RecordIndex| {
        let header = context.edition.get(index).header();
        let is_window = matches!(context.edition.get(index), Record::Window(_));
        let text = if is_window { &header.title } else { &header.id };
        Link { href: context.href_of(index), text: text.clone() }
    };
    match conflict {
        Conflict::Overlap { one, other, path } => {
            let path: Vec<&str> = path.iter().map(id).collect();
            let word = if path.len() == 1 { "on" } else { "over" };
            let with = link(record(if *one == of { *other } else { *one }));
            Clash { before: "Collides with", with, after: format!("{word} {}", path.join(" \u{203a} ")) }
        }
        Conflict::Freeze { window, freeze } if *window == of => {
            Clash { before: "Falls into the freeze", with: link(record(*freeze)), after: String::new() }
        }
        Conflict::Freeze { window, .. } => {
            Clash { before: "Broken by", with: link(record(*window)), after: String::new() }
        }
        Conflict::OutsideMaintenance { item, .. } => {
            Clash { before: "Outside the maintenance times of", with: link(*item), after: String::new() }
        }
    }
}
