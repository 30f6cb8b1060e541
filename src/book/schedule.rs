//! The release calendar: when what happens, in the site's zone.
//!
//! 1. Every window of a release or change, every calendar window with its repetitions, and every planned date
//!    without a window becomes an occurrence.
//! 2. An index by day finds those of a month or week without walking all of them.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rustc_hash::FxHashMap;

use super::connections::Connections;
use super::occurrence::{Occurrence, OccurrenceIndex, OccurrenceKind};
use super::occurrences::Occurrences;
use super::tables::{RecordIndex, Tables};
use crate::diag::Finding;
use crate::record::Window;

/// An occurrence longer than a month with the weeks at its ends stands apart: it is looked at for every month, and there are
/// few.
const LONG_DAYS: i32 = 40;

/// All occurrences in order, with an index by day.
#[derive(Debug, Default)]
pub struct Schedule {
    occurrences: Vec<Occurrence>,
    by_day: Vec<(Date, u32)>,
    long: Vec<u32>,
    months: Vec<Date>,
    years: Vec<i16>,
    first: FxHashMap<RecordIndex, Date>,
    /// The numbers of the occurrences of each window of the calendar.
    of_windows: FxHashMap<RecordIndex, Vec<u32>>,
}

impl Schedule {
    /// Gathers all occurrences. Rules that cannot be read or kept go to `findings`.
    pub fn new(
        tables: &Tables,
        connections: &Connections,
        zone: &TimeZone,
        today: Date,
        findings: &mut Vec<Finding>,
    ) -> Schedule {
        let Occurrences { mut all, months, years } = Occurrences::new(tables, connections, zone, today, findings);
        all.sort_unstable();
        let mut schedule = Schedule { occurrences: all, years, ..Schedule::default() };
        for (number, occurrence) in schedule.occurrences.iter().enumerate() {
            if !occurrence.is_work() {
                schedule.of_windows.entry(occurrence.record).or_default().push(number as u32);
            }
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
        let days = |first: Date| first.series(1.day()).take_while(move |day| day.month() == first.month());
        let has_entry = |first: &Date| days(*first).any(|day| schedule.on(day).next().is_some());
        schedule.months = months.into_iter().filter(has_entry).collect();
        let is_shown = |day: &Date| schedule.months.binary_search(&day.first_of_month()).is_ok();
        for (day, record) in schedule.occurrences.iter().map(|of| (of.start.date(), of.record)) {
            if is_shown(&day) {
                schedule.first.entry(record).or_insert(day);
            }
        }
        schedule
    }

    /// The day on which a record first begins in a month that has a page.
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
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (OccurrenceIndex, &Occurrence)> {
        self.occurrences.iter().enumerate().map(|(number, occurrence)| (OccurrenceIndex(number as u32), occurrence))
    }

    /// The occurrences of a window of the calendar, by start.
    pub fn of_window(&self, record: RecordIndex) -> impl Iterator<Item = &Occurrence> {
        let numbers = self.of_windows.get(&record).map_or(&[][..], Vec::as_slice);
        numbers.iter().map(|number| &self.occurrences[*number as usize])
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

    /// The first days of the months that have a page, in order: of those in which something is written and those around today,
    /// all that have an entry. What follows from a rule alone, far from all of them, has no page.
    pub fn months(&self) -> &[Date] {
        &self.months
    }

    /// The last day from today on of which all is known: what repeats is known of the years that have a record, of this year and
    /// the next.
    pub fn last_known(&self, today: Date) -> Date {
        let years = self.years.iter().skip_while(|year| **year < today.year());
        let known = years.zip(today.year()..).take_while(|(year, next)| *year == next).last();
        let last = known.and_then(|(year, _)| Date::new(*year, 12, 31).ok());
        last.unwrap_or(today)
    }
}

/// Whether a zone has some of a day: Apia passed over 30 December 2011.
fn has_day(zone: &TimeZone, day: Date) -> bool {
    day.to_zoned(zone.clone()).is_ok_and(|first| first.date() == day)
}
