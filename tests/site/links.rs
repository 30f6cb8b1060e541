//! Large sites: every link of the example and of a real corpus leads somewhere, in both directions.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::checker::{Checked, check, faults};
use super::harness::{TODAY, request, run_build, said, tree};

#[test]
fn the_example_has_no_fault() {
    let out = tempfile::tempdir().unwrap();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("content-example");
    for edition in [None, Some("customer".to_owned())] {
        let place = out.path().join(edition.as_deref().unwrap_or("all"));
        let asked = relbook::pipeline::Request { out: Some(place.clone()), edition, ..request(&example) };
        let built = relbook::pipeline::build(&asked, &|_, _| ()).unwrap();
        assert!(built.written.is_some(), "{}", super::harness::printed(&built));
        assert_eq!(faults(&place), [""; 0]);
    }
}

#[test]
fn every_reference_of_the_example_is_a_link_in_both_directions() {
    let out = tempfile::tempdir().unwrap();
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("content-example");
    let place = Some(out.path().join("site"));
    let asked = relbook::pipeline::Request { out: place, with_drafts: true, ..request(&example) };
    assert!(relbook::pipeline::build(&asked, &|_, _| ()).unwrap().written.is_some());
    let missing = missing_links(&example, &check(&out.path().join("site")).targets);
    assert!(missing.is_empty(), "{} links are missing:\n{}", missing.len(), missing.join("\n"));
}

/// The records of `RELBOOK_CORPUS`, a folder with a site.
#[test]
fn a_real_corpus_has_no_fault_and_no_link_is_missing() {
    let Some(corpus) = std::env::var_os("RELBOOK_CORPUS").map(PathBuf::from) else {
        eprintln!("SKIPPED: a_real_corpus_has_no_fault_and_no_link_is_missing, for RELBOOK_CORPUS names no folder");
        return;
    };
    let out = tempfile::tempdir().unwrap();
    let place = out.path().join("site");
    let output = run_build(&corpus, &["--out", place.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "on {TODAY}: {}", said(&output));
    assert!(!said(&output).contains("error["), "{}", said(&output));
    let Checked { faults, targets } = check(&place);
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults[..faults.len().min(50)].join("\n"));
    let missing = missing_links(&corpus, &targets);
    assert!(
        missing.is_empty(),
        "{} links are missing:\n{}",
        missing.len(),
        missing[..missing.len().min(50)].join("\n")
    );
}

/// Keys whose ids are references, and the folder of what they name.
const REFERENCES: &[(&str, &str)] = &[
    ("changes", "changes"),
    ("releases", "releases"),
    ("known_errors", "known-errors"),
    ("affects", "releases"),
    ("introduced_in", "releases"),
    ("fixed_in", "releases"),
    ("planned_fix", "releases"),
    ("supersedes", "releases"),
    ("problems", "problems"),
    ("configuration_items", "configuration-items"),
    ("depends_on", "configuration-items"),
    ("part_of", "configuration-items"),
    ("service", "services"),
];

/// Every record without a page, and every reference that is not a link on both its pages.
fn missing_links(records: &Path, targets: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    // Pages are found as ids are compared: without regard to case.
    let by_name: BTreeMap<String, &str> = targets.keys().map(|page| (page.to_lowercase(), page.as_str())).collect();
    let mut links: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (page, of_page) in targets {
        links.entry(record_of(page, &by_name)).or_default().extend(of_page.iter().map(String::as_str));
    }
    let mut missing = Vec::new();
    let mut records_seen = 0;
    for (path, text) in tree(records).iter().filter(|(path, _)| path.ends_with(".md")) {
        let kind = path.split('/').next().unwrap_or_default();
        if !["releases", "changes", "known-errors", "problems", "configuration-items"].contains(&kind) {
            continue;
        }
        let Some((id, references)) = front_matter(path, std::str::from_utf8(text).unwrap()) else { continue };
        records_seen += 1;
        let address = |kind: &str, id: &str| format!("{kind}/{}.html", safe(id)).to_lowercase();
        let Some(page) = by_name.get(&address(kind, &id)) else {
            missing.push(format!("{path} has no page"));
            continue;
        };
        for (key, of_kind, other) in references {
            let Some(other_page) = by_name.get(&address(of_kind, &other)) else {
                missing.push(format!("{path}: {key}: {other} has no page"));
                continue;
            };
            for (from, to) in [(page, other_page), (other_page, page)] {
                if !links[from].contains(*to) {
                    missing.push(format!("{path}: {key}: {other}: {from} does not lead to {to}"));
                }
            }
        }
    }
    assert!(records_seen > 0, "{} holds records", records.display());
    missing
}

/// The record's page that a page belongs to: `releases/A/changes/page/2.html` goes on where `releases/A.html` ends.
fn record_of<'a>(page: &'a str, by_name: &BTreeMap<String, &'a str>) -> &'a str {
    let mut parts = page.splitn(3, '/');
    let own = format!("{}/{}.html", parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    match parts.next() {
        Some(rest) if rest.contains("/page/") => by_name.get(&own.to_lowercase()).copied().unwrap_or(page),
        _ => page,
    }
}

/// A reference: its key, the folder of what it names, and the id.
type Reference = (&'static str, &'static str, String);

/// The id of a record and what it refers to. Reads no more of YAML than `key: value`,
/// `key: [a, b]` and items on lines of their own.
fn front_matter(path: &str, text: &str) -> Option<(String, Vec<Reference>)> {
    let matter = text.strip_prefix("---\n")?.split("\n---").next()?;
    let name = path.rsplit('/').next()?;
    let stem = match name {
        "index.md" => path.rsplit('/').nth(1)?,
        _ => name.strip_suffix(".md")?,
    };
    let (mut id, mut references, mut open) = (stem.to_owned(), Vec::new(), None);
    for line in matter.lines() {
        if let (Some((key, folder)), Some(item)) = (open, line.trim_start().strip_prefix("- ")) {
            references.push((key, folder, plain(item)));
            continue;
        }
        open = None;
        if line.starts_with([' ', '#', '-']) {
            continue;
        }
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.split(" #").next().unwrap_or_default().trim();
        if key == "id" {
            id = plain(value);
        }
        let Some((key, folder)) = REFERENCES.iter().copied().find(|(known, _)| *known == key) else { continue };
        match value.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
            Some(list) => {
                let items = list.split(',').map(plain).filter(|item| !item.is_empty());
                references.extend(items.map(|item| (key, folder, item)));
            }
            None if value.is_empty() => open = Some((key, folder)),
            None => references.push((key, folder, plain(value))),
        }
    }
    Some((id, references))
}

fn plain(text: &str) -> String {
    text.trim().trim_matches(['"', '\'']).to_owned()
}

/// An id as it stands in an address.
fn safe(id: &str) -> String {
    let safe: String =
        id.chars().map(|l| if l.is_alphanumeric() || matches!(l, '.' | '_' | '-') { l } else { '-' }).collect();
    safe.trim_matches('.').to_owned()
}

#[test]
fn front_matter_is_read_line_by_line() {
    let text = "---\nid: \"A 1\"\nchanges: [\"B\", C] # two\nproblems:\n  - D\nextra: {x: y}\nservice: E F\n---\nchanges: [G]\n";
    let (id, references) = front_matter("releases/x.md", text).unwrap();
    let references: Vec<String> = references.iter().map(|(_, folder, id)| format!("{folder}/{id}")).collect();
    assert_eq!((id.as_str(), references.join(" ")), ("A 1", "changes/B changes/C problems/D services/E F".to_owned()));
    assert_eq!(safe("A 1/x"), "A-1-x");
}
