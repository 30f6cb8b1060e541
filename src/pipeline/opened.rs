//! A site's records, read, linked and checked, for those who work on them.

use std::path::{Path, PathBuf};

use anyhow::Result;
use jiff::civil::Date;

use super::examine::{CheckRequest, Examined, examine};
use super::texts::{Loaded, wanted};
use crate::book::Book;
use crate::config::Settings;
use crate::diag::Report;
use crate::record::{Kind, name_of, record_folders};
use crate::source::{Sources, load_revision};

/// A site's records, read, linked and checked.
#[derive(Debug)]
pub struct Opened {
    /// The folder of the records.
    pub content: PathBuf,
    /// What the site sets.
    pub settings: Settings,
    /// The records.
    pub book: Book,
    /// What was found.
    pub report: Report,
    /// The day that counts as today.
    pub today: Date,
}

/// The kinds and ids of the records that git holds at a revision, by the names of their files where these cannot be read; none
/// where there is no git, no repository or no such revision.
pub fn ids_at(folder: &Path, settings: &Settings, revision: &str) -> Vec<(Kind, String)> {
    let folders = record_folders();
    let held = load_revision(&wanted(folder, settings, &folders), revision, &Sources::default());
    held.map(|held| held.texts.iter().filter_map(name_of).collect()).unwrap_or_default()
}

/// Reads, links and checks the records of a site's folder.
///
/// # Errors
///
/// What keeps the records from being read.
pub fn open(folder: &Path, today: Date) -> Result<Opened> {
    let request = CheckRequest { folder: folder.to_owned(), today, ..CheckRequest::default() };
    let Examined { loaded, book, .. } = examine(&request)?;
    let Loaded { settings, found, .. } = loaded;
    let content = if settings.content.is_empty() { folder.to_owned() } else { folder.join(&settings.content) };
    let report = found.report(&book.sources);
    Ok(Opened { content, settings, book, report, today })
}
