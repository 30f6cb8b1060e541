//! EDGE: reads the record files of a site's folder from disk.
//!
//! 1. Walk the folders of the record kinds, in order of name.
//! 2. Read every `.md` that is a record, in parallel; remember every other file with its size.

use std::fs;
use std::path::{Path, PathBuf};
use std::string::FromUtf8Error;

use anyhow::{Context, Result, bail};
use rayon::prelude::*;
use walkdir::WalkDir;

use super::{Place, Source, SourceId, Sources, Span};

/// A file of the site's folder that is not a record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SiteFile {
    /// Path below the walked folder, `/` between its parts.
    pub path: String,
    /// Where it is on disk.
    pub from: PathBuf,
    /// Its size in bytes.
    pub size: u64,
}

/// A file that is not UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotUtf8 {
    /// Where the first byte stands that begins no character.
    pub place: Place,
    /// That byte.
    pub byte: u8,
}

/// What was found in a site's folder.
#[derive(Debug, Default)]
pub struct Folder {
    /// The records' sources, in order of path.
    pub records: Vec<SourceId>,
    /// Files beside the records, in order of path.
    pub files: Vec<SiteFile>,
    /// Files that are not UTF-8.
    pub not_utf8: Vec<NotUtf8>,
    /// What was passed over, and why.
    pub notes: Vec<String>,
}

/// Reads one text file; `None` where it is not there.
///
/// # Errors
///
/// The file cannot be read, or is not UTF-8.
pub fn load_file(path: &Path, name: &str) -> Result<Option<Source>> {
    match fs::read(path) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Ok(Some(Source::new(name, text))),
            Err(_) => bail!("{} is not UTF-8", path.display()),
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

/// Reads the records below `root` in the given folders, and lists the files beside them.
///
/// # Errors
///
/// A folder or file that is there and cannot be read.
pub fn load(root: &Path, folders: &[&str], sources: &mut Sources) -> Result<Folder> {
    let mut folder = Folder::default();
    let mut texts = Vec::new();
    for name in folders {
        if root.join(name).is_dir() {
            walk(root, name, &mut folder, &mut texts)?;
        }
    }
    texts.sort_by(|one, other| one.0.cmp(&other.0));
    folder.files.sort();
    let read: Vec<Result<Result<Source, (String, FromUtf8Error)>>> = texts
        .into_par_iter()
        .map(|(name, path)| {
            let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            Ok(match String::from_utf8(bytes) {
                Ok(text) => Ok(Source::new(name, text)),
                Err(error) => Err((name, error)),
            })
        })
        .collect();
    for text in read {
        match text? {
            Ok(source) => folder.records.push(sources.add(source)),
            Err((name, error)) => folder.not_utf8.push(not_utf8(name, error, sources)),
        }
    }
    Ok(folder)
}

/// Lists every file below a folder, hidden ones left out, in order of path; nothing where the folder is not there.
///
/// # Errors
///
/// A folder that is there and cannot be read.
pub fn load_files(root: &Path) -> Result<Vec<SiteFile>> {
    let mut files = Vec::new();
    if !root.is_dir() {
        return Ok(files);
    }
    for entry in WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(|entry| !is_hidden(entry)) {
        let entry = entry.with_context(|| format!("cannot walk {}", root.display()))?;
        let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
        if let (true, Some(path)) = (entry.file_type().is_file(), relative.to_str()) {
            let path = path.replace('\\', "/");
            let size = entry.metadata().map_or(0, |metadata| metadata.len());
            files.push(SiteFile { path, from: entry.into_path(), size });
        }
    }
    files.sort();
    Ok(files)
}

/// `.well-known` is the one hidden folder that hosts serve (RFC 8615).
fn is_hidden(entry: &walkdir::DirEntry) -> bool {
    let name = entry.file_name().as_encoded_bytes();
    entry.depth() > 0 && name[0] == b'.' && name != b".well-known"
}

/// Takes a text in as far as it can be read, and marks its first byte that begins no character.
fn not_utf8(name: String, error: FromUtf8Error, sources: &mut Sources) -> NotUtf8 {
    let at = error.utf8_error().valid_up_to();
    let byte = error.as_bytes()[at];
    // The text is kept with LF and without a byte-order mark.
    let carriage_returns = error.as_bytes()[..at].windows(2).filter(|pair| *pair == b"\r\n").count();
    let mark = if error.as_bytes().starts_with("\u{feff}".as_bytes()) { 3 } else { 0 };
    let source = sources.add(Source::new(name, String::from_utf8_lossy(error.as_bytes()).into_owned()));
    let start = at - carriage_returns - mark;
    NotUtf8 { place: Place { source, span: Span::new(start..start + '\u{fffd}'.len_utf8()) }, byte }
}

fn walk(root: &Path, name: &str, folder: &mut Folder, texts: &mut Vec<(String, PathBuf)>) -> Result<()> {
    let walk = WalkDir::new(root.join(name)).sort_by_file_name().into_iter().filter_entry(|entry| !is_hidden(entry));
    for entry in walk {
        let entry = entry.with_context(|| format!("cannot walk {}", root.join(name).display()))?;
        let kind = entry.file_type();
        if kind.is_dir() {
            continue;
        }
        let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let Some(path) = relative.to_str().map(|path| path.replace('\\', "/")) else {
            folder.notes.push(format!("passed over {}: its name is not UTF-8", relative.display()));
            continue;
        };
        if !kind.is_file() {
            let what = if kind.is_symlink() { "a symbolic link" } else { "neither a file nor a folder" };
            folder.notes.push(format!("passed over {path}: {what}"));
            continue;
        }
        if is_record(&path, |folder| root.join(folder).join("index.md").is_file()) {
            texts.push((path, entry.into_path()));
        } else {
            let size = entry.metadata().map_or(0, |metadata| metadata.len());
            folder.files.push(SiteFile { path, from: entry.into_path(), size });
        }
    }
    Ok(())
}

/// A `.md` is a record, but for those that lie beside a bundle's `index.md`.
pub(super) fn is_record(path: &str, is_bundle: impl Fn(&str) -> bool) -> bool {
    let Some(stem) = path.strip_suffix(".md") else { return false };
    let mut folders = path.split('/').count() - 1;
    if stem.ends_with("/index") {
        folders -= 1;
    }
    // A bundle is NAME/index.md: any folder above this file, below the kind's own, may be one.
    let parts: Vec<&str> = path.split('/').collect();
    !(2..=folders).any(|count| is_bundle(&parts[..count].join("/")))
}
