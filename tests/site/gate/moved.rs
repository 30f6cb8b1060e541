//! Ways around the gate in a later commit than the approval: what somebody might move, take out or put away once the plan was
//! approved. Against the commit that has the approval, none goes through `strict`.

use std::fs;
use std::path::Path;

use relbook::diag::{Level, Profile};
use relbook::pipeline::{self, CheckRequest};

use super::super::harness::{TODAY, parts, put};
use super::super::repository::{commit, git, repository};
use super::WHOLE;

/// What is found as an error against the first commit, by code.
fn found(folder: &Path) -> Vec<&'static str> {
    let (since, today) = (Some("before".to_owned()), TODAY.parse().unwrap());
    let request = CheckRequest {
        folder: folder.to_owned(),
        since,
        today,
        profile: Some(Profile::Strict),
        ..CheckRequest::default()
    };
    // What cannot be checked ends with exit code 2.
    let Ok(checked) = pipeline::check(&request) else { return vec!["exit 2"] };
    let errors = checked.report.findings().iter().filter(|(level, _)| *level == Level::Error);
    errors.map(|(_, finding)| finding.lint.code).collect()
}

const REL: &str = "releases/REL-2.md";
const CHG: &str = "changes/CHG-3.md";

/// One text for another in the release that is approved and still to come.
#[rustfmt::skip]
const MOVES: &[(&str, &str, &str)] = &[
    ("a night earlier", "2026-12-02T20:00\n    end: 2026-12-02T21:00", "2026-11-27T20:00\n    end: 2026-11-27T21:00"),
    ("a week later", "2026-12-02T20:00\n    end: 2026-12-02T21:00", "2026-12-09T20:00\n    end: 2026-12-09T21:00"),
    ("an hour earlier", "start: 2026-12-02T20:00", "start: 2026-12-02T19:00"),
    ("an hour longer", "end: 2026-12-02T21:00", "end: 2026-12-02T22:00"),
    ("in another zone", "  - start: 2026-12-02T20:00", "  - time_zone: America/New_York\n    start: 2026-12-02T20:00"),
    ("the whole day", "2026-12-02T20:00\n    end: 2026-12-02T21:00", "2026-12-02\n    end: 2026-12-02"),
    ("more downtime", "downtime: partial", "downtime: full"),
    ("a second window", "    downtime: partial\n", "    downtime: partial\n  - {start: 2026-12-03T20:00, end: 2026-12-03T21:00}\n"),
    ("put off, and another window", "    downtime: partial\n", "    downtime: partial\n    outcome: postponed\n  - {start: 2026-12-03T20:00, end: 2026-12-03T21:00}\n"),
    ("one item less", "[ledger-app, ledger-db]", "[ledger-app]"),
    ("other items", "[ledger-app, ledger-db]", "[ledger-app, ledger-console]"),
    ("one change more", "changes: [CHG-2]", "changes: [CHG-2, CHG-1]"),
    ("another change", "changes: [CHG-2]", "changes: [CHG-1]"),
    ("another way back", "The index goes.", "There is none."),
    ("another deployment", "The statement, then the application.", "Both at once."),
    ("another implementation", "One statement.", "Three statements."),
    ("other tests", "Totals of a year before, of the day after.", "Totals of a day."),
    ("of a type that wants less", "release_type: minor", "release_type: patch"),
    ("an emergency", "release_type: minor\n", "release_type: emergency\nincidents_fixed: [INC-1]\n"),
    ("an approval of another", "by: Ole Haan, on: 2026-11-19", "by: Dirk Post, on: 2026-11-19"),
    ("an approval of another day", "by: Ole Haan, on: 2026-11-19", "by: Ole Haan, on: 2026-11-12"),
    ("an approval less", "  - {role: Operations, by: Ole Haan, on: 2026-11-19, decision: approved}\n", ""),
];

/// Every move by itself, with the file under another name, and with another id.
#[test]
fn what_moves_after_its_approval_is_found() {
    let repository = repository(WHOLE);
    let folder = repository.path();
    let before = fs::read_to_string(folder.join(REL)).unwrap();
    assert_eq!(found(folder), [""; 0], "nothing moved");
    let mut open = Vec::new();
    for (name, from, to) in MOVES {
        assert_eq!(before.matches(from).count(), 1, "{name}: {from}");
        let moved = before.replace(from, to);
        let renamed = moved.replacen("---\n", "---\nformer_ids: [REL-2]\n", 1);
        let named = moved.replacen("---\n", "---\nid: REL-20\nformer_ids: [REL-2]\n", 1);
        let back = moved.replace("status: scheduled", "status: approved");
        let places = [
            (REL, &moved),
            ("releases/REL-20.md", &renamed),
            ("releases/2026/REL-2.md", &moved),
            (REL, &named),
            (REL, &back),
        ];
        for (number, (path, text)) in places.into_iter().enumerate() {
            fs::remove_file(folder.join(REL)).unwrap();
            put(folder, path, text.as_bytes());
            let codes = found(folder);
            if !codes.contains(&"RB319") {
                open.push(format!("{name}, {number} at {path}: {codes:?}"));
            }
            fs::remove_file(folder.join(path)).unwrap();
            put(folder, REL, before.as_bytes());
        }
    }
    assert!(open.is_empty(), "{} are open:\n{}", open.len(), open.join("\n"));
}

/// What becomes of the record that nobody approved, once it was committed: it is put where no check reads it.
#[test]
fn what_is_put_away_is_found() {
    let unapproved =
        parts(WHOLE).into_iter().find(|(path, _)| path == CHG).unwrap().1.replace("approved}", "rejected}");
    let repository = repository(WHOLE);
    let folder = repository.path();
    let before = fs::read_to_string(folder.join(CHG)).unwrap();
    let settings = fs::read_to_string(folder.join("relbook.toml")).unwrap();
    let mut open = Vec::new();
    let mut hold = |name: &str| {
        if found(folder).is_empty() {
            open.push(name.to_owned());
        }
    };
    for path in [
        "",
        "changes/CHG-3.md.bak",
        "changes/CHG-3.yaml",
        "changes/_CHG-3.md",
        "changes/README.md",
        "_changes/CHG-3.md",
        "notes/CHG-3.txt",
        "site/changes/CHG-3.md",
        ".changes/CHG-3.md",
    ] {
        fs::remove_file(folder.join(CHG)).unwrap();
        if !path.is_empty() {
            put(folder, path, unapproved.as_bytes());
        }
        hold(if path.is_empty() { "deleted" } else { path });
        if !path.is_empty() {
            fs::remove_file(folder.join(path)).unwrap();
        }
        put(folder, CHG, before.as_bytes());
    }
    for (name, from, to) in [
        ("back to a draft", "status: closed", "status: draft"),
        ("back to assessment", "status: closed", "status: assessment"),
        ("back to scheduled", "status: closed", "status: scheduled"),
        ("called off", "status: closed", "status: cancelled"),
        (
            "without its approval",
            "approvals:\n  - {role: Change advisory board, by: Cato Wind, on: 2026-10-29, decision: approved}\n",
            "",
        ),
        ("no plan any more", "change_type: normal", "type: page"),
    ] {
        assert!(before.contains(from), "{name}");
        put(folder, CHG, before.replace(from, to).as_bytes());
        hold(name);
        put(folder, CHG, before.as_bytes());
    }
    put(folder, CHG, unapproved.as_bytes());
    for more in ["ignore = [\"changes/\"]\n", "content = \"records\"\n"] {
        put(folder, "relbook.toml", format!("{more}{settings}").as_bytes());
        hold(more);
    }
    assert!(open.is_empty(), "{} are open:\n{}", open.len(), open.join("\n"));
}

/// What a release delivers stands in its own file, or in those of the changes.
#[test]
fn what_is_delivered_is_held_from_both_sides() {
    let delivered = "releases: [REL-2]\n";
    let repository = repository(WHOLE);
    let folder = repository.path();
    let read = |path: &str| fs::read_to_string(folder.join(path)).unwrap();
    let of = |only_changed: bool| {
        let (since, today) = (Some("before".to_owned()), TODAY.parse().unwrap());
        let request = CheckRequest { folder: folder.to_owned(), since, today, only_changed, ..CheckRequest::default() };
        let checked = pipeline::check(&request).unwrap();
        let findings = checked.report.findings().iter().filter(|(_, finding)| finding.lint.code == "RB319");
        let told = findings.map(|(_, finding)| {
            assert!(finding.message.ends_with("the changes that it delivers changed"), "{}", finding.message);
            checked.sources[finding.place.source].path.clone()
        });
        told.collect::<Vec<_>>()
    };
    let (release, change) = (read(REL), read("changes/CHG-2.md"));
    let approvals = release.matches("decision: approved").count();
    let more = change.replacen("---\n", &format!("---\n{delivered}"), 1);
    put(folder, "changes/CHG-2.md", more.as_bytes());
    assert_eq!(of(false), [""; 0], "it was delivered already");
    put(folder, REL, release.replace("changes: [CHG-2]\n", "").as_bytes());
    assert_eq!(of(false), [""; 0], "it is delivered still, by its own word");
    put(folder, REL, release.as_bytes());
    put(folder, "changes/CHG-2.md", change.as_bytes());
    put(folder, "changes/CHG-9.md", more.as_bytes());
    for only_changed in [false, true] {
        assert_eq!(of(only_changed), vec![REL; approvals], "a new change");
    }
    let spelt = more.replace("REL-2", "rel-2");
    put(folder, "changes/CHG-9.md", spelt.as_bytes());
    assert_eq!(of(false), vec![REL; approvals], "ids are compared without case");
    git(folder, &["tag", "--delete", "before"]);
    commit(folder, "before");
    assert_eq!(of(false), [""; 0], "it was there");
    put(folder, "changes/CHG-9.md", spelt.replacen("---\n", "---\nid: CHG-90\nformer_ids: [CHG-9]\n", 1).as_bytes());
    assert_eq!(of(false), [""; 0], "the same change with another id");
    put(folder, "changes/CHG-9.md", change.as_bytes());
    assert_eq!(of(true), vec![REL; approvals], "taken out");
}
