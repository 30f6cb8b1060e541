//! Puts single files into the staging tree: a hard link to the published file if its bytes are equal,
//! else a new file.

use std::fs::{File, Metadata, Permissions};
use std::io::{self, Seek, Write};
use std::os::fd::OwnedFd;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::bail;
use rustix::fs::{AtFlags, Mode, OFlags};
use rustix::io::Errno;

use super::bytes::{self, digest, equal_digest, is_equal};
use super::fault::fault;
use super::folders::{self, FILE_MODE};
use super::manifest::Entry;
use super::staging::Staging;

/// How often a file is read anew that changes while it is read.
const TRIES: usize = 3;

/// The published tree and the staging tree, open.
pub(super) struct Store {
    published: Option<OwnedFd>,
    tree: OwnedFd,
    path: PathBuf,
    is_masked: bool,
}

/// A file that was put, and whether it is a new one.
pub(super) struct Put {
    pub(super) entry: Entry,
    pub(super) is_new: bool,
}

impl Store {
    /// Opens both trees; the published one may be absent.
    pub(super) fn open(published: &Path, staging: &Staging) -> anyhow::Result<Store> {
        let open =
            |path: &Path| rustix::fs::open(path, OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty());
        let published = match open(published) {
            Ok(folder) => Some(folder),
            Err(Errno::NOENT) => None,
            Err(error) => return Err(fault("open", published, error)),
        };
        let tree = open(&staging.tree).map_err(|error| fault("open", &staging.tree, error))?;
        Ok(Store { published, tree, path: staging.tree.clone(), is_masked: staging.is_masked })
    }

    /// Puts bytes from memory.
    pub(super) fn put(&self, route: &str, bytes: &[u8]) -> anyhow::Result<Put> {
        let entry = Entry { route: route.into(), size: bytes.len() as u64, digest: digest(bytes) };
        let is_kept = match self.published(route, bytes.len() as u64) {
            Some(mut file) => is_equal(&mut file, bytes) && self.link(route)?,
            None => false,
        };
        if !is_kept {
            self.create(route)?.write_all(bytes).map_err(|error| self.fault("write", route, error))?;
        }
        Ok(Put { entry, is_new: !is_kept })
    }

    /// Puts a file from elsewhere, without ever holding it whole.
    pub(super) fn put_file(&self, route: &str, from: &Path) -> anyhow::Result<Put> {
        for _ in 0..TRIES {
            let mut source = bytes::open(from)?;
            let before = state(&source, from)?;
            let put = self.put_stream(route, from, &mut source, before.0)?;
            if state(&source, from)? == before && put.entry.size == before.0 {
                return Ok(put);
            }
            rustix::fs::unlinkat(&self.tree, route, AtFlags::empty())
                .map_err(|error| self.fault("remove", route, error))?;
        }
        bail!("{} changes again and again while it is read: build when it is at rest", from.display());
    }

    fn put_stream(&self, route: &str, from: &Path, source: &mut File, size: u64) -> anyhow::Result<Put> {
        let put = |size, digest, is_new| Put { entry: Entry { route: route.into(), size, digest }, is_new };
        let cannot_read = |error| fault("read", from, error);
        if let Some(mut file) = self.published(route, size) {
            if let Some(digest) = equal_digest(&mut file, source).map_err(cannot_read)?
                && self.link(route)?
            {
                return Ok(put(size, digest, false));
            }
            source.rewind().map_err(cannot_read)?;
        }
        let mut file = self.create(route)?;
        let (size, digest) = bytes::each_chunk(source, from, &mut |part| {
            file.write_all(part).map_err(|error| self.fault("write", route, error))
        })?;
        Ok(put(size, digest, true))
    }

    /// The published file, if it could be the same: a regular file of this size, with the rights it must
    /// have. Whatever else is there, or cannot be read, is replaced.
    fn published(&self, route: &str, size: u64) -> Option<File> {
        // Not blocking, since a FIFO may stand where a file stood.
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = File::from(rustix::fs::openat(self.published.as_ref()?, route, flags, Mode::empty()).ok()?);
        let found = file.metadata().ok()?;
        let rights = found.permissions().mode() & 0o7777;
        (found.is_file() && found.len() == size && rights == FILE_MODE).then_some(file)
    }

    /// Links the published file; false if the disk will not have it, so that the file is written anew.
    fn link(&self, route: &str) -> anyhow::Result<bool> {
        let Some(published) = &self.published else {
            return Ok(false);
        };
        let link = || rustix::fs::linkat(published, route, &self.tree, route, AtFlags::empty());
        let mut result = link();
        if result == Err(Errno::NOENT) {
            self.make_parents(route)?;
            result = link();
        }
        match result {
            Ok(()) => Ok(true),
            Err(Errno::EXIST) => Err(twice(route)),
            Err(_) => Ok(false),
        }
    }

    fn create(&self, route: &str) -> anyhow::Result<File> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let create = || rustix::fs::openat(&self.tree, route, flags, Mode::from_raw_mode(0o644));
        let mut result = create();
        if matches!(result, Err(Errno::NOENT)) {
            self.make_parents(route)?;
            result = create();
        }
        let file = match result {
            Ok(file) => File::from(file),
            Err(Errno::EXIST) => return Err(twice(route)),
            Err(error) => return Err(self.fault("write", route, error)),
        };
        if self.is_masked {
            let rights = Permissions::from_mode(FILE_MODE);
            file.set_permissions(rights).map_err(|error| self.fault("set the rights of", route, error))?;
        }
        Ok(file)
    }

    fn make_parents(&self, route: &str) -> anyhow::Result<()> {
        folders::make_parents(&self.path, Path::new(route))
            .map_err(|error| self.fault("make the folder of", route, error))
    }

    fn fault(&self, doing: &str, route: &str, error: impl Into<io::Error>) -> anyhow::Error {
        fault(doing, &self.path.join(route), error)
    }
}

fn twice(route: &str) -> anyhow::Error {
    anyhow::anyhow!("{route} is written twice in one build, or is both a file and a folder")
}

/// Size and time of the last change, by which a change during the reading is noticed.
fn state(source: &File, from: &Path) -> anyhow::Result<(u64, Option<std::time::SystemTime>)> {
    let found: Metadata = source.metadata().map_err(|error| fault("look at", from, error))?;
    if !found.is_file() {
        bail!("{} is not a regular file", from.display());
    }
    Ok((found.len(), found.modified().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::bytes::CHUNK;
    #[cfg(target_os = "linux")]
    use rustix::fs::CWD;
    use std::fs;

    struct Trees {
        root: tempfile::TempDir,
        store: Store,
    }

    fn trees() -> Trees {
        let root = tempfile::tempdir().unwrap();
        let staging = Staging::make(&root.path().join("new"), false).unwrap();
        fs::create_dir(root.path().join("out")).unwrap();
        let store = Store::open(&root.path().join("out"), &staging).unwrap();
        Trees { root, store }
    }

    impl Trees {
        fn publish(&self, name: &str, bytes: &[u8]) {
            let path = self.root.path().join("out").join(name);
            fs::write(&path, bytes).unwrap();
            fs::set_permissions(path, Permissions::from_mode(FILE_MODE)).unwrap();
        }
    }

    #[test]
    fn files_longer_than_a_chunk_are_compared_to_the_end() {
        let trees = trees();
        let long = vec![b'x'; 3 * CHUNK + 7];
        let mut other = long.clone();
        *other.last_mut().unwrap() = b'y';
        trees.publish("a", &long);
        trees.publish("b", &long);
        let source = trees.root.path().join("source");
        fs::write(&source, &other).unwrap();
        assert!(!trees.store.put("a", &long).unwrap().is_new);
        assert!(trees.store.put_file("b", &source).unwrap().is_new);
        assert_eq!(fs::read(trees.root.path().join("new/tree/b")).unwrap(), other);
    }

    #[test]
    fn a_copy_has_the_digest_of_its_bytes_whether_new_or_kept() {
        let trees = trees();
        let bytes = vec![7; 2 * CHUNK];
        let source = trees.root.path().join("source");
        fs::write(&source, &bytes).unwrap();
        trees.publish("kept", &bytes);
        for (route, is_new) in [("kept", false), ("sub/new", true)] {
            let put = trees.store.put_file(route, &source).unwrap();
            assert_eq!((put.is_new, put.entry.size), (is_new, bytes.len() as u64));
            assert_eq!(put.entry.digest, digest(&bytes));
        }
    }

    // rustix makes no FIFOs on macOS.
    #[cfg(target_os = "linux")]
    #[test]
    fn wrong_rights_links_and_fifos_are_replaced() {
        let trees = trees();
        let out = trees.root.path().join("out");
        trees.publish("private", b"same");
        fs::set_permissions(out.join("private"), Permissions::from_mode(0o600)).unwrap();
        trees.publish("target", b"same");
        std::os::unix::fs::symlink("target", out.join("link")).unwrap();
        rustix::fs::mkfifoat(CWD, out.join("fifo"), Mode::from_raw_mode(0o644)).unwrap();
        for route in ["private", "link", "fifo"] {
            assert!(trees.store.put(route, b"same").unwrap().is_new, "{route}");
        }
    }

    #[test]
    fn a_route_twice_and_a_folder_as_file_are_errors() {
        let trees = trees();
        trees.publish("kept", b"1");
        for route in ["new", "kept"] {
            trees.store.put(route, b"1").unwrap();
            let error = trees.store.put(route, b"1").err().unwrap().to_string();
            assert!(error.starts_with(&format!("{route} is written twice")), "{error}");
        }
        trees.store.put("folder/page", b"1").unwrap();
        assert!(trees.store.put("folder", b"1").is_err());
        assert!(trees.store.put("new/page", b"1").is_err());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn only_regular_files_are_copied() {
        let trees = trees();
        let fifo = trees.root.path().join("fifo");
        rustix::fs::mkfifoat(CWD, &fifo, Mode::from_raw_mode(0o644)).unwrap();
        for from in [&fifo, trees.root.path(), &trees.root.path().join("absent")] {
            assert!(trees.store.put_file("x", from).is_err(), "{}", from.display());
        }
    }
}
