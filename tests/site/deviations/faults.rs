//! One thing that was done otherwise in work that was done right: what deviates, on which day, and what shows it; and what
//! is near to that and does not deviate.

use relbook::book::{Book, Deviation, Deviations, Evidence};
use relbook::record::Process;

use super::super::conflicts::book;
use super::super::harness::TODAY;
use super::{WHOLE, with};

/// What is otherwise, in which file, what stands in whose place, and what deviates: a line for each.
type Fault = (&'static str, &'static str, &'static str, &'static str, &'static str);

const REL: &str = "releases/REL-1.md";
const ALONE: &str = "changes/CHG-3.md";
const EMERGENCY: &str = "changes/CHG-9.md";
const WINDOW: &str = "{start: 2026-10-07T20:00, end: 2026-10-07T22:00, outcome: deployed}";
const APPROVAL: &str = "{role: Board, by: C. Chair, on: 2026-10-07, decision: approved}";
const OTHER: &str = "{start: 2026-11-04T20:00, end: 2026-11-04T21:00, outcome: deployed}";

#[rustfmt::skip]
const FAULTS: &[Fault] = &[
    ("in a freeze", ALONE, "2026-11-04T20:00, end: 2026-11-04T21:00", "2026-10-11T20:00, end: 2026-10-11T21:00", "CHG-3 in-freeze 2026-10-11 peak"),
    ("let through with a name", EMERGENCY, "2026-11-10T09:00, end: 2026-11-10T10:00", "2026-10-11T09:00, end: 2026-10-11T10:00", "CHG-9 emergency-approved-late 2026-10-11 approvals 2026-11-13"),
    ("in a hard freeze, which lets nothing through", REL, WINDOW, "{start: 2026-10-12T20:00, end: 2026-10-12T22:00, outcome: deployed}", "REL-1 in-hard-freeze 2026-10-12 close"),
    ("in both", ALONE, "2026-11-04T20:00, end: 2026-11-04T21:00", "2026-10-11T23:00, end: 2026-10-12T01:00", "CHG-3 in-hard-freeze 2026-10-11 close"),
    ("planned in a freeze, and done after it", ALONE, OTHER, "{start: 2026-10-13T20:00, end: 2026-10-14T02:00, actual_start: 2026-10-14T01:00, actual_end: 2026-10-14T02:00}", ""),
    ("planned before a freeze, and done in it", ALONE, OTHER, "{start: 2026-10-09T22:00, end: 2026-10-09T23:00, actual_start: 2026-10-09T22:30, actual_end: 2026-10-10T00:30}", "CHG-3 in-freeze 2026-10-09 peak\nCHG-3 outside-window 2026-10-09 its times"),
    ("outside the maintenance times", REL, WINDOW, "{start: 2026-10-07T20:00, end: 2026-10-07T23:30, outcome: deployed}", "REL-1 outside-maintenance 2026-10-07 ledger-db"),
    ("planned beyond the maintenance times, and done within", REL, WINDOW, "{start: 2026-10-07T20:00, end: 2026-10-07T23:30, actual_start: 2026-10-07T20:00, actual_end: 2026-10-07T23:00}", ""),
    ("before there were any", REL, "2026-10-07T20:00, end: 2026-10-07T22:00", "2026-08-07T10:00, end: 2026-08-07T11:00", "REL-1 approved-late 2026-08-07 approvals 2026-10-07\nREL-1 reviewed-late 2026-08-07 impact.security 2026-10-07\nREL-1 reviewed-late 2026-08-07 impact.operational 2026-10-02\nREL-1 told-late 2026-08-07 notifications 2026-10-07\nREL-1 untested-before 2026-08-07 tests.pre"),
    ("beside other work", ALONE, "2026-11-04T20:00, end: 2026-11-04T21:00", "2026-10-07T21:00, end: 2026-10-07T22:00", "CHG-3 beside-other-work 2026-10-07 REL-1\nREL-1 beside-other-work 2026-10-07 CHG-3"),
    ("beside other work that was put off", ALONE, OTHER, "{start: 2026-10-07T21:00, end: 2026-10-07T22:00, outcome: postponed}", ""),
    ("planned beside other work, and done after it", ALONE, OTHER, "{start: 2026-10-07T21:00, end: 2026-10-07T23:00, actual_start: 2026-10-07T22:00, actual_end: 2026-10-07T23:00}", ""),
    ("begun early", ALONE, ", outcome: deployed", ", actual_start: 2026-11-04T19:59", "CHG-3 outside-window 2026-11-04 its times"),
    ("over late", ALONE, ", outcome: deployed", ", actual_end: 2026-11-04T21:01", "CHG-3 outside-window 2026-11-04 its times"),
    ("within its window to the minute", ALONE, ", outcome: deployed", ", actual_start: 2026-11-04T20:00, actual_end: 2026-11-04T21:00", ""),
    ("over on a day, and nobody says when", ALONE, ", outcome: deployed", ", actual_start: 2026-11-04, actual_end: 2026-11-04", ""),
    ("begun a day before", ALONE, ", outcome: deployed", ", actual_start: 2026-11-03", "CHG-3 outside-window 2026-11-03 its times"),
    ("over a day after", ALONE, ", outcome: deployed", ", actual_end: 2026-11-05", "CHG-3 outside-window 2026-11-04 its times"),
    ("approved a day after", REL, APPROVAL, "{by: C. Chair, on: 2026-10-08, decision: approved}", "REL-1 approved-late 2026-10-07 approvals 2026-10-08"),
    ("approved an hour after", REL, APPROVAL, "{by: C. Chair, on: 2026-10-07T21:00, decision: approved}", "REL-1 approved-late 2026-10-07 approvals 2026-10-07"),
    ("approved to the minute", REL, APPROVAL, "{by: C. Chair, on: 2026-10-07T20:00, decision: approved}", ""),
    ("approved in time by one of two", REL, APPROVAL, "{by: C. Chair, on: 2026-10-06, decision: approved}, {by: O. Other, on: 2026-10-09, decision: approved}", ""),
    ("approved between two attempts", REL, WINDOW, "{start: 2026-10-06T20:00, end: 2026-10-06T21:00, outcome: rolled-back}\n  - {start: 2026-10-08T20:00, end: 2026-10-08T21:00, outcome: deployed}", "REL-1 approved-late 2026-10-06 approvals 2026-10-07\nREL-1 reviewed-late 2026-10-06 impact.security 2026-10-07\nREL-1 told-late 2026-10-06 notifications 2026-10-07\nREL-1 untested-before 2026-10-06 tests.pre"),
    ("approved after an attempt that was put off", REL, WINDOW, "{start: 2026-10-06T20:00, end: 2026-10-06T21:00, outcome: postponed}\n  - {start: 2026-10-07T20:00, end: 2026-10-07T21:00, outcome: deployed}", ""),
    ("approved by nobody", REL, APPROVAL, "", "REL-1 not-approved 2026-10-07 approvals"),
    ("refused", REL, "decision: approved", "decision: rejected", "REL-1 not-approved 2026-10-07 approvals"),
    ("approved on no day", REL, ", on: 2026-10-07, decision: approved", ", decision: approved", "REL-1 not-approved 2026-10-07 approvals"),
    ("approved tomorrow", REL, "on: 2026-10-07, decision: approved", "on: 2026-11-23, decision: approved", "REL-1 not-approved 2026-10-07 approvals"),
    ("approved without a name and a role", REL, APPROVAL, "{on: 2026-10-07, decision: approved}", "REL-1 not-approved 2026-10-07 approvals"),
    ("approved in a role", REL, APPROVAL, "{role: Board, on: 2026-10-07, decision: approved}", ""),
    ("approved by who asked", REL, "by: C. Chair", "by: ' i. initiator'", "REL-1 approved-by-involved 2026-10-07 approvals"),
    ("approved by the owner", REL, "by: C. Chair", "by: O. Owner", "REL-1 approved-by-involved 2026-10-07 approvals"),
    ("approved by the release manager", REL, "by: C. Chair", "by: R. Manager", "REL-1 approved-by-involved 2026-10-07 approvals"),
    ("approved by who does it", REL, "by: C. Chair", "by: D. Doer", "REL-1 approved-by-involved 2026-10-07 approvals"),
    ("approved by who asked, and in a role that names nobody", REL, APPROVAL, "{by: I. Initiator, on: 2026-10-07, decision: approved}, {role: Board, on: 2026-10-07, decision: approved}", "REL-1 approved-by-involved 2026-10-07 approvals"),
    ("approved by who asked, and by another", REL, APPROVAL, "{by: I. Initiator, on: 2026-10-07, decision: approved}, {by: C. Chair, on: 2026-10-07, decision: approved}", ""),
    ("an emergency a day too late", EMERGENCY, "on: 2026-11-13", "on: 2026-11-14", "CHG-9 emergency-approved-late 2026-11-10 approvals 2026-11-14"),
    ("an emergency that nobody approved", EMERGENCY, "approvals: [{role: Duty manager, by: D. Duty, on: 2026-11-13, decision: approved}]\n", "", "CHG-9 not-approved 2026-11-10 approvals"),
    ("an emergency that may still be approved", EMERGENCY, "2026-11-10T09:00, end: 2026-11-10T10:00, outcome: deployed}]\napprovals: [{role: Duty manager, by: D. Duty, on: 2026-11-13, decision: approved}]\n", "2026-11-19T09:00, end: 2026-11-19T10:00, outcome: deployed}]\n", ""),
    ("an emergency that might be approved until yesterday", EMERGENCY, "2026-11-10T09:00, end: 2026-11-10T10:00, outcome: deployed}]\napprovals: [{role: Duty manager, by: D. Duty, on: 2026-11-13, decision: approved}]\n", "2026-11-18T09:00, end: 2026-11-18T10:00, outcome: deployed}]\n", "CHG-9 not-approved 2026-11-18 approvals"),
    ("reviewed late", REL, "by: S. Safe, on: 2026-10-07", "by: S. Safe, on: 2026-10-08", "REL-1 reviewed-late 2026-10-07 impact.security 2026-10-08"),
    ("reviewed by halves", REL, "  operational: {outcome: accepted, by: S. Safe, on: 2026-10-02}\n", "", "REL-1 not-reviewed 2026-10-07 impact.operational"),
    ("reviewed without an outcome", REL, "  operational: {outcome: accepted, by", "  operational: {by", "REL-1 not-reviewed 2026-10-07 impact.operational"),
    ("reviewed tomorrow", REL, "by: S. Safe, on: 2026-10-02", "by: S. Safe, on: 2026-11-23", "REL-1 not-reviewed 2026-10-07 impact.operational"),
    ("told late", REL, "sent: 2026-10-07", "sent: 2026-10-08", "REL-1 told-late 2026-10-07 notifications 2026-10-08"),
    ("not told, only planned", REL, "sent: 2026-10-07", "due: 2026-10-07", "REL-1 not-told 2026-10-07 notifications"),
    ("told tomorrow", REL, "sent: 2026-10-07", "sent: 2026-11-23", "REL-1 not-told 2026-10-07 notifications"),
    ("one audience late by the day of its own message", REL, "sent: 2026-10-07}", "sent: 2026-10-07}, {audience: Shops, channel: mail, due: 2026-10-08, sent: 2026-10-09}", "REL-1 told-late 2026-10-07 notifications 2026-10-09"),
    ("one audience told by the day of its own message", REL, "sent: 2026-10-07}", "sent: 2026-10-07}, {audience: Shops, channel: mail, due: 2026-10-09, sent: 2026-10-09}]\nstages: [{name: Shops, start: 2026-10-10}", ""),
    ("one audience told by its own day, after the work", REL, "sent: 2026-10-07}", "sent: 2026-10-07}, {audience: Shops, channel: mail, due: 2026-10-09, sent: 2026-10-09}", "REL-1 told-late 2026-10-07 notifications 2026-10-09"),
    ("one audience told, and one not", REL, "sent: 2026-10-07}", "sent: 2026-10-07}, {audience: Shops, channel: mail}", "REL-1 not-told 2026-10-07 notifications"),
    ("told that it was done", REL, "audience: Bank, channel: mail", "audience: Bank, stage: completion, channel: mail", "REL-1 not-told 2026-10-07 notifications"),
    ("downtime, and nobody told", ALONE, ", outcome: deployed", ", outcome: deployed, downtime: full", "CHG-3 not-told 2026-11-04 notifications"),
    ("nobody who notices, and nobody told", REL, "effects: {external_parties: [Bank]}\n", "", ""),
    ("tested after", REL, "result: passed, on: 2026-10-07", "result: passed, on: 2026-10-08", "REL-1 untested-before 2026-10-07 tests.pre"),
    ("tested, and not passed", REL, "kind: totals, result: passed", "kind: totals, result: partial", "REL-1 untested-before 2026-10-07 tests.pre"),
    ("tested on no day", REL, "result: passed, on: 2026-10-07", "result: passed", ""),
    ("a failed test after", REL, "kind: the day, result: passed", "kind: the day, result: failed", "REL-1 failed-after 2026-10-08 test 2"),
    ("a failed test after, of no day", REL, "kind: the day, result: passed, on: 2026-10-08", "kind: the day, result: failed", "REL-1 failed-after 2026-10-07 test 2"),
    ("closed without a review", REL, "review: {on: 2026-10-14, by: R. Manager, outcome: successful}\n", "", "REL-1 not-reviewed-after 2026-10-07 review"),
    ("closed with a review to come", REL, "review: {on: 2026-10-14", "review: {on: 2026-11-23", "REL-1 not-reviewed-after 2026-10-07 review"),
    ("a waived finding", REL, "status: closed\n", "status: closed\nallow: {RB310: the board met later}\n", "REL-1 waived 2026-10-07 allow 1"),
    ("a waived finding of a delivered change", "changes/CHG-1.md", "status: closed\n", "status: closed\nallow: {RB310: the board met later}\n", "CHG-1 waived 2026-10-07 allow 1"),
    ("a type that nobody names", ALONE, "change_type: standard\n", "", "CHG-3 not-approved 2026-11-04 approvals\nCHG-3 not-reviewed 2026-11-04 impact.security\nCHG-3 not-reviewed 2026-11-04 impact.operational\nCHG-3 untested-before 2026-11-04 tests.pre\nCHG-3 not-reviewed-after 2026-11-04 review"),
    ("a status that nobody names", REL, "status: closed\n", "", ""),
    ("called off, and nothing came of it", EMERGENCY, "status: deployed\nconfiguration_items: [cluster]\nwindows: [{start: 2026-11-10T09:00, end: 2026-11-10T10:00, outcome: deployed}]\napprovals: [{role: Duty manager, by: D. Duty, on: 2026-11-13, decision: approved}]", "status: cancelled\nconfiguration_items: [cluster]\nwindows: [{start: 2026-11-10T09:00, end: 2026-11-10T10:00}]", ""),
    ("called off after an attempt", EMERGENCY, "status: deployed\nconfiguration_items: [cluster]\nwindows: [{start: 2026-11-10T09:00, end: 2026-11-10T10:00, outcome: deployed}]\napprovals: [{role: Duty manager, by: D. Duty, on: 2026-11-13, decision: approved}]", "status: cancelled\nconfiguration_items: [cluster]\nwindows: [{start: 2026-11-10T09:00, end: 2026-11-10T10:00, outcome: rolled-back}]", "CHG-9 not-approved 2026-11-10 approvals"),
    ("scheduled, and its window is over", EMERGENCY, "status: deployed\nconfiguration_items: [cluster]\nwindows: [{start: 2026-11-10T09:00, end: 2026-11-10T10:00, outcome: deployed}]\napprovals: [{role: Duty manager, by: D. Duty, on: 2026-11-13, decision: approved}]", "status: scheduled\nconfiguration_items: [cluster]\nwindows: [{start: 2026-11-10T09:00, end: 2026-11-10T10:00}]", ""),
    ("put off each time", EMERGENCY, "outcome: deployed}]\napprovals: [{role: Duty manager, by: D. Duty, on: 2026-11-13, decision: approved}]", "outcome: postponed}]", ""),
    ("deployed, and dated tomorrow", EMERGENCY, "2026-11-10T09:00, end: 2026-11-10T10:00, outcome: deployed}]\napprovals: [{role: Duty manager, by: D. Duty, on: 2026-11-13, decision: approved}]", "2026-11-23T09:00, end: 2026-11-23T10:00}]\nallow: {RB310: later}", "CHG-9 waived 2026-11-23 allow 1"),
    ("without a window and a day", ALONE, "windows: [{start: 2026-11-04T20:00, end: 2026-11-04T21:00, outcome: deployed}]\n", "effects: {external_parties: [Bank]}\n", "CHG-3 not-told undated notifications"),
    ("without a window", ALONE, "windows: [{start: 2026-11-04T20:00, end: 2026-11-04T21:00, outcome: deployed}]\n", "planned_date: 2026-11-03\neffects: {external_parties: [Bank]}\nnotifications: [{audience: Bank, sent: 2026-11-04}]\n", "CHG-3 told-late 2026-11-03 notifications 2026-11-04"),
];

/// A deviation as a line: the record, the kind, the day, and what shows it.
fn line(book: &Book, of: &Deviation) -> String {
    let id = |index| book.get(index).header().id.clone();
    let evidence = match of.evidence {
        Evidence::Record(index) => id(index),
        Evidence::Window => "its times".to_owned(),
        Evidence::Part(part, None) => part.word().to_owned(),
        Evidence::Part(part, Some(day)) => format!("{} {day}", part.word()),
        Evidence::Test(number) => format!("test {}", number + 1),
        Evidence::Allow(number) => format!("allow {}", number + 1),
    };
    let day = of.moment.map_or_else(|| "undated".to_owned(), |day| day.to_string());
    format!("{} {} {day} {evidence}", id(of.record), of.kind.word())
}

fn lines(files: &str) -> String {
    let book = book(files);
    let deviations = Deviations::new(&book, &Process::default(), TODAY.parse().unwrap());
    let mut lines: Vec<String> = deviations.all().iter().map(|of| line(&book, of)).collect();
    // The order is that of time; within a record and a day, that of the kinds. Records are told by their ids here.
    lines.sort_by_key(|line| line.split(' ').next().unwrap_or_default().to_owned());
    lines.join("\n")
}

#[test]
fn work_that_is_done_right_has_none() {
    assert_eq!(lines(WHOLE), "");
}

#[test]
fn each_thing_that_is_otherwise_deviates_and_what_is_near_to_it_does_not() {
    let mut missed = Vec::new();
    for (name, path, from, to, wanted) in FAULTS {
        let found = lines(&with(path, from, to));
        if found != *wanted {
            missed.push(format!("{name}: expected\n{wanted}\nfound\n{found}\n"));
        }
    }
    assert!(missed.is_empty(), "{} of {}:\n{}", missed.len(), FAULTS.len(), missed.join("\n"));
}

#[test]
fn every_kind_has_a_case() {
    let missing: Vec<&str> = relbook::record::DeviationKind::ALL
        .iter()
        .map(|kind| kind.word())
        .filter(|word| !FAULTS.iter().any(|(.., wanted)| wanted.contains(&format!(" {word} "))))
        .collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn a_site_says_what_is_wanted_and_how_long_an_emergency_may_take() {
    let book = book(&with(EMERGENCY, "on: 2026-11-13", "on: 2026-11-14"));
    let today = TODAY.parse().unwrap();
    let count = |process: &Process| Deviations::new(&book, process, today).all().len();
    let mut process = Process::default();
    assert_eq!(count(&process), 1);
    process.days.emergency_approval = 4;
    assert_eq!(count(&process), 0);
    process.days.emergency_approval = 3;
    process.rows.retain(|row| row.of_type != "emergency");
    assert_eq!(count(&process), 0, "what the site does not want, nobody did otherwise");
}
