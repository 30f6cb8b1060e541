//! Puts the finished tree in the published one's place at one stroke, and what is not ours with it.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use anyhow::bail;
use rustix::fs::{AtFlags, CWD};
use rustix::io::Errno;

use super::fault::fault;
use super::folders::{self, is_taken};
use super::kept;
use super::manifest::MANIFEST;
use super::staging::Staging;
use super::survey::Survey;

/// How the new tree takes the old one's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// Both change places in one call of the system.
    Exchange,
    /// The old one goes aside and the new one comes; killed in between, the next start puts the old back.
    Renames,
    /// File by file, by a journal.
    FileByFile,
}

impl Way {
    /// The best that this system has.
    pub(super) fn usual() -> Way {
        if cfg!(target_os = "linux") { Way::Exchange } else { Way::Renames }
    }
}

/// Links what is not ours into the new tree. False if this disk will not have it.
pub(super) fn adopt(survey: &Survey, out: &Path, tree: &Path) -> anyhow::Result<bool> {
    let kept = kept::free_folder(out);
    let displaced = survey.displaced.iter().map(|path| (path, kept.join(path)));
    for (path, route) in survey.foreign.iter().map(|path| (path, path.clone())).chain(displaced) {
        let (from, to) = (out.join(path), tree.join(&route));
        let folder = route.parent().unwrap_or(Path::new(""));
        let made = match route == *path {
            true => folders::make_like(out, tree, folder),
            false => folders::make_parents(tree, &route),
        };
        made.map_err(|error| fault("make the folder of", &to, error))?;
        // Links are linked as such and not followed.
        match rustix::fs::linkat(CWD, &from, CWD, &to, AtFlags::empty()) {
            Ok(()) => {}
            // Another owner's file, a mount below the folder, a disk without hard links, too many links.
            Err(Errno::PERM | Errno::XDEV | Errno::OPNOTSUPP | Errno::NOSYS | Errno::MLINK) => {
                return Ok(false);
            }
            Err(error) => return Err(fault("carry over", &from, error)),
        }
    }
    for folder in &survey.bare {
        match folders::make_like(out, tree, folder) {
            // The new site has a file there, and an empty folder holds nothing that could be lost.
            Err(error) if error.kind() == ErrorKind::NotADirectory => {}
            result => result.map_err(|error| fault("make the folder", &tree.join(folder), error))?,
        }
    }
    Ok(true)
}

/// Publishes the tree of the staging. False if it cannot be had here and nothing has changed.
pub(super) fn exchange(way: Way, staging: &Staging, out: &Path) -> anyhow::Result<bool> {
    let result = match way {
        Way::FileByFile => return Ok(false),
        // A rename replaces an empty folder at one stroke too.
        _ if is_vacant(out) => fs::rename(&staging.tree, out),
        // Without it nobody could tell later what in the old tree may be deleted.
        _ if !is_taken(&out.join(MANIFEST)) => {
            bail!("{} was filled by somebody else during the build: empty it and build again", out.display())
        }
        Way::Exchange => swap(staging, out),
        Way::Renames => rename_both(staging, out),
    };
    match result {
        Ok(()) => Ok(true),
        Err(error) if cannot_be_had(&error) => Ok(false),
        Err(error) => Err(fault("publish", out, error)),
    }
}

/// Puts the old tree back if a run was killed between the two renames.
pub(super) fn restore(staging: &Staging, out: &Path) -> anyhow::Result<()> {
    if is_taken(&staging.old) && !is_taken(out) {
        fs::rename(&staging.old, out).map_err(|error| fault("restore", out, error))?;
    }
    Ok(())
}

fn is_vacant(out: &Path) -> bool {
    match fs::read_dir(out) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == ErrorKind::NotFound,
    }
}

#[cfg(target_os = "linux")]
fn swap(staging: &Staging, out: &Path) -> io::Result<()> {
    use rustix::fs::{RenameFlags, renameat_with};
    Ok(renameat_with(CWD, &staging.tree, CWD, out, RenameFlags::EXCHANGE)?)
}

#[cfg(not(target_os = "linux"))]
fn swap(staging: &Staging, out: &Path) -> io::Result<()> {
    rename_both(staging, out)
}

fn rename_both(staging: &Staging, out: &Path) -> io::Result<()> {
    fs::rename(out, &staging.old)?;
    fs::rename(&staging.tree, out).or_else(|error| {
        fs::rename(&staging.old, out)?;
        Err(error)
    })
}

/// A mount point, a container image's lower layer, a file system or kernel without the call.
fn cannot_be_had(error: &io::Error) -> bool {
    matches!(
        Errno::from_io_error(error),
        Some(Errno::BUSY | Errno::XDEV | Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scene() -> (tempfile::TempDir, Staging, std::path::PathBuf) {
        let root = tempfile::tempdir().unwrap();
        let staging = Staging::make(&root.path().join("new"), false).unwrap();
        let out = root.path().join("out");
        fs::create_dir(&out).unwrap();
        fs::write(out.join("old"), "").unwrap();
        fs::create_dir(out.join(".relbook")).unwrap();
        fs::write(out.join(MANIFEST), "").unwrap();
        fs::write(staging.tree.join("new"), "").unwrap();
        (root, staging, out)
    }

    #[test]
    fn both_ways_bring_the_new_tree_and_keep_the_old_aside() {
        for way in [Way::Exchange, Way::Renames] {
            let (_root, staging, out) = scene();
            assert!(exchange(way, &staging, &out).unwrap());
            assert!(out.join("new").exists() && !out.join("old").exists());
            assert!(staging.tree.join("old").exists() || staging.old.join("old").exists());
        }
    }

    #[test]
    fn a_run_killed_between_the_renames_is_undone() {
        let (_root, staging, out) = scene();
        fs::rename(&out, &staging.old).unwrap();
        restore(&staging, &out).unwrap();
        assert!(out.join("old").exists() && staging.tree.join("new").exists());
    }

    #[test]
    fn a_second_rename_that_fails_undoes_the_first() {
        let (_root, staging, out) = scene();
        fs::remove_dir_all(&staging.tree).unwrap();
        assert!(exchange(Way::Renames, &staging, &out).is_err());
        assert!(out.join("old").exists());
    }

    #[test]
    fn an_empty_folder_is_replaced() {
        let (_root, staging, out) = scene();
        fs::remove_dir_all(&out).unwrap();
        fs::create_dir(&out).unwrap();
        assert!(exchange(Way::usual(), &staging, &out).unwrap());
        assert!(out.join("new").exists());
    }

    #[test]
    fn a_folder_filled_by_somebody_else_is_left() {
        let (_root, staging, out) = scene();
        fs::remove_file(out.join(MANIFEST)).unwrap();
        assert!(exchange(Way::usual(), &staging, &out).is_err());
        assert!(out.join("old").exists());
    }

    #[test]
    fn what_makes_an_exchange_impossible_is_told_from_faults() {
        assert!(cannot_be_had(&Errno::BUSY.into()) && cannot_be_had(&Errno::XDEV.into()));
        assert!(!cannot_be_had(&Errno::ACCESS.into()) && !cannot_be_had(&Errno::NOSPC.into()));
    }
}
