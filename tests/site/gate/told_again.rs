//! Customers who were told of a window hear what became of it: put off, called off, rolled back, and once more.

use relbook::diag::Profile;

use super::super::harness::{check, folder, places};
use super::with;

/// Windows before that of 2 December, what is told, and the lines with findings; today is 22 November. The first of the
/// windows stands in line 29, and the first message in line 34 where there is one of them, in line 35 where there are two.
struct Moved {
    windows: &'static str,
    told: &'static [&'static str],
    lines: &'static [u32],
}

const fn moved(windows: &'static str, told: &'static [&'static str], lines: &'static [u32]) -> Moved {
    Moved { windows, told, lines }
}

const ONCE: &str = "  - {start: 2026-11-25T20:00, end: 2026-11-25T21:00, outcome: postponed}\n";
const OFF: &str = "  - {start: 2026-11-25T20:00, end: 2026-11-25T21:00, outcome: cancelled}\n";
const TWICE: &str = "  - {start: 2026-11-20T20:00, end: 2026-11-20T21:00, outcome: postponed}\n  - {start: 2026-11-25T20:00, end: 2026-11-25T21:00, outcome: postponed}\n";
const BACK: &str = "  - {start: 2026-11-18T20:00, end: 2026-11-18T21:00, actual_start: 2026-11-18T20:00, actual_end: 2026-11-18T20:50, outcome: rolled-back}\n";
const SOON: &str = "  - {start: 2026-11-18T20:00, end: 2026-11-18T21:00, actual_start: 2026-11-18T20:00, actual_end: 2026-11-18T20:50, outcome: rolled-back}\n  - {start: 2026-11-26T20:00, end: 2026-11-26T21:00}\n";

const AUDITORS: &str = "audience: Auditors, due: 2026-11-20, sent: 2026-11-18";
const BANKS: &str = "audience: Banks, due: 2026-11-20, sent: 2026-11-17";
const FIRST: &str = "audience: Auditors, due: 2026-11-18, sent: 2026-11-16";
const AGAIN: &str = "audience: Auditors, stage: postponed, sent: 2026-11-21";
const BANKS_AGAIN: &str = "audience: Banks, stage: postponed, sent: 2026-11-21";

#[rustfmt::skip]
const MOVED: &[Moved] = &[
    moved(ONCE, &["audience: Auditors, due: 2026-11-27"], &[]),
    moved(ONCE, &[AUDITORS], &[29]),
    moved(ONCE, &[AUDITORS, "audience: Auditors, stage: postponed, due: 2026-11-24"], &[]),
    moved(ONCE, &[AUDITORS, "audience: Auditors, stage: postponed, due: 2026-11-21"], &[35]),
    moved(ONCE, &[AUDITORS, AGAIN], &[]),
    moved(ONCE, &[AUDITORS, "audience: \" AUDITORS\", stage: postponed, sent: 2026-11-21"], &[]),
    // Each audience that was told.
    moved(ONCE, &[AUDITORS, BANKS, AGAIN], &[29]),
    moved(ONCE, &[AUDITORS, BANKS], &[29, 29]),
    moved(ONCE, &[AUDITORS, BANKS_AGAIN], &[29]),
    moved(ONCE, &[AUDITORS, BANKS, AGAIN, BANKS_AGAIN], &[]),
    // Who was told of the later window only hears nothing of the earlier one.
    moved(ONCE, &[AUDITORS, "audience: Banks, due: 2026-11-27, sent: 2026-11-17", AGAIN], &[]),
    moved(ONCE, &["audience: Auditors, due: 2026-12-30, sent: 2026-11-18"], &[29]),
    moved(ONCE, &["audience: Auditors, sent: 2026-11-18"], &[29]),
    moved(ONCE, &["audience: Auditors, due: 2026-11-27, sent: 2026-11-18, window: 2026-11-25"], &[29]),
    // A window that is called off is put off, where another follows.
    moved(OFF, &[AUDITORS], &[29]),
    moved(OFF, &[AUDITORS, AGAIN], &[]),
    moved(OFF, &[AUDITORS, "audience: Auditors, stage: cancelled, sent: 2026-11-21"], &[29]),
    // Not before they knew of the first, not after the next has begun, not tomorrow.
    moved(ONCE, &[AUDITORS, "audience: Auditors, stage: postponed, sent: 2026-11-17"], &[29]),
    moved(ONCE, &[AUDITORS, "audience: Auditors, stage: postponed, sent: 2026-11-18"], &[]),
    moved(ONCE, &[AUDITORS, "audience: Auditors, stage: postponed, due: 2026-12-03"], &[35]),
    moved(ONCE, &[AUDITORS, "audience: Auditors, stage: postponed, due: 2026-11-21, sent: 2026-11-23"], &[35]),
    moved(ONCE, &[AUDITORS, "audience: Auditors, stage: start, sent: 2026-11-21"], &[29]),
    // One message for each move, unless they were never told of what moved again.
    moved(TWICE, &[FIRST, "audience: Auditors, stage: postponed, sent: 2026-11-19"], &[30]),
    moved(TWICE, &[FIRST, "audience: Auditors, stage: postponed, sent: 2026-11-19", AGAIN], &[]),
    moved(TWICE, &[FIRST, "audience: Auditors, stage: postponed, sent: 2026-11-19", BANKS_AGAIN], &[30]),
    moved(TWICE, &[FIRST, "audience: Auditors, stage: postponed, sent: 2026-11-19", "audience: Auditors, stage: postponed, due: 2026-11-21"], &[37]),
    moved(TWICE, &[FIRST, "audience: Auditors, stage: postponed, sent: 2026-11-19, window: 2026-12-02"], &[]),
    moved(TWICE, &[FIRST, "audience: Auditors, stage: postponed, sent: 2026-11-19, window: 2026-12-03"], &[30, 36]),
    moved(TWICE, &[FIRST], &[29]),
    // What was rolled back and is done again is new to them, when the days of notice end.
    moved(BACK, &["audience: Auditors, due: 2026-11-14, sent: 2026-11-13"], &[]),
    moved(SOON, &["audience: Auditors, due: 2026-11-14, sent: 2026-11-13"], &[29]),
    moved(SOON, &["audience: Auditors, due: 2026-11-14, sent: 2026-11-13", "audience: Auditors, due: 2026-11-24"], &[]),
    moved(SOON, &["audience: Auditors, due: 2026-11-14, sent: 2026-11-13", "audience: Auditors, due: 2026-11-21"], &[36]),
    moved(SOON, &["audience: Auditors, due: 2026-11-14, sent: 2026-11-13", "audience: Banks, due: 2026-11-24"], &[29]),
    moved(SOON, &["audience: Auditors, due: 2026-11-14, sent: 2026-11-13", "audience: Auditors, stage: rollback, sent: 2026-11-18"], &[]),
    moved(SOON, &["audience: Auditors, due: 2026-11-14, sent: 2026-11-13", "audience: Auditors, stage: rollback, sent: 2026-11-17"], &[29]),
];

fn found(files: &str) -> Vec<String> {
    let folder = folder(files);
    let found = |profile| -> Vec<String> {
        let found = places(&check(folder.path(), Some(profile))).into_iter();
        found.filter(|found| found.starts_with("RB306")).collect()
    };
    assert_eq!(found(Profile::Standard), found(Profile::Strict), "both profiles find the same");
    found(Profile::Strict)
}

/// The release that is ahead with windows before its own, and with these messages.
fn site(windows: &str, told: &[&str]) -> String {
    let told: String = told.iter().map(|of| format!("  - {{{of}}}\n")).collect();
    let files = with("releases/REL-2.md", "windows:\n", &format!("windows:\n{windows}"));
    files.replace("  - {audience: Auditors, channel: mail, due: 2026-11-27}\n", &told)
}

#[test]
fn who_was_told_of_a_window_is_told_what_became_of_it() {
    let mut missed = Vec::new();
    for Moved { windows, told, lines } in MOVED {
        let found = found(&site(windows, told));
        let wanted: Vec<String> = lines.iter().map(|line| format!("RB306 releases/REL-2.md:{line}")).collect();
        if found != wanted {
            missed.push(format!("{windows}{told:?}: expected {wanted:?}, found {found:?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn windows_in_another_order_hide_no_move() {
    let later = "  - start: 2026-12-02T20:00\n    end: 2026-12-02T21:00\n    downtime: partial\n";
    let behind = site("", &[AUDITORS]).replace(later, &format!("{later}{ONCE}"));
    assert_eq!(found(&behind), ["RB306 releases/REL-2.md:32"]);
    let forward =
        site(&ONCE.replace("2026-11-25", "2026-12-09"), &[AUDITORS]).replace("due: 2026-11-20", "due: 2026-12-04");
    assert_eq!(found(&forward), ["RB306 releases/REL-2.md:29"], "the next window is the earlier one");
}

#[test]
fn the_days_of_an_audience_count_from_the_window_of_which_it_is_told() {
    let with_days = |days: u16, windows: &str, told: &[&str]| {
        let settings = format!("[process.notice]\nBanks = {days}\n-- configuration-items/ledger-db.md --");
        found(&site(windows, told).replace("-- configuration-items/ledger-db.md --", &settings))
    };
    let wave = "  - {start: 2026-11-20T20:00, end: 2026-11-20T21:00, actual_start: 2026-11-20T20:00, actual_end: 2026-11-20T20:40, outcome: deployed}\n";
    let first = "audience: Auditors, due: 2026-11-14, sent: 2026-11-13";
    for (days, lines) in [(10, vec![]), (11, vec!["RB306 releases/REL-2.md:35"])] {
        let later = [first, "audience: Banks, due: 2026-11-22, sent: 2026-11-22"];
        assert_eq!(with_days(days, wave, &later), lines, "of the second wave, {days} days before");
        let again = [BANKS, "audience: Banks, stage: postponed, sent: 2026-11-22"];
        let of_first = (days > 8).then(|| "RB306 releases/REL-2.md:34".to_owned());
        let of_first: Vec<String> = of_first.into_iter().chain(lines.iter().map(ToString::to_string)).collect();
        assert_eq!(
            with_days(days, ONCE, &again),
            of_first,
            "of the window put off and of the next, {days} days before"
        );
    }
    let again = [BANKS, "audience: Banks, stage: postponed, due: 2026-11-25"];
    assert_eq!(with_days(7, ONCE, &again), [""; 0]);
    assert_eq!(with_days(8, ONCE, &again), ["RB306 releases/REL-2.md:35"]);
    let again = [BANKS, "audience: Banks, stage: postponed"];
    assert_eq!(with_days(8, ONCE, &again), [""; 0]);
    let of_banks = ["audience: Banks, due: 2026-11-10, sent: 2026-11-10", "audience: Banks, stage: postponed"];
    assert_eq!(with_days(10, ONCE, &of_banks), ["RB306 releases/REL-2.md:35"], "its last day is today");
}

#[test]
fn each_audience_is_told_that_work_was_called_off() {
    let of = |told: &[&str]| {
        let off = with("releases/REL-2.md", "status: scheduled", "status: cancelled");
        let off = off.replace(
            "changes/CHG-2.md --\n---\ntitle: An index for totals\nchange_type: normal\nstatus: scheduled",
            "changes/CHG-2.md --\n---\ntitle: An index for totals\nchange_type: normal\nstatus: cancelled",
        );
        let told: String = told.iter().map(|of| format!("  - {{{of}}}\n")).collect();
        found(&off.replace("  - {audience: Auditors, channel: mail, due: 2026-11-27}\n", &told))
    };
    let off = "audience: Auditors, stage: cancelled, sent: 2026-11-21";
    assert_eq!(of(&[AUDITORS, off]), [""; 0]);
    assert_eq!(of(&[AUDITORS, BANKS, off]), ["RB306 releases/REL-2.md:6"]);
    assert_eq!(of(&[AUDITORS, BANKS]), ["RB306 releases/REL-2.md:6", "RB306 releases/REL-2.md:6"]);
    assert_eq!(of(&[AUDITORS, &off.replace("11-21", "11-17")]), ["RB306 releases/REL-2.md:6"], "they knew of it later");
    assert_eq!(of(&[AUDITORS, AGAIN, &off.replace("11-21", "11-20")]), ["RB306 releases/REL-2.md:6"]);
    assert_eq!(of(&[AUDITORS, &off.replace("stage: cancelled", "stage: postponed")]), ["RB306 releases/REL-2.md:6"]);
}
