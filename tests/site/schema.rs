//! The schemas of records hold what the reader takes without a finding, and refuse what it refuses: `check-jsonschema` is the
//! other reader. Without it these tests are skipped, and say so.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use jiff::tz::TimeZone;
use relbook::diag::Sink;
use relbook::read::split;
use relbook::record::{Defaults, Key, Kind, Shape, read};
use relbook::source::{Source, SourceId};
use tempfile::TempDir;

use super::harness::{parts, program, relbook, root, tree};
use super::planted::{full, plant};

/// The schemas in a folder of their own, and the program that reads them.
fn schemas() -> Option<(PathBuf, TempDir)> {
    let Some(checker) = program("CHECK_JSONSCHEMA", "check-jsonschema") else {
        eprintln!("SKIPPED: schemas of records, for there is no check-jsonschema");
        return None;
    };
    let folder = tempfile::tempdir().unwrap();
    let made = relbook(folder.path(), &["schema", "--out", "schemas"]).output().unwrap();
    assert!(made.status.success(), "{made:?}");
    Some((checker, folder))
}

/// The front matter of a record, alone.
fn front_matter(path: &str, text: &str) -> Option<(String, bool)> {
    let source = Source::new(path, text.to_owned());
    let parts = split(&source, &Sink::new(SourceId(0)))?;
    Some((source.text[parts.matter.range()].to_owned(), parts.is_toml))
}

/// Those of some files that a schema refuses.
fn refused(checker: &Path, schema: &Path, files: &[PathBuf]) -> BTreeSet<PathBuf> {
    let mut refused = BTreeSet::new();
    for some in files.chunks(500) {
        let mut command = Command::new(checker);
        command.args(["--output-format", "json", "--schemafile"]).arg(schema).args(some);
        let output = command.output().unwrap();
        let said: serde_json::Value = serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
        assert!(said["parse_errors"].as_array().is_none_or(Vec::is_empty), "{said:#}");
        let errors = said["errors"].as_array().into_iter().flatten();
        refused.extend(errors.filter_map(|error| error["filename"].as_str()).map(PathBuf::from));
    }
    refused
}

/// The kind that the first folder of a path names.
fn kind_of(path: &str) -> Option<Kind> {
    let folder = path.split('/').next()?;
    Kind::ALL.iter().copied().find(|kind| kind.folder() == folder)
}

/// Holds records, by path and text, against the schemas of their kinds; the refused ones.
fn refused_records(checker: &Path, folder: &Path, records: &[(String, String)]) -> Vec<String> {
    let mut all = Vec::new();
    for kind in Kind::ALL.iter().filter(|kind| **kind != Kind::Service) {
        let of_kind = records.iter().enumerate().filter(|(_, (path, _))| kind_of(path) == Some(*kind));
        let mut files = Vec::new();
        for (number, (path, text)) in of_kind {
            let Some((matter, is_toml)) = front_matter(path, text) else { continue };
            let file = folder.join(format!("{number}.{}", if is_toml { "toml" } else { "yaml" }));
            std::fs::write(&file, if matter.trim().is_empty() { "{}".to_owned() } else { matter }).unwrap();
            files.push(file);
        }
        let schema = folder.join(format!("schemas/{}.schema.json", kind.word()));
        for file in refused(checker, &schema, &files) {
            let number: usize = file.file_stem().unwrap().to_str().unwrap().parse().unwrap();
            all.push(records[number].0.clone());
        }
    }
    all
}

/// Whether the reader finds anything wrong with a record.
fn is_faulty(path: &str, text: &str) -> bool {
    let sink = Sink::new(SourceId(0));
    read(&Source::new(path, text.to_owned()), &Defaults::new(TimeZone::UTC), &sink);
    !sink.into_findings().is_empty()
}

fn records_below(folder: &Path) -> Vec<(String, String)> {
    let files = tree(folder).into_iter().filter(|(path, _)| path.ends_with(".md") && kind_of(path).is_some());
    files.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect()
}

#[test]
fn the_schemas_are_schemas() {
    let Some((checker, folder)) = schemas() else { return };
    let files: Vec<PathBuf> =
        std::fs::read_dir(folder.path().join("schemas")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), Kind::ALL.len() + 1);
    let output = Command::new(checker).arg("--check-metaschema").args(files).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn records_without_a_fault_are_accepted() {
    let Some((checker, folder)) = schemas() else { return };
    let mut records = records_below(&root().join("content-example"));
    records.extend(parts(&plant().files).into_iter().filter(|(path, _)| path.ends_with(".md")));
    assert!(records.len() > 100);
    records.retain(|(path, text)| !is_faulty(path, text));
    assert_eq!(refused_records(&checker, folder.path(), &records), Vec::<String>::new());
}

#[test]
fn real_records_are_accepted() {
    let Some((checker, folder)) = schemas() else { return };
    let Some(corpus) = std::env::var_os("RELBOOK_CORPUS").map(PathBuf::from) else {
        eprintln!("SKIPPED: real_records_are_accepted, for RELBOOK_CORPUS names no folder of records");
        return;
    };
    let mut records = records_below(&corpus);
    records.retain(|(path, text)| !is_faulty(path, text));
    assert!(!records.is_empty());
    assert_eq!(refused_records(&checker, folder.path(), &records), Vec::<String>::new());
}

/// What a key of a shape does not take.
fn wrong(shape: Shape) -> Option<&'static str> {
    match shape {
        Shape::Text | Shape::Id | Shape::File | Shape::Path => Some("{a: b}"),
        Shape::Day | Shape::DayOfMoment | Shape::Moment => Some("soon"),
        Shape::Flag => Some("perhaps"),
        Shape::Url => Some("\"javascript:alert(1)\""),
        Shape::Zone => Some("\"Middle of nowhere\""),
        Shape::Duration => Some("long"),
        Shape::Digest => Some("sha256:0"),
        Shape::Share => Some("101 %"),
        Shape::Word(_) => Some("zqnoword"),
        Shape::List(_) => Some("{a: b}"),
        Shape::OneOrMore(_) => Some("{a: b}"),
        Shape::Map(_) => Some("[a, b]"),
        Shape::Named(_) => Some("[a, b]"),
        Shape::Free => Some("[a, b]"),
        // What a rule says is read when the calendar is made.
        Shape::Rule => None,
    }
}

/// The full record of a kind with something wrong under one of its keys.
fn mutations(kind: Kind, record: &str) -> Vec<(String, String)> {
    let line_of = |key: &Key| record.lines().find(|line| line.starts_with(&format!("{}: ", key.name)));
    let mut all = Vec::new();
    for key in kind.keys() {
        let (Some(line), Some(wrong)) = (line_of(key), wrong(key.shape)) else { continue };
        all.push((key.name.to_owned(), record.replacen(line, &format!("{}: {wrong}", key.name), 1)));
        // Each key of a map, by its name in the line.
        for inner in key.shape.keys() {
            let Some(at) = line.find(&format!("{}: ", inner.name)).map(|at| at + inner.name.len() + 2) else {
                continue;
            };
            let end = match line[at..].chars().next() {
                Some('[' | '{') => continue,
                _ => at + line[at..].find([',', '}', ']']).unwrap_or(line.len() - at),
            };
            if let Some(wrong) = self::wrong(inner.shape) {
                let changed = format!("{}{wrong}{}", &line[..at], &line[end..]);
                all.push((format!("{}.{}", key.name, inner.name), record.replacen(line, &changed, 1)));
            }
            let unknown = line.replacen(&format!("{}: ", inner.name), "zqnokey: ", 1);
            all.push((format!("{}.zqnokey", key.name), record.replacen(line, &unknown, 1)));
        }
    }
    all.push(("zqnokey".to_owned(), record.replacen("audience: customer", "zqnokey: 1\naudience: customer", 1)));
    all
}

#[test]
fn what_the_reader_refuses_is_refused() {
    let Some((checker, folder)) = schemas() else { return };
    let planted = parts(&plant().files);
    let (mut names, mut records) = (Vec::new(), Vec::new());
    for kind in Kind::ALL.iter().copied().filter(|kind| *kind != Kind::Service) {
        let path = format!("{}/{}.md", kind.folder(), full(kind));
        let (_, record) = planted.iter().find(|(of, _)| *of == path).expect("a full record of each kind");
        for (name, text) in mutations(kind, record) {
            assert!(is_faulty(&path, &text), "{name} of {path} is read without a finding:\n{text}");
            let number = names.len();
            names.push(format!("{name} of {}", kind.word()));
            records.push((format!("{}/{number}.md", kind.folder()), text));
        }
    }
    assert!(records.len() > 200, "{}", records.len());
    let refused = refused_records(&checker, folder.path(), &records);
    let accepted: Vec<&str> = records
        .iter()
        .zip(&names)
        .filter(|((path, _), _)| !refused.contains(path))
        .map(|(_, name)| name.as_str())
        .collect();
    assert!(accepted.is_empty(), "accepted:\n{}", accepted.join("\n"));
}

#[test]
fn settings_that_are_read_are_accepted_and_others_refused() {
    let Some((checker, folder)) = schemas() else { return };
    let chapter = relbook::manual::chapters(&[], &[]).into_iter().find(|of| of.name == "settings").unwrap().text;
    let told = chapter.split("```toml\n").nth(1).and_then(|rest| rest.split("\n```").next()).unwrap();
    let right = [told, "", "[lints]\nRB302 = \"off\"\n", "[lifecycle.problem]\nopen = [\"closed\"]\n"];
    let wrong = [
        "titel = \"x\"",
        "title = 1",
        "remote_images = \"yes\"",
        "ignore = \"x\"",
        "[lints]\nprofile = \"lax\"",
        "[lints]\nno-such-lint = \"off\"",
        "[lints]\nRB302 = \"loud\"",
        "[process.release.major]\napproved = [\"nothing\"]",
        "[process.release.major]\nsoon = []",
        "[process.days]\nworkaround = \"many\"",
        "[lifecycle.release]\ndraft = [\"gone\"]",
        "[editions.customer]\nkeys = [\"id\"]",
        "[editions.customer]\ntypes = [\"thing\"]",
        "[[tickets]]\npattern = \"PRB\"\nurl = \"https://a.example/\"",
        "[serve]\nbrowser = \"x\"",
    ];
    let file = |name: String, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let right: Vec<PathBuf> =
        right.iter().enumerate().map(|(number, text)| file(format!("r{number}.toml"), text)).collect();
    let wrong: Vec<PathBuf> =
        wrong.iter().enumerate().map(|(number, text)| file(format!("w{number}.toml"), text)).collect();
    let schema = folder.path().join("schemas/settings.schema.json");
    assert!(refused(&checker, &schema, &right).is_empty());
    assert_eq!(refused(&checker, &schema, &wrong), wrong.into_iter().collect());
}
