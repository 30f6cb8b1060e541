//! What a record silences: by whom, until when, and what it cannot.

use relbook::diag::Profile;

use super::super::harness::{check, folder, places, site};
use super::with;

/// The whole site with an action that is overdue, and what its record says under `allow`.
fn overdue(allow: &str) -> String {
    let lessons = "went_well: Nobody noticed.\n  lessons:\n    - lesson: Compare totals\n      actions: [{action: Compare them, owner: Rik Maas, due: 2026-11-01, status: open}]\n";
    with("releases/REL-1.md", "went_well: Nobody noticed.\n", &format!("{lessons}{allow}"))
}

fn found(files: &str, profile: Profile) -> Vec<String> {
    places(&check(folder(files).path(), Some(profile)))
}

/// What `allow` says, and what is found in `strict` and in `standard`.
#[rustfmt::skip]
const WAIVERS: &[(&str, &[&str], &[&str])] = &[
    ("", &["RB601 releases/REL-1.md:47"], &["RB601 releases/REL-1.md:47"]),
    ("allow: {RB601: {reason: R, by: B, until: 2026-12-31}}\n", &[], &[]),
    ("allow: {action-overdue: {reason: R, by: B, until: 2026-11-22}}\n", &[], &[]),
    ("allow: {RB601: R}\n", &["RB320 releases/REL-1.md:48"], &[]),
    ("allow: {RB601: {reason: R}}\n", &["RB320 releases/REL-1.md:48"], &[]),
    ("allow: {RB601: {reason: R, by: B}}\n", &["RB320 releases/REL-1.md:48"], &[]),
    ("allow: {RB601: {reason: R, until: 2026-12-31}}\n", &["RB320 releases/REL-1.md:48"], &[]),
    ("allow: {RB601: {reason: R, by: \" \", until: 2026-12-31}}\n", &["RB320 releases/REL-1.md:48"], &[]),
    ("allow: {RB601: {reason: R, by: B, until: 2026-11-21}}\n", &["RB601 releases/REL-1.md:47", "RB320 releases/REL-1.md:48"], &["RB601 releases/REL-1.md:47", "RB320 releases/REL-1.md:48"]),
    ("allow: {RB601: {by: B, until: 2026-12-31}}\n", &["RB006 releases/REL-1.md:48"], &["RB006 releases/REL-1.md:48"]),
    ("allow: {RB601: {reason: R, by: B, untill: 2026-12-31}}\n", &["RB005 releases/REL-1.md:48"], &["RB005 releases/REL-1.md:48"]),
    ("allow: {RB601: [R]}\n", &["RB102 releases/REL-1.md:48"], &["RB102 releases/REL-1.md:48"]),
    ("allow: {RB602: {reason: R, by: B, until: 2026-12-31}}\n", &["RB601 releases/REL-1.md:47", "RB008 releases/REL-1.md:48"], &["RB601 releases/REL-1.md:47", "RB008 releases/REL-1.md:48"]),
    ("allow: {RB601: R, RB320: R, RB008: R}\n", &["RB320 releases/REL-1.md:48", "RB320 releases/REL-1.md:48", "RB320 releases/REL-1.md:48"], &["RB320 releases/REL-1.md:48", "RB320 releases/REL-1.md:48"]),
];

#[test]
fn a_waiver_has_a_reason_a_name_and_an_end() {
    let mut missed = Vec::new();
    for (allow, strict, standard) in WAIVERS {
        for (profile, wanted) in [(Profile::Strict, strict), (Profile::Standard, standard)] {
            let found = found(&overdue(allow), profile);
            if found != *wanted {
                missed.push(format!("{allow:?} {profile:?}: expected {wanted:?}, found {found:?}"));
            }
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// A release that nobody approved, with settings and what it silences.
fn unapproved(lints: &str, until: &str) -> String {
    let allow = format!("initiator: Ines Vos\nallow: {{RB304: {{reason: R, by: B, until: {until}}}}}\n");
    let files = with("releases/REL-2.md", "initiator: Ines Vos\n", &allow);
    let files = files.replace("on: 2026-11-18, decision: approved", "on: 2026-11-18, decision: rejected");
    files.replace("profile = \"strict\"\n", &format!("profile = \"strict\"\n{lints}"))
}

#[test]
fn what_no_record_can_silence_is_the_sites_to_say() {
    let both = ["RB320 releases/REL-2.md:9", "RB304 releases/REL-2.md:27"];
    assert_eq!(found(&unapproved("", "2026-12-31"), Profile::Strict), both);
    assert_eq!(found(&unapproved("", "2026-12-31"), Profile::Standard), [""; 0]);
    assert_eq!(found(&unapproved("never_allow = [\"RB304\"]\n", "2026-12-31"), Profile::Standard), both);
    assert_eq!(found(&unapproved("never_allow = [\"not-approved\"]\n", "2026-12-31"), Profile::Strict), both);
    assert_eq!(found(&unapproved("never_allow = []\n", "2026-12-31"), Profile::Strict), [""; 0]);
    assert_eq!(found(&unapproved("never_allow = []\n", "2026-11-01"), Profile::Strict), both);
    assert_eq!(
        found(&unapproved("never_allow = [\"not-aproved\"]\n", "2026-12-31"), Profile::Strict),
        ["RB102 relbook.toml:4"]
    );
    let misspelt = found(&unapproved("never_alow = []\n", "2026-12-31"), Profile::Strict);
    assert_eq!(misspelt, ["RB005 relbook.toml:4", both[0], both[1]]);
}

#[test]
fn waivers_stand_on_their_record_and_on_a_page_of_their_own() {
    let waived = overdue("allow: {RB601: {reason: \"<b>The</b> bank\", by: Cato Wind, until: 2026-12-31}}\n");
    let built = site(&waived);
    let all = built.page("checks/waivers.html");
    let all = all.main().text();
    assert!(all.contains("REL-1 Rounds once RB601 <b>The</b> bank Cato Wind 31 Dec 2026"), "{all}");
    let facts = built.page("releases/REL-1.html").part("facts").text();
    assert!(facts.contains("RB601 by Cato Wind, until 31 Dec 2026: <b>The</b> bank"), "{facts}");
    let checks = built.page("checks/index.html").main().text();
    assert!(checks.contains("1 waiver, with who agreed"), "{checks}");
    let none = site(&with("releases/REL-2.md", "title: Reads twice as fast", "title: Reads faster"));
    assert!(!none.has("checks/waivers.html"));
}
