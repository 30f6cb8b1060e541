//! Days and times as a page shows them, each with its machine-readable twin: one form of a time for all pages.

use jiff::civil::{Date, DateTime, Time as TimeOfDay};
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};
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

/// A point or a stretch of time: in its zone, which is named, and in UTC. `partials/time.html` shows it.
#[derive(Debug, Clone, Serialize)]
pub struct When {
    /// The point, or where the stretch begins.
    pub from: Edge,
    /// Where the stretch ends.
    pub to: Option<Edge>,
    /// The whole as one text: `Sat 28 Nov 2026, 22:00 – Sun 29 Nov 2026, 02:00`.
    pub text: String,
    /// The zone's name; empty for a day, and where the page has named it.
    pub zone: String,
    /// The same time in the record's own zone, where that is another than the page's: `06:00 – 10:00 Asia/Tokyo`.
    pub own: String,
    /// The same time in UTC, with the days where one is another: `21:00 – 01:00 UTC`; empty for a day and in UTC itself.
    pub utc: String,
}

/// An end of a stretch of time.
#[derive(Debug, Clone, Serialize)]
pub struct Edge {
    /// ISO 8601, for `datetime`: a time with its offset from UTC, or a day.
    pub iso: String,
    /// As people read it.
    pub text: String,
}

impl When {
    /// A point in time.
    pub fn point(at: &Zoned) -> When {
        When::new(at, None, None)
    }

    /// A stretch of time.
    pub fn stretch(from: &Zoned, to: &Zoned) -> When {
        When::new(from, Some(to), None)
    }

    /// A stretch of time under the heading of a day, whose date and year are not said again.
    pub fn under(heading: Date, from: &Zoned, to: &Zoned) -> When {
        When::new(from, Some(to), Some(heading))
    }

    /// A day.
    pub fn day(date: Date) -> When {
        let Day { iso, text } = Day::new(date);
        let from = Edge { iso, text: text.clone() };
        When { from, to: None, text, zone: String::new(), own: String::new(), utc: String::new() }
    }

    /// A moment as a record wrote it; without an offset or a zone of its own it is in the given zone.
    pub fn of_moment(moment: &Moment, zone: &TimeZone) -> When {
        match moment.time {
            None => When::day(moment.date),
            Some(_) => {
                let own = moment.zone.as_ref().unwrap_or(zone);
                When::point(&moment.timestamp(zone).to_zoned(own.clone()))
            }
        }
    }

    /// The same without the zone's name, for a page or a list that has named it.
    pub fn without_zone(self) -> When {
        When { zone: String::new(), ..self }
    }

    /// The same without what stands beside it, where the page has told it in full.
    pub fn bare(self) -> When {
        When { zone: String::new(), own: String::new(), utc: String::new(), ..self }
    }

    fn new(from: &Zoned, to: Option<&Zoned>, heading: Option<Date>) -> When {
        if let Some(to) = to.filter(|to| is_whole_days(from, to)) {
            return When::of_days(from, to, heading);
        }
        let zone = from.time_zone();
        let to = to.map(|to| to.with_time_zone(zone.clone()));
        let shown = Shown::new(from, to.as_ref());
        let (start, end) = shown.texts(heading, heading.map(|day| day.year()));
        let edge = |at: &Zoned, text| Edge { iso: iso(at), text };
        When {
            text: joined(&start, end.as_deref()),
            from: edge(from, start),
            to: to.as_ref().zip(end).map(|(to, text)| edge(to, text)),
            zone: zone_name(zone).to_owned(),
            own: String::new(),
            utc: in_utc(from, to.as_ref()),
        }
    }

    /// Whole days, from the first moment of one to the first behind another.
    fn of_days(from: &Zoned, to: &Zoned, heading: Option<Date>) -> When {
        let (first, last) = (from.date(), last_shown(to).0);
        let year = heading.map(|day| day.year());
        let start = if Some(first) == heading && first == last { "all day".to_owned() } else { day(first, year) };
        let end = (first < last).then(|| day(last, year));
        let edge = |day: Date, text| Edge { iso: day.to_string(), text };
        When {
            text: joined(&start, end.as_deref()),
            from: edge(first, start),
            to: end.map(|text| edge(last, text)),
            zone: zone_name(from.time_zone()).to_owned(),
            own: String::new(),
            utc: in_utc(from, Some(to)),
        }
    }

    /// The same with the time in the record's own zone beside it, where its clocks show another one.
    pub fn with_own(mut self, from: &Zoned, to: &Zoned, zone: &TimeZone) -> When {
        let differs = |at: &Zoned| at.with_time_zone(zone.clone()).datetime() != at.datetime();
        if (differs(from) || differs(to)) && !is_utc(zone) {
            self.own = elsewhere(from, Some(to), zone);
        }
        self
    }
}

/// What is shown of a time: the days and the clocks of both ends, midnight at the end being the 24:00 of the day before.
struct Shown {
    from: (Date, String),
    to: Option<(Date, String)>,
}

impl Shown {
    fn new(from: &Zoned, to: Option<&Zoned>) -> Shown {
        let to = to.map(|to| if from < to { last_shown(to) } else { (to.date(), clock(to.datetime())) });
        Shown { from: (from.date(), clock(from.datetime())), to }
    }

    /// The texts of both ends: the day of the first is left out under its own heading, that of the second where it is the
    /// day of the first; the year where it is that of the heading.
    fn texts(&self, heading: Option<Date>, year: Option<i16>) -> (String, Option<String>) {
        let text = |(date, clock): &(Date, String), said: Option<Date>| match said == Some(*date) {
            true => clock.clone(),
            false => format!("{}, {clock}", day(*date, year)),
        };
        (text(&self.from, heading), self.to.as_ref().map(|to| text(to, Some(self.from.0))))
    }
}

fn in_utc(from: &Zoned, to: Option<&Zoned>) -> String {
    if is_utc(from.time_zone()) { String::new() } else { elsewhere(from, to, &TimeZone::UTC) }
}

/// A time on the clocks of another zone, with its days where one of them is another than on its own.
fn elsewhere(from: &Zoned, to: Option<&Zoned>, zone: &TimeZone) -> String {
    let there = |at: &Zoned| at.with_time_zone(zone.clone());
    let (here, other) = (Shown::new(from, to), Shown::new(&there(from), to.map(there).as_ref()));
    let days = |shown: &Shown| (shown.from.0, shown.to.as_ref().map(|(day, _)| *day));
    let (start, end) = match days(&here) == days(&other) {
        true => (other.from.1, other.to.map(|(_, clock)| clock)),
        false => other.texts(None, Some(from.date().year())),
    };
    format!("{} {}", joined(&start, end.as_deref()), zone_name(zone))
}

fn joined(from: &str, to: Option<&str>) -> String {
    match to {
        Some(to) => format!("{from} \u{2013} {to}"),
        None => from.to_owned(),
    }
}

/// The day and the clock of an end: midnight is 24:00 of the day before.
fn last_shown(to: &Zoned) -> (Date, String) {
    match (to.time() == TimeOfDay::midnight(), to.checked_sub(1.nanosecond())) {
        (true, Ok(before)) => (before.date(), "24:00".to_owned()),
        _ => (to.date(), clock(to.datetime())),
    }
}

/// Whether a stretch begins with the first moment of a day and ends with the first of another.
fn is_whole_days(from: &Zoned, to: &Zoned) -> bool {
    let is_first = |at: &Zoned| at.start_of_day().is_ok_and(|first| first.timestamp() == at.timestamp());
    from < to && is_first(from) && is_first(to) && from.time_zone() == to.time_zone()
}

/// `Sat 28 Nov 2026`; without the year where it is the given one.
fn day(date: Date, year: Option<i16>) -> String {
    let pattern = if year == Some(date.year()) { "%a %-d %b" } else { "%a %-d %b %Y" };
    date.strftime(pattern).to_string()
}

/// `22:00`, with seconds where there are any.
fn clock(at: DateTime) -> String {
    let pattern = if at.second() == 0 { "%H:%M" } else { "%H:%M:%S" };
    at.strftime(pattern).to_string()
}

/// HTML takes no more than three digits behind the seconds.
fn iso(at: &Zoned) -> String {
    let pattern = if at.subsec_nanosecond() == 0 { "%Y-%m-%dT%H:%M:%S%:z" } else { "%Y-%m-%dT%H:%M:%S%.3f%:z" };
    at.strftime(pattern).to_string()
}

/// A zone's name as pages say it.
pub(crate) fn zone_name(zone: &TimeZone) -> &str {
    zone.iana_name().unwrap_or("UTC")
}

fn is_utc(zone: &TimeZone) -> bool {
    zone_name(zone) == "UTC"
}

/// A number of days in words.
pub(crate) fn days(days: i64) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

/// A number of minutes in words, with hours where there are two or more: `90 min`, `2 h 05 min`.
pub(crate) fn minutes(minutes: i64) -> String {
    match minutes {
        ..120 => format!("{minutes} min"),
        _ => format!("{} h {:02} min", minutes / 60, minutes % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Zoned {
        text.parse().unwrap()
    }

    fn told(when: &When) -> [&str; 4] {
        [&when.text, &when.zone, &when.own, &when.utc]
    }

    #[test]
    fn a_stretch_is_told_in_its_zone_and_in_utc() {
        let night = |from, to| When::stretch(&at(from), &at(to));
        assert_eq!(
            told(&night("2026-11-28T22:00[Europe/Amsterdam]", "2026-11-29T02:00[Europe/Amsterdam]")),
            [
                "Sat 28 Nov 2026, 22:00 \u{2013} Sun 29 Nov 2026, 02:00",
                "Europe/Amsterdam",
                "",
                "21:00 \u{2013} 01:00 UTC"
            ]
        );
        assert_eq!(
            told(&night("2026-11-28T01:00[Asia/Kolkata]", "2026-11-28T05:30:30[Asia/Kolkata]")),
            [
                "Sat 28 Nov 2026, 01:00 \u{2013} 05:30:30",
                "Asia/Kolkata",
                "",
                "Fri 27 Nov, 19:30 \u{2013} Sat 28 Nov, 00:00:30 UTC"
            ]
        );
        assert_eq!(
            told(&night("2026-12-31T22:00[UTC]", "2027-01-01T00:00[UTC]")),
            ["Thu 31 Dec 2026, 22:00 \u{2013} 24:00", "UTC", "", ""]
        );
        // The night in which the clocks go back has an hour more.
        assert_eq!(
            told(&night("2026-10-24T22:00[Europe/Amsterdam]", "2026-10-25T06:00[Europe/Amsterdam]"))[3],
            "20:00 \u{2013} 05:00 UTC"
        );
    }

    #[test]
    fn whole_days_are_told_by_the_day() {
        let days = |from, to| When::stretch(&at(from), &at(to));
        let one = days("2026-10-25T00:00[Europe/Amsterdam]", "2026-10-26T00:00[Europe/Amsterdam]");
        assert_eq!(told(&one)[0], "Sun 25 Oct 2026");
        assert_eq!(told(&one)[3], "Sat 24 Oct, 22:00 \u{2013} Sun 25 Oct, 23:00 UTC");
        assert_eq!((one.from.iso.as_str(), one.to.is_none()), ("2026-10-25", true));
        let two = days("2026-12-31T00:00[Asia/Tokyo]", "2027-01-02T00:00[Asia/Tokyo]");
        assert_eq!(told(&two)[0], "Thu 31 Dec 2026 \u{2013} Fri 1 Jan 2027");
        assert_eq!(two.to.unwrap().iso, "2027-01-01");
    }

    #[test]
    fn a_heading_is_not_said_again() {
        let [from, to] = ["2026-12-31T22:00[Asia/Tokyo]", "2027-01-01T02:00[Asia/Tokyo]"].map(at);
        let under = |day: &str| When::under(day.parse().unwrap(), &from, &to).text;
        assert_eq!(under("2026-12-31"), "22:00 \u{2013} Fri 1 Jan 2027, 02:00");
        assert_eq!(under("2027-01-01"), "Thu 31 Dec 2026, 22:00 \u{2013} Fri 1 Jan, 02:00");
        let day =
            When::under("2026-12-30".parse().unwrap(), &at("2026-12-30T00:00[UTC]"), &at("2026-12-31T00:00[UTC]"));
        assert_eq!(day.text, "all day");
    }

    #[test]
    fn the_records_own_zone_stands_beside_the_sites_where_its_clocks_differ() {
        let [from, to] = ["2026-11-30T18:00[America/New_York]", "2026-11-30T19:00[America/New_York]"].map(at);
        let own = |zone| When::stretch(&from, &to).with_own(&from, &to, &TimeZone::get(zone).unwrap()).own;
        assert_eq!(own("Asia/Tokyo"), "Tue 1 Dec, 08:00 \u{2013} 09:00 Asia/Tokyo");
        assert_eq!(own("America/Toronto"), "");
    }
}
