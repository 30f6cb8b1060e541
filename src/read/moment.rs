//! Dates and date-times as records write them, and the points in time that they mean.

mod parse;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{Timestamp, ToSpan, Zoned};

pub(super) use parse::parse;

use super::lints::{BAD_DATE, NONEXISTENT_LOCAL_TIME};
use crate::diag::{Finding, Sink};
use crate::source::Span;

/// A day, perhaps with a time, perhaps with an offset from UTC and a zone of its own (ISO 8601, RFC 9557).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// The day.
    pub date: Date,
    /// The time of day, where it was given.
    pub time: Option<Time>,
    /// The offset from UTC, where it was given.
    pub offset: Option<Offset>,
    /// The zone, where it was given or is known; its clocks have the offset at this time, unless that is UTC.
    pub zone: Option<TimeZone>,
    /// Where it stands in its source.
    pub span: Span,
}

/// From which end a day alone is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayEdge {
    /// It begins with its first moment.
    Start,
    /// It belongs to what ends on it: to the first moment of the next day.
    End,
}

impl Moment {
    /// The moment as a local date-time; midnight where no time was given.
    pub fn local(&self) -> DateTime {
        self.date.to_datetime(self.time.unwrap_or(Time::midnight()))
    }

    /// The moment in a zone, where it has neither an offset nor a zone of its own.
    pub fn in_zone(self, zone: &TimeZone) -> Moment {
        match (self.offset, &self.zone) {
            (None, None) => Moment { zone: Some(zone.clone()), ..self },
            _ => self,
        }
    }

    /// The moment on the line of time; in the given zone where it has neither an offset nor a zone.
    pub fn timestamp(&self, zone: &TimeZone) -> Timestamp {
        match self.offset {
            Some(offset) => offset.to_timestamp(self.local()).unwrap_or_default(),
            None => self.zone.as_ref().unwrap_or(zone).to_timestamp(self.local()).unwrap_or_default(),
        }
    }
}

/// A moment in its own zone, else in the given one; a finding and `None` where the zone's clocks skip it or show it
/// twice. A day alone begins with the first moment that its zone has of it, and ends with the first of the next.
pub fn instant(moment: &Moment, edge: DayEdge, zone: &TimeZone, sink: &Sink) -> Option<Zoned> {
    let zone = moment.zone.as_ref().unwrap_or(zone);
    if let Some(offset) = moment.offset {
        return offset.to_timestamp(moment.local()).ok().map(|at| at.to_zoned(zone.clone()));
    }
    if moment.time.is_none() {
        let first = moment.date.to_zoned(zone.clone()).ok()?;
        return match edge {
            DayEdge::End => moment.date.tomorrow().ok()?.to_zoned(zone.clone()).ok(),
            DayEdge::Start if first.date() == moment.date => Some(first),
            DayEdge::Start => {
                sink.push(skipped(moment, zone, sink));
                None
            }
        };
    }
    let ambiguous = zone.to_ambiguous_zoned(moment.local());
    let finding = match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { .. } => return ambiguous.compatible().ok(),
        AmbiguousOffset::Gap { .. } => skipped(moment, zone, sink),
        AmbiguousOffset::Fold { before, after } => twice(moment, zone, [before, after], sink),
    };
    sink.push(finding);
    None
}

/// A moment that must be a day; a finding where its time would be dropped, and then its day only where that stops the
/// build.
pub(super) fn day(moment: &Moment, key: &str, sink: &Sink) -> Option<Date> {
    if moment.time.is_some() {
        let day = moment.date.to_string();
        sink.push(
            sink.finding(&BAD_DATE, moment.span, format!("`{key}` takes a day, and this has a time"))
                .label("no page would show the time")
                .help(format!("write `{day}`"))
                .replace_with(day),
        );
        return Some(moment.date).filter(|_| sink.stops(&BAD_DATE));
    }
    Some(moment.date)
}

fn name(zone: &TimeZone) -> &str {
    zone.iana_name().unwrap_or("this zone")
}

/// A time that the clocks skip: what they show a moment before and after, and what to write.
fn skipped(moment: &Moment, zone: &TimeZone, sink: &Sink) -> Finding {
    let (local, name) = (moment.local(), name(zone));
    let written = match moment.time {
        Some(_) => local.to_string(),
        None => moment.date.to_string(),
    };
    let finding = sink.finding(&NONEXISTENT_LOCAL_TIME, moment.span, format!("{written} does not exist in {name}"));
    // The point in time that would have this local time, had the clocks not gone forward, is after the change.
    let after = zone.to_timestamp(local).unwrap_or_default();
    let Some(change) = zone.preceding(after.saturating_add(1.nanosecond()).unwrap_or(after)).next() else {
        return finding;
    };
    let [from, to] = [change.timestamp() - 1.nanosecond(), change.timestamp()].map(|at| zone.to_datetime(at));
    let from = from.checked_add(1.nanosecond()).unwrap_or(from);
    finding
        .label(format!("the clocks go forward from {} to {} and skip it", shown(from), shown(to)))
        .help(format!("write `{}`, the first moment after it, or another time", shown(to)))
}

/// A time that the clocks show twice: what to write for each of the two.
fn twice(moment: &Moment, zone: &TimeZone, offsets: [Offset; 2], sink: &Sink) -> Finding {
    let local = shown(moment.local());
    let [first, second] = offsets.map(|offset| format!("{local}{}", signed(offset)));
    sink.finding(&NONEXISTENT_LOCAL_TIME, moment.span, format!("{local} comes twice in {}", name(zone)))
        .label("the clocks go back and show it again")
        .help(format!("write `{first}` for the first time, `{second}` for the second"))
}

/// A local time as one writes it: seconds only where there are any.
fn shown(at: DateTime) -> String {
    let is_whole = at.second() == 0 && at.subsec_nanosecond() == 0;
    if is_whole { at.strftime("%Y-%m-%dT%H:%M").to_string() } else { at.to_string() }
}

/// An offset as one writes it: `+01:00`.
fn signed(offset: Offset) -> String {
    let minutes = offset.seconds().abs() / 60;
    let sign = if offset.is_negative() { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}
