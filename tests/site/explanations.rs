//! Every lint has an explanation whose example raises that lint and no other, and whose counter-example raises none.
//!
//! An example is one or more fenced blocks. What stands behind the language is the file's path, as in
//! `markdown releases/REL-1.md`; behind it, `as latin-1` writes the file in that encoding. The day is that of all
//! builds, the profile `strict` where the example has no `relbook.toml`.

use std::fs;
use std::path::{Path, PathBuf};

use relbook::diag::Lint;
use relbook::{lints, pipeline};
use tempfile::TempDir;

use super::harness::{put, request};

/// The parts of an explanation in order; what it finds comes first and has no heading.
const PARTS: [&str; 4] = ["", "Why it matters", "Example", "Instead"];

/// The headings of an explanation, each with the text under it; the first has no heading. What stands in a fenced block
/// is no heading.
fn parts(lint: &Lint) -> Vec<(&str, String)> {
    let mut parts = vec![("", String::new())];
    let mut is_fenced = false;
    for line in lint.explanation.lines() {
        is_fenced ^= line.starts_with("```");
        match line.strip_prefix("## ").filter(|_| !is_fenced) {
            Some(heading) => parts.push((heading, String::new())),
            None => {
                let text = &mut parts.last_mut().expect("it begins with one").1;
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    parts
}

/// The text under one heading of an explanation.
fn part(lint: &Lint, heading: &str) -> String {
    let found = parts(lint).into_iter().find(|(of, _)| *of == heading);
    found.unwrap_or_else(|| panic!("{}: no `{heading}`", lint.name)).1
}

/// The folder of the files in fenced blocks.
fn folder_of(lint: &Lint, text: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let (_, name) = info.split_once(' ').unwrap_or_else(|| panic!("{}: `{info}` names no file", lint.name));
        let text: String = lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect();
        match name.strip_suffix(" as latin-1") {
            Some(name) => put(folder.path(), name, &text.chars().map(|letter| letter as u8).collect::<Vec<_>>()),
            None => put(folder.path(), name, text.as_bytes()),
        }
    }
    if !folder.path().join("relbook.toml").exists() {
        put(folder.path(), "relbook.toml", b"[lints]\nprofile = \"strict\"\n");
    }
    folder
}

/// The codes of what a build of the files in fenced blocks finds.
fn codes(lint: &Lint, text: &str) -> Vec<String> {
    let folder = folder_of(lint, text);
    let built = pipeline::build(&request(folder.path()), &|_, _| ()).unwrap_or_else(|e| panic!("{}: {e:#}", lint.name));
    let found = built.report.findings().iter().map(|(_, finding)| finding.lint.code.to_owned());
    found.chain(built.template_error.iter().map(|_| "RB801".to_owned())).collect()
}

#[test]
fn every_explanation_has_its_parts_in_order() {
    for lint in lints::ALL {
        let headings: Vec<&str> = parts(lint).into_iter().map(|(heading, _)| heading).collect();
        assert_eq!(headings, PARTS, "{}", lint.name);
        assert!(part(lint, "").trim().len() > 30, "{} begins with what it finds", lint.name);
        assert!(part(lint, "Why it matters").trim().len() > 30, "{}", lint.name);
    }
}

#[test]
fn every_explanation_bears_the_name_of_its_lint() {
    let mut files = explanations(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    files.sort();
    let mut names: Vec<String> = lints::ALL.iter().map(|lint| lint.name.replace('-', "_")).collect();
    names.sort();
    assert_eq!(files, names);
}

fn explanations(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path: PathBuf = entry.unwrap().path();
        if path.is_dir() {
            names.extend(explanations(&path));
        } else if path.extension().is_some_and(|ending| ending == "md") {
            names.push(path.file_stem().unwrap().to_str().unwrap().to_owned());
        }
    }
    names
}

#[test]
fn every_example_raises_its_lint_and_no_other() {
    let wrong: Vec<String> = lints::ALL
        .iter()
        .filter_map(|lint| {
            let mut found = codes(lint, &part(lint, "Example"));
            found.dedup();
            (found != [lint.code]).then(|| format!("{} {}: {found:?}", lint.code, lint.name))
        })
        .collect();
    assert!(wrong.is_empty(), "examples that raise something else:\n{}", wrong.join("\n"));
}

#[test]
fn every_counter_example_raises_nothing() {
    let wrong: Vec<String> = lints::ALL
        .iter()
        .filter_map(|lint| {
            let found = codes(lint, &part(lint, "Instead"));
            (!found.is_empty()).then(|| format!("{} {}: {found:?}", lint.code, lint.name))
        })
        .collect();
    assert!(wrong.is_empty(), "counter-examples that raise something:\n{}", wrong.join("\n"));
}
