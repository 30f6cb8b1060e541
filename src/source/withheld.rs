//! Which files beside the records may be published: by their name, and by what a browser would make of them.
//!
//! 1. A file of an unknown kind is withheld, for it may hold secrets, or run.
//! 2. A drawing (SVG) is read, and withheld where it is more than a drawing.
//! 3. Any other file is withheld where it begins like a page: a host may not say what it is, and then a browser looks
//!    at its first bytes (the MIME Sniffing standard, section 7.1).
//!
//! No header of a host is counted on: what is published is harmless on any.

use std::path::Path;

use anyhow::Result;

use super::drawing::{self, NotADrawing};
use super::look;
use super::text::{Position, Source};

/// Why a file is not published.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Withheld {
    /// What speaks against it, as the end of “it is not published: …”.
    pub why: String,
    /// Where in the file, if at a place.
    pub at: Option<Position>,
    /// What to do.
    pub instead: &'static str,
}

/// Endings of files that may be published. HTML, XML, what is one of the two under another name, and scripts are not
/// among them: a browser would run them.
const PUBLISHED: &[&str] = &[
    "pdf", "txt", "md", "log", "csv", "tsv", "json", "yaml", "yml", "toml", "sql", "sh", "ps1", "ini", "conf", "diff",
    "patch", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "rtf", "eml", "ics", "png", "jpg",
    "jpeg", "gif", "webp", "avif", "svg", "mp4", "webm", "zip", "gz", "tgz", "xz", "zst", "7z", "sha256", "asc", "sig",
];

/// A drawing beyond this is withheld unread: to read one takes some ten times its size in memory.
const LARGEST_DRAWING: usize = 4 << 20;

/// How far a browser looks into a file that no header names (the resource header of the standard).
const SNIFFED: usize = 1445;

/// Whether files of this name may be published at all.
fn is_of_a_published_kind(path: &str) -> bool {
    ending(path).is_some_and(|ending| PUBLISHED.contains(&ending.as_str()))
}

/// The ending of a file's name in small letters; a hidden file has none.
fn ending(path: &str) -> Option<String> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let (stem, ending) = name.rsplit_once('.')?;
    (!stem.is_empty()).then(|| ending.to_lowercase())
}

/// Looks into a file: why it is not published, or nothing.
///
/// # Errors
///
/// The file cannot be read.
pub(super) fn look(path: &str, from: &Path) -> Result<Option<Withheld>> {
    if !is_of_a_published_kind(path) {
        return Ok(Some(Withheld {
            why: "a file of this kind could run in a reader\u{2019}s browser, or hold secrets".to_owned(),
            at: None,
            instead: "attach it as a PDF, a text file (`.txt`) or an archive",
        }));
    }
    let is_drawing = ending(path).is_some_and(|ending| ending == "svg");
    let Some((bytes, is_all)) = look::read(from, if is_drawing { LARGEST_DRAWING } else { SNIFFED })? else {
        return Ok(None);
    };
    Ok(if is_drawing { of_drawing(bytes, is_all) } else { of_other(&bytes) })
}

fn of_drawing(bytes: Vec<u8>, is_all: bool) -> Option<Withheld> {
    let withheld = |why: String, at| {
        Some(Withheld { why, at, instead: "take it out of the drawing, or attach it as a PNG or a PDF" })
    };
    if !is_all {
        return withheld(format!("a drawing of more than {} MiB is not looked into", LARGEST_DRAWING >> 20), None);
    }
    let Ok(text) = String::from_utf8(bytes) else {
        return withheld("a drawing that is not UTF-8 cannot be looked into".to_owned(), None);
    };
    let NotADrawing { why, at } = drawing::check(text.trim_start_matches('\u{feff}')).err()?;
    let position = Source { path: String::new(), text: text.into() }.position(at);
    withheld(why, Some(position))
}

fn of_other(bytes: &[u8]) -> Option<Withheld> {
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let is_blank = |byte: &&u8| matches!(byte, b'\t' | b'\n' | b'\x0c' | b'\r' | b' ');
    let is_page = text.iter().find(|byte| !is_blank(byte)) == Some(&b'<');
    is_page.then(|| Withheld {
        why: "it begins with `<`: where a host does not say what it is, a browser takes it for a page and runs it"
            .to_owned(),
        at: None,
        instead: "let it begin with a line of text, or pack it into an archive",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_kinds_are_published() {
        for (name, expected) in [
            ("a/guide.PDF", true),
            ("plan.svg", true),
            (".env", false),
            ("x.html", false),
            ("x.xml", false),
            ("x.drawio", false),
            ("x.svgz", false),
            ("x.xhtml", false),
            ("x.mht", false),
            ("x.pdf ", false),
            ("x.txt.", false),
            ("a.js", false),
            ("README", false),
        ] {
            assert_eq!(is_of_a_published_kind(name), expected, "{name}");
        }
    }

    #[test]
    fn what_begins_like_a_page_is_withheld() {
        for (text, expected) in [
            ("<html>", true),
            ("\u{feff}<!DOCTYPE html>", true),
            (" \r\n\t\x0c<script>", true),
            ("<?xml version=\"1.0\"?>", true),
            ("<!-- a log -->", true),
            ("<a", true),
            ("a <b>", false),
            ("%PDF-1.7 <html>", false),
            ("", false),
            ("\u{a0}<html>", false),
        ] {
            assert_eq!(of_other(text.as_bytes()).is_some(), expected, "{text}");
        }
    }
}
