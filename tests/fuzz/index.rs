//! The search index, read by the program: its files may come from anywhere; and what is typed into the search.

use std::collections::BTreeMap;
use std::fs;

use anyhow::Context as _;
use relbook::pipeline::{self, Request};
use relbook::search::Searcher;

use super::inputs::{Numbers, input, text};
use super::runner::Target;

const QUERIES: &[&str] = &[
    "ledger",
    "\"drain the queue\"",
    "REL-1",
    "rel 0001 prb-7",
    "ledgr quee",
    "time out till-1.2",
    "a\u{301}é ß İ 日本",
    "\"\" \" -",
];

/// The files of a small site's index, with the address of the root.
fn index() -> (BTreeMap<String, Vec<u8>>, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("releases")).unwrap();
    for number in 1..=40 {
        let text = format!(
            "---\ntitle: Release {number}\nservice: Ledger\nproblems: [PRB-{number}]\n---\nDrain the queue before the till {number}.\n"
        );
        fs::write(folder.path().join(format!("releases/REL-{number}.md")), text).unwrap();
    }
    let out = folder.path().join("site");
    let request = Request {
        folder: folder.path().to_owned(),
        out: Some(out.clone()),
        may_replace: false,
        base_url: None,
        edition: None,
        with_drafts: true,
        is_unsynced: true,
        today: jiff::civil::date(2026, 11, 22),
    };
    assert!(pipeline::build(&request, &|_, _| ()).unwrap().written.is_some());
    let entries = fs::read_dir(out.join("search")).unwrap().map(|entry| entry.unwrap());
    let files: BTreeMap<String, Vec<u8>> = entries
        .map(|entry| (format!("search/{}", entry.file_name().to_string_lossy()), fs::read(entry.path()).unwrap()))
        .filter(|(path, _)| !path.ends_with(".html"))
        .collect();
    let root = files.keys().find(|path| path.starts_with("search/root-")).unwrap().clone();
    (files, root)
}

#[test]
fn indexes_and_queries() {
    let (files, root) = index();
    let paths: Vec<&String> = files.keys().collect();
    Target {
        name: "index",
        share: 4,
        make: &|numbers: &mut Numbers| {
            let query = text(QUERIES, numbers);
            let path = paths[numbers.below(paths.len())].clone();
            let bytes = match numbers.below(4) {
                0 => files[&path].clone(),
                _ => input(&[&files[&path]], numbers),
            };
            (query, path, bytes)
        },
        from_line: &|query| (query.to_owned(), String::new(), Vec::new()),
        attempt: &|(query, changed, bytes)| {
            let fetch = |path: &str| match path == changed {
                true => Ok(bytes.clone()),
                false => files.get(path).cloned().context("there is no such file"),
            };
            if let Ok(searcher) = Searcher::open(&root, &fetch) {
                let _ = searcher.search(query, 10);
            }
        },
    }
    .run();
}
