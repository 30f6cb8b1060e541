//! A preview follows its folder: after every edit each of its pages is what a build of the same folder writes.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use relbook::pipeline::{self, Answer, Preview, PreviewRequest, Wait};

use super::harness::{TODAY, parts, put, request, tree};

/// How many edits are made; more with `RELBOOK_EDITS`.
const EDITS: u64 = 60;

/// Numbers that look random and are the same in every run (Knuth's MMIX generator).
pub(crate) struct Numbers(pub u64);

impl Numbers {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % limit.max(1)
    }

    pub(crate) fn of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }
}

/// How many edits are made in this run.
pub(crate) fn edits() -> u64 {
    std::env::var("RELBOOK_EDITS").map_or(EDITS, |edits| edits.parse().unwrap())
}

fn preview(folder: &Path, edition: Option<&str>, with_drafts: bool) -> Preview {
    let edition = edition.map(str::to_owned);
    let today = TODAY.parse().unwrap();
    let request = PreviewRequest { folder: folder.to_owned(), edition, with_drafts, today };
    Preview::open(request).unwrap_or_else(|error| panic!("{error:#}"))
}

/// Works out the addresses and the checks, as the server does behind each update.
fn check(preview: &mut Preview) {
    if let Some(addresses) = preview.addresses() {
        preview.readdress(addresses);
    }
    if !preview.is_examined() {
        let report = preview.examine(&|| true).expect("it is wanted");
        preview.conclude(report);
    }
}

/// The bytes at a path, and nothing where the page for the lost stands there.
fn at(preview: &Preview, path: &str) -> Option<Vec<u8>> {
    match preview.answer(path).unwrap_or_else(|error| panic!("{path}: {error:#}")) {
        Answer::Page(bytes) | Answer::Document(bytes) => Some(bytes),
        Answer::Missing(_) => None,
    }
}

/// What is answered before the addresses and the checks are there.
fn early(preview: &Preview, seen: &BTreeSet<String>) -> Vec<(String, Vec<u8>)> {
    let paths = seen.iter().filter(|path| preview.waits_for(path) == Wait::Nothing && preview.has(path));
    paths.filter_map(|path| Some((path.clone(), at(preview, path)?))).collect()
}

/// Holds every page of a preview against a build of the same folder, if there is one: records with errors make none.
/// Addresses that were there once are gone where the build has none. Whether there is a build.
fn hold(
    preview: &Preview,
    folder: &Path,
    edition: Option<&str>,
    drafts: bool,
    seen: &mut BTreeSet<String>,
    of: &str,
) -> bool {
    let out = tempfile::tempdir().unwrap();
    let mut request = request(folder);
    request.out = Some(out.path().join("site"));
    request.edition = edition.map(str::to_owned);
    request.with_drafts = drafts;
    let built = pipeline::build(&request, &|_, _| ()).unwrap_or_else(|error| panic!("{of}: {error:#}"));
    if built.written.is_none() {
        return false;
    }
    let tree = tree(&out.path().join("site"));
    for (path, bytes) in tree.iter().filter(|(path, _)| !path.starts_with(".relbook")) {
        let made = at(preview, path).unwrap_or_else(|| panic!("{of}: {path} is not there"));
        if made != *bytes {
            let (made, bytes) = (String::from_utf8_lossy(&made), String::from_utf8_lossy(bytes));
            let differing = made.lines().zip(bytes.lines()).find(|(one, other)| one != other);
            panic!("{of}: {path} differs: {differing:#?}");
        }
    }
    seen.extend(tree.into_keys());
    let is_extra = |path: &&String| {
        !path.starts_with(".relbook") && !out.path().join("site").join(path).exists() && at(preview, path).is_some()
    };
    let extra: Vec<&String> = seen.iter().filter(is_extra).collect();
    assert!(extra.is_empty(), "{of}: still there: {extra:?}");
    true
}

const SITE: &str = r#"
-- relbook.toml --
title = "Records"
time_zone = "Europe/London"
[lints]
unknown-reference = "warn"
broken-link = "warn"
[editions.customer]
types = ["release", "known-error"]
keys = ["title", "summary", "version", "service", "status", "planned_date", "workaround", "fixed_in", "introduced_in"]
sections = ["Release notes"]
-- static/logo.txt --
logo
-- pages/policy.md --
---
title: Policy
---
See [the plan](../releases/REL-1.md#rollback-plan) and [[CHG-1]].
"#;

/// A folder with some records of each kind.
pub(crate) fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in parts(SITE) {
        put(folder.path(), &path, text.as_bytes());
    }
    for number in 1..=9 {
        write(folder.path(), &format!("releases/REL-{number}.md"), &mut Numbers(number));
        write(folder.path(), &format!("changes/CHG-{number}.md"), &mut Numbers(number + 100));
        write(folder.path(), &format!("known-errors/KE-{number}.md"), &mut Numbers(number + 200));
    }
    write(folder.path(), "calendar/freeze.md", &mut Numbers(300));
    folder
}

/// Writes a record with random keys and a random body.
pub(crate) fn write(folder: &Path, path: &str, numbers: &mut Numbers) {
    put(folder, path, text(path, numbers).as_bytes());
}

fn text(path: &str, numbers: &mut Numbers) -> String {
    let mut matter = format!("title: {} {}\n", numbers.of(&["Blue", "Red", "Green"]), numbers.below(50));
    let day = format!("2026-{:02}-{:02}", 10 + numbers.below(3), 1 + numbers.below(28));
    let service = numbers.of(&["Ledger", "Customs", "Shop"]);
    match path.split('/').next().unwrap() {
        "releases" => {
            let status = numbers.of(&["draft", "scheduled", "deployed", "closed"]);
            matter += &format!(
                "service: {service}\nstatus: {status}\nplanned_date: {day}\nversion: \"{}.{}\"\naudience: customer\n\
                 changes: [CHG-{}]\nconfiguration_items: [ci-{}]\nproblems: [PRB-{}]\n",
                numbers.below(3),
                numbers.below(9),
                1 + numbers.below(9),
                numbers.below(4),
                numbers.below(4),
            );
            if numbers.below(3) == 0 {
                matter += &format!(
                    "windows: [{{start: {day}T22:00, end: {day}T23:00, outcome: {}}}]\n",
                    numbers.of(&["deployed", "rolled-back"])
                );
            }
            if numbers.below(4) == 0 {
                matter += &format!(
                    "review:\n  on: {day}\n  lessons:\n    - lesson: Ask {service}\n      configuration_items: [ci-{}]\n",
                    numbers.below(4)
                );
            }
        }
        "changes" => matter += &format!("service: {service}\nplanned_date: {day}\nconfiguration_items: [ci-1]\n"),
        "known-errors" => {
            matter += &format!(
                "status: {}\naudience: customer\nintroduced_in: [REL-{}]\n",
                numbers.of(&["confirmed", "resolved"]),
                1 + numbers.below(9)
            );
        }
        "calendar" => matter += &format!("kind: freeze\nstart: {day}T00:00\nend: {day}T12:00\n"),
        _ => {}
    }
    if numbers.below(8) == 0 {
        matter += "draft: true\n";
    }
    if numbers.below(12) == 0 {
        matter += &format!("aliases: [old/{}.html]\n", numbers.below(1000));
    }
    format!("---\n{matter}---\n{}", body(numbers))
}

fn body(numbers: &mut Numbers) -> String {
    let mut body = String::new();
    for _ in 0..1 + numbers.below(4) {
        body += &match numbers.below(7) {
            0 => format!("\nWords {}.\n", numbers.below(1000)),
            1 => format!("\n## Release notes\n\nNotes {}.\n", numbers.below(1000)),
            2 => "\n## Rollback plan\n\nStart the old one again.\n".to_owned(),
            3 => format!("\nSee CHG-{}.\n", 1 + numbers.below(9)),
            4 => format!("\nSee [it](../releases/REL-{}.md).\n", 1 + numbers.below(9)),
            5 => format!("\n## Workarounds\n\nTry {}.\n", numbers.below(1000)),
            _ => format!("\n### Heading {}\n\ntext\n", numbers.below(5)),
        };
    }
    body
}

/// Changes something in the folder as people and programs do; the paths that the system would name, and what it was.
pub(crate) fn edit(folder: &Path, numbers: &mut Numbers) -> (Vec<PathBuf>, String) {
    let mut records: Vec<String> =
        tree(folder).into_keys().filter(|path| path.ends_with(".md") && !path.starts_with("pages/")).collect();
    records.sort();
    let record = records[numbers.below(records.len())].clone();
    let path = folder.join(&record);
    let old = fs::read_to_string(&path).unwrap();
    let head = old.find("\n---\n").map_or(0, |at| at + 5);
    match numbers.below(18) {
        16 | 17 => {
            let day = format!("planned_date: 2026-{:02}-{:02}\n", 1 + numbers.below(12), 1 + numbers.below(28));
            let is_day = |line: &str| line.starts_with("planned_date: ");
            let status = numbers.of(&["status: confirmed\n", "status: resolved\n"]);
            let is_status = |line: &str| record.starts_with("known-errors/") && line.starts_with("status: ");
            let lines = old.split_inclusive('\n').map(|line| match line {
                line if is_day(line) => &day,
                line if is_status(line) => status,
                line => line,
            });
            fs::write(&path, lines.collect::<String>()).unwrap();
            (vec![path], format!("another day or state of {record}"))
        }
        0..=3 => {
            fs::write(&path, old[..head].to_owned() + &body(numbers)).unwrap();
            (vec![path], format!("another body of {record}"))
        }
        4..=7 => {
            write(folder, &record, numbers);
            (vec![path], format!("another {record}"))
        }
        8 => {
            let copy = folder.join(format!("{record}~"));
            fs::write(&copy, text(&record, numbers)).unwrap();
            fs::rename(&copy, &path).unwrap();
            (vec![copy, path], format!("{record} by a rename, as editors save"))
        }
        9 if records.len() > 20 => {
            fs::remove_file(&path).unwrap();
            (vec![path], format!("{record} taken away"))
        }
        9 | 10 => {
            let number = 1 + numbers.below(9);
            let kind = numbers.of(&["releases/REL-", "changes/CHG-", "known-errors/KE-"]);
            write(folder, &format!("{kind}{number}.md"), numbers);
            (vec![folder.join(format!("{kind}{number}.md"))], format!("{kind}{number} again"))
        }
        11 => {
            let broken = numbers.of(&["---\ntitle: \"never closed\n", "no front matter\n", "---\ntitel: x\n---\n", ""]);
            fs::write(&path, broken).unwrap();
            (vec![path], format!("{record} broken"))
        }
        12 => {
            let title = numbers.below(1000);
            let settings = fs::read_to_string(folder.join("relbook.toml")).unwrap();
            let rest = settings.split_once('\n').map_or("", |(_, rest)| rest).to_owned();
            let line = ["title = \"Records", "title = \"Books"][numbers.below(2)];
            fs::write(folder.join("relbook.toml"), format!("{line} {title}\"\n{rest}")).unwrap();
            (vec![folder.join("relbook.toml")], "another title of the site".to_owned())
        }
        13 => {
            put(folder, "static/logo.txt", numbers.below(1000).to_string().as_bytes());
            (vec![folder.join("static/logo.txt")], "a static file".to_owned())
        }
        14 => {
            let note = folder.join("theme/templates/partials/foot-note.html");
            put(folder, "theme/assets/extra.css", format!("p {{ margin: {}px }}", numbers.below(9)).as_bytes());
            (vec![folder.join("theme/assets/extra.css"), note], "a style".to_owned())
        }
        _ => {
            let (home, away) = (folder.join("known-errors"), folder.join("away"));
            match (home.exists(), away.exists()) {
                (true, true) => fs::remove_dir_all(&home).unwrap(),
                (true, false) => fs::rename(&home, &away).unwrap(),
                (false, _) => fs::rename(&away, &home).unwrap(),
            }
            (vec![home, away], "a folder away, or back".to_owned())
        }
    }
}

fn hold_edits(edition: Option<&str>, drafts: bool, seed: u64) {
    let folder = site();
    let mut preview = preview(folder.path(), edition, drafts);
    check(&mut preview);
    let mut seen = BTreeSet::new();
    hold(&preview, folder.path(), edition, drafts, &mut seen, "at the start");
    let mut numbers = Numbers(seed);
    let edits = edits();
    let mut held = 0;
    for number in 1..=edits {
        let (paths, what) = edit(folder.path(), &mut numbers);
        preview.update(&paths);
        let early = early(&preview, &seen);
        check(&mut preview);
        for (path, bytes) in early {
            assert!(at(&preview, &path) == Some(bytes), "edit {number} ({what}): {path} should have waited");
        }
        held +=
            u64::from(hold(&preview, folder.path(), edition, drafts, &mut seen, &format!("edit {number} ({what})")));
        if what.ends_with("broken") && numbers.below(6) > 0 {
            let record = paths[0].strip_prefix(folder.path()).unwrap().to_str().unwrap();
            write(folder.path(), record, &mut numbers);
            preview.update(&paths);
        }
    }
    assert!(held > edits / 3, "only {held} of {edits} edits left records that a build takes");
}

#[test]
fn every_page_of_a_preview_is_that_of_a_build_after_every_edit() {
    hold_edits(None, true, 1);
}

#[test]
fn so_it_is_without_drafts_and_for_an_edition() {
    hold_edits(None, false, 2);
    hold_edits(Some("customer"), false, 3);
}
