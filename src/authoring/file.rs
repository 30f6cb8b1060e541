//! EDGE: one file of the site's folder: read, made or replaced as a whole.

#![allow(clippy::disallowed_methods, reason = "EDGE")]

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

/// A file's text as it is on disk.
pub(super) fn load(path: &Path) -> Result<String> {
    let found = fs::symlink_metadata(path).with_context(|| format!("cannot read {}", path.display()))?;
    ensure!(found.is_file(), "{} is no regular file", path.display());
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// Puts a text in the place of a file's: another name in the same folder takes it first, so that the file is never half of
/// either, and its rights stay.
pub(super) fn replace(path: &Path, text: &str) -> Result<()> {
    let said = || format!("cannot write {}", path.display());
    let rights = fs::metadata(path).with_context(said)?.permissions();
    let beside = beside(path);
    let written = write_new(&beside, text).and_then(|()| {
        fs::set_permissions(&beside, rights)?;
        fs::rename(&beside, path)
    });
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written.with_context(said)
}

/// Makes a file that is not there yet, with the folders above it.
pub(super) fn make(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    match write_new(path, text) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => bail!("{} is there already", path.display()),
        made => made.with_context(|| format!("cannot write {}", path.display())),
    }
}

fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file: File = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// A name beside a file, that nobody reads: it begins with a dot.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.relbook-{}", std::process::id()))
}
