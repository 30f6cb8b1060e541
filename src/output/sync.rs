//! Brings what was written to the disk itself, so that a power cut finds the old site or the new one.

use std::io;
use std::path::Path;

use rustix::io::Errno;

use super::bytes::open;
use super::fault::fault;

/// Everything on the file system that a folder lies on: one call for all files, where each by itself would wait for the
/// disk anew.
pub(super) fn file_system(folder: &Path) -> anyhow::Result<()> {
    synchronise(open(folder)?).map_err(|error| fault("bring to disk", folder, error))
}

/// The names in some folders.
pub(super) fn names(folders: &[&Path]) -> anyhow::Result<()> {
    for folder in folders {
        match rustix::fs::fsync(open(folder)?) {
            // A file system that does not know it for folders.
            Ok(()) | Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {}
            Err(error) => return Err(fault("bring to disk", folder, error)),
        }
    }
    Ok(())
}

#[cfg(target_os = "linux")]
fn synchronise(folder: std::fs::File) -> io::Result<()> {
    Ok(rustix::fs::syncfs(folder)?)
}

#[cfg(not(target_os = "linux"))]
fn synchronise(_: std::fs::File) -> io::Result<()> {
    rustix::fs::sync();
    Ok(())
}
