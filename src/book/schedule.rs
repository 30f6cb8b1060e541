//! The release calendar: when what happens, in the site's zone.
//!
//! 1. Every window of a release or change, every calendar window with its repetitions, and every planned date
//!    without a window becomes an occurrence.
//! 2. An index by day finds those of a month or week without walking all of them.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use rustc_hash::FxHashMap;

use super::recurrence::{Expanded, expand};
use super::{Connections, Direction, RecordIndex, Relation, Tables};
use crate::diag::Finding;
use crate::read::UNKNOWN_VALUE;
use crate::record::{CalendarWindow, Plan, Record, Repetition, Window, WindowKind, last_day};
use crate::source::{Place, Span};

/// An occurrence longer than this stands apart: it is looked at for every month, and there are few.
const LONG_DAYS: i32 = 40;

/// So many days of one occurrence have pages for its sake, three years: a freeze without an end has no end of them. It
/// holds all the same, and stands on whatever page other entries make.
const MOST_DAYS: usize = 1_100;

/// What an entry of the calendar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OccurrenceKind {
    /// No work may fall into it.
    Freeze,
    /// Work belongs inside it.
    Maintenance,
    /// A release's or change's window: the number of the attempt, from 0.
    Attempt(u32),
    /// A release or change with a day and no window.
    Planned,
}

/// The number of an entry in its [`Schedule`]; its order is that of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OccurrenceIndex(pub u32);

/// An entry of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// When it starts, on the line of time.
    pub from: Timestamp,
    /// When it ends, on the line of time.
    pub to: Timestamp,
    /// When it starts, in the site's zone.
    pub start: DateTime,
    /// When it ends, in the site's zone.
    pub end: DateTime,
    /// The last day that it touches, in the site's zone; midnight belongs to the day before.
    pub last_day: Date,
    /// What it is.
    pub kind: OccurrenceKind,
    /// Whose it is.
    pub record: RecordIndex,
}

impl Occurrence {
    fn new(start: &Zoned, end: &Zoned, zone: &TimeZone, kind: OccurrenceKind, record: RecordIndex) -> Occurrence {
        let [start, end] = [start, end].map(|at| at.with_time_zone(zone.clone()));
        let last_day = if start < end { last_day(&end) } else { start.date() };
        let [from, to] = [&start, &end].map(|at| at.timestamp());
        Occurrence { from, to, start: start.datetime(), end: end.datetime(), last_day, kind, record }
    }

    /// Whether it shares some time with the stretch between two points.
    pub fn has_time_in(&self, from: Timestamp, to: Timestamp) -> bool {
        self.from < to && from < self.to
    }

    /// Whether it is a release's or change's, and not a time that others are held against.
    pub fn is_work(&self) -> bool {
        matches!(self.kind, OccurrenceKind::Attempt(_) | OccurrenceKind::Planned)
    }

    fn days(&self) -> i32 {
        self.start.date().until(self.last_day).map_or(0, |span| span.get_days())
    }
}

/// All occurrences in order, with an index by day.
#[derive(Debug, Default)]
pub struct Schedule {
    occurrences: Vec<Occurrence>,
    by_day: Vec<(Date, u32)>,
    long: Vec<u32>,
    first: FxHashMap<RecordIndex, Date>,
}

impl Schedule {
    /// Gathers all occurrences; windows without an end repeat to the end of the last year that has anything else,
    /// or of the year of `today`. Rules that cannot be read go to `findings`.
    pub fn new(
        tables: &Tables,
        connections: &Connections,
        zone: &TimeZone,
        today: Date,
        findings: &mut Vec<Finding>,
    ) -> Schedule {
        let mut occurrences = Vec::new();
        for (index, record) in tables.iter() {
            match record {
                Record::Release(release) => planned(index, &release.plan, zone, true, &mut occurrences),
                Record::Change(change) => {
                    let alone = connections.others(index, Relation::Delivers, Direction::Backward).is_empty();
                    planned(index, &change.plan, zone, alone, &mut occurrences);
                }
                _ => {}
            }
        }
        let last_year = occurrences.iter().map(|o| o.end.year()).chain([today.year()]).max().unwrap_or(today.year());
        let until = Date::new(last_year.min(9000), 12, 31).unwrap_or(today);
        for (index, record) in tables.iter() {
            if let Record::Window(window) = record {
                repeated(index, window, zone, until, &mut occurrences, findings);
            }
        }
        occurrences.sort_unstable();
        Schedule::indexed(occurrences, zone)
    }

    fn indexed(occurrences: Vec<Occurrence>, zone: &TimeZone) -> Schedule {
        let mut schedule = Schedule { occurrences, ..Schedule::default() };
        for (number, occurrence) in schedule.occurrences.iter().enumerate() {
            schedule.first.entry(occurrence.record).or_insert(occurrence.start.date());
            let days = occurrence.days();
            if days > LONG_DAYS {
                schedule.long.push(number as u32);
                continue;
            }
            let touched = occurrence.start.date().series(1.day()).take_while(|day| *day <= occurrence.last_day);
            let is_day = |day: &Date| days < 2 || has_day(zone, *day);
            schedule.by_day.extend(touched.filter(is_day).map(|day| (day, number as u32)));
        }
        schedule.by_day.sort_unstable();
        schedule
    }

    /// All occurrences, by start.
    pub fn all(&self) -> &[Occurrence] {
        &self.occurrences
    }

    /// The day on which a record is first in the calendar.
    pub fn first_day(&self, record: RecordIndex) -> Option<Date> {
        self.first.get(&record).copied()
    }

    /// An occurrence.
    pub fn get(&self, index: OccurrenceIndex) -> &Occurrence {
        &self.occurrences[index.0 as usize]
    }

    /// A record's attempt, by its number and its window.
    pub fn attempt(
        &self,
        record: RecordIndex,
        number: u32,
        window: &Window,
        zone: &TimeZone,
    ) -> Option<OccurrenceIndex> {
        let kind = OccurrenceKind::Attempt(number);
        let occurrence = Occurrence::new(&window.start, &window.end, zone, kind, record);
        self.occurrences.binary_search(&occurrence).ok().map(|place| OccurrenceIndex(place as u32))
    }

    /// All occurrences with their numbers, by start.
    pub fn iter(&self) -> impl Iterator<Item = (OccurrenceIndex, &Occurrence)> {
        self.occurrences.iter().enumerate().map(|(number, occurrence)| (OccurrenceIndex(number as u32), occurrence))
    }

    /// The occurrences of one day, the long ones first.
    pub fn on(&self, day: Date) -> impl Iterator<Item = (OccurrenceIndex, &Occurrence)> {
        let start = self.by_day.partition_point(|(date, _)| *date < day);
        let end = start + self.by_day[start..].partition_point(|(date, _)| *date <= day);
        let numbered = |number: u32| (OccurrenceIndex(number), &self.occurrences[number as usize]);
        let covers = move |of: &Occurrence| of.start.date() <= day && day <= of.last_day;
        self.long
            .iter()
            .map(move |number| numbered(*number))
            .filter(move |(_, occurrence)| covers(occurrence))
            .chain(self.by_day[start..end].iter().map(move |(_, number)| numbered(*number)))
    }

    /// How many releases and changes begin on a day or touch it.
    pub fn count(&self, day: Date) -> usize {
        self.on(day).filter(|(_, occurrence)| occurrence.is_work()).count()
    }

    /// Every day with an entry, in order, each once.
    pub fn days(&self) -> Vec<Date> {
        let mut days: Vec<Date> = self.by_day.iter().map(|(day, _)| *day).collect();
        for number in &self.long {
            let occurrence = &self.occurrences[*number as usize];
            let touched = occurrence.start.date().series(1.day()).take_while(|day| *day <= occurrence.last_day);
            days.extend(touched.take(MOST_DAYS));
        }
        days.sort_unstable();
        days.dedup();
        days
    }
}

/// Whether a zone has some of a day: Apia passed over 30 December 2011.
fn has_day(zone: &TimeZone, day: Date) -> bool {
    day.to_zoned(zone.clone()).is_ok_and(|first| first.date() == day)
}

fn planned(index: RecordIndex, plan: &Plan, zone: &TimeZone, alone: bool, occurrences: &mut Vec<Occurrence>) {
    for (number, window) in plan.windows.iter().enumerate() {
        let kind = OccurrenceKind::Attempt(number as u32);
        occurrences.push(Occurrence::new(&window.start, &window.end, zone, kind, index));
    }
    if let (true, true, Some(date)) = (plan.windows.is_empty(), alone, plan.planned_date)
        && let Ok(day) = date.to_zoned(zone.clone())
    {
        occurrences.push(Occurrence::new(&day, &day, zone, OccurrenceKind::Planned, index));
    }
}

fn repeated(
    index: RecordIndex,
    window: &CalendarWindow,
    zone: &TimeZone,
    until: Date,
    occurrences: &mut Vec<Occurrence>,
    findings: &mut Vec<Finding>,
) {
    let Some(first) = &window.first else { return };
    let all = match &window.repeats {
        None => vec![first.clone()],
        Some(repeats) => match expand(first, repeats, until) {
            Ok(expanded) => {
                report(window, repeats, &expanded, findings);
                expanded.windows
            }
            Err(why) => {
                let help = "write a rule of RFC 5545, such as `FREQ=WEEKLY;BYDAY=SU`";
                findings.extend(finding(window, repeats.rule.1, "this is no recurrence rule", why, help));
                vec![first.clone()]
            }
        },
    };
    let kind = match window.kind {
        WindowKind::Freeze => OccurrenceKind::Freeze,
        WindowKind::Maintenance => OccurrenceKind::Maintenance,
    };
    occurrences.extend(all.iter().map(|(start, end)| Occurrence::new(start, end, zone, kind, index)));
}

fn report(window: &CalendarWindow, repeats: &Repetition, expanded: &Expanded, findings: &mut Vec<Finding>) {
    if expanded.is_cut {
        let message = "this comes more often than the calendar can show";
        let help = "give the rule an end (`UNTIL`, `COUNT`), or let it come less often";
        findings.extend(finding(window, repeats.rule.1, message, "more than 10,000 times".to_owned(), help));
    }
    for number in &expanded.idle_skips {
        let (day, span) = repeats.skips[*number];
        let message = format!("the window would not begin on {day} anyway");
        let help = "name the day on which it begins, in its own zone, also where it lasts over midnight";
        findings.extend(finding(window, span, message, "nothing is skipped here".to_owned(), help));
    }
}

fn finding(
    window: &CalendarWindow,
    span: Span,
    message: impl Into<String>,
    label: String,
    help: &'static str,
) -> Option<Finding> {
    let place = Place { source: window.header.source?, span };
    Some(Finding::new(&UNKNOWN_VALUE, place, message).label(label).help(help))
}
