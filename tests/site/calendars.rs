//! Calendars that other programs subscribe to: which events they have, by which names, and that other programs read them as
//! they are meant.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use super::api::example;
use super::harness::{Site, build, check, folder, places, put, root, site, site_with};
use super::repository::{commit_by, git};
use relbook::diag::Profile;

/// Lets other programs read every calendar of some sites; says so where they are not at hand.
fn assert_others_agree(sites: &[&Site]) {
    let imports = "import icalendar, recurring_ical_events, vobject, zoneinfo; zoneinfo.ZoneInfo('Europe/Berlin')";
    if !Command::new("python3").args(["-c", imports]).output().is_ok_and(|output| output.status.success()) {
        eprintln!("SKIPPED: calendars by other programs, for there is no python3 that can do `{imports}`");
        return;
    }
    for site in sites {
        let script = root().join("tests/site/calendars.py");
        let output = Command::new("python3").arg("-B").arg(script).arg(site.out()).output().unwrap();
        let said = [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).concat();
        assert!(output.status.success(), "{said}");
    }
}

/// The lines of a calendar, unfolded.
fn lines(out: &Path, path: &str) -> Vec<String> {
    let text = fs::read_to_string(out.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    text.replace("\r\n ", "").split("\r\n").map(str::to_owned).collect()
}

/// The events of a calendar by their names, each as its lines.
fn events(out: &Path, path: &str) -> BTreeMap<String, Vec<String>> {
    let lines = lines(out, path);
    let events = lines.split(|line| line == "BEGIN:VEVENT").skip(1);
    let events = events.map(|of| of.iter().take_while(|line| *line != "END:VEVENT").cloned().collect::<Vec<_>>());
    // What the clocks make longer or shorter follows under the same name.
    events.fold(BTreeMap::new(), |mut all, of| {
        all.entry(property(&of, "UID").unwrap()).or_insert(of);
        all
    })
}

/// The value of a property.
fn property(event: &[String], name: &str) -> Option<String> {
    let is_named = |line: &&String| line.strip_prefix(name).is_some_and(|rest| rest.starts_with([':', ';']));
    event.iter().find(is_named).and_then(|line| Some(line.split_once(':')?.1.to_owned()))
}

#[test]
fn other_programs_read_the_calendars_of_the_example() {
    let whole = build(example(), |_| ());
    let edition = build(example(), |request| request.edition = Some("customer".to_owned()));
    assert_others_agree(&[&whole, &edition]);
}

#[test]
fn what_comes_again_comes_on_the_same_days_over_both_changes_of_the_clocks() {
    let mut files = "-- relbook.toml --\ntime_zone = \"Europe/Berlin\"\n".to_owned();
    let rules = [
        ("night", "start: 2026-01-03T22:00\nend: 2026-01-04T06:00\nrepeats: FREQ=WEEKLY;BYDAY=SA"),
        ("first-over-the-change", "start: 2026-03-28T22:00\nend: 2026-03-29T06:00\nrepeats: FREQ=WEEKLY;BYDAY=SA"),
        ("length", "start: 2026-01-03T22:00\nduration: PT8H\nrepeats: FREQ=WEEKLY;BYDAY=SA"),
        ("skipped-hour", "start: 2026-01-04T02:30\nend: 2026-01-04T03:30\nrepeats: FREQ=WEEKLY;BYDAY=SU"),
        ("twice-an-hour", "start: 2026-01-04T02:15\nduration: PT30M\nrepeats: FREQ=WEEKLY;BYDAY=SU"),
        (
            "left-out",
            "start: 2026-01-04T02:30\nduration: PT30M\nrepeats: FREQ=WEEKLY;BYDAY=SU\nskips: [2026-03-29, 2026-05-03]",
        ),
        ("counted", "start: 2026-02-01T01:00\nduration: PT1H\nrepeats: FREQ=MONTHLY;BYDAY=1SU;COUNT=7"),
        ("ended", "start: 2026-02-01T01:00\nduration: PT1H\nrepeats: FREQ=DAILY;UNTIL=20260410"),
        ("ended-in-utc", "start: 2026-02-01T01:00\nduration: PT1H\nrepeats: FREQ=DAILY;UNTIL=20260410T000000Z"),
        ("begins-elsewhere", "start: 2026-01-01T10:00\nduration: PT1H\nrepeats: FREQ=WEEKLY;BYDAY=TU"),
        (
            "new-york",
            "start: 2026-01-03T22:00\nend: 2026-01-04T06:00\ntime_zone: America/New_York\nrepeats: FREQ=WEEKLY;BYDAY=SA",
        ),
        (
            "lord-howe",
            "start: 2026-01-03T22:00\nend: 2026-01-04T06:00\ntime_zone: Australia/Lord_Howe\nrepeats: FREQ=WEEKLY;BYDAY=SA",
        ),
        ("utc", "start: 2026-01-03T22:00\nend: 2026-01-04T06:00\ntime_zone: UTC\nrepeats: FREQ=WEEKLY;BYDAY=SA"),
        ("days", "start: 2026-12-20\nend: 2026-12-31\nkind: freeze\nrepeats: FREQ=YEARLY"),
    ];
    for (name, keys) in rules {
        files += &format!("-- calendar/{name}.md --\n---\ntitle: {name}\n{keys}\n---\n");
    }
    let site = site(&files);
    assert_others_agree(&[&site]);
    let events = events(&site.out(), "calendar.ics");
    let of = |name: &str| &events[&format!("window.{name}@relbook")];
    assert_eq!(property(of("ended-in-utc"), "RRULE").unwrap(), "FREQ=DAILY;UNTIL=20260410T000000Z");
    assert_eq!(property(of("begins-elsewhere"), "DTSTART").unwrap(), "20260106T100000");
    let days = of("days");
    assert!(days.contains(&"DTSTART;VALUE=DATE:20261220".to_owned()), "{days:?}");
    assert!(days.contains(&"DTEND;VALUE=DATE:20270101".to_owned()), "{days:?}");
}

#[test]
fn zones_are_those_of_the_iana_data() {
    let zones = [
        "Europe/Berlin",
        "Europe/Dublin",
        "America/New_York",
        "Asia/Kolkata",
        "Australia/Lord_Howe",
        "Africa/Cairo",
        "America/Santiago",
        "Pacific/Apia",
        "Asia/Gaza",
        "America/Sao_Paulo",
        "Antarctica/Troll",
        "America/St_Johns",
        "Africa/Windhoek",
        "UTC",
        "Asia/Tehran",
    ];
    let mut files = String::new();
    for (number, zone) in zones.iter().enumerate() {
        for (of, year) in [1996, 2011, 2019, 2026].into_iter().enumerate() {
            files += &format!(
                "-- calendar/w{number}-{of}.md --\n---\ntitle: {zone}\nstart: {year}-02-10T12:00\nend: {year}-02-10T13:00\n\
                 time_zone: {zone}\n---\n"
            );
        }
    }
    let files = format!("-- relbook.toml --\n[calendar]\npast_months = 500\n{files}");
    assert_others_agree(&[&site(&files)]);
}

const WINDOWS: &str = r"
-- releases/REL-1.md --
---
title: One
release_type: patch
status: scheduled
windows:
  - {start: 2026-12-01T22:00, end: 2026-12-01T23:00, outcome: postponed}
  - {start: 2026-12-08T22:00, end: 2026-12-08T23:00}
---
-- releases/REL-2.md --
---
title: Two
release_type: patch
status: draft
windows: [{start: 2026-12-02T22:00, end: 2026-12-02T23:00}]
---
-- changes/CHG-1.md --
---
title: Off
change_type: normal
status: cancelled
windows: [{start: 2026-12-03, end: 2026-12-04}]
---
-- changes/CHG-2.md --
---
title: Silent
change_type: normal
windows: [{start: 2026-12-03T10:00, end: 2026-12-03T11:00}]
---
";

#[test]
fn a_moved_window_keeps_its_name_and_nothing_else_changes() {
    let own = folder(WINDOWS);
    git(own.path(), &["init", "--quiet", "--initial-branch=main"]);
    commit_by(own.path(), "Ann", "2026-11-01T12:00:00Z");
    let before = build(own, |_| ());
    let before_events = events(&before.out(), "calendar.ics");
    let path = before.folder().join("releases/REL-1.md");
    let moved = fs::read_to_string(&path).unwrap().replace("2026-12-08T2", "2026-12-09T2");
    let again = folder(WINDOWS);
    git(again.path(), &["init", "--quiet", "--initial-branch=main"]);
    commit_by(again.path(), "Ann", "2026-11-01T12:00:00Z");
    put(again.path(), "releases/REL-1.md", moved.as_bytes());
    commit_by(again.path(), "Ann", "2026-11-05T12:00:00Z");
    let after = build(again, |_| ());
    let after_events = events(&after.out(), "calendar.ics");
    assert!(before_events.keys().eq(after_events.keys()), "the names are the same");
    for (name, before) in &before_events {
        let after = &after_events[name];
        let changed: Vec<&str> = before
            .iter()
            .zip(after)
            .filter(|(one, other)| one != other)
            .map(|(one, _)| one.split([':', ';']).next().unwrap())
            .collect();
        let expected: &[&str] = match name.as_str() {
            "release.REL-1.window-2@relbook" => &["DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND"],
            "release.REL-1.window-1@relbook" => &["DTSTAMP", "LAST-MODIFIED", "SEQUENCE"],
            _ => &[],
        };
        assert_eq!(changed, expected, "{name}");
        let number = |of: &[String]| property(of, "SEQUENCE").unwrap().parse::<u32>().unwrap();
        assert_eq!(number(after) > number(before), !expected.is_empty(), "{name}");
        assert_eq!(before.len(), after.len());
    }
    assert_others_agree(&[&after]);
}

#[test]
fn a_window_is_confirmed_tentative_or_off_as_its_record_says() {
    let site = site(WINDOWS);
    let events = events(&site.out(), "calendar.ics");
    let status = |name: &str| property(&events[&format!("{name}@relbook")], "STATUS");
    assert_eq!(status("release.REL-1.window-1").as_deref(), Some("CANCELLED"));
    assert_eq!(status("release.REL-1.window-2").as_deref(), Some("CONFIRMED"));
    assert_eq!(status("release.REL-2.window-1").as_deref(), Some("TENTATIVE"));
    assert_eq!(status("change.CHG-1.window-1").as_deref(), Some("CANCELLED"));
    assert_eq!(status("change.CHG-2.window-1"), None, "who does not say how far it is says nothing");
    let days = &events["change.CHG-1.window-1@relbook"];
    assert!(days.contains(&"DTSTART;VALUE=DATE:20261203".to_owned()), "{days:?}");
    assert!(days.contains(&"DTEND;VALUE=DATE:20261205".to_owned()), "{days:?}");
    for event in events.values() {
        assert_eq!(property(event, "SEQUENCE").as_deref(), Some("0"), "without a history");
        assert_eq!(property(event, "URL"), None, "the site does not know its own address");
    }
}

#[test]
fn a_window_is_known_by_its_own_id_and_a_record_by_its_first() {
    let release = |windows: &str, more: &str| {
        format!("-- releases/REL-1.md --\n---\ntitle: One\nrelease_type: patch\n{more}windows: [{windows}]\n---\n")
    };
    let night = "{id: night, start: 2026-12-08T22:00, end: 2026-12-08T23:00}";
    let names = |files: &str| {
        let site = site(files);
        events(&site.out(), "calendar.ics").into_keys().collect::<Vec<_>>()
    };
    assert_eq!(names(&release(night, "")), ["release.REL-1.window%2Enight@relbook"]);
    let before = "{start: 2026-12-01T22:00, end: 2026-12-01T23:00}";
    let with = release(&format!("{before}, {night}"), "");
    assert_eq!(names(&with), ["release.REL-1.window%2Enight@relbook", "release.REL-1.window-1@relbook"]);
    let hostile = release(&night.replace("night", "\"n\\nEND:VEVENT; \u{e4}@\""), "");
    assert_eq!(names(&hostile), ["release.REL-1.window%2En%0AEND%3AVEVENT%3B%20%C3%A4%40@relbook"]);
    let renamed = release(before, "id: REL-2\nformer_ids: [REL-0, REL-1]\n");
    assert_eq!(names(&renamed), ["release.REL-0.window-1@relbook"]);
}

#[test]
fn each_item_and_service_has_its_own_calendar_and_old_windows_leave_the_one_of_all() {
    let files = r"
-- releases/REL-1.md --
---
title: Old
release_type: patch
service: Shop
configuration_items: [till]
windows: [{start: 2025-05-21T22:00, end: 2025-05-21T23:00}]
---
-- releases/REL-2.md --
---
title: New
release_type: patch
configuration_items: [net]
windows: [{start: 2025-05-22T22:00, end: 2025-05-22T23:00}]
---
-- calendar/freeze.md --
---
title: All stands still
kind: freeze
start: 2026-12-20
end: 2026-12-31
---
-- calendar/till.md --
---
title: Till
start: 2026-12-01T01:00
end: 2026-12-01T02:00
applies_to: {configuration_items: [till]}
---
";
    let site = site(files);
    let names = |path: &str| events(&site.out(), path).into_keys().collect::<Vec<_>>();
    let (old, new) = ("release.REL-1.window-1@relbook", "release.REL-2.window-1@relbook");
    let (freeze, till) = ("window.freeze@relbook", "window.till@relbook");
    assert_eq!(names("calendar.ics"), [new, freeze, till]);
    assert_eq!(names("calendar/freezes.ics"), [freeze]);
    assert_eq!(names("configuration-items/till/calendar.ics"), [old, freeze, till]);
    assert_eq!(names("configuration-items/net/calendar.ics"), [new, freeze]);
    assert_eq!(names("services/Shop/calendar.ics"), [old, freeze]);
}

#[test]
fn an_edition_s_calendar_says_nothing_of_what_it_does_not_list() {
    let files = "-- relbook.toml --\nbase_url = \"https://a.example/\"\n[editions.customer]\ntypes = [\"release\"]\n\
        keys = [\"title\", \"windows\"]\n-- releases/REL-1.md --\n---\ntitle: One\nrelease_type: patch\nservice: SECRET\n\
        audience: customer\nstatus: scheduled\nescalation: [{contact: SECRET, channel: SECRET}]\n\
        effects: {external_parties: [SECRET]}\nwindows: [{start: 2026-12-08T22:00, end: 2026-12-08T23:00}]\n---\n\
        ## Rollback plan\n\nSECRET\n-- calendar/freeze.md --\n---\ntitle: SECRET\nkind: freeze\nstart: 2026-12-20\n\
        end: 2026-12-31\n---\n";
    let edition = site_with(files, |request| request.edition = Some("customer".to_owned()));
    let text = lines(&edition.out(), "calendar.ics").join("\n");
    assert!(!text.contains("SECRET") && !text.contains("STATUS"), "{text}");
    assert!(
        text.contains("SUMMARY:REL-1: One") && text.contains("URL:https://a.example/releases/REL-1.html"),
        "{text}"
    );
    assert!(!edition.has("calendar/freezes.ics"));
}

#[test]
fn a_calendar_without_a_window_is_whole_and_empty() {
    for zone in ["UTC", "Europe/Berlin", "Asia/Kolkata"] {
        let files = format!(
            "-- relbook.toml --\ntime_zone = \"{zone}\"\n-- changes/CHG-1.md --\n---\ntitle: One\nchange_type: normal\n\
             planned_date: 2026-12-01\n---\n"
        );
        let site = site(&files);
        let lines = lines(&site.out(), "calendar.ics");
        assert!(lines.contains(&format!("TZID:{zone}")) && !lines.contains(&"BEGIN:VEVENT".to_owned()), "{lines:?}");
        assert_others_agree(&[&site]);
    }
}

/// A value as it was before it was escaped (RFC 5545, 3.3.11).
fn unescaped(value: &str) -> String {
    let (mut text, mut letters) = (String::new(), value.chars());
    while let Some(letter) = letters.next() {
        match (letter, if letter == '\\' { letters.next() } else { None }) {
            ('\\', Some('n' | 'N')) => text.push('\n'),
            ('\\', Some(other)) => text.push(other),
            (letter, _) => text.push(letter),
        }
    }
    text
}

#[test]
fn no_text_of_a_record_gets_out_of_its_line() {
    let hostile = "A\\r\\nEND:VEVENT\\nBEGIN:VEVENT\\nUID:forged; \\\\, \\u0007\\u001B\\u0085 \u{20ac}\u{1f600}";
    let title = "Back\\\\slash\\\\n; comma, BEGIN:VEVENT: \\\"\u{20ac}\u{1f600}\\\"";
    let long = "\u{1f600}\u{e4};,".repeat(80);
    let files = format!(
        "-- relbook.toml --\nbase_url = \"https://a.example/\"\ntitle = \"{hostile}\"\n-- releases/REL-1.md --\n---\n\
         title: \"{title}\"\nrelease_type: patch\nservice: \"{hostile}\"\nconfiguration_items: [a]\n\
         escalation: [{{level: L1, contact: \"{long}\", channel: \"{hostile}\"}}]\n\
         effects: {{external_parties: [{{name: \"{hostile}\", effect: \"{long}\"}}]}}\n\
         windows: [{{start: 2026-12-08T22:00, end: 2026-12-08T23:00}}]\n---\n\
         ## Rollback plan\n\nBEGIN:VEVENT; back, \\\\ and forth\n\
         -- calendar/all.md --\n---\ntitle: \"{title}\"\nkind: freeze\nreason: \"{hostile}\"\nstart: 2026-12-20\n\
         end: 2026-12-31\napplies_to: {{services: [\"{hostile}\"], configuration_items: [a]}}\n---\n"
    );
    let site = site(&files);
    for path in ["calendar.ics", "calendar/freezes.ics", "configuration-items/a/calendar.ics"] {
        let raw = fs::read(site.out().join(path)).unwrap();
        assert!(raw.split(|byte| *byte == b'\n').all(|line| line.len() <= 76), "{path}");
        let text = String::from_utf8(raw).unwrap();
        let is_plain = |letter: char| !letter.is_control() || letter == '\r' || letter == '\n';
        assert!(text.chars().all(is_plain) && text.replace("\r\n", "").chars().all(|of| !of.is_control()), "{path}");
        let count = |wanted: &str| lines(&site.out(), path).iter().filter(|line| *line == wanted).count();
        let events = if path == "calendar/freezes.ics" { 1 } else { 2 };
        assert_eq!([count("BEGIN:VEVENT"), count("END:VEVENT"), count("END:VCALENDAR")], [events, events, 1], "{path}");
    }
    let events = events(&site.out(), "calendar.ics");
    let (_, event) = events.iter().find(|(name, _)| name.starts_with("release.REL-1.")).unwrap();
    let shown = "A\nEND:VEVENT\nBEGIN:VEVENT\nUID:forged; \\,  \u{20ac}\u{1f600}";
    let said = |name: &str| unescaped(&property(event, name).unwrap());
    let title = "Back\\slash\\n; comma, BEGIN:VEVENT: \"\u{20ac}\u{1f600}\"";
    assert!(said("SUMMARY").ends_with(title), "{}", said("SUMMARY"));
    assert!(said("DESCRIPTION").contains(shown) && said("DESCRIPTION").contains(&long), "{}", said("DESCRIPTION"));
    assert_others_agree(&[&site]);
}

#[test]
fn calendars_are_the_same_bytes_each_time() {
    let [one, other] = [WINDOWS, WINDOWS].map(site);
    let read = |site: &Site| fs::read(site.out().join("calendar.ics")).unwrap();
    assert!(read(&one) == read(&other));
}

#[test]
fn two_windows_of_a_record_with_one_id_are_found_and_keep_two_names() {
    let release = "---\ntitle: One\nrelease_type: patch\nconfiguration_items: [a]\nwindows:\n\
        \u{20} - {id: night, start: 2026-12-01T22:00, end: 2026-12-01T23:00}\n\
        \u{20} - {id: day, start: 2026-12-02T22:00, end: 2026-12-02T23:00}\n\
        \u{20} - {id: night, start: 2026-12-08T22:00, end: 2026-12-08T23:00}\n---\n";
    let files = format!("-- releases/REL-1.md --\n{release}");
    let found = places(&check(folder(&files).path(), Some(Profile::Records)));
    assert_eq!(found, ["RB331 releases/REL-1.md:8"]);
    let other = files.replacen("id: night", "id: dawn", 1);
    assert_eq!(places(&check(folder(&other).path(), Some(Profile::Records))), [""; 0]);
    let release = "release.REL-1.window";
    let names =
        [format!("{release}%2Eday@relbook"), format!("{release}%2Enight@relbook"), format!("{release}-3@relbook")];
    let with_faults = format!("-- relbook.toml --\n[lints]\nwindow-id-twice = \"warn\"\n{files}");
    let site = site(&with_faults);
    assert!(events(&site.out(), "calendar.ics").into_keys().eq(names));
}

#[test]
fn a_site_says_how_long_a_window_stays_in_the_calendar_of_all() {
    let release = "-- releases/REL-1.md --\n---\ntitle: One\nrelease_type: patch\nwindows: [{start: 2026-09-30T22:00, \
                   end: 2026-09-30T23:00}, {start: 2026-10-30T22:00, end: 2026-10-30T23:00}]\n---\n";
    for (settings, left) in [("", 2), ("[calendar]\npast_months = 1\n", 1), ("[calendar]\npast_months = 0\n", 0)] {
        let site = site(&format!("-- relbook.toml --\n{settings}{release}"));
        assert_eq!(events(&site.out(), "calendar.ics").len(), left, "{settings}");
    }
}
