//! EDGE: what is wanted of a site's folder, and what was found in it.

#![allow(clippy::disallowed_methods, reason = "EDGE")]

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::file::TextFault;
use super::ignore::Ignore;
use super::look;
use super::text::{Source, SourceId};
use super::walk::SiteFile;

/// How much of a file is looked at for front matter, in bytes: it begins in the first line.
const HEAD_BYTES: usize = 4 << 10;

/// Why something looks like records and is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// A file with another ending.
    Ending,
    /// A symbolic link, or a FIFO, a socket or a device: what it is.
    Kind(&'static str),
    /// An `index.md` that lies in a folder of records itself, and not in a record's own.
    Index,
    /// A file that lies in no folder of records.
    NoFolder,
    /// A folder whose name is near to this one.
    Near(&'static str),
    /// A folder of records that lies beside the one which the settings name.
    OutsideContent,
}

/// Something that looks like records and that nothing reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassedOver {
    /// Its path: of a file with how it begins, of a folder with the first file in it that looks like a record.
    pub source: Source,
    /// Why it is not read.
    pub why: Unread,
}

/// What was found in a site's folder.
#[derive(Debug, Default)]
pub struct Folder {
    /// The records' sources, in order of path.
    pub records: Vec<SourceId>,
    /// Texts that cannot be read, and why.
    pub faulty: Vec<(SourceId, TextFault)>,
    /// Files beside the records, in order of path.
    pub files: Vec<SiteFile>,
    /// What looks like records and is not read, in order of path.
    pub passed_over: Vec<PassedOver>,
    /// What to say where there is no folder of records at all.
    pub missing: Option<String>,
    /// What else was passed over, and why.
    pub notes: Vec<String>,
}

/// Which folders hold records, and what of them counts.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The folder of the site.
    pub site: &'a Path,
    /// The folder of the records below it; empty where it is the same.
    pub content: &'a str,
    /// The names of the folders that hold records.
    pub folders: &'a [&'static str],
    /// The one of these names that another is near to.
    pub near: fn(&str) -> Option<&'static str>,
    /// What is as if it were not there.
    pub ignore: &'a Ignore,
}

impl Wanted<'_> {
    /// The folder of the records.
    pub(super) fn root(&self) -> PathBuf {
        if self.content.is_empty() { self.site.to_owned() } else { self.site.join(self.content) }
    }

    /// A path below the records' folder, seen from the site's.
    pub(super) fn below_site(&self, path: &str) -> String {
        if self.content.is_empty() { path.to_owned() } else { format!("{}/{path}", self.content) }
    }

    /// A path below the site's folder, seen from the records'.
    pub(super) fn below_content<'p>(&self, path: &'p str) -> &'p str {
        path.strip_prefix(self.content).unwrap_or(path).trim_start_matches('/')
    }
}

/// How a file begins.
pub(super) fn head(from: &Path) -> Result<String> {
    let bytes = look::read(from, HEAD_BYTES)?.map_or_else(Vec::new, |(bytes, _)| bytes);
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Whether a text begins as records do: a fence, and a key behind it.
pub(super) fn has_front_matter(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_end);
    let separator = match lines.next() {
        Some("---") => ':',
        Some("+++") => '=',
        _ => return false,
    };
    lines.find(|line| !line.is_empty()).is_some_and(|line| line.contains(separator))
}
