//! Windows that come again: the RRULE of RFC 5545, in local time of the window's zone.
//!
//! The rule speaks of the clock on the wall: it is expanded without a zone, and the zone comes back after. A time that
//! the clocks skip is the one an hour later, as calendars show it. A window with an end keeps its hours on the wall; a
//! window with a duration keeps its length (RFC 5545, 3.3.6).

use chrono::TimeZone as _;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan, Zoned};
use rrule::{RRule, Tz, Unvalidated};

use crate::record::Repetition;

/// No window comes more often than this; an hourly rule without end would fill the memory.
const MOST: u16 = 10_000;

/// What a rule comes to.
pub(super) struct Expanded {
    /// Starts and ends, in the window's zone.
    pub(super) windows: Vec<(Zoned, Zoned)>,
    /// Whether there would be more than the calendar takes.
    pub(super) is_cut: bool,
    /// Which of the days to skip no window would have begun on, by their number.
    pub(super) idle_skips: Vec<usize>,
}

/// Starts and ends of a window that repeats, up to and including the day `until`, or two years more where the rule has
/// an end of its own.
///
/// # Errors
///
/// What is wrong with the rule.
pub(super) fn expand(first: &(Zoned, Zoned), repeats: &Repetition, until: Date) -> Result<Expanded, String> {
    let (start, end) = first;
    let zone = start.time_zone();
    let length = match repeats.duration {
        Some(duration) => Length::Elapsed(duration.0),
        None => Length::OnTheWall(start.datetime().until(end.datetime()).map_err(|error| error.to_string())?),
    };
    let has_end = repeats
        .rule
        .0
        .to_ascii_uppercase()
        .split([';', ':'])
        .any(|part| part.starts_with("COUNT=") || part.starts_with("UNTIL="));
    let until = if has_end { until.saturating_add(2.years()) } else { until };
    let from = on_paper(start.datetime()).ok_or("the start is out of range")?;
    let before = on_paper(until.at(23, 59, 59, 0)).ok_or("the end is out of range")?;
    let rule: RRule<Unvalidated> =
        with_local_end(&repeats.rule.0, zone)?.parse().map_err(|error: rrule::RRuleError| error.to_string())?;
    let found = rule.build(from).map_err(|error| error.to_string())?.before(before).all(MOST);
    let mut is_used = vec![false; repeats.skips.len()];
    let starts = found.dates.iter().filter_map(local).filter(|at| {
        let mut is_kept = true;
        for (skip, is_used) in repeats.skips.iter().zip(&mut is_used) {
            if skip.0 == at.date() {
                (*is_used, is_kept) = (true, false);
            }
        }
        is_kept
    });
    let windows = starts.filter_map(|at| length.window(at, zone)).collect();
    let is_idle = |number: &usize| !is_used[*number] && repeats.skips[*number].0 <= until;
    let idle_skips = (0..repeats.skips.len()).filter(is_idle).collect();
    Ok(Expanded { windows, is_cut: found.limited, idle_skips })
}

enum Length {
    OnTheWall(Span),
    Elapsed(Span),
}

impl Length {
    fn window(&self, start: DateTime, zone: &TimeZone) -> Option<(Zoned, Zoned)> {
        let from = start.to_zoned(zone.clone()).ok()?;
        let to = match self {
            Length::OnTheWall(span) => start.checked_add(*span).ok()?.to_zoned(zone.clone()).ok()?,
            Length::Elapsed(span) => from.checked_add(*span).ok()?,
        };
        Some((from, to))
    }
}

/// The rule with the end of its recurrence as the wall clock shows it: `UNTIL` is written in UTC (RFC 5545, 3.3.10),
/// and a day alone is meant to its end.
fn with_local_end(rule: &str, zone: &TimeZone) -> Result<String, String> {
    let rule = rule.trim().trim_start_matches("RRULE:");
    let parts: Result<Vec<String>, String> = rule
        .split(';')
        .map(|part| match part.split_once('=') {
            Some((key, value)) if key.eq_ignore_ascii_case("UNTIL") => Ok(format!("UNTIL={}", local_end(value, zone)?)),
            _ => Ok(part.to_owned()),
        })
        .collect();
    Ok(parts?.join(";"))
}

fn local_end(value: &str, zone: &TimeZone) -> Result<String, String> {
    let wrong = |error: jiff::Error| format!("UNTIL is no date: {error}");
    let local = match value.strip_suffix(['Z', 'z']) {
        Some(_) => value.parse::<Timestamp>().map_err(wrong)?.to_zoned(zone.clone()).datetime(),
        None if value.contains(['T', 't']) => value.parse().map_err(wrong)?,
        None => value.parse::<Date>().map_err(wrong)?.at(23, 59, 59, 0),
    };
    Ok(local.strftime("%Y%m%dT%H%M%SZ").to_string())
}

/// A time of the wall clock as the rule's crate takes it.
fn on_paper(at: DateTime) -> Option<chrono::DateTime<Tz>> {
    let field = |value: i8| u32::try_from(value).ok();
    let (month, day) = (field(at.month())?, field(at.day())?);
    let (hour, minute, second) = (field(at.hour())?, field(at.minute())?, field(at.second())?);
    Tz::UTC.with_ymd_and_hms(i32::from(at.year()), month, day, hour, minute, second).single()
}

fn local(at: &chrono::DateTime<Tz>) -> Option<DateTime> {
    at.format("%Y-%m-%dT%H:%M:%S").to_string().parse().ok()
}
