//! Windows that collide: with each other over the dependencies of their items, with freezes, with maintenance times.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use jiff::tz::TimeZone;
use relbook::book::{Book, Conflict, Input, OccurrenceIndex, OccurrenceKind, RecordIndex, link};
use relbook::diag::{Finding, Sink};
use relbook::record::{Defaults, read};
use relbook::source::{Source, Sources};

use super::harness::{TODAY, check, folder, parts, places, site};

/// The book of the files of a string, which have no fault.
pub(crate) fn book(files: &str) -> Book {
    let (book, findings) = linked(files);
    assert_eq!(findings, []);
    book
}

fn linked(files: &str) -> (Book, Vec<Finding>) {
    let time_zone = TimeZone::get("Europe/Amsterdam").unwrap();
    let (mut sources, mut records) = (Sources::default(), Vec::new());
    let defaults = Defaults::new(time_zone.clone());
    for (path, text) in parts(files) {
        let id = sources.add(Source::new(path, text));
        let sink = Sink::new(id);
        records.push(read(&sources[id], &defaults, &sink).expect("a record"));
        assert_eq!(sink.into_findings(), []);
    }
    link(Input {
        records,
        files: Vec::new(),
        sources,
        time_zone,
        today: TODAY.parse().unwrap(),
        levels: None,
        unread: Vec::new(),
    })
}

/// The conflicts of a book as lines: `REL-1 + REL-2 over a > b`, `REL-1 in peak`, `REL-1 outside the times of a`.
fn lines(book: &Book) -> Vec<String> {
    let id = |index: RecordIndex| book.get(index).header().id.as_str();
    let of = |index: &OccurrenceIndex| id(book.schedule.get(*index).record);
    let mut lines: Vec<String> = book
        .conflicts
        .all()
        .iter()
        .map(|conflict| match conflict {
            Conflict::Overlap { one, other, path } => {
                let path: Vec<&str> = path.iter().map(|item| id(*item)).collect();
                format!("{} + {} over {}", of(one), of(other), path.join(" > "))
            }
            Conflict::Freeze { window, freeze } => format!("{} in {}", of(window), of(freeze)),
            Conflict::OutsideMaintenance { window, item } => {
                format!("{} outside the times of {}", of(window), id(*item))
            }
        })
        .collect();
    lines.sort();
    lines
}

fn release(id: &str, items: &str, start: &str, end: &str, more: &str) -> String {
    format!(
        "-- releases/{id}.md --\n---\ntitle: {id}\nconfiguration_items: [{items}]\nwindows: [{{start: {start}, end: {end}{more}}}]\n---\n"
    )
}

const ITEMS: &str = "
-- configuration-items/shop.md --
---
name: Shop
depends_on: [ledger]
---
-- configuration-items/ledger.md --
---
name: Ledger
part_of: [cluster]
---
-- configuration-items/cluster.md --
---
name: Cluster
---
-- configuration-items/mail.md --
---
name: Mail
part_of: [cluster]
---
";

#[test]
fn windows_collide_on_an_item_and_over_what_it_needs_or_is_part_of() {
    let files = [
        ITEMS.to_owned(),
        release("A", "shop", "2026-11-24T20:00", "2026-11-24T22:00", ""),
        release("B", "cluster", "2026-11-24T21:00", "2026-11-24T23:00", ""),
        release("C", "mail", "2026-11-24T21:30", "2026-11-24T22:30", ""),
        release("D", "shop", "2026-11-24T22:00", "2026-11-24T22:15", ""),
        release("E", "shop", "2026-11-24T20:30", "2026-11-24T20:45", ", outcome: postponed"),
    ]
    .concat();
    let expected =
        ["A + B over shop > ledger > cluster", "B + C over mail > cluster", "B + D over shop > ledger > cluster"];
    assert_eq!(lines(&book(&files)), expected, "A ends as D begins; mail and shop only stand on one ground");
}

#[test]
fn a_release_and_its_own_change_are_one_work() {
    let files = "
-- releases/REL-1.md --
---
title: One
changes: [CHG-1]
configuration_items: [shop]
windows: [{start: 2026-11-24T20:00, end: 2026-11-24T22:00}]
---
-- changes/CHG-1.md --
---
title: Delivered
configuration_items: [ledger]
windows: [{start: 2026-11-24T20:00, end: 2026-11-24T22:00}]
---
-- changes/CHG-2.md --
---
title: On what the release changes by its change
configuration_items: [ledger]
windows: [{start: 2026-11-24T21:00, end: 2026-11-24T21:30}]
---
";
    assert_eq!(lines(&book(files)), ["CHG-1 + CHG-2 over ledger", "REL-1 + CHG-2 over ledger"]);
}

#[test]
fn a_freeze_stops_what_it_applies_to_and_lets_its_exceptions_through() {
    let freeze = |id: &str, more: &str| {
        format!(
            "-- calendar/{id}.md --\n---\ntitle: {id}\nkind: freeze\nstart: 2026-11-24T00:00\nend: 2026-11-25T00:00\n{more}\n---\n"
        )
    };
    let files = [
        ITEMS.to_owned(),
        release("A", "shop", "2026-11-24T20:00", "2026-11-24T22:00", ""),
        release("B", "mail", "2026-11-24T23:30", "2026-11-25T01:00", ""),
        release("C", "mail", "2026-11-25T00:00", "2026-11-25T01:00", ", outcome: cancelled"),
        freeze("for-shop", "applies_to: {configuration_items: [shop]}"),
        freeze("soft", "exceptions: [{id: A, approved_by: Ilse}]"),
        freeze("asked", "exceptions: [A, {id: B}]"),
        freeze("hard", "exceptions: [{id: A, approved_by: Ilse}]\nhard: true"),
    ]
    .concat();
    assert_eq!(
        lines(&book(&files)),
        ["A in asked", "A in for-shop", "A in hard", "B in asked", "B in hard", "B in soft"],
        "an exception that nobody approved lets nothing through"
    );
}

/// The record names another service or none, and items that only stand behind what is frozen.
#[test]
fn a_freeze_holds_for_what_its_items_depend_on_whatever_the_record_says() {
    let item = |id: &str, more: &str| format!("-- configuration-items/{id}.md --\n---\nname: {id}\n{more}\n---\n");
    let files = [
        item("web", "service: Sales\ndepends_on: [api]"),
        item("api", "depends_on: [store]\npart_of: [suite]"),
        release("named", "web", "2026-11-24T20:00", "2026-11-24T22:00", ""),
        release("behind", "api", "2026-11-24T20:00", "2026-11-24T22:00", "").replace("title", "service: Bank\ntitle"),
        release("far-behind", "STORE", "2026-11-24T22:00", "2026-11-24T23:00", ""),
        release("whole", "suite", "2026-11-24T23:00", "2026-11-24T23:30", ""),
        release("empty", "", "2026-11-24T02:00", "2026-11-24T03:00", "").replace("title", "service: sales\ntitle"),
        "-- changes/CHG-1.md --\n---\ntitle: Delivered\nreleases: [carrier]\nconfiguration_items: [store]\n---\n".into(),
        release("carrier", "mail", "2026-11-24T04:00", "2026-11-24T05:00", ""),
        "-- calendar/sales.md --\n---\ntitle: Sales\nkind: freeze\nstart: 2026-11-24\nend: 2026-11-24\napplies_to: {services: [Sales]}\n---\n".into(),
    ]
    .concat();
    let (book, _) = linked(&files);
    let frozen: Vec<String> = lines(&book).into_iter().filter(|line| line.contains(" in ")).collect();
    assert_eq!(
        frozen,
        ["behind in sales", "carrier in sales", "empty in sales", "far-behind in sales", "named in sales"],
        "what an item is a part of is nothing that it depends on"
    );
}

/// Ten years are longer than the calendar has pages for.
#[test]
fn a_freeze_holds_to_its_end_however_long_it_is() {
    let files = [
        "-- calendar/old.md --\n---\ntitle: No more work on it\nkind: freeze\nstart: 2018-01-01\nend: 2027-12-31\n---\n".into(),
        release("A", "shop", "2026-11-24T20:00", "2026-11-24T22:00", ""),
        release("B", "shop", "2027-12-31T23:00", "2028-01-01T01:00", ""),
        release("C", "mail", "2028-01-01T00:00", "2028-01-01T01:00", ""),
    ]
    .concat();
    assert_eq!(lines(&book(&files)), ["A in old", "B in old"]);
}

#[test]
fn a_window_keeps_to_the_maintenance_times_of_its_items() {
    let weekly = |id: &str, start: &str, duration: &str| {
        format!(
            "-- calendar/{id}.md --\n---\ntitle: {id}\nstart: {start}\nduration: {duration}\nrepeats: FREQ=WEEKLY\napplies_to: {{configuration_items: [shop]}}\n---\n"
        )
    };
    let files = [
        release("A", "shop", "2026-11-07T22:30", "2026-11-08T03:00", ""),
        release("B", "shop", "2026-11-07T21:30", "2026-11-07T22:15", ""),
        release("C", "mail", "2026-11-10T10:00", "2026-11-10T11:00", ""),
        release("D", "shop", "2026-10-10T10:00", "2026-10-10T11:00", ""),
        weekly("evening", "2026-10-31T22:00", "2h"),
        weekly("night", "2026-11-01T00:00", "4h"),
    ]
    .concat();
    assert_eq!(
        lines(&book(&files)),
        ["B outside the times of shop"],
        "A is within the two together, D before there were any"
    );
}

/// What the sweeps find is what comes from comparing each window with each, a crowd of them included.
#[test]
fn every_window_with_a_conflict_is_marked() {
    let mut state = 7u64;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut files = ITEMS.to_owned();
    for number in 0..300 {
        let item = ["shop", "ledger", "mail", "cluster", "alone"][next(5) as usize];
        let (day, hour, length) = (1 + next(28), next(20), 1 + next(4));
        let day = if number % 3 == 0 { 9 } else { day };
        let (start, end) =
            (format!("2026-11-{day:02}T{hour:02}:00"), format!("2026-11-{day:02}T{:02}:00", hour + length));
        write!(files, "{}", release(&format!("R{number:03}"), item, &start, &end, "")).unwrap();
    }
    for number in 300..330 {
        write!(files, "{}", release(&format!("R{number}"), "mail", "2026-10-09T10:00", "2026-10-09T12:00", ""))
            .unwrap();
    }
    write!(files, "{}", release("R330", "cluster", "2026-10-09T11:00", "2026-10-09T13:00", "")).unwrap();
    let book = book(&files);
    let above = |item: &str| match item {
        "shop" => vec!["shop", "ledger", "cluster"],
        "ledger" => vec!["ledger", "cluster"],
        "mail" => vec!["mail", "cluster"],
        other => vec![if other == "cluster" { "cluster" } else { "alone" }],
    };
    let windows: Vec<_> = book
        .schedule
        .iter()
        .filter(|(_, occurrence)| matches!(occurrence.kind, OccurrenceKind::Attempt(_)))
        .map(|(index, occurrence)| {
            (index, occurrence, book.get(occurrence.record).header().configuration_items[0].id.as_str())
        })
        .collect();
    let mut expected = BTreeSet::new();
    for (index, one, item) in &windows {
        for (other_index, other, other_item) in &windows {
            let is_related = above(item).contains(other_item) || above(other_item).contains(item);
            if index != other_index && is_related && one.from < other.to && other.from < one.to {
                expected.insert(*index);
            }
        }
    }
    let marked: BTreeSet<_> =
        windows.iter().map(|(index, ..)| *index).filter(|index| book.conflicts.of(*index).len() > 0).collect();
    assert!(expected.len() > 100 && expected.len() < 331, "{}", expected.len());
    assert_eq!(marked, expected);
}

/// What is worked on is one thing: *Before you deploy* looks at the items of the changes too, and at all behind them.
#[test]
fn before_you_deploy_tells_of_all_that_is_worked_on_and_of_nothing_else() {
    let site = site(
        r#"
-- configuration-items/web.md --
---
name: Web
depends_on: [api]
---
-- configuration-items/api.md --
---
name: Api
depends_on: [store]
---
-- changes/CHG-1.md --
---
title: Delivered
configuration_items: [web]
---
-- releases/REL-1.md --
---
title: To come
status: approved
changes: [CHG-1]
configuration_items: [mail]
review: {lessons: [{lesson: Look twice, configuration_items: [printer]}]}
---
-- known-errors/KE-1.md --
---
title: Slow store
status: confirmed
configuration_items: [store]
---
-- known-errors/KE-2.md --
---
title: Paper jam
status: confirmed
configuration_items: [printer]
---
"#,
    );
    let before = site.page("releases/REL-1.html").part("before").text();
    assert!(before.contains("Slow store") && !before.contains("Paper jam"), "{before}");
}

/// Left out with the drafts, the one item that a freeze is for does not make it a freeze of everything.
#[test]
fn a_freeze_of_a_draft_is_no_freeze_of_all() {
    let site = site(
        r#"
-- configuration-items/new.md --
---
name: New
draft: true
---
-- calendar/freeze.md --
---
title: Not yet
kind: freeze
start: 2026-11-24
end: 2026-11-24
applies_to: {configuration_items: [new]}
---
-- releases/REL-1.md --
---
title: Elsewhere
status: scheduled
configuration_items: [mail]
windows: [{start: 2026-11-24T10:00, end: 2026-11-24T11:00}]
---
"#,
    );
    let week = site.page("calendar/2026/W48.html").main().text();
    assert!(week.contains("Not yet") && !week.contains("Falls into"), "{week}");
}

/// An empty name names nothing, and no name at all means everything.
#[test]
fn an_empty_name_does_not_open_a_freeze() {
    let files = [
        "-- calendar/all.md --\n---\ntitle: All\nkind: freeze\nstart: 2026-11-24\nend: 2026-11-24\napplies_to: {services: ['']}\n---\n".into(),
        release("A", "shop", "2026-11-24T20:00", "2026-11-24T22:00", ""),
    ]
    .concat();
    assert_eq!(lines(&book(&files)), ["A in all"]);
}

/// A plan that was rolled back has its further window to come.
#[test]
fn a_further_window_is_held_against_the_calendar() {
    let folder = folder(
        r#"
-- calendar/freeze.md --
---
title: Freeze
kind: freeze
start: 2026-11-28
end: 2026-11-28
exceptions: [REL-1]
---
-- releases/REL-1.md --
---
title: Second attempt
status: rolled-back
configuration_items: [shop]
windows:
  - {start: 2026-11-03T20:00, end: 2026-11-03T22:00, outcome: rolled-back}
  - {start: 2026-11-28T20:00, end: 2026-11-28T22:00}
---
"#,
    );
    let checked = check(folder.path(), None);
    let frozen = places(&checked).into_iter().filter(|place| place.starts_with("RB40")).collect::<Vec<_>>();
    assert_eq!(frozen, ["RB405 releases/REL-1.md:7"]);
    let help: Vec<&str> =
        checked.report.findings().iter().flat_map(|(_, finding)| &finding.help).map(String::as_str).collect();
    assert!(help.iter().any(|help| help.contains("add `approved_by` to the exception of REL-1")), "{help:?}");
}

/// Two changes that one release delivers are parts of one work; a change that was called off is none of it.
#[test]
fn the_changes_of_one_release_are_one_work() {
    let change = |id: &str, more: &str| {
        format!("-- changes/{id}.md --\n---\ntitle: {id}\nreleases: [REL-1]\nconfiguration_items: [shop]\n{more}---\n")
    };
    let window = "windows: [{start: 2026-11-24T20:00, end: 2026-11-24T22:00}]\n";
    let files = [
        change("CHG-1", window),
        change("CHG-2", window),
        change("CHG-3", "status: cancelled\n").replace("shop", "mail"),
        release("REL-1", "shop", "2026-11-24T20:00", "2026-11-24T22:00", ""),
        release("REL-2", "mail", "2026-11-24T20:00", "2026-11-24T22:00", ""),
    ];
    assert!(lines(&book(&files.concat())).is_empty());
}

/// The plan that has to be approved anew is easier to move than one that is scheduled.
#[test]
fn a_rolled_back_plan_gives_way() {
    let release = |id: &str, status: &str| {
        format!(
            "-- releases/{id}.md --\n---\ntitle: {id}\nstatus: {status}\nconfiguration_items: [shop]\nwindows: [{{start: 2026-11-28T20:00, end: 2026-11-28T22:00}}]\n---\n"
        )
    };
    let at = |one: &str, other: &str| {
        let folder = folder(&[release("REL-1", one), release("REL-2", other)].concat());
        let found = places(&check(folder.path(), None));
        found.into_iter().filter(|place| place.starts_with("RB401")).collect::<Vec<_>>()
    };
    assert_eq!(at("rolled-back", "approved"), ["RB401 releases/REL-1.md:5"]);
    assert_eq!(at("assessment", "rolled-back"), ["RB401 releases/REL-1.md:5"]);
    assert_eq!(at("scheduled", "rolled-back"), ["RB401 releases/REL-2.md:5"]);
}

/// A crowd of freezes over one window: the hard one is named, the rest is counted, and all pairs of many windows with
/// many freezes are not kept.
#[test]
fn of_a_crowd_of_freezes_the_first_are_named_and_the_rest_is_counted() {
    let mut files = String::from(
        "-- changes/CHG-1.md --\n---\ntitle: Change\nconfiguration_items: [shop]\nwindows: [{start: 2026-12-02T01:00, end: 2026-12-02T02:00}]\n---\n",
    );
    for number in 0..150 {
        let of_one = if number % 2 == 0 { "applies_to: {configuration_items: [shop]}\n" } else { "" };
        let hard = if number == 141 { "hard: true\n" } else { "" };
        write!(
            files,
            "-- calendar/F-{number:03}.md --\n---\ntitle: Freeze {number}\nkind: freeze\nstart: 2026-12-01\nend: 2026-12-03\n{of_one}{hard}---\n"
        )
        .unwrap();
    }
    let of_freezes = |lines: &[String]| lines.iter().filter(|line| line.starts_with("CHG-1 in F-")).count();
    assert_eq!(of_freezes(&lines(&book(&files))), 100);
    let checked = check(folder(&files).path(), None);
    let frozen: Vec<&str> = checked
        .report
        .findings()
        .iter()
        .filter(|(_, finding)| ["RB402", "RB406"].contains(&finding.lint.code))
        .map(|(_, finding)| finding.message.as_str())
        .collect();
    assert_eq!(frozen.len(), 5, "{frozen:?}");
    for words in ["`Freeze 141`", "`Freeze 0`", "`Freeze 1`", "`Freeze 2`", "at least 96 more freezes"] {
        assert!(frozen.iter().any(|message| message.contains(words)), "{words}: {frozen:?}");
    }
}

/// Whatever the freeze lists, the record says or the profile is: what falls into a hard freeze is found.
#[test]
fn nothing_opens_a_hard_freeze() {
    let files = |profile: &str, allow: &str| {
        format!(
            "-- relbook.toml --\n[lints]\nprofile = \"{profile}\"\n\
             -- calendar/closing.md --\n---\ntitle: Closing\nkind: freeze\nhard: true\nstart: 2026-12-18\nend: 2027-01-03\n\
             exceptions: [{{id: CHG-1, approved_by: C. Chair}}]\n---\n\
             -- changes/CHG-1.md --\n---\ntitle: Change\n{allow}configuration_items: [shop]\n\
             windows: [{{start: 2026-12-19T22:00, end: 2026-12-20T02:00}}]\nchange_type: normal\n---\n"
        )
    };
    for profile in ["standard", "strict"] {
        let found = places(&check(folder(&files(profile, "")).path(), None));
        assert_eq!(found, ["RB406 changes/CHG-1.md:4"], "{profile}");
        for (silencer, told) in [("RB406", "RB320"), ("in-hard-freeze", "RB320"), ("RB402", "RB008")] {
            let allow = format!("allow: {{{silencer}: it must}}\n");
            let found = places(&check(folder(&files(profile, &allow)).path(), None));
            assert_eq!(
                found,
                [&format!("{told} changes/CHG-1.md:3"), "RB406 changes/CHG-1.md:5"],
                "{profile}, {silencer}"
            );
        }
    }
}

/// However many freezes let a change through, the one that does not is found.
#[test]
fn a_crowd_of_exceptions_hides_no_freeze() {
    let mut files = String::from(
        "-- changes/CHG-1.md --\n---\ntitle: Change\nconfiguration_items: [shop]\nwindows: [{start: 2026-12-02T01:00, end: 2026-12-02T02:00}]\nchange_type: normal\n---\n",
    );
    for number in 0..150 {
        let exceptions = if number == 141 { "" } else { "exceptions: [{id: CHG-1, approved_by: C. Chair}]\n" };
        write!(
            files,
            "-- calendar/F-{number:03}.md --\n---\ntitle: Freeze {number}\nkind: freeze\nstart: 2026-12-01\nend: 2026-12-03\n{exceptions}---\n"
        )
        .unwrap();
    }
    let checked = check(folder(&files).path(), None);
    let frozen: Vec<&str> = checked.report.findings().iter().map(|(_, finding)| finding.message.as_str()).collect();
    assert_eq!(frozen.len(), 1, "{frozen:?}");
    assert!(frozen[0].contains("`Freeze 141`"), "{frozen:?}");
}
