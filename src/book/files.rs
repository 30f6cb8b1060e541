//! Files beside the records: found by path, and published only when a record names them.

use rustc_hash::FxHashMap;

use crate::record::{Kind, Record};
use crate::route::Route;
use crate::source::SiteFile;

/// Endings of files that may be published. A page of HTML or a script could run in a reader's browser.
const PUBLISHED: &[&str] = &[
    "pdf", "txt", "md", "log", "csv", "tsv", "json", "yaml", "yml", "toml", "xml", "sql", "sh", "ps1", "ini", "conf",
    "diff", "patch", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "rtf", "eml", "ics", "drawio",
    "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "mp4", "webm", "zip", "gz", "tgz", "xz", "zst", "7z", "sha256",
    "asc", "sig",
];

/// The files beside the records.
#[derive(Debug, Default, Clone)]
pub struct Files {
    files: Vec<SiteFile>,
    paths: FxHashMap<String, usize>,
}

impl Files {
    /// The files by path.
    pub fn new(files: Vec<SiteFile>) -> Files {
        let paths = files.iter().enumerate().map(|(index, file)| (file.path.clone(), index)).collect();
        Files { files, paths }
    }

    /// The file that a relative path names, seen from a record's file.
    pub fn find(&self, record_path: &str, relative: &str) -> Option<&SiteFile> {
        let path = join(record_path, relative)?;
        self.paths.get(&path).map(|index| &self.files[*index])
    }

    /// The file with a path below the site's folder.
    pub fn at(&self, path: &str) -> Option<&SiteFile> {
        self.paths.get(path).map(|index| &self.files[*index])
    }

    /// All files, in order of path.
    pub fn iter(&self) -> impl Iterator<Item = &SiteFile> {
        self.files.iter()
    }

    /// Whether a file of this name may be published.
    pub fn is_publishable(path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        match name.rsplit_once('.') {
            Some((stem, ending)) => !stem.is_empty() && PUBLISHED.contains(&ending.to_lowercase().as_str()),
            None => false,
        }
    }
}

/// Where a record's file is published.
pub fn route(record: &Record, record_path: &str, file: &SiteFile) -> Route {
    let folder = record_path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let name = match file.path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')) {
        Some(below) => below,
        None => file.path.rsplit('/').next().unwrap_or(&file.path),
    };
    let kind: Kind = record.kind();
    Route::artefact(kind, &record.header().id, name)
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

    #[test]
    fn only_harmless_kinds_are_published() {
        for (name, expected) in
            [("a/guide.PDF", true), (".env", false), ("x.html", false), ("a.js", false), ("README", false)]
        {
            assert_eq!(Files::is_publishable(name), expected, "{name}");
        }
    }
}
