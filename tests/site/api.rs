//! The API, the tables and the Markdown twins: the facts of the pages as data, each the same as the record.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::harness::{Site, build, folder, put, root, run_build, said, site, site_with, tree};
use super::planted::{full, plant};

/// A document of the API.
pub(crate) fn document(out: &Path, name: &str) -> Value {
    let path = out.join(format!("api/v1/{name}.json"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A site's example in a folder of its own.
pub(crate) fn example() -> tempfile::TempDir {
    let own = tempfile::tempdir().unwrap();
    for (path, bytes) in tree(&root().join("content-example")) {
        put(own.path(), &path, &bytes);
    }
    own
}

/// Every document of a record that has a file.
fn records(out: &Path) -> Vec<Value> {
    let files = tree(&out.join("api/v1"));
    let documents = files.iter().filter(|(path, _)| path.ends_with(".json") && path.matches('/').count() == 1);
    let values = documents.map(|(path, bytes)| (path, serde_json::from_slice::<Value>(bytes).unwrap()));
    values.filter(|(path, of)| !path.starts_with("schema/") && of["source"].is_string()).map(|(_, of)| of).collect()
}

/// What is the same of a record when its file was written anew from its data.
fn lasting(record: &Value) -> Value {
    let mut record = record.clone();
    let fields = record.as_object_mut().unwrap();
    fields.remove("history");
    record
}

/// What differs between two documents, each with its place.
fn differing(one: &Value, other: &Value, place: String) -> Vec<String> {
    match (one, other) {
        (Value::Object(fields), Value::Object(others)) => {
            let names: BTreeSet<&String> = fields.keys().chain(others.keys()).collect();
            let of = |of: &serde_json::Map<String, Value>, name: &String| of.get(name).cloned().unwrap_or_default();
            let each = |name| differing(&of(fields, name), &of(others, name), format!("{place}/{name}"));
            names.into_iter().flat_map(each).collect()
        }
        (Value::Array(items), Value::Array(others)) if items.len() == others.len() => {
            let pairs = items.iter().zip(others).enumerate();
            pairs.flat_map(|(at, (one, other))| differing(one, other, format!("{place}/{at}"))).collect()
        }
        _ if one == other => Vec::new(),
        _ => vec![format!("{place}: {one} and {other}")],
    }
}

/// Puts each record's Markdown in the place of its file, and builds the site again.
fn from_markdown(site: &Site, own: tempfile::TempDir) -> Site {
    for record in records(&site.out()) {
        let twin = record["markdown"].as_str().expect("what has a file is there as Markdown");
        let twin = twin.trim_start_matches("https://releases.example.com/");
        put(own.path(), record["source"].as_str().unwrap(), site.text(twin).as_bytes());
    }
    build(own, |_| ())
}

fn assert_same_from_markdown(site: Site, own: tempfile::TempDir) {
    let again = from_markdown(&site, own);
    let [before, after] = [&site, &again].map(|site| records(&site.out()));
    assert_eq!(before.len(), after.len());
    assert!(before.len() > 5);
    for (before, after) in before.iter().zip(&after) {
        let differing: Vec<String> = differing(&lasting(before), &lasting(after), String::new());
        assert!(differing.is_empty(), "{}: {differing:#?}", before["id"]);
    }
}

#[test]
fn the_example_is_the_same_site_when_it_is_written_from_its_markdown() {
    assert_same_from_markdown(build(example(), |_| ()), example());
}

#[test]
fn every_key_that_there_is_is_the_same_when_it_is_written_from_its_markdown() {
    let files = plant().files;
    assert_same_from_markdown(site(&files), folder(&files));
}

#[test]
fn every_text_of_every_key_is_in_the_record_s_document() {
    let plantation = plant();
    let site = site(&plantation.files);
    let mut seen = 0;
    for planted in plantation.words.iter().filter(|planted| planted.path != ["body"]) {
        let kind = relbook::record::Kind::ALL.iter().find(|kind| planted.record == full(**kind)).unwrap();
        let record = document(&site.out(), &format!("{}/{}", kind.folder(), planted.record));
        // A list of maps is stepped through; names of the writer's own stand between.
        let mut at = vec![&record["keys"]];
        // An item's name is its title.
        for key in planted.path.iter().map(|key| if planted.path == ["name"] { &"title" } else { key }) {
            let inner = at.iter().flat_map(|of| match of {
                Value::Array(items) => items.iter().collect(),
                of => vec![*of],
            });
            at = inner.filter_map(|of| of.get(*key)).collect();
        }
        let said = at.iter().map(|of| of.to_string()).collect::<String>();
        assert!(said.contains(&planted.word), "{}: {:?}: {said}", planted.record, planted.path);
        seen += 1;
    }
    assert!(seen > 150, "{seen}");
}

#[test]
fn documents_are_as_they_are_described() {
    let imports = "import jsonschema, openapi_spec_validator, referencing";
    if !Command::new("python3").args(["-c", imports]).output().is_ok_and(|output| output.status.success()) {
        eprintln!("SKIPPED: documents against their description, for there is no python3 that can do `{imports}`");
        return;
    }
    let whole = build(example(), |_| ());
    let edition = build(example(), |request| request.edition = Some("customer".to_owned()));
    let planted = site(&plant().files);
    for site in [whole, edition, planted] {
        let script = root().join("tests/site/api.py");
        let output = Command::new("python3").arg("-B").arg(script).arg(site.out()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

/// Many changes of one service and item.
fn many(count: usize) -> String {
    let mut files = "-- configuration-items/till.md --\n---\nname: Till\n---\n".to_owned();
    for number in 0..count {
        files += &format!(
            "-- changes/CHG-{number:05}.md --\n---\ntitle: Change {number}\nchange_type: normal\nservice: Shop\n\
             configuration_items: [till]\n---\n"
        );
    }
    files
}

/// Walks through a list from its first document.
fn walked(site: &Site, name: &str, list: impl Fn(&Value) -> &Value) -> Vec<Value> {
    let mut all = Vec::new();
    let mut next = Some(format!("api/v1/{name}.json"));
    while let Some(address) = next {
        let whole: Value = serde_json::from_str(&site.text(&address)).unwrap();
        let part = if all.is_empty() { list(&whole) } else { &whole };
        let items = part["items"].as_array().unwrap();
        assert!(!items.is_empty() && items.len() <= 1_000, "{address}");
        all.extend(items.iter().cloned());
        next = part["next"].as_str().map(str::to_owned);
        assert!(part["total"].as_u64().is_some_and(|total| total as usize >= all.len()));
    }
    all
}

#[test]
fn a_list_goes_on_in_documents_of_a_thousand() {
    let site = site(&many(2_001));
    let cards = walked(&site, "changes", |whole| whole);
    let ids: BTreeSet<&str> = cards.iter().map(|card| card["id"].as_str().unwrap()).collect();
    assert_eq!((cards.len(), ids.len()), (2_001, 2_001));
    let references = walked(&site, "configuration-items/till", |whole| &whole["references"]);
    assert_eq!(references.len(), 2_001);
    assert!(references.iter().all(|of| of["relation"] == "configuration-item" && of["direction"] == "backward"));
    let item = document(&site.out(), "configuration-items/till");
    assert_eq!(item["references"]["total"], 2_001);
    assert_eq!(document(&site.out(), "index")["lists"][0]["total"], 2_001);
}

/// The rows of a table, without its byte-order mark.
fn table(site: &Site, name: &str) -> Vec<Vec<String>> {
    let text = site.text(&format!("api/v1/{name}.csv"));
    let text = text.strip_prefix('\u{feff}').expect("a byte-order mark");
    assert!(text.split("\r\n").count() > 1, "lines end as RFC 4180 says");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn column(rows: &[Vec<String>], head: &str) -> Vec<String> {
    let at = rows[0].iter().position(|of| of == head).unwrap_or_else(|| panic!("no {head} among {:?}", rows[0]));
    rows[1..].iter().map(|row| row[at].clone()).collect()
}

#[test]
fn a_cell_is_no_formula_and_keeps_its_quotes_and_lines() {
    let titles = ["=1+1", "+1", "-1", "@SUM(A1)", "a, \"b\"", "=HYPERLINK(\"https://x\")", "\u{ff1d}1"];
    let mut files = String::new();
    for (number, title) in titles.iter().enumerate() {
        let title = title.replace('"', "\\\"");
        files += &format!(
            "-- known-errors/KE-{number}.md --\n---\ntitle: \"{title}\"\nsummary: \"one\\ntwo\"\nstatus: confirmed\n\
             error_codes: [E-1, E-2]\n---\n"
        );
    }
    let rows = table(&site(&files), "known-errors");
    let mut found = column(&rows, "title");
    found.sort();
    let mut expected = ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "a, \"b\"", "'=HYPERLINK(\"https://x\")", "'\u{ff1d}1"];
    expected.sort_unstable();
    assert_eq!(found, expected);
    assert!(column(&rows, "summary").iter().all(|of| of == "one\ntwo"));
    assert!(column(&rows, "error_codes").iter().all(|of| of == "E-1; E-2"));
    assert_eq!(
        rows[0][..3],
        ["id", "title", "status"].map(str::to_owned),
        "the columns of the page's table come first"
    );
}

#[test]
fn every_list_of_the_example_has_as_many_rows_as_entries() {
    let site = build(example(), |_| ());
    let index = document(&site.out(), "index");
    let mut tables = 0;
    for list in index["lists"].as_array().unwrap() {
        let name = list["name"].as_str().unwrap();
        let total = list["total"].as_u64().unwrap() as usize;
        if list["csv"].is_string() {
            assert_eq!(table(&site, name).len() - 1, total, "{name}");
            tables += 1;
        }
        if name != "metrics" {
            assert_eq!(document(&site.out(), name)["total"].as_u64().unwrap() as usize, total, "{name}");
        }
    }
    assert!(tables >= 10, "{tables}");
}

#[test]
fn what_a_record_does_not_say_is_not_there() {
    let site = site(
        "-- known-errors/KE-1.md --\n---\ntitle: Slow\n---\n-- releases/REL-1.md --\n---\ntitle: One\nrelease_type: patch\n---\n",
    );
    let known = document(&site.out(), "known-errors/KE-1");
    for field in ["status", "severity", "date", "version", "history"] {
        assert_eq!(known.get(field), None, "{field}");
    }
    assert_eq!(known["keys"], serde_json::json!({"id": "KE-1", "title": "Slow", "audience": "internal"}));
    let release = document(&site.out(), "releases/REL-1");
    assert_eq!(release["plan"]["readiness"], Value::Null, "without a status nothing is wanted");
}

const EDITION: &str = "-- relbook.toml --\n[editions.customer]\ntypes = [\"release\", \"known-error\", \"configuration-item\"]\n\
    keys = [\"title\", \"configuration_items\", \"windows\"]\n";

#[test]
fn an_edition_counts_nothing_that_it_need_not_have() {
    let records = "-- releases/REL-1.md --\n---\ntitle: One\nrelease_type: patch\nstatus: scheduled\naudience: customer\n\
        configuration_items: [till]\nwindows: [{start: 2026-12-01T10:00, end: 2026-12-01T11:00}]\n---\n\
        -- releases/REL-2.md --\n---\ntitle: Two\nrelease_type: patch\nconfiguration_items: [till]\n\
        windows: [{start: 2026-12-01T10:00, end: 2026-12-01T11:00}]\n---\n\
        -- known-errors/KE-1.md --\n---\ntitle: Slow\naudience: customer\nconfiguration_items: [till]\n---\n\
        -- configuration-items/till.md --\n---\nname: Till\naudience: customer\n---\n";
    let files = format!("{EDITION}{records}");
    let whole = site(&files);
    let item = document(&whole.out(), "configuration-items/till");
    assert_eq!(item["configuration_item"]["open_known_errors"], 1);
    let release = document(&whole.out(), "releases/REL-1");
    assert_eq!(release["plan"]["conflicts"][0]["with"]["id"], "REL-2");
    let edition = site_with(&files, |request| request.edition = Some("customer".to_owned()));
    let item = document(&edition.out(), "configuration-items/till");
    assert_eq!(item["configuration_item"]["open_known_errors"], Value::Null);
    assert_eq!(item["configuration_item"]["attempted"], Value::Null);
    let release = document(&edition.out(), "releases/REL-1");
    assert_eq!(release["plan"], serde_json::json!({}));
    assert_eq!(release["source"], Value::Null);
    assert_eq!(document(&edition.out(), "known-errors/KE-1").get("open"), None);
    assert!(!edition.has("api/v1/releases/REL-2.json") && !edition.has("releases/REL-2.md"));
    assert!(!edition.has("api/v1/deviations.json") && !edition.has("api/v1/metrics.json"));
}

#[test]
fn addresses_are_full_where_the_site_knows_its_own() {
    let files = "-- releases/REL-1.md --\n---\ntitle: One\nrelease_type: patch\n---\nSee [it](REL-2.md).\n\
        -- releases/REL-2.md --\n---\ntitle: Two\nrelease_type: patch\n---\n";
    let plain = document(&site(files).out(), "releases/REL-1");
    assert_eq!(
        (plain["url"].as_str(), plain["self"].as_str()),
        (Some("releases/REL-1.html"), Some("api/v1/releases/REL-1.json"))
    );
    let known = site_with(files, |request| request.base_url = Some("https://a.example/".to_owned()));
    let full = document(&known.out(), "releases/REL-1");
    assert_eq!(full["url"], "https://a.example/releases/REL-1.html");
    assert!(full["sections"][0]["html"].as_str().unwrap().contains("href=\"../releases/REL-2.html\""));
    assert_eq!(full["sections"][0]["markdown"], "See [it](REL-2.md).");
    assert_eq!(full["sections"][0]["text"], "See it.");
}

#[test]
fn the_same_input_gives_the_same_documents_in_another_folder() {
    let [one, other] = [example(), example()].map(|own| build(own, |_| ()));
    let [one, other] = [&one, &other].map(|site| tree(&site.out().join("api")));
    assert!(one == other && one.len() > 200);
    let own = example();
    let output = run_build(own.path(), &[]);
    assert!(output.status.success(), "{}", said(&output));
}
