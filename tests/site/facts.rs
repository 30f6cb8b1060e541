//! Whatever a page shows is there for machines: a table names each field of each view, and where its fact is as data.
//!
//! A line of the table is the view's file, its name and its field, and then the place: the name of a list, or of a kind of
//! record, with a way into its document (RFC 6901; `*` is any item). `words` are sentences and headings made of facts that
//! other lines name, a `way` leads to another page, a `drawing` shows what its page says in words as well.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use super::api::example;
use super::harness::{Site, build, folder, parts, put, root, tree};
use super::repository::{commit_by, git};

const TABLE: &str = include_str!("facts.txt");

/// What the example, in which all is well, has not: work beside other work, an emergency that nobody approved yet, an
/// approval that came late, and a release that was taken back with its installation guide.
const MORE: &str = r#"
-- changes/CHG-9001.md --
---
title: Emergency
change_type: emergency
status: in-progress
configuration_items: [shipping-api]
windows: [{start: 2026-11-21T22:00, end: 2026-11-21T23:00, actual_start: 2026-11-21T22:00}]
---
-- changes/CHG-9002.md --
---
title: Beside it
change_type: normal
status: deployed
configuration_items: [shipping-api]
approvals: [{role: Board, by: Wim Scholten, on: 2026-11-22, decision: approved}]
windows: [{start: 2026-11-21T22:00, end: 2026-11-21T23:00, actual_start: 2026-11-21T22:00, actual_end: 2026-11-21T23:00, outcome: deployed}]
---
-- releases/REL-9001.md --
---
title: Taken back
release_type: patch
status: rolled-back
windows: [{id: night, start: 2026-11-20T22:00, end: 2026-11-20T23:00, outcome: rolled-back}]
rollback: {at: 2026-11-20T22:30, root_cause: Lock}
---

## Installation guide

Press the button.
"#;

/// A site of which a commit is known.
fn recorded() -> Site {
    let own = folder(
        "-- releases/REL-1.md --\n---\ntitle: One\nrelease_type: patch\nstatus: approved\n\
         approvals: [{role: Board, by: Chair, on: 2026-11-01, decision: approved}]\n---\n",
    );
    git(own.path(), &["init", "--quiet", "--initial-branch=main"]);
    commit_by(own.path(), "Ann", "2026-11-01T12:00:00Z");
    build(own, |_| ())
}

/// Every field of every view, by the file below `src/pages`, the view's name and the field's.
fn fields() -> BTreeSet<String> {
    let mut fields = BTreeSet::new();
    for (path, bytes) in tree(&root().join("src/pages")) {
        let text = String::from_utf8(bytes).unwrap();
        let file = path.trim_end_matches(".rs");
        let mut is_view = false;
        let mut name: Option<String> = None;
        for line in text.lines() {
            if line.starts_with("#[derive(") {
                is_view = line.contains("Serialize");
            } else if let (true, Some(rest)) = (is_view, line.split("struct ").nth(1)) {
                name = Some(rest.split(['<', ' ', '{']).next().unwrap().to_owned()).filter(|_| line.ends_with('{'));
                is_view = false;
            } else if line == "}" {
                name = None;
            } else if let (Some(name), Some((field, _))) = (&name, line.trim().split_once(": ")) {
                let field = field.rsplit(' ').next().unwrap();
                if line.starts_with("    ") && !line.starts_with("     ") && !line.contains("//") && !line.contains('#')
                {
                    fields.insert(format!("{file} {name}.{field}"));
                }
            }
        }
    }
    fields
}

/// Whether there is something at a place of a document.
fn has(document: &Value, way: &str) -> bool {
    let Some((step, rest)) = way.trim_start_matches('/').split_once('/').or(Some((way.trim_start_matches('/'), "")))
    else {
        return true;
    };
    if step.is_empty() {
        return true;
    }
    match (step, document) {
        ("*", Value::Array(items)) => items.iter().any(|item| has(item, rest)),
        ("*", Value::Object(fields)) => fields.values().any(|field| has(field, rest)),
        (step, document) => document.get(step).is_some_and(|inner| has(inner, rest)),
    }
}

/// The documents below a folder of the API, or the one of this name.
fn documents(out: &Path, name: &str) -> Vec<Value> {
    let all = tree(&out.join("api/v1"));
    let folders: &[&str] = match name {
        "release" => &["releases/", "changes/"],
        "record" => &["releases/", "changes/", "known-errors/", "problems/", "configuration-items/"],
        "item" => &["configuration-items/"],
        "service" => &["services/"],
        "known-error" => &["known-errors/"],
        "problem" => &["problems/"],
        "standard-change" => &["standard-changes/"],
        "list" => &["releases.json"],
        _ => &[],
    };
    let is_wanted = |path: &str| match folders {
        [] => path.strip_suffix(".json") == Some(name),
        folders => folders.iter().any(|folder| path.starts_with(folder)),
    };
    let wanted = all.into_iter().filter(|(path, _)| is_wanted(path) && path.ends_with(".json"));
    wanted.map(|(_, bytes)| serde_json::from_slice(&bytes).unwrap()).collect()
}

#[test]
fn every_fact_of_every_view_has_a_place_as_data() {
    let named: BTreeSet<String> =
        TABLE.lines().map(|line| line.rsplit_once(' ').expect("a place").0.to_owned()).collect();
    let fields = fields();
    assert!(fields.len() > 700, "{}", fields.len());
    let missing: Vec<_> = fields.difference(&named).collect();
    let stale: Vec<_> = named.difference(&fields).collect();
    assert!(missing.is_empty() && stale.is_empty(), "without a line: {missing:#?}; without a field: {stale:#?}");
}

#[test]
fn every_place_that_is_named_is_there() {
    let own = example();
    parts(MORE).iter().for_each(|(path, text)| put(own.path(), path, text.as_bytes()));
    let site = build(own, |_| ());
    let recorded = recorded();
    let mut faults = BTreeSet::new();
    let mut held = 0;
    let mut known = std::collections::BTreeMap::new();
    for line in TABLE.lines() {
        let (field, place) = line.rsplit_once(' ').expect("a place");
        let Some((name, way)) = place.split_once(':') else {
            assert!(["words", "way", "drawing"].contains(&place), "{line}");
            continue;
        };
        let all = known.entry(name).or_insert_with(|| match name {
            "history" => documents(&recorded.out(), "release"),
            name => documents(&site.out(), name),
        });
        held += 1;
        if !all.iter().any(|document| has(document, way)) {
            faults.insert(format!("{place}, of {field}"));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(held > 400, "{held}");
}
