//! Days and times as a page shows them, each with its machine-readable twin.

use jiff::Zoned;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::read::Moment;

/// A day.
#[derive(Debug, Clone, Serialize)]
pub struct Day {
    /// ISO 8601, for `datetime`.
    pub iso: String,
    /// As people read it: `28 Nov 2026`.
    pub text: String,
}

impl Day {
    /// A day.
    pub fn new(date: Date) -> Day {
        Day { iso: date.to_string(), text: date.strftime("%-d %b %Y").to_string() }
    }
}

/// A point in time, in its own zone and in UTC.
#[derive(Debug, Clone, Serialize)]
pub struct Time {
    /// ISO 8601 with the offset, for `datetime`.
    pub iso: String,
    /// As people read it, in its zone: `Sat 28 Nov 2026, 22:00`.
    pub text: String,
    /// The zone's name.
    pub zone: String,
    /// The same time in UTC: `21:00 UTC`, with the day where it is another.
    pub utc: String,
}

impl Time {
    /// A point in time.
    pub fn new(at: &Zoned) -> Time {
        let utc = at.with_time_zone(TimeZone::UTC);
        let pattern = if utc.date() == at.date() { "%H:%M UTC" } else { "%-d %b, %H:%M UTC" };
        Time {
            iso: at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
            text: at.strftime("%a %-d %b %Y, %H:%M").to_string(),
            zone: at.time_zone().iana_name().unwrap_or("UTC").to_owned(),
            utc: utc.strftime(pattern).to_string(),
        }
    }

    /// A moment as a record wrote it; without an offset of its own it is in the given zone.
    pub fn of_moment(moment: &Moment, zone: &TimeZone) -> Time {
        let mut time = Time::new(&moment.timestamp(zone).to_zoned(zone.clone()));
        if moment.time.is_none() {
            let day = Day::new(moment.date);
            time = Time { iso: day.iso, text: day.text, zone: String::new(), utc: String::new() };
        }
        time
    }
}

/// A number of days in words.
pub fn days(days: i64) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

/// A number of minutes in words, with hours where there are two or more: `90 min`, `2 h 05 min`.
pub fn minutes(minutes: i64) -> String {
    match minutes {
        ..120 => format!("{minutes} min"),
        _ => format!("{} h {:02} min", minutes / 60, minutes % 60),
    }
}
