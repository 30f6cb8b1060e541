//! EDGE: walks a folder of the site in order of name, and says what is passed over.

#![allow(clippy::disallowed_methods, reason = "EDGE")]

use std::fs::{self, FileType};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use walkdir::WalkDir;

use super::ignore::Ignore;
use super::look::{self, kind};
use super::name::{is_for_hosts, is_hidden, is_remnant};
use super::withheld::Withheld;

/// A file of the site's folder that is not a record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SiteFile {
    /// Path below the walked folder, `/` between its parts.
    pub path: String,
    /// Where it is on disk.
    pub from: PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// Why it is not published, if so. What a site has under `static` is its own, and never withheld.
    pub withheld: Option<Withheld>,
}

impl SiteFile {
    /// A file that was met.
    pub(super) fn new(path: String, from: PathBuf) -> SiteFile {
        let size = fs::symlink_metadata(&from).map_or(0, |found| found.len());
        SiteFile { path, from, size, withheld: None }
    }
}

/// What a walk meets that is no folder.
pub(super) struct Visited {
    /// Path below the site's folder, `/` between its parts.
    pub path: String,
    /// Where it is on disk.
    pub from: PathBuf,
    /// What it is.
    pub kind: FileType,
}

/// A site's folder, in which folders are walked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Walk<'a> {
    /// Where it is.
    pub site: &'a Path,
    /// What of it is as if it were not there.
    pub ignore: &'a Ignore,
    /// Whether what is found is published as it is: then what hosts read is taken in though it is hidden, and what else
    /// is hidden is passed over with a note.
    pub is_published: bool,
}

impl Walk<'_> {
    /// Calls `visit` with whatever lies below the folder `name` of the site and is no folder, by its path below the
    /// site's, and with what it is, until that breaks off. A folder that is not there holds nothing.
    pub(super) fn each(
        &self,
        name: &str,
        notes: &mut Vec<String>,
        visit: &mut dyn FnMut(Visited, &mut Vec<String>) -> ControlFlow<()>,
    ) -> Result<()> {
        let Some(root) = look::folder(self.site, name, notes)? else { return Ok(()) };
        if is_built_site(&root) {
            notes.push(format!("passed over {name}: {BUILT_SITE}"));
            return Ok(());
        }
        let mut walk = WalkDir::new(&root).min_depth(1).sort_by_file_name().into_iter();
        while let Some(entry) = walk.next() {
            let entry = entry.with_context(|| format!("cannot walk {}", root.display()))?;
            let kind = entry.file_type();
            let below = entry.path().strip_prefix(self.site).unwrap_or(entry.path());
            let Some(path) = below.to_str().map(str::to_owned) else {
                notes.push(format!("passed over {}: its name is not UTF-8", below.display()));
                if kind.is_dir() {
                    walk.skip_current_dir();
                }
                continue;
            };
            if self.is_left_out(&path, entry.path(), kind, notes) {
                if kind.is_dir() {
                    walk.skip_current_dir();
                }
            } else if !kind.is_dir() && visit(Visited { path, from: entry.into_path(), kind }, notes).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn is_left_out(&self, path: &str, on_disk: &Path, kind: FileType, notes: &mut Vec<String>) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        if self.ignore.names(path, kind.is_dir()) || is_remnant(name) {
            return true;
        }
        let why = match () {
            () if is_hidden(name) && !self.is_published => return true,
            () if is_hidden(name) && !is_for_hosts(name) => "hidden, and none of those that hosts read",
            () if kind.is_dir() && is_built_site(on_disk) => BUILT_SITE,
            () => return false,
        };
        notes.push(format!("passed over {path}: {why}"));
        true
    }
}

const BUILT_SITE: &str = "a site that relbook built (it bears `.relbook`), which is no input";

/// Whether a folder bears what relbook leaves in its output: the manifest, or the tree of a build that was broken off.
fn is_built_site(folder: &Path) -> bool {
    ["manifest", "new"].iter().any(|own| matches!(kind(&folder.join(".relbook").join(own)), Ok(Some(_))))
}
