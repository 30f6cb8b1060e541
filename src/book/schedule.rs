//! The release calendar: when what happens, in the site's zone.
//!
//! 1. Every window of a release or change, every calendar window with its repetitions, and every planned date
//!    without a window becomes an occurrence.
//! 2. An index by day finds those of a month or week without walking all of them.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use rustc_hash::FxHashMap;

use super::recurrence::expand;
use super::{Connections, Direction, RecordIndex, Relation, Tables};
use crate::diag::Finding;
use crate::read::UNKNOWN_VALUE;
use crate::record::{CalendarWindow, Plan, Record, WindowKind};
use crate::source::Place;

/// An occurrence longer than this stands apart: it is looked at for every month, and there are few.
const LONG_DAYS: i32 = 40;

/// The calendar shows no more than this of one occurrence: a freeze without an end has no end of pages.
const LONGEST_DAYS: i32 = 1_100;

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

/// An entry of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// When it starts, in the site's zone.
    pub start: DateTime,
    /// When it ends, in the site's zone.
    pub end: DateTime,
    /// What it is.
    pub kind: OccurrenceKind,
    /// Whose it is.
    pub record: RecordIndex,
}

impl Occurrence {
    /// The last day that it touches; midnight belongs to the day before.
    pub fn last_day(&self) -> Date {
        let ends_at_midnight = self.end.time() == jiff::civil::Time::midnight() && self.end > self.start;
        if ends_at_midnight { self.end.date().yesterday().unwrap_or(self.end.date()) } else { self.end.date() }
    }

    fn days(&self) -> i32 {
        self.start.date().until(self.last_day()).map_or(0, |span| span.get_days())
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
        for occurrence in &mut occurrences {
            let latest = occurrence.start.checked_add(LONGEST_DAYS.days()).unwrap_or(occurrence.start);
            occurrence.end = occurrence.end.min(latest);
        }
        occurrences.sort_unstable();
        Schedule::indexed(occurrences)
    }

    fn indexed(occurrences: Vec<Occurrence>) -> Schedule {
        let mut schedule = Schedule { occurrences, ..Schedule::default() };
        for (number, occurrence) in schedule.occurrences.iter().enumerate() {
            schedule.first.entry(occurrence.record).or_insert(occurrence.start.date());
            let days = occurrence.days();
            if days > LONG_DAYS {
                schedule.long.push(number as u32);
                continue;
            }
            for day in 0..=days.max(0) {
                if let Ok(date) = occurrence.start.date().checked_add(day.days()) {
                    schedule.by_day.push((date, number as u32));
                }
            }
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

    /// The occurrences of one day, the long ones first.
    pub fn on(&self, day: Date) -> impl Iterator<Item = &Occurrence> {
        let start = self.by_day.partition_point(|(date, _)| *date < day);
        let end = start + self.by_day[start..].partition_point(|(date, _)| *date <= day);
        let covers = move |occurrence: &&Occurrence| occurrence.start.date() <= day && day <= occurrence.last_day();
        self.long
            .iter()
            .map(|number| &self.occurrences[*number as usize])
            .filter(covers)
            .chain(self.by_day[start..end].iter().map(|(_, number)| &self.occurrences[*number as usize]))
    }

    /// How many occurrences that one can attend to begin on a day or touch it.
    pub fn count(&self, day: Date) -> usize {
        self.on(day).filter(|o| matches!(o.kind, OccurrenceKind::Attempt(_) | OccurrenceKind::Planned)).count()
    }

    /// Every day with an entry, in order, each once.
    pub fn days(&self) -> Vec<Date> {
        let mut days: Vec<Date> = self.by_day.iter().map(|(day, _)| *day).collect();
        for number in &self.long {
            let occurrence = &self.occurrences[*number as usize];
            days.extend(occurrence.start.date().series(1.day()).take_while(|day| *day <= occurrence.last_day()));
        }
        days.sort_unstable();
        days.dedup();
        days
    }
}

fn planned(index: RecordIndex, plan: &Plan, zone: &TimeZone, alone: bool, occurrences: &mut Vec<Occurrence>) {
    for (number, window) in plan.windows.iter().enumerate() {
        occurrences.push(Occurrence {
            start: window.start.with_time_zone(zone.clone()).datetime(),
            end: window.end.with_time_zone(zone.clone()).datetime(),
            kind: OccurrenceKind::Attempt(number as u32),
            record: index,
        });
    }
    if let (true, true, Some(date)) = (plan.windows.is_empty(), alone, plan.planned_date) {
        let day = date.at(0, 0, 0, 0);
        occurrences.push(Occurrence { start: day, end: day, kind: OccurrenceKind::Planned, record: index });
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
        Some((rule, span)) => match expand(first, rule, until) {
            Ok(all) => all,
            Err(why) => {
                if let Some(source) = window.header.source {
                    let place = Place { source, span: *span };
                    findings.push(
                        Finding::new(&UNKNOWN_VALUE, place, "this is no recurrence rule")
                            .label(why)
                            .help("write a rule of RFC 5545, such as `FREQ=WEEKLY;BYDAY=SU`"),
                    );
                }
                vec![first.clone()]
            }
        },
    };
    let kind = match window.kind {
        WindowKind::Freeze => OccurrenceKind::Freeze,
        WindowKind::Maintenance => OccurrenceKind::Maintenance,
    };
    occurrences.extend(all.into_iter().map(|(start, end)| Occurrence {
        start: start.with_time_zone(zone.clone()).datetime(),
        end: end.with_time_zone(zone.clone()).datetime(),
        kind,
        record: index,
    }));
}
