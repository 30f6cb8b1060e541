//! Figures on the pages agree with a count over the front matter by another parser and other code: `count.py`.

use std::path::Path;
use std::process::Command;

use super::harness::{TODAY, relbook, site, site_with};
use super::html::Page;

/// What the pages must say, by the other count: page, fragment, text. Nothing where Python or its YAML is not at hand.
fn counted(folder: &Path) -> Option<Vec<[String; 3]>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/site/count.py");
    match Command::new("python3").args(["-c", "import tomllib, yaml"]).output() {
        Ok(output) if output.status.success() => {}
        _ => {
            eprintln!("SKIPPED: python3 with PyYAML is not at hand, so that nothing is counted a second time");
            return None;
        }
    }
    let output = Command::new("python3").arg(script).arg(folder).arg(TODAY).output().expect("python3 runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let rows = String::from_utf8(output.stdout).expect("UTF-8");
    let row = |line: &str| -> [String; 3] {
        let fields: Vec<String> = line.split('\t').map(str::to_owned).collect();
        fields.try_into().unwrap_or_else(|_| panic!("no three fields: {line}"))
    };
    Some(rows.lines().map(row).collect())
}

fn spaced(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    format!(" {} ", words.join(" "))
}

fn assert_agrees(folder: &Path) {
    let Some(rows) = counted(folder) else { return };
    assert!(rows.len() > 30, "the other count has something to say: {rows:?}");
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("site");
    let run = relbook(folder, &["build", ".", "--today", TODAY, "--out"]).arg(&site).output().unwrap();
    let mut differing = Vec::new();
    for [route, fragment, wanted] in rows {
        let html = std::fs::read_to_string(site.join(&route))
            .unwrap_or_else(|error| panic!("{route}: {error}: {}", String::from_utf8_lossy(&run.stderr)));
        let page = Page::new(&route, html);
        let part = if fragment == "-" { page.main() } else { page.part(&fragment) };
        let text = spaced(&part.text());
        let says = |wanted: &str| text.contains(&spaced(wanted)) || text.contains(spaced(wanted).trim_end());
        let is_said = if wanted.ends_with(|c: char| c.is_ascii_digit()) {
            text.contains(&spaced(&wanted))
        } else {
            says(&wanted)
        };
        if !is_said {
            differing.push(format!("{route}#{fragment} does not say `{wanted}`:\n  {text}"));
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

#[test]
fn the_example_agrees_with_another_count() {
    assert_agrees(&Path::new(env!("CARGO_MANIFEST_DIR")).join("content-example"));
}

#[test]
fn a_corpus_agrees_with_another_count() {
    match std::env::var_os("RELBOOK_CORPUS") {
        Some(folder) => assert_agrees(Path::new(&folder)),
        None => eprintln!("SKIPPED: RELBOOK_CORPUS names no folder of records to count"),
    }
}

const FILES: &str = r#"
-- relbook.toml --
[editions.customer]
types = ["release"]
keys = ["title", "status", "planned_date", "windows"]
-- releases/REL-1.md --
---
title: One
audience: customer
status: rolled-back
release_type: minor
planned_date: 2026-10-01
service: Shop <b>
configuration_items: [shop]
rollback: {at: 2026-10-01T22:30, restored_at: 2026-10-01T23:15}
---
-- releases/REL-2.md --
---
title: Two
status: deployed
planned_date: 2026-11-01
service: Shop <b>
---
"#;

#[test]
fn few_records_make_no_percentage_and_none_makes_no_data() {
    let site = site(FILES);
    let page = site.page("metrics/index.html");
    let failures = page.part("failures").text();
    assert!(failures.contains("Failed: 1 of 2") && !failures.contains('%'), "{failures}");
    assert!(page.part("restored").text().contains("45 min, known for 1 of 1"), "{}", page.part("restored").text());
    assert!(page.part("lengths").text().contains("no data"), "{}", page.part("lengths").text());
    assert!(site.page("metrics/2026.html").main().text().contains("Oct"));
    assert!(site.has("metrics/services/Shop--b-.html"), "{:?}", site.tree_below("metrics/"));
}

#[test]
fn an_edition_for_others_has_no_metrics() {
    let site = site_with(FILES, |request| request.edition = Some("customer".to_owned()));
    assert!(site.tree_below("metrics/").is_empty(), "{:?}", site.tree_below("metrics/"));
    assert!(!site.text("index.html").contains("metrics/"));
}
