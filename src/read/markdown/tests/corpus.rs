//! Real records, if there are any: `RELBOOK_CORPUS` names a folder with Markdown files.

#![allow(clippy::disallowed_methods, reason = "tests look at what was made")]

use std::path::{Path, PathBuf};

use super::audit::audit;
use super::html;
use super::mixtures::agree;

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
}

#[test]
fn real_records_come_out_sound() {
    let Ok(corpus) = std::env::var("RELBOOK_CORPUS") else {
        println!("SKIPPED: no real record was tried; set RELBOOK_CORPUS to a folder with Markdown files");
        return;
    };
    let mut paths = Vec::new();
    files(Path::new(&corpus), &mut paths);
    assert!(!paths.is_empty(), "no Markdown file under {corpus}");
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("a record is readable");
        let body = text.splitn(3, "---\n").nth(2).unwrap_or(&text);
        let rendered = html(body);
        assert_eq!(audit(&rendered), Ok(()), "{}", path.display());
        assert!(!rendered.to_lowercase().contains("<script"), "{}", path.display());
        agree(body);
    }
}
