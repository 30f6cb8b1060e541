//! One attempt's maintenance window.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};

use super::data::Data;
use super::keys::keys;
use super::vocabulary::vocabulary;
use crate::read::{DayEdge, Fields, instant};

vocabulary! {
    /// How long the service is away in a window.
    pub enum Downtime {
        /// Not at all.
        None = "none", "No downtime";
        /// Some of it.
        Partial = "partial", "Partial downtime";
        /// All of it.
        Full = "full", "Full downtime";
    }
    meant {
        "no" | "false" | "nil" | "zero" => None,
        "degraded" | "reduced" => Partial,
        "complete" | "total" | "outage" => Full,
    }
}

vocabulary! {
    /// What came of an attempt.
    pub enum WindowOutcome {
        /// It is live.
        Deployed = "deployed", "Deployed", Good;
        /// It was taken back.
        RolledBack = "rolled-back", "Rolled back", Bad;
        /// It did not begin.
        Postponed = "postponed", "Postponed", Idle;
        /// It will not begin.
        Cancelled = "cancelled", "Cancelled", Off;
    }
    meant {
        "done" | "completed" | "success" | "successful" | "released" | "live" | "implemented" => Deployed,
        "rollback" | "backed-out" | "backout" | "reverted" => RolledBack,
        "delayed" | "moved" | "deferred" => Postponed,
        "canceled" | "called-off" => Cancelled,
    }
}

keys! {
    /// One attempt's maintenance window.
    pub struct Window("a window", "{start: \u{2026}, end: \u{2026}}")
        then Window::timed,
    {
        /// A short name of the window within its record, which never changes: calendars know it by that.
        pub id: Option<String> = "Id" meant "name" | "number" | "nr";
        /// How long the service is away.
        pub downtime: Option<Downtime> = "Downtime" meant "outage" | "impact";
        /// What came of the attempt.
        pub outcome: Option<WindowOutcome> = "Outcome" meant "result" | "status";
        /// Who agreed to this window, where it has an approval of its own.
        pub approved_by: Option<String> = "Approved by" (with approvals)
            meant "approver" | "approval";
        /// The day on which they agreed.
        pub approved_on: Option<Date> = "Approved on" [Shape::DayOfMoment] (with approvals)
            meant "approved_at" | "approval_date" | "approved";
    }
    and keys {
        /// When the work is planned to begin.
        start = "Start" [Shape::Moment] (required) told Window::start_data,
            meant "begin" | "begins" | "from" | "starts" | "start_date" | "start_time" | "starts_at" | "planned_start";
        /// When it is planned to be over; a day alone is the end of that day.
        end = "End" [Shape::Moment] (required) told Window::end_data,
            meant "until" | "to" | "ends" | "end_date" | "end_time" | "ends_at" | "finish" | "planned_end";
        /// The zone of its times; the site's where none is given.
        time_zone = "Time zone" [Shape::Zone] told Window::time_zone_data,
            meant "timezone" | "tz" | "zone";
        /// When the work began.
        actual_start = "Actual start" [Shape::Moment] told Window::actual_start_data,
            meant "started" | "started_at" | "started_on" | "real_start" | "began";
        /// When it was over.
        actual_end = "Actual end" [Shape::Moment] told Window::actual_end_data,
            meant "ended" | "ended_at" | "finished" | "finished_at" | "real_end";
    }
    beside {
        /// Its planned start, in the window's zone.
        pub start: Zoned,
        /// Its planned end, in the window's zone.
        pub end: Zoned,
        /// When it began.
        pub actual_start: Option<Zoned>,
        /// When it was over.
        pub actual_end: Option<Zoned>,
        /// Which of its times are days alone.
        pub days: WindowDays,
    }
}

/// Which times of a window were written as days alone: on them something began or ended, at no hour that is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WindowDays {
    /// The planned start.
    pub start: bool,
    /// The planned end.
    pub end: bool,
    /// The actual start.
    pub actual_start: bool,
    /// The actual end.
    pub actual_end: bool,
}

impl WindowDays {
    /// Whether the planned start or the planned end is one.
    pub fn planned(self) -> bool {
        self.start || self.end
    }
}

impl Window {
    fn start_data(&self) -> Option<Data> {
        Some(edge_data(&self.start, DayEdge::Start, self.days.start))
    }

    fn end_data(&self) -> Option<Data> {
        Some(edge_data(&self.end, DayEdge::End, self.days.end))
    }

    fn time_zone_data(&self) -> Option<Data> {
        Data::of_zone(&self.start)
    }

    fn actual_start_data(&self) -> Option<Data> {
        self.actual_start.as_ref().map(|at| edge_data(at, DayEdge::Start, self.days.actual_start))
    }

    fn actual_end_data(&self) -> Option<Data> {
        self.actual_end.as_ref().map(|at| edge_data(at, DayEdge::End, self.days.actual_end))
    }

    /// Reads its times; nothing where it has no planned ones.
    fn timed(self, fields: &Fields<'_>, zone: &TimeZone, _: usize) -> Option<Window> {
        let zone = fields.time_zone("time_zone").unwrap_or_else(|| zone.clone());
        for key in ["start", "end"] {
            fields.require(key, fields.span());
        }
        let at = |key, edge| {
            let moment = fields.moment(key)?;
            Some((instant(&moment, edge, &zone, fields.sink())?, moment.time.is_none()))
        };
        let (start, end) = (at("start", DayEdge::Start), at("end", DayEdge::End));
        let (actual_start, actual_end) = (at("actual_start", DayEdge::Start), at("actual_end", DayEdge::End));
        let is_day = |time: &Option<(Zoned, bool)>| time.as_ref().is_some_and(|(_, is_day)| *is_day);
        let days = WindowDays {
            start: is_day(&start),
            end: is_day(&end),
            actual_start: is_day(&actual_start),
            actual_end: is_day(&actual_end),
        };
        let [start, end, actual_start, actual_end] =
            [start, end, actual_start, actual_end].map(|time| time.map(|(at, _)| at));
        Some(Window { start: start?, end: end?, actual_start, actual_end, days, ..self })
    }

    /// Its planned start and end, where both have an hour.
    pub fn planned(&self) -> Option<(&Zoned, &Zoned)> {
        (!self.days.planned()).then_some((&self.start, &self.end))
    }

    /// When it began to the minute, where that is known.
    pub fn began(&self) -> Option<&Zoned> {
        self.actual_start.as_ref().filter(|_| !self.days.actual_start)
    }

    /// When it was over to the minute, where that is known.
    pub fn ended(&self) -> Option<&Zoned> {
        self.actual_end.as_ref().filter(|_| !self.days.actual_end)
    }

    /// The last day that its plan touches, in its end's zone.
    pub fn last_day(&self) -> Date {
        if self.end > self.start { last_day(&self.end) } else { self.end.date() }
    }
}

/// A moment with its offset from UTC (RFC 3339); where a day alone was written, that day.
pub(super) fn edge_data(at: &Zoned, edge: DayEdge, is_day: bool) -> Data {
    match (is_day, edge) {
        (true, DayEdge::Start) => Data::of_day(at.date()),
        (true, DayEdge::End) => Data::of_day(last_day(at)),
        (false, _) => Data::of_zoned(at),
    }
}

/// The last day of what ends at a point in time: midnight belongs to the day before.
pub fn last_day(end: &Zoned) -> Date {
    end.checked_sub(1.nanosecond()).map_or(end.date(), |before| before.date())
}
