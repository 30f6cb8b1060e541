//! What a preview is asked, and what it answers.

use std::path::PathBuf;

use jiff::civil::Date;

/// What a preview is asked for.
#[derive(Debug, Clone)]
pub struct PreviewRequest {
    /// The site's folder.
    pub folder: PathBuf,
    /// The edition's name.
    pub edition: Option<String>,
    /// Whether drafts are in it.
    pub with_drafts: bool,
    /// The day that counts as today.
    pub today: Date,
}

/// What an update came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Nothing that a page shows.
    None,
    /// Style sheets, and nothing else.
    Styles,
    /// Pages.
    Pages,
}

/// What a page cannot be made without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// It can be made.
    Nothing,
    /// The addresses as they are now.
    Addresses,
    /// What the checks find.
    Checks,
}

/// What stands at an address.
#[derive(Debug)]
pub enum Answer {
    /// A page, with the record that it is about.
    Page(Vec<u8>),
    /// Another document.
    Document(Vec<u8>),
    /// The page for those who are lost.
    Missing(Vec<u8>),
}
