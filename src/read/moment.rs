//! Dates and date-times as records write them.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{Timestamp, Zoned};

use super::{BAD_DATE, NONEXISTENT_LOCAL_TIME};
use crate::diag::Sink;
use crate::source::Span;

/// A date, perhaps with a time, perhaps with an offset from UTC of its own (ISO 8601).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The day.
    pub date: Date,
    /// The time of day, where it was given.
    pub time: Option<Time>,
    /// The offset from UTC, where it was given.
    pub offset: Option<Offset>,
    /// Where it stands in its source.
    pub span: Span,
}

/// Reads a date or date-time; a finding and `None` where it is neither.
pub(super) fn parse(text: &str, span: Span, sink: &Sink) -> Option<Moment> {
    let text = text.trim();
    let wrong = |why: String| {
        sink.push(
            sink.finding(&BAD_DATE, span, format!("`{text}` is not a date"))
                .label(why)
                .help("write `2026-11-28`, `2026-11-28T22:00`, or with an offset `2026-11-28T22:00+01:00`"),
        );
        None
    };
    if text.len() <= 10 {
        return match text.parse::<Date>() {
            Ok(date) if text.len() == 10 => Some(Moment { date, time: None, offset: None, span }),
            Ok(_) => wrong("expected year, month and day with dashes".to_owned()),
            Err(error) => wrong(reason(&error)),
        };
    }
    let (local, offset) = match split_offset(text) {
        Ok(parts) => parts,
        Err(error) => return wrong(reason(&error)),
    };
    match local.parse::<DateTime>() {
        Ok(at) => Some(Moment { date: at.date(), time: Some(at.time()), offset, span }),
        Err(error) => wrong(reason(&error)),
    }
}

fn reason(error: &jiff::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(": ") {
        Some((_, last)) if !last.is_empty() => last.to_owned(),
        _ => text,
    }
}

/// The local part of a date-time, and the offset behind it.
fn split_offset(text: &str) -> Result<(&str, Option<Offset>), jiff::Error> {
    if let Some(local) = text.strip_suffix(['Z', 'z']) {
        return Ok((local, Some(Offset::UTC)));
    }
    match text.char_indices().skip(11).find(|(_, sign)| matches!(sign, '+' | '-')) {
        Some((at, _)) => {
            let moment: jiff::fmt::temporal::Pieces = jiff::fmt::temporal::Pieces::parse(text)?;
            Ok((&text[..at], moment.to_numeric_offset()))
        }
        None => Ok((text, None)),
    }
}

impl Moment {
    /// The moment as a local date-time; midnight where no time was given.
    pub fn local(&self) -> DateTime {
        self.date.to_datetime(self.time.unwrap_or(Time::midnight()))
    }

    /// The moment on the line of time, its offset first, else the zone's.
    pub fn timestamp(&self, zone: &TimeZone) -> Timestamp {
        match self.offset {
            Some(offset) => offset.to_timestamp(self.local()).unwrap_or_default(),
            None => zone.to_timestamp(self.local()).unwrap_or_default(),
        }
    }
}

/// A moment in a zone; a finding and `None` where the zone's clocks skip it or show it twice.
pub fn instant(moment: &Moment, zone: &TimeZone, sink: &Sink) -> Option<Zoned> {
    if let Some(offset) = moment.offset {
        return offset.to_timestamp(moment.local()).ok().map(|at| at.to_zoned(zone.clone()));
    }
    let ambiguous = zone.to_ambiguous_zoned(moment.local());
    let name = zone.iana_name().unwrap_or("this zone").to_owned();
    let (message, label) = match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { .. } => return ambiguous.compatible().ok(),
        AmbiguousOffset::Gap { .. } => (
            format!("{} does not exist in {name}", moment.local()),
            "the clocks go forward and skip this time".to_owned(),
        ),
        AmbiguousOffset::Fold { before, after } => {
            (format!("{} comes twice in {name}", moment.local()), format!("once at UTC{before}, once at UTC{after}"))
        }
    };
    sink.push(
        sink.finding(&NONEXISTENT_LOCAL_TIME, moment.span, message)
            .label(label)
            .help("choose another time, or write the offset: `2026-10-25T02:30+01:00`"),
    );
    None
}
