//! Days and times as people write them, and the points in time that they mean, held against `zoneinfo` of Python too
//! (`moments.py`).

use std::fmt::Write as _;

use jiff::tz::TimeZone;
use relbook::diag::Sink;
use relbook::record::{Defaults, Record, read};
use relbook::source::{Source, Sources};

use super::harness::ask_python;

/// The zone beside it, what is written, whether it is a `start` or an `end`, and the point in time that it means.
const MOMENTS: &[[&str; 4]] = &[
    ["Europe/London", "2026-12-30T22:00", "start", "2026-12-30T22:00:00Z"],
    ["Europe/London", "2026-07-01 22:00", "start", "2026-07-01T21:00:00Z"],
    ["Europe/London", "2026-12-30T22:00:30.5", "start", "2026-12-30T22:00:30.5Z"],
    // 24 hours are the end of the day, also of the year, of February, and of a night without an hour.
    ["Europe/London", "2026-12-30T24:00", "end", "2026-12-31T00:00:00Z"],
    ["Europe/London", "2026-12-31T24:00:00", "end", "2027-01-01T00:00:00Z"],
    ["Europe/London", "2028-02-28T24:00", "end", "2028-02-29T00:00:00Z"],
    ["Asia/Kolkata", "2026-12-30T24:00+01:00", "end", "2026-12-30T23:00:00Z"],
    // Offsets.
    ["Europe/London", "2026-12-30T22:00Z", "start", "2026-12-30T22:00:00Z"],
    ["Europe/London", "2026-12-30T22:00+01", "start", "2026-12-30T21:00:00Z"],
    ["Europe/London", "2026-12-30T22:00+0545", "start", "2026-12-30T16:15:00Z"],
    ["Europe/London", "2026-12-30 22:00 -03:30", "start", "2026-12-31T01:30:00Z"],
    // A zone of its own comes before the one beside it, with an offset and without.
    ["Europe/London", "2026-12-01T12:00[Asia/Tokyo]", "start", "2026-12-01T03:00:00Z"],
    ["Asia/Tokyo", "2026-11-28T22:00+01:00[Europe/Brussels]", "start", "2026-11-28T21:00:00Z"],
    ["Asia/Tokyo", "2026-11-28T22:00Z[Europe/Brussels]", "start", "2026-11-28T22:00:00Z"],
    ["Asia/Tokyo", "2026-07-01T12:00[!America/St_Johns]", "start", "2026-07-01T14:30:00Z"],
    ["UTC", "2026-10-25T02:30+02:00[Europe/Amsterdam]", "start", "2026-10-25T00:30:00Z"],
    ["UTC", "2026-10-25T02:30+01:00[Europe/Amsterdam]", "start", "2026-10-25T01:30:00Z"],
    // A day that is an end is over when the next begins: 23, 24 and 25 hours later.
    ["Europe/London", "2026-12-31", "start", "2026-12-31T00:00:00Z"],
    ["Europe/London", "2026-12-31", "end", "2027-01-01T00:00:00Z"],
    ["Europe/Amsterdam", "2026-03-29", "start", "2026-03-28T23:00:00Z"],
    ["Europe/Amsterdam", "2026-03-29", "end", "2026-03-29T22:00:00Z"],
    ["Europe/Amsterdam", "2026-10-25", "start", "2026-10-24T22:00:00Z"],
    ["Europe/Amsterdam", "2026-10-25", "end", "2026-10-25T23:00:00Z"],
    // Lord Howe goes back by half an hour, Havana at midnight, Beirut skips midnight.
    ["Australia/Lord_Howe", "2026-04-05", "start", "2026-04-04T13:00:00Z"],
    ["Australia/Lord_Howe", "2026-04-05", "end", "2026-04-05T13:30:00Z"],
    ["Australia/Lord_Howe", "2026-10-04", "end", "2026-10-04T13:00:00Z"],
    ["America/Havana", "2026-11-01", "start", "2026-11-01T04:00:00Z"],
    ["America/Havana", "2026-10-31", "end", "2026-11-01T04:00:00Z"],
    ["Asia/Beirut", "2026-03-29", "start", "2026-03-28T22:00:00Z"],
    ["Asia/Beirut", "2026-03-28", "end", "2026-03-28T22:00:00Z"],
    // Apia had no 30 December in 2011: the 29th ends as the 31st begins.
    ["Pacific/Apia", "2011-12-29", "end", "2011-12-30T10:00:00Z"],
    ["Pacific/Apia", "2011-12-31", "start", "2011-12-30T10:00:00Z"],
];

/// What is no moment: the zone beside it, what is written, the code, and what the help or the replacement must hold.
const FAULTS: &[[&str; 4]] = &[
    ["Europe/London", "2026-12-30T24:30", "RB103", ""],
    ["Europe/London", "2026-12-30T25:00", "RB103", ""],
    ["Europe/London", "2026-12-30T23:59:60", "RB103", "00 to 59"],
    ["Europe/London", "2026-12-30T22", "RB103", "`22:00`"],
    ["Europe/London", "2026-12-30T10:00 PM", "RB103", "00 to 23"],
    ["Europe/London", "2026-12-30T22:00 CET", "RB103", "CET"],
    ["Europe/London", "2026-12-30T22:00+01:00 or so", "RB103", "or so"],
    ["Europe/London", "2026-12-30T22:00+25:00", "RB103", ""],
    ["Europe/London", "2026-12-30T22:00+1", "RB103", "`+01:00`"],
    ["Europe/London", "2026-12-30T22:00 Asia/Tokyo", "RB103", "2026-12-30T22:00[Asia/Tokyo]"],
    ["Europe/London", "2026-12-30T22:00[Asia/Tokio]", "RB104", "2026-12-30T22:00[Asia/Tokyo]"],
    ["Europe/London", "2026-12-30T22:00[Asia/Tokyo", "RB103", ""],
    ["Europe/London", "2026-12-30T22:00[u-ca=hebrew]", "RB103", "zone"],
    ["Europe/London", "2026-12-30T22:00[Asia/Tokyo][u-ca=hebrew]", "RB103", "zone"],
    ["Europe/London", "2026-12-30T22:00[+01:00]", "RB103", "zone"],
    ["Europe/London", "2026-12-30[Asia/Tokyo]", "RB103", ""],
    ["Europe/London", "2026-12-30Z", "RB103", ""],
    ["Europe/London", "2026-12", "RB103", ""],
    ["Europe/London", "20261230T2200", "RB103", "dashes"],
    ["Europe/London", "2026-W53-3", "RB103", "2026-12-30"],
    ["Europe/London", "2026-02-29", "RB103", ""],
    // The zone has another offset then: each of the two may be meant.
    ["UTC", "2026-07-28T22:00+01:00[Europe/Brussels]", "RB103", "2026-07-28T22:00[Europe/Brussels]"],
    ["UTC", "2026-07-28T22:00+01:00[Europe/Brussels]", "RB103", "2026-07-28T23:00+02:00[Europe/Brussels]"],
    ["UTC", "2026-07-28T22:00+00:00[Europe/London]", "RB103", "2026-07-28T23:00+01:00[Europe/London]"],
    // What to write is said of the moment in question.
    ["Europe/Amsterdam", "2026-10-25T02:30", "RB105", "2026-10-25T02:30+02:00"],
    ["Europe/Amsterdam", "2026-10-25T02:30", "RB105", "2026-10-25T02:30+01:00"],
    ["UTC", "2026-11-01T01:15[America/New_York]", "RB105", "2026-11-01T01:15-05:00"],
    ["Australia/Lord_Howe", "2026-04-05T01:45", "RB105", "2026-04-05T01:45+10:30"],
    ["Australia/Lord_Howe", "2026-10-04T02:15", "RB105", "2026-10-04T02:30"],
    ["Europe/Amsterdam", "2026-03-29T02:30", "RB105", "2026-03-29T03:00"],
    ["Pacific/Apia", "2011-12-30T10:00", "RB105", "2011-12-31T00:00"],
    ["Pacific/Apia", "2011-12-30", "RB105", "2011-12-31"],
];

/// Reads a calendar window with a start or an end, and tells that point in time, or code and texts of the first finding.
fn told(zone: &str, written: &str, key: &str) -> Result<jiff::Zoned, [String; 2]> {
    let (start, end) = if key == "start" { (written, "2099-01-01") } else { ("2000-01-01", written) };
    let text =
        format!("---\ntitle: A window\nkind: freeze\nstart: \"{start}\"\nend: \"{end}\"\ntime_zone: {zone}\n---\n");
    let mut sources = Sources::default();
    let id = sources.add(Source::new("calendar/a.md".to_owned(), text));
    let sink = Sink::new(id);
    let defaults = Defaults::new(TimeZone::UTC);
    let record = read(&sources[id], &defaults, &sink);
    if let Some(finding) = sink.into_findings().first() {
        let texts = [&finding.message, &finding.label, &finding.help.join("\n")].map(String::as_str).join("\n");
        let replacement = finding.replacement.clone().unwrap_or_default();
        return Err([finding.lint.code.to_owned(), format!("{texts}\n{replacement}")]);
    }
    let Some(Record::Window(window)) = record else { panic!("{written} is no window") };
    let (from, to) = window.first.expect("a start and an end");
    Ok(if key == "start" { from } else { to })
}

#[test]
fn a_moment_means_one_point_in_time() {
    for [zone, written, key, expected] in MOMENTS {
        let at = told(zone, written, key).unwrap_or_else(|[code, texts]| panic!("{written} {zone}: {code} {texts}"));
        assert_eq!(at.timestamp().to_string(), *expected, "{key}: {written} {zone}");
    }
}

#[test]
fn what_is_no_moment_is_said_with_what_to_write() {
    for [zone, written, code, needle] in FAULTS {
        match told(zone, written, "start") {
            Ok(at) => panic!("{written} {zone} is read as {at}"),
            Err([found, texts]) => {
                assert_eq!(found, *code, "{written} {zone}: {texts}");
                assert!(texts.contains(needle), "{written} {zone}: {needle} is not in {texts}");
            }
        }
    }
}

/// Whatever the help says to write is understood.
#[test]
fn what_the_help_says_to_write_is_a_moment() {
    for [zone, written, ..] in FAULTS {
        let Err([_, texts]) = told(zone, written, "start") else { panic!("{written} is a moment") };
        let help =
            texts.lines().filter(|line| line.contains("write `")).flat_map(|line| line.split('`').skip(1).step_by(2));
        for instead in help.filter(|instead| instead.starts_with("20")) {
            assert!(told(zone, instead, "start").is_ok(), "{written} {zone}: {instead}");
        }
    }
}

#[test]
fn a_zone_in_brackets_is_the_one_that_the_time_is_shown_in() {
    let zone = |zone, written| told(zone, written, "start").unwrap().time_zone().iana_name().unwrap().to_owned();
    assert_eq!(zone("Asia/Tokyo", "2026-11-28T22:00+01:00[Europe/Brussels]"), "Europe/Brussels");
    assert_eq!(zone("Asia/Tokyo", "2026-11-28T22:00+01:00"), "Asia/Tokyo");
}

/// A stage of a rollout has the zone of the first window where its times name none.
#[test]
fn a_moment_of_a_stage_means_the_same() {
    for [zone, written, key, expected] in MOMENTS {
        let window = format!("{{start: 2000-01-01, end: 2099-01-01, time_zone: {zone}}}");
        let text = format!("---\ntitle: A release\nwindows: [{window}]\nstages: [{{{key}: \"{written}\"}}]\n---\n");
        let mut sources = Sources::default();
        let id = sources.add(Source::new("releases/a.md".to_owned(), text));
        let record = read(&sources[id], &Defaults::new(TimeZone::UTC), &Sink::new(id)).expect("a release");
        let stage = &record.plan().expect("a plan").stages[0];
        let at = if *key == "start" { &stage.begins } else { &stage.ends };
        let at = at.as_ref().unwrap_or_else(|| panic!("{written} {zone} is no time"));
        assert_eq!(at.timestamp().to_string(), *expected, "{key}: {written} {zone}");
    }
}

/// The table, held against `zoneinfo` of Python.
#[test]
fn another_implementation_agrees_about_moments() {
    let mut input = String::new();
    for row in MOMENTS {
        writeln!(input, "{}", row.join("\t")).unwrap();
    }
    ask_python("moments.py", "import zoneinfo", &input, &format!("{} agree", MOMENTS.len()));
}
