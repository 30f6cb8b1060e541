//! Admits one writer at a time to an output folder, by a lock file that goes when the writer goes.

use std::fs::{File, TryLockError};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};

/// The right to write; dropped, it takes its file with it.
pub(super) struct Lock {
    path: PathBuf,
    // The kernel's lock lives as long as this file is open, so a killed writer never leaves a stale one.
    _file: File,
}

impl Lock {
    /// Takes the lock, or says with `None` that another writer holds it.
    pub(super) fn take(path: &Path) -> io::Result<Option<Lock>> {
        loop {
            let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC;
            let file = File::from(rustix::fs::open(path, flags, Mode::from_raw_mode(0o644))?);
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(error)) => return Err(error),
            }
            // The writer before us may have removed the file between our opening and our locking it;
            // a lock on a file without a name keeps nobody out.
            if is_named(&file, path)? {
                return Ok(Some(Lock { path: path.to_path_buf(), _file: file }));
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Before the unlock, so that nobody can hold the file that is being removed. A file that stays
        // does no harm.
        let _ = std::fs::remove_file(&self.path);
    }
}

fn is_named(file: &File, path: &Path) -> io::Result<bool> {
    let held = file.metadata()?;
    match std::fs::symlink_metadata(path) {
        Ok(named) => Ok((named.dev(), named.ino()) == (held.dev(), held.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_holder_at_a_time_and_no_file_afterwards() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let first = Lock::take(&path).unwrap().expect("free");
        assert!(Lock::take(&path).unwrap().is_none());
        drop(first);
        assert!(!path.exists());
        assert!(Lock::take(&path).unwrap().is_some());
    }

    #[test]
    fn a_file_left_by_a_killed_writer_is_no_lock() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        std::fs::write(&path, "").unwrap();
        assert!(Lock::take(&path).unwrap().is_some());
    }

    #[test]
    fn a_file_that_lost_its_name_is_not_trusted() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let unnamed = File::create(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        assert!(!is_named(&unnamed, &path).unwrap());
        File::create(&path).unwrap();
        assert!(!is_named(&unnamed, &path).unwrap());
    }

    #[test]
    fn a_symbolic_link_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (path, target) = (folder.path().join("lock"), folder.path().join("target"));
        std::os::unix::fs::symlink(&target, &path).unwrap();
        assert!(Lock::take(&path).is_err());
        assert!(!target.exists());
    }
}
