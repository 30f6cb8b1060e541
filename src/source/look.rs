//! EDGE: looks at what a path names before it is opened: relbook follows no symbolic link out of what it was given,
//! and opens nothing that could hang.

#![allow(clippy::disallowed_methods, reason = "EDGE")]

use std::fs::{self, File, FileType, OpenOptions};
use std::io::{ErrorKind, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use rustix::fs::OFlags;

/// What a file type is called that is neither a file's nor a folder's.
pub(super) fn noun(kind: FileType) -> &'static str {
    match () {
        () if kind.is_symlink() => "a symbolic link, which relbook does not follow",
        () if kind.is_dir() => "a folder",
        () if kind.is_file() => "a file",
        () => "neither a file nor a folder",
    }
}

/// The folder `name` of the site, `/` between the parts of its name; `None` where it is not there. What is no folder is
/// passed over with a note.
///
/// # Errors
///
/// A part of the name is a symbolic link, wherever it leads: whoever may propose one could have the site publish what
/// lies elsewhere, and a site without its records would take the place of the one with them.
pub(super) fn folder(site: &Path, name: &str, notes: &mut Vec<String>) -> Result<Option<PathBuf>> {
    let mut path = site.to_owned();
    for part in name.split('/').filter(|part| !part.is_empty()) {
        path.push(part);
        let Some(kind) = kind(&path)? else { return Ok(None) };
        if kind.is_symlink() {
            bail!("{}", refusal(&path));
        }
        if !kind.is_dir() {
            notes.push(format!("passed over {name}: a folder is expected, and this is {}", noun(kind)));
            return Ok(None);
        }
    }
    Ok(Some(path))
}

/// The bytes of a regular file, no more than `limit` of them, and whether that is all; `None` where it is not there.
///
/// # Errors
///
/// It is a link, no regular file, or cannot be read.
pub(super) fn read(path: &Path, limit: usize) -> Result<Option<(Vec<u8>, bool)>> {
    match kind(path)? {
        None => return Ok(None),
        Some(kind) if kind.is_symlink() => bail!("{}", refusal(path)),
        Some(kind) if !kind.is_file() => bail!("{} is {}: a file is expected", path.display(), noun(kind)),
        Some(_) => {}
    }
    let file = open(path).with_context(|| format!("cannot open {}", path.display()))?;
    let mut bytes = Vec::new();
    file.take(limit as u64 + 1).read_to_end(&mut bytes).with_context(|| format!("cannot read {}", path.display()))?;
    let is_all = bytes.len() <= limit;
    bytes.truncate(limit);
    Ok(Some((bytes, is_all)))
}

/// Opens a file that was looked at. Should a link or a FIFO have come in its place, it is not followed and does not
/// block.
fn open(path: &Path) -> std::io::Result<File> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    OpenOptions::new().read(true).custom_flags(flags.bits() as i32).open(path)
}

/// What a path names itself, links not followed.
pub(super) fn kind(path: &Path) -> Result<Option<FileType>> {
    match fs::symlink_metadata(path) {
        Ok(found) => Ok(Some(found.file_type())),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot look at {}", path.display())),
    }
}

fn refusal(path: &Path) -> String {
    let target = fs::read_link(path).map_or_else(|_| String::new(), |target| format!(" to {}", target.display()));
    format!(
        "{} is a symbolic link{target}, and relbook reads nothing through links: put there what it leads to",
        path.display()
    )
}
