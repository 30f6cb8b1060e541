//! Files beside the records: found by path, and published only when a record names them.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::lints::MISSING_ARTEFACT;
use crate::diag::Finding;
use crate::record::{Kind, Record};
use crate::route::Route;
use crate::source::{Place, SiteFile};

/// The files beside the records.
#[derive(Debug, Default, Clone)]
pub struct Files {
    files: Vec<SiteFile>,
    paths: FxHashMap<String, usize>,
}

impl Files {
    /// The files by path.
    pub fn new(files: Vec<SiteFile>) -> Files {
        let mut paths: FxHashMap<String, usize> =
            files.iter().enumerate().map(|(index, file)| (file.path.clone(), index)).collect();
        for (index, file) in files.iter().enumerate() {
            paths.entry(composed(&file.path).into_owned()).or_insert(index);
        }
        Files { files, paths }
    }

    /// The file that a relative path names, seen from a record's file.
    pub fn find(&self, record_path: &str, relative: &str) -> Option<&SiteFile> {
        self.at(&join(record_path, relative)?)
    }

    /// The file with a path below the site's folder.
    pub fn at(&self, path: &str) -> Option<&SiteFile> {
        let index = self.paths.get(path).or_else(|| self.paths.get(&*composed(path)))?;
        Some(&self.files[*index])
    }

    /// That a file which a record names is not published, and why, if so.
    pub(super) fn withheld_finding(&self, path: &str, named: &str, place: Place) -> Option<Finding> {
        let withheld = self.at(path)?.withheld.as_ref()?;
        let at = withheld.at.map(|at| format!(" (line {}, column {} of the file)", at.line, at.column));
        Some(
            Finding::new(&MISSING_ARTEFACT, place, format!("`{named}` is not published"))
                .label(format!("{}{}", withheld.why, at.unwrap_or_default()))
                .help(withheld.instead),
        )
    }

    /// All files, in order of path.
    pub fn iter(&self) -> impl Iterator<Item = &SiteFile> {
        self.files.iter()
    }
}

/// Where a record's file is published.
pub(super) fn route(record: &Record, record_path: &str, file: &SiteFile) -> Route {
    let folder = record_path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = match file.path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')) {
        Some(below) => below,
        None => file.path.rsplit('/').next().unwrap_or(&file.path),
    };
    let kind: Kind = record.kind();
    Route::artefact(kind, &record.header().id, name)
}

/// A path as paths are compared: a letter with an accent is one, whether an editor or a file system wrote it as one
/// character or as two.
pub(super) fn composed(path: &str) -> Cow<'_, str> {
    if is_nfc(path) { Cow::Borrowed(path) } else { Cow::Owned(path.nfc().collect()) }
}

/// A relative path, seen from a file, as a path below the same root. `None` where it leads out of it.
pub(super) fn join(from: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_below_the_root() {
        assert_eq!(join("releases/2026/a.md", "../../changes/b.md").as_deref(), Some("changes/b.md"));
        assert_eq!(join("releases/a.md", "./b/c.pdf").as_deref(), Some("releases/b/c.pdf"));
        assert_eq!(join("releases/a.md", "../../etc/passwd"), None);
    }
}
