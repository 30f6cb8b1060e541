//! The time zones of calendars show at every moment what the IANA data has: read anew from the lines of the calendar.

use std::fmt::Write as _;
use std::fs;

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::harness::site;

/// Zones with two changes a year, with half hours, with changes at other days each year, with none, and with former ones.
const ZONES: [&str; 18] = [
    "Europe/Berlin",
    "Europe/Dublin",
    "Europe/Moscow",
    "America/New_York",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Santiago",
    "America/Caracas",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Gaza",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Africa/Windhoek",
    "Pacific/Apia",
    "Antarctica/Troll",
    "Pacific/Chatham",
];

/// From when on each observance of a zone counts, as seconds of UTC, with the seconds that its clocks are ahead.
fn onsets(component: &str, last: i16) -> Vec<(i64, i64)> {
    let mut onsets = Vec::new();
    for observance in component.split("BEGIN:").filter(|of| of.starts_with("STANDARD") || of.starts_with("DAYLIGHT")) {
        let of = |name: &str| observance.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        let start = DateTime::strptime("%Y%m%dT%H%M%S", of("DTSTART").unwrap()).unwrap();
        let [from, to] = ["TZOFFSETFROM", "TZOFFSETTO"].map(|name| seconds(of(name).unwrap()));
        let starts = match of("RRULE") {
            None => vec![start],
            Some(rule) => (start.year()..=last).map(|year| day(rule, year).to_datetime(start.time())).collect(),
        };
        assert_eq!(starts[0], start, "a rule gives its own beginning: {observance}");
        let utc = |at: DateTime| at.to_zoned(TimeZone::UTC).unwrap().timestamp().as_second();
        onsets.extend(starts.into_iter().map(|at| (utc(at) - from, to)));
    }
    onsets.sort_unstable();
    onsets
}

/// `+0530` as seconds.
fn seconds(offset: &str) -> i64 {
    let (sign, digits) = offset.split_at(1);
    let part = |at: usize| digits.get(at..at + 2).map_or(0, |part| part.parse::<i64>().unwrap());
    (part(0) * 3600 + part(2) * 60 + part(4)) * if sign == "-" { -1 } else { 1 }
}

/// The day of a year that `FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU` gives.
fn day(rule: &str, year: i16) -> Date {
    let of = |name: &str| rule.split(';').find_map(|part| part.strip_prefix(name)).unwrap();
    assert_eq!(of("FREQ="), "YEARLY", "{rule}");
    let (number, weekday) = of("BYDAY=").split_at(of("BYDAY=").len() - 2);
    let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let place = names.iter().position(|name| *name == weekday).unwrap();
    let weekday = Weekday::from_monday_zero_offset(i8::try_from(place).unwrap()).unwrap();
    let first = Date::new(year, of("BYMONTH=").parse().unwrap(), 1).unwrap();
    first.nth_weekday_of_month(number.parse().unwrap(), weekday).unwrap()
}

#[test]
fn the_zones_of_a_calendar_are_those_of_the_iana_data() {
    let years = [1996i16, 2010, 2018, 2026];
    for year in years {
        let mut files = "-- relbook.toml --\n[calendar]\npast_months = 900\n".to_owned();
        for (number, zone) in ZONES.iter().enumerate() {
            let keys = format!("start: {year}-02-10T12:00\nduration: PT1H\nrepeats: FREQ=WEEKLY\ntime_zone: {zone}");
            write!(files, "-- calendar/w{number}.md --\n---\ntitle: {zone}\n{keys}\n---\n").unwrap();
        }
        let site = site(&files);
        let text = fs::read_to_string(site.out().join("calendar.ics")).unwrap().replace("\r\n ", "");
        let components: Vec<&str> = text.split("BEGIN:VTIMEZONE").skip(1).collect();
        assert_eq!(components.len(), ZONES.len());
        for component in components {
            let component = component.split("END:VTIMEZONE").next().unwrap();
            let name = component.lines().find_map(|line| line.strip_prefix("TZID:")).unwrap();
            let zone = TimeZone::get(name).unwrap();
            let onsets = onsets(component, 2060);
            let first = Date::new(year, 2, 10).unwrap().at(12, 0, 0, 0).to_zoned(zone.clone()).unwrap().timestamp();
            // A rule that goes on for ever wants its zone for as long as anybody plans.
            let last = Date::new(2036, 1, 1).unwrap().to_zoned(TimeZone::UTC).unwrap().timestamp();
            // Both change at no other moments.
            let changes = zone.following(first).map(|change| change.timestamp().as_second());
            let changes: Vec<i64> = changes.take_while(|at| *at < last.as_second()).collect();
            let both = changes.into_iter().chain(onsets.iter().map(|(from, _)| *from)).chain([first.as_second()]);
            let both = both.flat_map(|at| [at - 1, at]).filter(|at| first.as_second() <= *at && *at < last.as_second());
            for at in both.map(|at| Timestamp::from_second(at).unwrap()) {
                let place = onsets.partition_point(|(from, _)| *from <= at.as_second());
                assert!(place > 0, "{name} at {at}: no observance is on");
                assert_eq!(onsets[place - 1].1, i64::from(zone.to_offset(at).seconds()), "{name} at {at}, from {year}");
            }
        }
    }
}

#[test]
fn utc_needs_no_zone_and_a_zone_stands_once() {
    let window = |name: &str, zone: &str, day: &str| {
        let keys = format!("start: {day}T12:00\nend: {day}T13:00\ntime_zone: {zone}");
        format!("-- calendar/{name}.md --\n---\ntitle: {name}\n{keys}\n---\n")
    };
    let later = Date::new(2026, 12, 1).unwrap().saturating_add(1.month()).to_string();
    let files = [
        window("a", "UTC", "2026-12-01"),
        window("b", "Europe/Berlin", "2026-12-01"),
        window("c", "Europe/Berlin", &later),
    ];
    let site = site(&files.concat());
    let text = fs::read_to_string(site.out().join("calendar.ics")).unwrap();
    assert_eq!(text.matches("BEGIN:VTIMEZONE").count(), 1);
    assert!(text.contains("DTSTART:20261201T120000Z\r\n") && !text.contains("TZID:UTC"), "{text}");
}
