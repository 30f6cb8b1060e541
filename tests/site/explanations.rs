//! Every lint has an explanation whose example raises that lint and no other, and whose counter-example raises none.
//!
//! An example is one or more fenced blocks. What stands behind the language is the file's path, as in
//! `markdown releases/REL-1.md`; behind it, `as latin-1` writes the file in that encoding, and `at REVISION` means a file
//! that git holds at the revision which the example is compared with. The day is that of all
//! builds, the profile `strict` where the example has no `relbook.toml`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use relbook::diag::{Lint, Report};
use relbook::pipeline::CheckRequest;
use relbook::{lints, pipeline};
use tempfile::TempDir;

use super::harness::{TODAY, put, relbook, request, root};
use super::repository::{commit, git};

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

/// The files in fenced blocks: name and text.
fn blocks<'a>(lint: &Lint, text: &'a str) -> Vec<(&'a str, String)> {
    let mut blocks = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let (_, name) = info.split_once(' ').unwrap_or_else(|| panic!("{}: `{info}` names no file", lint.name));
        blocks.push((name, lines.by_ref().take_while(|line| *line != "```").map(|line| format!("{line}\n")).collect()));
    }
    blocks
}

/// What marks a file that only a revision holds.
const AT_REVISION: &str = " at REVISION";

/// The folder of the files in fenced blocks.
fn folder_of(blocks: &[(&str, String)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let past: Vec<&str> = blocks.iter().filter_map(|(name, _)| name.strip_suffix(AT_REVISION)).collect();
    if !past.is_empty() {
        for (name, text) in blocks.iter().filter(|(name, _)| name.ends_with(AT_REVISION)) {
            put(folder.path(), name.trim_end_matches(AT_REVISION), text.as_bytes());
        }
        git(folder.path(), &["init", "--quiet"]);
        commit(folder.path(), "REVISION");
        past.iter().for_each(|name| fs::remove_file(folder.path().join(name)).unwrap());
    }
    for (name, text) in blocks.iter().filter(|(name, _)| !name.ends_with(AT_REVISION)) {
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

/// The example of an explanation as a folder; none where it is compared with a revision.
pub(crate) fn example_of(lint: &Lint) -> Option<TempDir> {
    let text = part(lint, "Example");
    let blocks = blocks(lint, &text);
    let is_of_now = !blocks.iter().any(|(name, _)| name.ends_with(AT_REVISION));
    is_of_now.then(|| folder_of(&blocks))
}

/// The codes of what a build of the files in fenced blocks finds, or, with a revision among them, a check.
fn codes(lint: &Lint, text: &str) -> Vec<String> {
    let blocks = blocks(lint, text);
    let folder = folder_of(&blocks);
    let of = |report: &Report| report.findings().iter().map(|(_, f)| f.lint.code.to_owned()).collect::<Vec<_>>();
    if blocks.iter().any(|(name, _)| name.ends_with(AT_REVISION)) {
        let since = Some("REVISION".to_owned());
        let request = CheckRequest { since, today: TODAY.parse().unwrap(), ..CheckRequest::default() };
        let request = CheckRequest { folder: folder.path().to_owned(), ..request };
        return of(&pipeline::check(&request).unwrap_or_else(|error| panic!("{}: {error:#}", lint.name)).report);
    }
    let built = pipeline::build(&request(folder.path()), &|_, _| ()).unwrap_or_else(|e| panic!("{}: {e:#}", lint.name));
    of(&built.report)
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
        // Chapters of the manual and first records explain no lint.
        let is_other = path.ends_with("manual/chapters") || path.ends_with("authoring/begun");
        if path.is_dir() && !is_other {
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

#[test]
fn every_key_and_every_word_is_explained() {
    let explained = |name: &str| {
        let output = relbook(root(), &["explain", name]).output().unwrap();
        assert!(output.status.success(), "{name}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let keys = relbook::manual::keys();
    assert!(keys.len() > 100);
    // One of each name is enough to run the program for; the paths are held by the rest.
    let mut names = BTreeSet::new();
    for of in &keys {
        if names.insert(of.key.name) {
            assert!(explained(&of.path).contains(of.key.doc.trim()), "{}", of.path);
        }
    }
    let told = explained("windows.start");
    assert!(told.starts_with("windows.start\n") && told.contains("it must be there"), "{told}");
    let told = explained("rolled-back");
    assert!(told.contains("Under `status` of a release") && told.contains("Under `windows.outcome`"), "{told}");
    let output = relbook(root(), &["explain", "windws.start"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && said.contains("did you mean `windows.start`?"), "{said}");
}
