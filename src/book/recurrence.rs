//! Windows that come again: the RRULE of RFC 5545, in local time of the window's zone.

use chrono::TimeZone;
use jiff::civil::{Date, DateTime};
use jiff::{Span, Zoned};
use rrule::{RRule, Tz, Unvalidated};

/// No window comes more often than this; an hourly rule without end would fill the memory.
const MOST: u16 = 10_000;

/// Starts and ends of a window that repeats, up to and including the day `until`.
///
/// # Errors
///
/// What is wrong with the rule.
pub(super) fn expand(first: &(Zoned, Zoned), rule: &str, until: Date) -> Result<Vec<(Zoned, Zoned)>, String> {
    let (start, end) = first;
    let length = start.datetime().until(end.datetime()).map_err(|error| error.to_string())?;
    let rule = rule.trim().trim_start_matches("RRULE:");
    let rule: RRule<Unvalidated> = rule.parse().map_err(|error: rrule::RRuleError| error.to_string())?;
    // The rule speaks of the clock on the wall: it is expanded without a zone, and the zone comes back after.
    let local = |at: DateTime| {
        let (year, month, day, hour, minute, second) = fields(at)?;
        Tz::UTC.with_ymd_and_hms(year, month, day, hour, minute, second).single()
    };
    let from: chrono::DateTime<Tz> = local(start.datetime()).ok_or("the start is out of range")?;
    let before = local(until.at(23, 59, 59, 0)).ok_or("the end is out of range")?;
    let rule = rule.build(from).map_err(|error| error.to_string())?;
    let dates = rule.before(before).all(MOST).dates;
    Ok(dates.iter().filter_map(|date| occurrence(date, start, length)).collect())
}

fn fields(at: DateTime) -> Option<(i32, u32, u32, u32, u32, u32)> {
    let field = |value: i8| u32::try_from(value).ok();
    Some((
        i32::from(at.year()),
        field(at.month())?,
        field(at.day())?,
        field(at.hour())?,
        field(at.minute())?,
        field(at.second())?,
    ))
}

fn occurrence(date: &chrono::DateTime<Tz>, start: &Zoned, length: Span) -> Option<(Zoned, Zoned)> {
    let local: DateTime = date.format("%Y-%m-%dT%H:%M:%S").to_string().parse().ok()?;
    let end = local.checked_add(length).ok()?;
    let zone = start.time_zone();
    Some((local.to_zoned(zone.clone()).ok()?, end.to_zoned(zone.clone()).ok()?))
}
