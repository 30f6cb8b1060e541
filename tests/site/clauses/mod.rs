//! The 44 clauses of the release process, each left out, emptied and contradicted in a site that is whole: the table is in
//! `table.rs`, and reads as documentation of what relbook notices of each.

mod details;
mod table;

use relbook::diag::Profile;

use self::table::{CLAUSES, Cell};
use super::harness::{check, folder, parts, places, site};
use super::search::found_among;

/// The site of the gate, with a release that was rolled back and tried again, and all else that a clause speaks of.
const WHOLE: &str = concat!(include_str!("../gate/whole.txt"), include_str!("more.txt"));

/// The whole site with the one text of a file in another's place: `…` stands for whatever is between what is before it and
/// the next of what is behind it.
fn with(files: &str, path: &str, from: &str, to: &str) -> String {
    let mut found = 0;
    let replaced = parts(files).into_iter().map(|(of, text)| {
        let (head, tail) = from.split_once('\u{2026}').unwrap_or((from, ""));
        let text = match text.split_once(head).filter(|_| of == path) {
            Some((before, behind)) => {
                assert!(!behind.contains(head), "{path} has this once: {from}");
                found += 1;
                let rest = behind.split_once(tail).unwrap_or_else(|| panic!("{path}: {from}")).1;
                format!("{before}{to}{rest}")
            }
            None => text,
        };
        format!("-- {of} --\n{text}")
    });
    let replaced = replaced.collect();
    assert_eq!(found, 1, "{path} has this once: {from}");
    replaced
}

/// The whole site with some settings more.
fn set(files: &str, settings: &str) -> String {
    const NEXT: &str = "-- configuration-items/ledger-db.md --";
    files.replace(NEXT, &format!("{settings}\n{NEXT}"))
}

fn found(files: &str, profile: Profile) -> String {
    places(&check(folder(files).path(), Some(profile))).join(", ")
}

#[test]
fn the_whole_site_raises_nothing() {
    for profile in [Profile::Strict, Profile::Standard] {
        assert_eq!(found(WHOLE, profile), "", "{profile:?}");
    }
}

#[test]
fn each_clause_is_missed_where_it_is_left_out_emptied_or_contradicted() {
    assert_eq!(CLAUSES.len(), 44);
    let mut missed = Vec::new();
    let mut look = |clause: &str, what: &str, cell: &Cell| {
        let (settings, edits, wanted) = match cell {
            Cell::Found(edits, wanted) => ("", edits, wanted),
            Cell::Wanted(settings, edits, wanted) => (*settings, edits, wanted),
            Cell::Free(reason) => return assert!(reason.len() > 40, "{clause}, {what}: no reason"),
        };
        assert!(wanted.contains("RB"), "{clause}, {what}: nothing is found");
        let whole = set(WHOLE, settings);
        // A setting that is wanted of all is wanted of the whole site too: what it finds there is no answer to this fault.
        let before = found(&whole, Profile::Strict);
        let files = edits.iter().fold(whole, |files, (path, from, to)| with(&files, path, from, to));
        for profile in [Profile::Strict, Profile::Standard] {
            let found = found(&files, profile);
            if found != *wanted || !before.is_empty() {
                missed
                    .push(format!("{clause}, {what} ({profile:?}): expected {wanted}, found {found}; before {before}"));
            }
        }
    };
    for (clause, left_out, emptied, contradicted) in CLAUSES {
        look(clause, "left out", left_out);
        look(clause, "emptied", emptied);
        look(clause, "contradicted", contradicted);
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// What is searched for, and the record that has it, on a site that says all that a clause asks for.
#[rustfmt::skip]
const SEARCHED: &[(&str, &str, &str)] = &[
    ("an effect's contact", "\"Zed Quill\"", "REL-2"),
    ("an interfacing system", "\"Payments gateway\"", "REL-2"),
    ("a subcontractor", "Nordwind", "REL-2"),
    ("an external party's effect", "\"statement an hour later\"", "REL-2"),
    ("whom to call", "\"Ledger on call\"", "REL-2"),
    ("where they are reached", "\"ext. 4400\"", "REL-2"),
    ("how long to wait", "\"at once\"", "REL-2"),
    ("an activity", "Deployment", "REL-2"),
    ("who is responsible", "\"Dirk Post\"", "REL-2"),
    ("the planned date", "2026-12-02", "REL-2"),
    ("the same as the page says it", "\"2 Dec 2026\"", "REL-2"),
    ("the day of a window that was", "2026-09-02", "REL-0"),
    ("the day of the further window", "2026-09-09", "REL-0"),
    ("the day of its approval", "2026-09-07", "REL-0"),
    ("who approved the further window", "\"Cato Wind\"", "REL-0"),
    ("the title of a guide", "\"How to look after it\"", "REL-0"),
    ("the title of a document", "\"Drawing of the exports\"", "REL-0"),
    ("who reviewed", "\"Sem Bos\"", "REL-1"),
    ("the conditions of a review", "\"last day of a month\"", "REL-1"),
    ("the day of a review", "2026-09-29", "REL-1"),
    ("who is told", "Auditors", "REL-1"),
    ("when they were told", "\"1 Oct 2026\"", "REL-1"),
    ("the kind of a test", "\"totals of a year\"", "REL-1"),
    ("the evidence of a test", "\"run 812\"", "REL-1"),
    ("the day of a test", "2026-10-08", "REL-1"),
    ("the root cause", "\"a lock over all exports\"", "REL-0"),
    ("the resolution", "\"a lock for each export\"", "REL-0"),
    ("a lesson", "\"never tried with two exports\"", "REL-0"),
    ("an action", "\"Try two exports at once\"", "REL-0"),
    ("whose action it is", "\"Dirk Post\"", "REL-0"),
    ("the day by which it is done", "2026-10-01", "REL-0"),
    ("when it was verified", "2026-10-05", "REL-0"),
    ("a freeze's first day", "2026-12-28", "year-end"),
];

#[test]
fn what_a_clause_asks_for_is_found_by_the_search() {
    const EFFECTS: &str = "interfacing_systems: [none],\n  subcontractors: [none], external_parties: [Auditors]}";
    let said = "interfacing_systems: [{name: Payments gateway, contact: Zed Quill}],\n  \
                subcontractors: [Nordwind], external_parties: [{name: Auditors, effect: a statement an hour later}]}";
    let site = site(&with(WHOLE, "releases/REL-2.md", EFFECTS, said));
    let mut missed = Vec::new();
    for (what, query, id) in SEARCHED {
        let found = found_among(&site.out(), query, 100);
        if found.lacks_phrase || !found.hits.iter().any(|hit| hit.card.id == *id) {
            missed.push(format!("{what}: {query} does not find {id}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    assert!(found_among(&site.out(), "\"2026-09-03\"", 100).lacks_phrase, "nothing is of that day");
    let first = found_among(&site.out(), "2026-09-09", 100);
    assert_eq!(first.hits[0].card.id, "REL-0", "what is of that day comes first");
}
