//! Windows where clocks and calendars have their traps, on every page that shows them, and held against another
//! implementation of recurrence rules and zones (`clocks.py`).

use std::fmt::Write as _;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::harness::{Site, ask_python, site};

/// One window: its zone, its start and end as a record has them, and the two in UTC.
const WINDOWS: &[[&str; 5]] = &[
    ["Europe/Amsterdam", "2026-03-28T22:00", "2026-03-29T06:00", "2026-03-28T21:00Z", "2026-03-29T04:00Z"],
    ["Europe/Amsterdam", "2026-10-24T22:00", "2026-10-25T06:00", "2026-10-24T20:00Z", "2026-10-25T05:00Z"],
    ["America/New_York", "2026-03-07T23:00", "2026-03-08T05:00", "2026-03-08T04:00Z", "2026-03-08T09:00Z"],
    ["America/New_York", "2026-10-31T23:00", "2026-11-01T05:00", "2026-11-01T03:00Z", "2026-11-01T10:00Z"],
    ["Europe/Amsterdam", "2026-12-31T22:00", "2027-01-01T02:00", "2026-12-31T21:00Z", "2027-01-01T01:00Z"],
    ["Europe/Amsterdam", "2026-11-30T22:00", "2026-12-01T00:00", "2026-11-30T21:00Z", "2026-11-30T23:00Z"],
    ["Asia/Kolkata", "2026-11-24T22:00", "2026-11-25T01:30", "2026-11-24T16:30Z", "2026-11-24T20:00Z"],
    ["Australia/Adelaide", "2026-10-03T23:30", "2026-10-04T04:00", "2026-10-03T14:00Z", "2026-10-03T17:30Z"],
    ["Australia/Adelaide", "2026-04-04T23:30", "2026-04-05T04:00", "2026-04-04T13:00Z", "2026-04-04T18:30Z"],
    ["America/St_Johns", "2026-03-07T23:00", "2026-03-08T04:00", "2026-03-08T02:30Z", "2026-03-08T06:30Z"],
    ["America/St_Johns", "2026-10-31T23:00", "2026-11-01T04:00", "2026-11-01T01:30Z", "2026-11-01T07:30Z"],
    ["Europe/Amsterdam", "2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00", "2026-10-25T00:30Z", "2026-10-25T01:30Z"],
    ["Europe/Amsterdam", "2026-11-24", "2026-11-26", "2026-11-23T23:00Z", "2026-11-26T23:00Z"],
    ["Australia/Adelaide", "2026-10-04", "2026-10-05", "2026-10-03T14:30Z", "2026-10-05T13:30Z"],
    ["Europe/Amsterdam", "2026-03-29", "2026-03-29", "2026-03-28T23:00Z", "2026-03-29T22:00Z"],
    ["Australia/Lord_Howe", "2026-04-04T23:00", "2026-04-05", "2026-04-04T12:00Z", "2026-04-05T13:30Z"],
    ["Australia/Lord_Howe", "2026-10-03T22:00", "2026-10-04T03:00", "2026-10-03T11:30Z", "2026-10-03T16:00Z"],
    ["Pacific/Apia", "2011-12-29T12:00", "2011-12-29", "2011-12-29T22:00Z", "2011-12-30T10:00Z"],
    ["Pacific/Apia", "2011-12-29", "2011-12-31", "2011-12-29T10:00Z", "2011-12-31T10:00Z"],
];

/// A window that comes again.
struct Repeated {
    zone: &'static str,
    start: &'static str,
    /// `end: …` or `duration: …`.
    length: [&'static str; 2],
    rule: &'static str,
    skips: &'static [&'static str],
    /// Starts and ends in UTC.
    expected: &'static [[&'static str; 2]],
}

const REPEATED: &[Repeated] = &[
    // The clock on the wall says ten to six on every night; on one of them that is an hour less.
    Repeated {
        zone: "Europe/Amsterdam",
        start: "2026-03-21T22:00",
        length: ["end", "2026-03-22T06:00"],
        rule: "FREQ=WEEKLY;BYDAY=SA;COUNT=3",
        skips: &[],
        expected: &[
            ["2026-03-21T21:00Z", "2026-03-22T05:00Z"],
            ["2026-03-28T21:00Z", "2026-03-29T04:00Z"],
            ["2026-04-04T20:00Z", "2026-04-05T04:00Z"],
        ],
    },
    // Eight hours are eight hours, also where the clocks go back.
    Repeated {
        zone: "Europe/Amsterdam",
        start: "2026-10-17T22:00",
        length: ["duration", "PT8H"],
        rule: "FREQ=WEEKLY;COUNT=3",
        skips: &[],
        expected: &[
            ["2026-10-17T20:00Z", "2026-10-18T04:00Z"],
            ["2026-10-24T20:00Z", "2026-10-25T04:00Z"],
            ["2026-10-31T21:00Z", "2026-11-01T05:00Z"],
        ],
    },
    Repeated {
        zone: "Europe/Amsterdam",
        start: "2026-10-17T22:00",
        length: ["duration", "PT8H"],
        rule: "FREQ=WEEKLY;COUNT=4",
        skips: &["2026-10-24", "2026-11-07"],
        expected: &[["2026-10-17T20:00Z", "2026-10-18T04:00Z"], ["2026-10-31T21:00Z", "2026-11-01T05:00Z"]],
    },
    // The end of the rule is in UTC: 22:30 of the 14th in Kolkata is 17:00 of it, and half an hour later is too late.
    Repeated {
        zone: "Asia/Kolkata",
        start: "2026-11-12T22:30",
        length: ["end", "2026-11-13T00:30"],
        rule: "FREQ=DAILY;UNTIL=20261114T163000Z",
        skips: &[],
        expected: &[["2026-11-12T17:00Z", "2026-11-12T19:00Z"], ["2026-11-13T17:00Z", "2026-11-13T19:00Z"]],
    },
    // The last Saturday of a month, over the end of the year.
    Repeated {
        zone: "Australia/Adelaide",
        start: "2026-09-26T23:00",
        length: ["end", "2026-09-27T05:00"],
        rule: "FREQ=MONTHLY;BYDAY=-1SA;COUNT=5",
        skips: &["2026-11-28"],
        expected: &[
            ["2026-09-26T13:30Z", "2026-09-26T19:30Z"],
            ["2026-10-31T12:30Z", "2026-10-31T18:30Z"],
            ["2026-12-26T12:30Z", "2026-12-26T18:30Z"],
            ["2027-01-30T12:30Z", "2027-01-30T18:30Z"],
        ],
    },
    Repeated {
        zone: "America/St_Johns",
        start: "2026-10-30T20:00",
        length: ["end", "2026-11-02T06:00"],
        rule: "FREQ=WEEKLY;INTERVAL=2;COUNT=2",
        skips: &[],
        expected: &[["2026-10-30T22:30Z", "2026-11-02T09:30Z"], ["2026-11-13T23:30Z", "2026-11-16T09:30Z"]],
    },
    // Whole days: a Saturday and the Sunday behind it, which has 25 hours once.
    Repeated {
        zone: "Europe/Amsterdam",
        start: "2026-10-17",
        length: ["end", "2026-10-18"],
        rule: "FREQ=WEEKLY;COUNT=3",
        skips: &[],
        expected: &[
            ["2026-10-16T22:00Z", "2026-10-18T22:00Z"],
            ["2026-10-23T22:00Z", "2026-10-25T23:00Z"],
            ["2026-10-30T23:00Z", "2026-11-01T23:00Z"],
        ],
    },
    // Lord Howe goes forward by half an hour: two on Sunday morning is half past two.
    Repeated {
        zone: "Australia/Lord_Howe",
        start: "2026-09-27T01:00",
        length: ["end", "2026-09-27T04:00"],
        rule: "FREQ=WEEKLY;COUNT=3",
        skips: &[],
        expected: &[
            ["2026-09-26T14:30Z", "2026-09-26T17:30Z"],
            ["2026-10-03T14:30Z", "2026-10-03T17:00Z"],
            ["2026-10-10T14:00Z", "2026-10-10T17:00Z"],
        ],
    },
    Repeated {
        zone: "Europe/Amsterdam",
        start: "2026-12-30T23:00",
        length: ["end", "2026-12-31T01:00"],
        rule: "FREQ=DAILY;COUNT=3",
        skips: &[],
        expected: &[
            ["2026-12-30T22:00Z", "2026-12-31T00:00Z"],
            ["2026-12-31T22:00Z", "2027-01-01T00:00Z"],
            ["2027-01-01T22:00Z", "2027-01-02T00:00Z"],
        ],
    },
];

fn local(utc: &str, zone: &str) -> DateTime {
    let at: jiff::Timestamp = utc.parse().unwrap();
    at.to_zoned(TimeZone::get(zone).unwrap()).datetime()
}

/// Whether a page has a point in time in the site's zone, for machines with its offset.
fn has_time(html: &str, utc: &str, zone: &str) -> bool {
    let local = local(utc, zone);
    let at = utc.parse::<jiff::Timestamp>().unwrap().to_zoned(TimeZone::get(zone).unwrap());
    let iso = at.strftime("%Y-%m-%dT%H:%M:%S%:z");
    let clock = local.strftime("%H:%M").to_string();
    let midnight = clock == "00:00";
    html.match_indices(&format!("<time datetime=\"{iso}\">")).any(|(at, tag)| {
        let text = html[at + tag.len()..].split('<').next().unwrap_or_default();
        text.ends_with(&clock) || midnight && text.ends_with("24:00")
    })
}

/// Whether a page has a stretch of whole days.
fn has_days(html: &str, first: DateTime, last: DateTime) -> bool {
    let has = |day: DateTime| html.contains(&format!("<time datetime=\"{}\">", day.date()));
    let words = if first.date() == last.date() { "all day".to_owned() } else { last.strftime("%a %-d %b").to_string() };
    has(first) && has(last) && html.contains(&words)
}

/// The cell of a day in its month.
fn cell(site: &Site, day: DateTime) -> String {
    let html = site.text(&day.strftime("calendar/%Y/%m.html").to_string());
    let of_day = format!("<td><time datetime=\"{}\"", day.date());
    let cell = html.split("</td>").find(|cell| cell.contains(&of_day[4..]) && !cell.contains("class=\"out\""));
    cell.unwrap_or_else(|| panic!("no cell for {day}")).to_owned()
}

/// The days that a window touches first and last: one that ends at midnight ends on the day before.
fn ends(from: &str, to: &str, zone: &str) -> [DateTime; 2] {
    let last = to.parse::<jiff::Timestamp>().unwrap() - jiff::SignedDuration::from_secs(1);
    [local(from, zone), local(&last.to_string(), zone).max(local(from, zone))]
}

#[test]
fn windows_are_right_on_every_page() {
    for [zone, start, end, utc_start, utc_end] in WINDOWS {
        let mut files = format!("-- relbook.toml --\ntime_zone = \"{zone}\"\n");
        // Thirteen of them, so that the day has a page of its own.
        for number in 10..23 {
            write!(
                files,
                "-- releases/REL-{number}.md --\n---\ntitle: Window {number}\nconfiguration_items: [item-{number}]\nwindows: [{{start: {start}, end: {end}}}]\n---\n"
            )
            .unwrap();
        }
        let site = site(&files);
        let (from, to) = (local(utc_start, zone), local(utc_end, zone));
        let case = format!("{zone} {start}");
        let [first, last] = ends(utc_start, utc_end, zone);
        for day in [first, last] {
            assert!(cell(&site, day).contains("Window 10"), "{case}: the month has it on {}", day.date());
        }
        let after = last.checked_add(jiff::Span::new().days(1)).unwrap();
        if after.month() == last.month() {
            assert!(!cell(&site, after).contains("Window 10"), "{case}: the month has it no longer");
        }
        let of_day = site.text(&first.strftime("calendar/%Y/%m/%d.html").to_string());
        let of_week = site.text(&first.strftime("calendar/%G/W%V.html").to_string());
        let is_whole_days = !start.contains('T');
        for (page, html) in [("day", &of_day), ("week", &of_week)] {
            if is_whole_days {
                assert!(has_days(html, first, last), "{case}: the {page} says from which day to which");
                continue;
            }
            assert!(has_time(html, utc_start, zone), "{case}: the {page} has the start {utc_start} as {from}");
            assert!(has_time(html, utc_end, zone), "{case}: the {page} has the end {utc_end} as {to}");
        }
        let windows = site.page("releases/REL-10.html").part("windows").text();
        for (utc, local) in [(utc_start, from), (utc_end, to)] {
            let clock = local.strftime("%H:%M").to_string();
            let is_there = windows.contains(&clock) || (clock == "00:00" && windows.contains("24:00"));
            assert!(is_whole_days || is_there, "{case}: {windows}");
            assert!(windows.contains(&utc[11..16]) && windows.contains(" UTC"), "{case}: {windows}");
        }
    }
}

#[test]
fn windows_that_come_again_are_right_on_every_page() {
    for case in REPEATED {
        let Repeated { zone, start, length: [key, length], rule, skips, expected } = case;
        let site = site(&format!(
            "-- relbook.toml --\ntime_zone = \"{zone}\"\n-- calendar/again.md --\n---\ntitle: Again\nstart: {start}\n{key}: {length}\nrepeats: {rule}\nskips: [{}]\n---\n",
            skips.join(", ")
        ));
        let mut shown = 0;
        for [utc_start, utc_end] in *expected {
            let from = local(utc_start, zone);
            for day in ends(utc_start, utc_end, zone) {
                assert!(cell(&site, day).contains("Again"), "{zone} {rule}: the month has it on {}", day.date());
            }
            let week = site.text(&from.strftime("calendar/%G/W%V.html").to_string());
            let is_there = match start.contains('T') {
                true => has_time(&week, utc_start, zone) && has_time(&week, utc_end, zone),
                false => has_days(&week, from, ends(utc_start, utc_end, zone)[1]),
            };
            assert!(is_there, "{zone} {rule}: {utc_start} {week}");
        }
        for route in site.tree_below("calendar/").iter().filter(|route| route.contains("/W")) {
            let list = site.text(route).split("<div class=\"week\">").nth(1).unwrap_or_default().to_owned();
            let sections = list.split("<section id=").skip(1);
            // What goes on from the week before stands under Monday again.
            shown += sections
                .flat_map(|section| {
                    let day = section[1..11].to_owned();
                    let entries: Vec<String> = section.split("class=\"bar").skip(1).map(str::to_owned).collect();
                    entries.into_iter().map(move |entry| (day.clone(), entry))
                })
                .filter(|(day, entry)| {
                    let iso = entry.split("datetime=\"").nth(1).unwrap().split('"').next().unwrap();
                    iso[..10] == *day
                })
                .count();
        }
        assert_eq!(shown, expected.len(), "{zone} {rule}: nothing more is shown");
    }
}

/// The two tables, held against `zoneinfo` and `dateutil` of Python.
#[test]
fn another_implementation_agrees_with_the_tables() {
    let mut input = String::new();
    for [zone, start, end, utc_start, utc_end] in WINDOWS {
        writeln!(input, "{zone}\t{start}\tend\t{end}\t\t\t{utc_start}/{utc_end}").unwrap();
    }
    for case in REPEATED {
        let expected: Vec<String> = case.expected.iter().map(|window| window.join("/")).collect();
        let [key, length] = case.length;
        writeln!(
            input,
            "{}\t{}\t{key}\t{length}\t{}\t{}\t{}",
            case.zone,
            case.start,
            case.rule,
            case.skips.join(" "),
            expected.join(" ")
        )
        .unwrap();
    }
    ask_python("clocks.py", "import dateutil, zoneinfo", &input, &format!("{} agree", WINDOWS.len() + REPEATED.len()));
}

/// The rules that the walk through a rule is held against, of all frequencies and filters.
#[test]
fn another_implementation_agrees_with_the_rules() {
    let rules = include_str!("rules.txt");
    ask_python("rules.py", "import dateutil", rules, &format!("{} agree", rules.lines().count()));
}
