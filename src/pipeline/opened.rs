//! A site's records, read, linked and checked, for those who work on them.

use std::path::{Path, PathBuf};

use anyhow::Result;
use jiff::civil::Date;

use super::examine::{CheckRequest, Examined, examine};
use super::texts::Loaded;
use crate::book::Book;
use crate::config::Settings;
use crate::diag::Report;

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
