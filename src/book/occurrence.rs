//! An entry of the calendar.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::tables::RecordIndex;
use crate::record::last_day;

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

/// The number of an entry in its [`Schedule`](super::Schedule); its order is that of time.
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
    pub(super) fn new(
        start: &Zoned,
        end: &Zoned,
        zone: &TimeZone,
        kind: OccurrenceKind,
        record: RecordIndex,
    ) -> Occurrence {
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

    /// How many days it touches beyond its first.
    pub(super) fn days(&self) -> i32 {
        self.start.date().until(self.last_day).map_or(0, |span| span.get_days())
    }
}
