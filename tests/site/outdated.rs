//! Approvals held against what they and their plan were at a revision.

use std::fs;
use std::path::Path;

use relbook::pipeline::{self, CheckRequest};

use super::harness::{TODAY, put};
use super::repository::repository;

/// A release whose plan was approved; the repository's commits are of 10 November.
const FILES: &str = r"
-- configuration-items/shop.md --
---
title: Shop
---
-- releases/REL-1.md --
---
title: Ledger 4.2
release_type: minor
status: scheduled
changes: [CHG-1]
configuration_items: [shop]
planned_date: 2026-11-28
approvals:
  - {role: Board, by: C. Chair, on: 2026-11-05, decision: approved}
  - {role: Operations, by: O. Peters, on: 2026-11-06, decision: approved}
windows:
  - start: 2026-11-28T22:00
    end: 2026-11-29T02:00
    downtime: partial
---

## Implementation plan

Build it, and look at it.

## Rollback plan

Take it back.
";

const RELEASE: &str = "releases/REL-1.md";

/// What RB319 finds: `9: C. Chair approved another plan: …`.
fn found(folder: &Path) -> Vec<String> {
    let (since, today) = (Some("before".to_owned()), TODAY.parse().unwrap());
    let request = CheckRequest { folder: folder.to_owned(), since, today, ..CheckRequest::default() };
    let checked = pipeline::check(&request).unwrap();
    let findings = checked.report.findings().iter().filter(|(_, finding)| finding.lint.code == "RB319");
    let told = findings.map(|(_, finding)| {
        let source = &checked.sources[finding.place.source];
        format!("{}: {}", source.position(finding.place.span.start).line, finding.message)
    });
    told.collect()
}

/// Puts one text in the place of another in the release.
fn edit(folder: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(folder.join(RELEASE)).unwrap();
    assert!(text.contains(from), "{RELEASE} holds `{from}`");
    put(folder, RELEASE, text.replacen(from, to, 1).as_bytes());
}

const MOVED: (&str, &str) = ("start: 2026-11-28T22:00", "start: 2026-11-28T12:00");
const LAST: &str = "decision: approved}\nwindows:";

/// Both approvals are of another plan, in which this has changed.
fn both(changed: &str) -> Vec<String> {
    [("9", "C. Chair"), ("10", "O. Peters")]
        .map(|(line, who)| format!("{line}: {who} approved another plan: since before, {changed} changed"))
        .to_vec()
}

/// The last of the approvals, with one more behind it.
fn and(approval: &str) -> String {
    format!("decision: approved}}\n  - {{{approval}}}\nwindows:")
}

fn assert_found(what: &str, edits: &[(&str, &str)], expected: &[String]) {
    let folder = repository(FILES);
    edits.iter().for_each(|(from, to)| edit(folder.path(), from, to));
    assert_eq!(found(folder.path()), expected, "{what}");
}

#[test]
fn what_is_no_change_of_the_plan() {
    let cases: &[(&str, &[(&str, &str)])] = &[
        ("nothing", &[]),
        ("a title", &[("Ledger 4.2", "Ledger 4.2, at last")]),
        (
            "the work",
            &[("downtime: partial", "downtime: partial\n    actual_start: 2026-11-28T22:10\n    outcome: deployed")],
        ),
        ("a status", &[("status: scheduled", "status: in-progress")]),
        ("a test", &[("windows:", "tests: [{phase: post, kind: smoke, result: passed, on: 2026-11-29}]\nwindows:")]),
        ("another section", &[("## Rollback plan", "## Release notes\n\nTotals are right.\n\n## Rollback plan")]),
        ("the same words on other lines", &[("Build it, and look", "Build it,\nand look")]),
        ("the same time in another zone", &[(MOVED.0, "start: 2026-11-28T23:00+01:00")]),
        ("the same items, twice", &[("[shop]", "[shop, SHOP]")]),
        ("a comment on an approval", &[("on: 2026-11-05, ", "on: 2026-11-05, comment: at night, ")]),
        ("an approval more", &[(LAST, &and("role: Security, by: S. Ecure, on: 2026-11-01, decision: approved"))]),
    ];
    for (what, edits) in cases {
        assert_found(what, edits, &[]);
    }
}

#[test]
fn what_makes_it_another_plan() {
    let after = "    downtime: partial\n";
    let window = "  - start: 2026-11-30T22:00\n    end: 2026-11-30T23:00\n";
    let cases: &[(&str, &str, &str, &str)] = &[
        ("an earlier start", MOVED.0, MOVED.1, "window 1"),
        ("another end", "end: 2026-11-29T02:00", "end: 2026-11-29T03:00", "window 1"),
        (
            "a whole day in the place of hours",
            "2026-11-28T22:00\n    end: 2026-11-29T02:00",
            "2026-11-28\n    end: 2026-11-28",
            "window 1",
        ),
        ("more downtime", "downtime: partial", "downtime: full", "window 1"),
        ("a further window", after, &format!("{after}{window}"), "window 2"),
        (
            "no window any more",
            "windows:\n  - start: 2026-11-28T22:00\n    end: 2026-11-29T02:00\n    downtime: partial\n",
            "",
            "window 1",
        ),
        ("another way back", "Take it back.", "Restore the copy.", "the rollback plan"),
        ("no way back", "## Rollback plan\n\nTake it back.\n", "", "the rollback plan"),
        ("how it is built", "Build it", "Do not build it", "the implementation plan"),
        ("a new test plan", "## Rollback plan", "## Test plan\n\nTry it.\n\n## Rollback plan", "the test plan"),
        (
            "a new deployment plan",
            "## Rollback plan",
            "## Deployment plan\n\nBy hand.\n\n## Rollback plan",
            "the deployment plan",
        ),
        ("another change", "[CHG-1]", "[CHG-1, CHG-2]", "the changes that it delivers"),
        ("another type", "release_type: minor", "release_type: patch", "the type"),
        ("no type any more", "release_type: minor\nstatus: scheduled", "status: scheduled\ntags: []", "the type"),
        ("another item", "[shop]", "[shop, till]", "the configuration items"),
    ];
    for (what, from, to, changed) in cases {
        assert_found(what, &[(from, to)], &both(changed));
    }
    assert_found("two things", &[MOVED, ("Take it", "Bring it")], &both("window 1 and the rollback plan"));
}

#[test]
fn who_approves_again_adds_an_approval() {
    let board = and("role: Board, by: N. Ew, on: 2026-11-20, decision: approved");
    let [chair, peters] = both("window 1").try_into().unwrap();
    assert_found("of the same role", &[MOVED, (LAST, &board)], std::slice::from_ref(&peters));
    let operations = and("by: o. peters, on: 2026-11-10, decision: approved");
    assert_found("of the same person, on the day itself", &[MOVED, (LAST, &operations)], std::slice::from_ref(&chair));
    assert_found("both", &[MOVED, (LAST, &board), (LAST, &operations)], &[]);
    let counts_for_nothing = [
        "role: Board, by: C. Chair, decision: approved",
        "role: Board, by: C. Chair, on: 2026-11-23, decision: approved",
        "role: Board, by: C. Chair, on: 2026-11-20, decision: rejected",
        "role: Board, by: C. Chair, on: 2026-11-20",
        "role: Security, by: S. Ecure, on: 2026-11-20, decision: approved",
    ];
    for approval in counts_for_nothing {
        assert_found(approval, &[MOVED, (LAST, &and(approval))], &both("window 1"));
    }
    let early = and("role: Board, by: C. Chair, on: 2026-11-09, decision: approved");
    let dated_back = "11: this approval is dated 2026-11-09, before window 1 changed".to_owned();
    assert_found("dated back", &[MOVED, (LAST, &early)], &[chair, peters, dated_back]);
}

#[test]
fn a_window_may_have_an_approval_of_its_own() {
    let own = |on: &str| format!("start: 2026-11-28T12:00\n    approved_by: C. Chair\n    approved_on: {on}");
    assert_found("a new one", &[(MOVED.0, &own("2026-11-20"))], &[]);
    for on in ["2026-11-09", "2026-11-23"] {
        assert_found(on, &[(MOVED.0, &own(on))], &both("window 1"));
    }
    let folder = repository(&FILES.replace(MOVED.0, &own("2026-11-20")));
    edit(folder.path(), "T12:00", "T13:00");
    assert_eq!(found(folder.path()), both("window 1"), "the one that it had");
    edit(folder.path(), "approved_on: 2026-11-20", "approved_on: 2026-11-21");
    assert_eq!(found(folder.path()), [""; 0], "a later one");
}

#[test]
fn the_first_window_is_approved_with_the_planned_date() {
    let window = "windows:\n  - start: 2026-11-28T22:00\n    end: 2026-11-29T02:00\n    downtime: partial\n";
    let folder = repository(&FILES.replace(window, ""));
    edit(folder.path(), "---\n\n## Impl", &format!("{window}---\n\n## Impl"));
    assert_eq!(found(folder.path()), [""; 0]);
    edit(folder.path(), "start: 2026-11-28T22:00", "start: 2026-11-27T22:00");
    assert_eq!(found(folder.path()), both("window 1"));
    edit(folder.path(), &window.replace("2026-11-28T22", "2026-11-27T22"), "");
    edit(folder.path(), "planned_date: 2026-11-28", "planned_date: 2026-11-27");
    assert_eq!(found(folder.path()), both("the planned date"));
}

#[test]
fn an_approval_is_not_written_over() {
    let chair = "{role: Board, by: C. Chair, on: 2026-11-05, decision: approved}";
    let line = format!("  - {chair}\n");
    let cases: &[(&str, &str, &str, &str)] = &[
        ("a later day", "on: 2026-11-05", "on: 2026-11-20", "9: the approval of C. Chair was rewritten since before"),
        (
            "an earlier day",
            "on: 2026-11-05",
            "on: 2026-11-01",
            "9: the approval of C. Chair was dated back since before",
        ),
        ("no day", "on: 2026-11-05, ", "", "9: the approval of C. Chair was rewritten since before"),
        (
            "another decision",
            "on: 2026-11-05, decision: approved",
            "on: 2026-11-05, decision: rejected",
            "9: the approval of C. Chair was rewritten since before",
        ),
        ("another person", "by: C. Chair", "by: N. Ew", "9: the approval of C. Chair was rewritten since before"),
        ("gone", &line, "", "8: the approval of C. Chair was taken out since before"),
        ("called off, and gone", &line, "", "8: the approval of C. Chair was taken out since before"),
    ];
    for (what, from, to, expected) in cases {
        let mut edits = vec![(*from, *to)];
        if what.starts_with("called off") {
            edits.extend([("status: scheduled", "status: cancelled"), MOVED]);
        }
        assert_found(what, &edits, &[(*expected).to_owned()]);
    }
    let folder = repository(&FILES.replace(chair, "{role: Board, decision: approved}").replace("CHG-1", "CHG-3"));
    edit(folder.path(), "{role: Board, decision: approved}", chair);
    assert_eq!(found(folder.path()), [""; 0], "what was left open may be said");
    let folder = repository(&FILES.replace("on: 2026-11-05", "on: 2026-11-05T18:00"));
    edit(folder.path(), "2026-11-05T18:00", "2026-11-05T08:00");
    assert_eq!(found(folder.path()), ["9: the approval of C. Chair was dated back since before"], "an earlier hour");
    let folder = repository(&FILES.replace(chair, "{role: Board}"));
    edit(folder.path(), "{role: Board}", &chair.replace("11-05", "11-20"));
    edit(folder.path(), MOVED.0, MOVED.1);
    assert_eq!(found(folder.path()), both("window 1")[1..], "who was awaited has approved what stands now");
}

#[test]
fn it_is_held_from_approved_on_whatever_the_record_is_called() {
    let folder = repository(&FILES.replace("status: scheduled", "status: draft"));
    edit(folder.path(), MOVED.0, MOVED.1);
    assert_eq!(found(folder.path()), [""; 0], "nobody has agreed to a draft");
    edit(folder.path(), "status: draft", "status: approved");
    assert_eq!(found(folder.path()), both("window 1"), "approved now");
    assert_found("sent back", &[MOVED, ("status: scheduled", "status: assessment")], &both("window 1"));
    assert_found("called off", &[MOVED, ("status: scheduled", "status: cancelled")], &[]);
    let with_id = ("title: Ledger", "id: REL-9\nformer_ids: [REL-1]\ntitle: Ledger");
    let moved =
        both("window 1").iter().map(|told| told.replacen("10:", "12:", 1).replacen("9:", "11:", 1)).collect::<Vec<_>>();
    assert_found("another id", &[MOVED, with_id], &moved);
    let folder = repository(FILES);
    put(folder.path(), "configuration-items/shop.md", b"---\nid: web-shop\ntitle: Shop\nformer_ids: [shop]\n---\n");
    edit(folder.path(), "[shop]", "[web-shop]");
    assert_eq!(found(folder.path()), [""; 0], "an item with another id is the same item");
}
