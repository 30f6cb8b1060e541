//! What the rules of single clauses find beside what the table says, and what they leave alone.

use relbook::diag::Profile;

use super::super::harness::site;
use super::{WHOLE, found, with};

/// What stands in whose place, in which file, and what is found.
type Fault = (&'static str, &'static str, &'static str, &'static str, &'static str);

const FIRST: &str = "releases/REL-0/index.md";
const LAST: &str = "releases/REL-1.md";
const NEXT: &str = "releases/REL-2.md";
const ALONE: &str = "changes/CHG-3.md";

#[rustfmt::skip]
const FAULTS: &[Fault] = &[
    ("a test of no day", LAST, "result: passed, on: 2026-10-02, evidence: run 812", "result: passed, evidence: run 812", "RB326 releases/REL-1.md:38"),
    ("a test of no day without evidence", LAST, "result: passed, on: 2026-10-02, evidence: run 812", "result: passed", "RB326 releases/REL-1.md:38"),
    ("a word for no evidence", LAST, "evidence: run 812", "evidence: n/a", "RB326 releases/REL-1.md:38"),
    ("a failed test without evidence", LAST, "tests:\n", "tests:\n  - {phase: pre, kind: load, result: failed, on: 2026-10-01}\n", "RB326 releases/REL-1.md:38"),
    ("a test that was not made", NEXT, "tests:\n", "tests:\n  - {phase: pre, kind: load, result: pending}\n", ""),
    ("a test before the work begins", NEXT, ", evidence: run 931", "", "RB326 releases/REL-2.md:35"),
    ("a level with a channel", NEXT, "contact: Ledger on call, channel: ext. 4400", "channel: ext. 4400", ""),
    ("a level with a contact", NEXT, "contact: Ledger on call, channel: ext. 4400", "contact: Ledger on call", ""),
    ("a level with a blank channel", NEXT, "contact: Ledger on call, channel: ext. 4400", "channel: \" \"", "RB327 releases/REL-2.md:24"),
    ("a level of nobody", NEXT, "contact: Ledger on call, channel: ext. 4400", "contact: nobody", "RB327 releases/REL-2.md:24"),
    ("notes that say what the problem is called", LAST, "a cent (PRB-7)", "a cent (totals differ by a cent)", ""),
    ("notes with an id of other letters", LAST, "(PRB-7)", "(prb-7)", ""),
    ("notes with a longer id", LAST, "(PRB-7)", "(XPRB-7)", "RB328 releases/REL-1.md:51"),
    ("notes that name the known error no more", FIRST, "(KE-1)", "", "RB328 releases/REL-0/index.md:75"),
    ("notes in a file without a problem in its title", LAST, "went_well: Nobody noticed.\n---\n\n## Description\n\nTotals are rounded once.\n\n## Release notes\n\n- Corrected: totals that differed by a cent (PRB-7).", "went_well: Nobody noticed.\nartefacts: [{kind: release-notes, title: Notes, url: \"https://docs.example.com/notes\"}]\n---\n\n## Description\n\nTotals are rounded once.", "RB328 releases/REL-1.md:45"),
    ("notes in a file that is called by it", LAST, "went_well: Nobody noticed.\n---\n\n## Description\n\nTotals are rounded once.\n\n## Release notes\n\n- Corrected: totals that differed by a cent (PRB-7).", "went_well: Nobody noticed.\nartefacts: [{kind: release-notes, title: Notes on PRB-7, url: \"https://docs.example.com/notes\"}]\n---\n\n## Description\n\nTotals are rounded once.", ""),
    ("a release of no problem", LAST, "problems: [PRB-7]\n", "", ""),
    ("a lesson of which nothing is to come", FIRST, "{action: Try two exports at once, owner: Dirk Post, due: 2026-10-01, status: done, verified: 2026-10-05}", "{action: Nothing, status: wont-do}", ""),
    ("a lesson with an empty list", FIRST, "      actions:\n        - {action: Try two exports at once, owner: Dirk Post, due: 2026-10-01, status: done, verified: 2026-10-05}", "      actions: []", "RB604 releases/REL-0/index.md:62"),
    ("an action that nobody looked at", FIRST, "verified: 2026-10-05", "verified: nobody", "RB605 releases/REL-0/index.md:64"),
    ("a problem with letters of its own", NEXT, "problems: [PRB-7]", "problems: [PRB-7, JIRA-12]", ""),
    ("a problem that is not there yet", NEXT, "problems: [PRB-7]", "problems: [PRB-7, PRB-8]", ""),
    ("an item beside one of another number", NEXT, "[ledger-app, ledger-db]", "[ledger-app, ledger-db, ledger-db-2]", ""),
    ("an item with two letters in the other order", NEXT, "[ledger-app, ledger-db]", "[ledger-app, legder-db]", "RB208 releases/REL-2.md:12"),
    ("an item written in one", ALONE, "configuration_items: [ledger-db]", "configuration_items: [ledgerdb]", "RB208 changes/CHG-3.md:8"),
    ("none, with an effect", FIRST, "subcontractors: [none]", "subcontractors: [{name: none, effect: nothing}]", "RB301 releases/REL-0/index.md:6"),
    ("work on the day after its window", ALONE, "actual_start: 2026-11-04T20:00\n    actual_end: 2026-11-04T20:20", "actual_start: 2026-11-05T20:00\n    actual_end: 2026-11-05T20:20", "RB314 changes/CHG-3.md:20"),
    ("work on the day before its window", ALONE, "actual_start: 2026-11-04T20:00\n    actual_end: 2026-11-04T20:20", "actual_start: 2026-11-03T20:00\n    actual_end: 2026-11-03T20:20", "RB314 changes/CHG-3.md:21"),
    ("work that overran", ALONE, "actual_end: 2026-11-04T20:20", "actual_end: 2026-11-04T21:50", ""),
];

#[test]
fn each_rule_finds_what_it_says_and_no_more() {
    let mut missed = Vec::new();
    for (name, path, from, to, wanted) in FAULTS {
        let files = with(WHOLE, path, from, to);
        for profile in [Profile::Strict, Profile::Standard] {
            let found = found(&files, profile);
            if found != *wanted {
                missed.push(format!("{name} ({profile:?}): expected {wanted}, found {found}"));
            }
        }
        let in_records = found(&files, Profile::Records);
        if !in_records.is_empty() {
            missed.push(format!("{name}: a history is told of {in_records}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn most_problems_say_how_problems_are_called_where_none_has_a_file() {
    let problems = |named: &str| {
        let release = "title: A release\nrelease_type: minor\nconfiguration_items: [ledger-app]";
        found(&format!("-- releases/REL-1.md --\n---\n{release}\nproblems: [{named}]\n---\n"), Profile::Strict)
    };
    assert_eq!(problems("PRB-1, PRB-2, PBR-3"), "RB208 releases/REL-1.md:5");
    assert_eq!(problems("PRB-1, PBR-3"), "", "nobody knows which of the two is meant");
    assert_eq!(problems("PRB-1, PRB-2, BUG-3"), "");
    assert_eq!(problems("1234, 1235, 2134"), "", "numbers have no letters");
}

#[test]
fn a_list_that_says_none_concerns_nobody() {
    let none = with(WHOLE, "releases/REL-2.md", "external_parties: [Auditors]}", "external_parties: [none]}");
    let none = none.replace("2026-12-02T21:00\n    downtime: partial", "2026-12-02T21:00\n    downtime: none");
    let text = site(&none).page("releases/REL-2.html").part("effects").text();
    for said in ["Business areas Finance", "Interfacing systems None", "Subcontractors None", "External parties None"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let alone = with(WHOLE, FIRST, "subcontractors: [none]", "subcontractors: none");
    assert_eq!(
        found(&alone, Profile::Strict),
        "RB101 releases/REL-0/index.md:18",
        "it is read as the list that is meant"
    );
    let told = "  - {audience: Auditors, channel: mail, due: 2026-11-27}\n";
    let nobody = with(&none, "releases/REL-2.md", told, "  - {audience: Auditors, stage: completion}\n");
    let near =
        nobody.replace("2026-12-02T2", "2026-11-25T2").replace("planned_date: 2026-12-02", "planned_date: 2026-11-25");
    assert_eq!(found(&near, Profile::Strict), "", "nobody outside notices it, and nobody has to be told before");
    let somebody = near.replace(
        "subcontractors: [none], external_parties: [none]",
        "subcontractors: [none], external_parties: [Auditors]",
    );
    assert_eq!(found(&somebody, Profile::Strict), "RB306 releases/REL-2.md:17");
}
