//! The folder in which the new tree is made, and the careful removal of what an exchange leaves in it.
//!
//! `relbook-staging` marks the folder as ours and is written first and removed last; `tree` is the new
//! site and, after an exchange, the old one, and `tree-…` tells which of them; `old` is the old site between two renames; `journal` says
//! that the files of `tree` are being carried over one by one.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use anyhow::{bail, ensure};
use walkdir::{DirEntry, WalkDir};

use super::fault::fault;
use super::folders::is_same_file;
use super::folders::{self, FILE_MODE, is_taken};
use super::manifest::{MANIFEST, Manifest, OWN_FOLDER};
use super::own::is_own;
use super::{kept, sync};

const MARKER: &str = "relbook-staging";
const JOURNAL: &str = "journal";
/// How the name begins that tells which tree was made here.
const IDENTITY: &str = "tree-";

/// A staging folder that is ours.
pub(super) struct Staging {
    pub(super) folder: PathBuf,
    pub(super) tree: PathBuf,
    pub(super) old: PathBuf,
    /// Whether the umask takes rights from new files that they must have.
    pub(super) is_masked: bool,
    /// Whether what is written is brought to disk before it counts.
    pub(super) is_synced: bool,
}

impl Staging {
    /// Makes an empty one; whatever lay there was recovered before.
    pub(super) fn make(folder: &Path, is_synced: bool) -> anyhow::Result<Staging> {
        let made = || -> io::Result<bool> {
            folders::make(folder)?;
            let marker = create(&folder.join(MARKER))?;
            let tree = folder.join("tree");
            folders::make(&tree)?;
            create(&folder.join(identity(&tree)?))?;
            Ok(marker.metadata()?.permissions().mode() & 0o777 != FILE_MODE)
        };
        match made() {
            Ok(is_masked) => Ok(Staging { is_masked, ..Staging::at(folder, is_synced) }),
            Err(error) => {
                let _ = Staging::at(folder, is_synced).remove_own_files();
                Err(fault("make the staging folder", folder, error))
            }
        }
    }

    /// The one that a killed run left, if there is one; what is not ours is refused.
    pub(super) fn left_at(folder: &Path, is_synced: bool) -> anyhow::Result<Option<Staging>> {
        match fs::symlink_metadata(folder) {
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Ok(None);
            }
            Err(error) => return Err(fault("look at", folder, error)),
            Ok(found) if !found.is_dir() => {}
            Ok(_) if folder.join(MARKER).is_file() => return Ok(Some(Staging::at(folder, is_synced))),
            // Killed between making the folder and marking it.
            Ok(_) if fs::remove_dir(folder).is_ok() => return Ok(None),
            Ok(_) => {}
        }
        bail!("{} is in the way, and relbook did not make it: move it elsewhere", folder.display());
    }

    fn at(folder: &Path, is_synced: bool) -> Staging {
        let (tree, old) = (folder.join("tree"), folder.join("old"));
        Staging { folder: folder.to_path_buf(), tree, old, is_masked: false, is_synced }
    }

    /// Brings all that was written around the staging to disk.
    pub(super) fn sync(&self) -> anyhow::Result<()> {
        if self.is_synced { sync::file_system(&self.folder) } else { Ok(()) }
    }

    /// Brings to disk which names stand in the staging's folder and in another, without which one the removal of the old
    /// tree might be on disk before the exchange.
    pub(super) fn sync_names(&self, other: &Path) -> anyhow::Result<()> {
        if self.is_synced { sync::names(&[&self.folder, other]) } else { Ok(()) }
    }

    /// Whether the tree is the one that was made here, and never changed places with a published one.
    fn is_unpublished(&self) -> bool {
        identity(&self.tree).is_ok_and(|identity| is_taken(&self.folder.join(identity)))
    }

    /// Puts the finished manifest into the tree: whole, so that a tree with a manifest is a whole tree.
    pub(super) fn seal(&self, manifest: &Manifest) -> anyhow::Result<()> {
        let (draft, place) = (self.folder.join("manifest"), self.tree.join(MANIFEST));
        let sealed = || {
            manifest.write(&draft)?;
            folders::make_parents(&self.tree, Path::new(MANIFEST))?;
            fs::rename(&draft, &place)
        };
        sealed().map_err(|error: io::Error| fault("write", &place, error))
    }

    /// Says on disk that the tree is being carried over file by file.
    pub(super) fn begin_journal(&self) -> anyhow::Result<()> {
        let path = self.folder.join(JOURNAL);
        create(&path).map(drop).map_err(|error| fault("write", &path, error))
    }

    /// Whether the staging at `folder` was being carried over file by file.
    pub(super) fn has_journal(folder: &Path) -> bool {
        folder.join(MARKER).is_file() && folder.join(JOURNAL).is_file()
    }

    /// Removes the staging and all that is ours in it.
    pub(super) fn clear(&self, out: &Path) -> anyhow::Result<()> {
        match self.is_unpublished() {
            true => removed(&self.tree, fs::remove_dir_all(&self.tree))?,
            false => clear_tree(&self.tree, out)?,
        }
        clear_tree(&self.old, out)?;
        self.remove_own_files().map_err(|error| fault("remove", &self.folder, error))
    }

    fn remove_own_files(&self) -> io::Result<()> {
        let _ = fs::remove_dir(&self.tree);
        let names: Vec<_> =
            fs::read_dir(&self.folder)?.map(|entry| Ok(entry?.file_name())).collect::<io::Result<_>>()?;
        let of_tree = names.into_iter().filter(|name| name.to_string_lossy().starts_with(IDENTITY));
        for name in of_tree.chain(["manifest", JOURNAL, MARKER].map(Into::into)) {
            match fs::remove_file(self.folder.join(name)) {
                Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        fs::remove_dir(&self.folder)
    }
}

/// The name of an empty file that tells which tree was made here. A name is on disk with the folder that it tells of; what
/// stands in a file may be lost in a power cut.
fn identity(folder: &Path) -> io::Result<String> {
    fs::symlink_metadata(folder).map(|found| format!("{IDENTITY}{}-{}", found.dev(), found.ino()))
}

fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(FILE_MODE).open(path)
}

/// Removes a tree that was never published, or one that was and is replaced by `out`.
///
/// Of the latter only what its manifest names and what `out` has too goes. A stranger's file that came
/// during the exchange is carried over to `out`.
fn clear_tree(tree: &Path, out: &Path) -> anyhow::Result<()> {
    if !is_taken(tree) {
        return Ok(());
    }
    // A manifest is put into a tree last, and every published tree bears one.
    let Some(manifest) = Manifest::read(tree)?.filter(|_| is_taken(out)) else {
        return removed(tree, fs::remove_dir_all(tree));
    };
    // Sorting reads each folder to its end before anything in it is removed; some file systems skip
    // entries otherwise.
    let walk = WalkDir::new(tree).min_depth(1).contents_first(true).sort_by(|_, _| std::cmp::Ordering::Equal);
    // The manifest stays until all else is gone, so that a second try is as careful as the first.
    let (own, seal) = (tree.join(OWN_FOLDER), tree.join(MANIFEST));
    for entry in walk {
        let entry = entry?;
        if entry.path() != own && entry.path() != seal {
            clear_entry(&entry, tree, out, &manifest)?;
        }
    }
    removed(&seal, fs::remove_file(&seal))?;
    removed(&own, fs::remove_dir(&own))?;
    removed(tree, fs::remove_dir(tree))
}

fn clear_entry(entry: &DirEntry, tree: &Path, out: &Path, manifest: &Manifest) -> anyhow::Result<()> {
    let (path, route) = (entry.path(), entry.path().strip_prefix(tree)?);
    if entry.file_type().is_dir() {
        return removed(path, fs::remove_dir(path));
    }
    let is_ours = entry.file_type().is_file() && route.to_str().is_some_and(|route| manifest.claims(tree, route));
    let is_kept = || manifest.damage.is_some() && kept::holds(out, path, route);
    if is_ours || is_own(route) || is_same_file(path, &out.join(route)) || is_kept() {
        return removed(path, fs::remove_file(path));
    }
    carry_over(path, route, out)
}

fn removed(path: &Path, result: io::Result<()>) -> anyhow::Result<()> {
    result.map_err(|error| fault("remove", path, error))
}

fn carry_over(path: &Path, route: &Path, out: &Path) -> anyhow::Result<()> {
    let to = out.join(route);
    ensure!(!is_taken(&to), "{} is not relbook's and was replaced during the build: move it elsewhere", path.display());
    let carried = folders::make_parents(out, route).and_then(|()| fs::rename(path, &to));
    carried.map_err(|error| fault("carry over", path, error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::bytes::digest;
    use crate::output::manifest::Entry;

    /// As an exchange leaves it: the tree is not the one that was made here.
    fn exchanged(root: &Path, routes: &[&str]) -> Staging {
        let staging = Staging::make(&root.join("new"), false).unwrap();
        let entry = |route: &&str| {
            fs::write(staging.tree.join(route), route).unwrap();
            Entry { route: (*route).into(), size: route.len() as u64, digest: digest(route.as_bytes()) }
        };
        let entries = routes.iter().map(entry).collect();
        staging.seal(&Manifest::of_build(None, "00", entries).unwrap()).unwrap();
        fs::remove_file(staging.folder.join(identity(&staging.tree).unwrap())).unwrap();
        staging
    }

    #[test]
    fn an_unfinished_tree_goes_whole() {
        let root = tempfile::tempdir().unwrap();
        let staging = Staging::make(&root.path().join("new"), false).unwrap();
        fs::create_dir(staging.tree.join("a")).unwrap();
        fs::write(staging.tree.join("a/b"), "").unwrap();
        Staging::left_at(&staging.folder, false).unwrap().unwrap().clear(&root.path().join("out")).unwrap();
        assert!(!staging.folder.exists());
    }

    #[test]
    fn a_folder_without_the_marker_is_not_ours() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("new");
        fs::create_dir(&folder).unwrap();
        assert!(Staging::left_at(&folder, false).unwrap().is_none(), "an empty one is cleared");
        assert!(!folder.exists());
        fs::create_dir_all(folder.join("diary")).unwrap();
        assert!(Staging::left_at(&folder, false).is_err());
        assert!(folder.join("diary").exists());
    }

    #[test]
    fn a_latecomer_is_carried_over_and_a_replaced_one_kept() {
        let root = tempfile::tempdir().unwrap();
        let staging = exchanged(root.path(), &["page"]);
        let out = root.path().join("out");
        fs::create_dir(&out).unwrap();
        fs::create_dir(staging.tree.join("folder")).unwrap();
        for name in ["linked", "folder/late", "twice"] {
            fs::write(staging.tree.join(name), name).unwrap();
        }
        fs::hard_link(staging.tree.join("linked"), out.join("linked")).unwrap();
        fs::write(out.join("twice"), "another").unwrap();
        let error = staging.clear(&out).unwrap_err().to_string();
        assert!(error.contains("twice"), "{error}");
        fs::remove_file(out.join("twice")).unwrap();
        staging.clear(&out).unwrap();
        assert!(!staging.folder.exists() && !out.join("page").exists());
        for name in ["linked", "folder/late", "twice"] {
            assert_eq!(fs::read_to_string(out.join(name)).unwrap(), name);
        }
    }
}
