//! The 44 clauses of the release process, each left out, emptied and contradicted in a site that is whole: the table is in
//! `table.rs`, and reads as documentation of what relbook notices of each.

mod table;

use relbook::diag::Profile;

use self::table::{CLAUSES, Cell};
use super::harness::{check, folder, parts, places};

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
