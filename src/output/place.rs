//! Where the output, its staging and its lock lie; refuses an output folder that is not ours to replace.

use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};

use super::fault::fault;
use super::folders::{self, is_taken};
use super::lock::Lock;
use super::manifest::{MANIFEST, OWN_FOLDER};
use super::own::{LOCK_INSIDE, STAGING_INSIDE, is_own};
use super::staging::Staging;

/// Whether staging and lock lie beside the output folder or, where they cannot, inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seat {
    Beside,
    Inside,
}

/// An output folder that may be written, though perhaps not just now.
#[derive(Debug)]
pub(super) struct Place {
    /// The output folder, without symbolic links; it need not exist.
    pub(super) out: PathBuf,
    parent: PathBuf,
    name: OsString,
}

impl Place {
    /// Resolves the output folder and refuses what can be refused without a lock.
    pub(super) fn find(out: &Path, site_folder: &Path) -> anyhow::Result<Place> {
        let site = fs::canonicalize(site_folder).map_err(|error| fault("find", site_folder, error))?;
        let absolute = std::path::absolute(out).map_err(|error| fault("find", out, error))?;
        let (Some(parent), Some(name)) = (absolute.parent(), absolute.file_name()) else {
            bail!("{} cannot be an output folder: give one by its name", out.display());
        };
        refuse_links(&parent.join(name), &site)?;
        fs::create_dir_all(parent).map_err(|error| fault("make the folder", parent, error))?;
        let parent = fs::canonicalize(parent).map_err(|error| fault("find", parent, error))?;
        let place = Place { out: parent.join(name), parent, name: name.to_owned() };
        ensure!(
            !site.starts_with(&place.out),
            "the output folder {} is the site's own folder or holds it: name a folder of its own for \
             the output, such as \"site\"",
            place.out.display()
        );
        place.refuse_foreign()?;
        Ok(place)
    }

    /// Where the staging lies.
    pub(super) fn staging(&self, seat: Seat) -> PathBuf {
        match seat {
            Seat::Beside => self.beside("new"),
            Seat::Inside => self.out.join(STAGING_INSIDE),
        }
    }

    fn beside(&self, what: &str) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(format!(".relbook-{what}"));
        self.parent.join(name)
    }

    /// Refuses a folder that holds anything without a manifest of ours to go with it.
    ///
    /// Called again under the lock, since another writer may have been at work in between.
    pub(super) fn refuse_foreign(&self) -> anyhow::Result<()> {
        let out = &self.out;
        let Some(metadata) = look(out)? else {
            return Ok(());
        };
        ensure!(metadata.is_dir(), "{} is not a folder: name another output folder", out.display());
        ensure!(
            !is_taken(&out.join(".git")),
            "the output folder {} is a git repository: relbook replaces the folder as a whole, so name \
             another one and copy the site over",
            out.display()
        );
        let own = out.join(OWN_FOLDER);
        ensure!(
            look(&own)?.is_none_or(|found| found.is_dir()),
            "{} is not a folder, and relbook keeps its manifest there: move it elsewhere",
            own.display()
        );
        let is_ours = look(&out.join(MANIFEST))?.is_some_and(|manifest| manifest.is_file());
        let is_half_published =
            [Seat::Beside, Seat::Inside].iter().any(|seat| Staging::has_journal(&self.staging(*seat)));
        if is_ours || is_half_published {
            return Ok(());
        }
        if let Some(stranger) = stranger(out)? {
            bail!(
                "the output folder {} holds files that relbook did not write, such as {}: name another \
                 folder, or empty this one",
                out.display(),
                stranger.to_string_lossy()
            );
        }
        Ok(())
    }

    /// Takes the lock where it can be had, and says where the staging must lie.
    pub(super) fn lock(&self, wanted: Option<Seat>) -> anyhow::Result<(Lock, Seat)> {
        let seat = match wanted {
            Some(seat) => seat,
            None if self.is_mount_point()? => Seat::Inside,
            None => Seat::Beside,
        };
        if seat == Seat::Inside {
            return Ok((self.lock_inside()?, seat));
        }
        let path = self.beside("lock");
        match Lock::take(&path) {
            Ok(lock) => Ok((lock.with_context(|| self.busy())?, seat)),
            // A lock file that we may not open belongs to another account, which may be at work.
            Err(error) if is_forbidden(error.kind()) && self.out.is_dir() && !is_taken(&path) => {
                Ok((self.lock_inside()?, Seat::Inside))
            }
            Err(error) => Err(fault("lock", &path, error)),
        }
    }

    fn lock_inside(&self) -> anyhow::Result<Lock> {
        let folder = self.out.join(OWN_FOLDER);
        if !is_taken(&folder) {
            folders::make(&folder).map_err(|error| fault("make the folder", &folder, error))?;
        }
        let path = self.out.join(LOCK_INSIDE);
        Lock::take(&path).map_err(|error| fault("lock", &path, error))?.with_context(|| self.busy())
    }

    /// The lock of a writer that works inside the folder, if it left one or is still there.
    pub(super) fn lock_left_inside(&self) -> anyhow::Result<Option<Lock>> {
        if is_taken(&self.out.join(LOCK_INSIDE)) { self.lock_inside().map(Some) } else { Ok(None) }
    }

    fn busy(&self) -> String {
        format!("another relbook is writing {}: wait until it has ended", self.out.display())
    }

    fn is_mount_point(&self) -> anyhow::Result<bool> {
        let Some(out) = look(&self.out)? else {
            return Ok(false);
        };
        let parent = look(&self.parent)?.context("the output's parent folder has gone")?;
        Ok(out.dev() != parent.dev() || is_mount_root(&self.out))
    }
}

/// A mount of the same file system, such as a container's volume, shows only here.
#[cfg(target_os = "linux")]
fn is_mount_root(path: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    statx(CWD, path, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::empty())
        .is_ok_and(|found| found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

#[cfg(not(target_os = "linux"))]
fn is_mount_root(_: &Path) -> bool {
    false
}

fn is_forbidden(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem)
}

/// Refuses an output folder that is a symbolic link, or that a link inside the site's folder leads to.
///
/// A link further up is the machine's own affair: on macOS `/tmp` is one.
fn refuse_links(out: &Path, site: &Path) -> anyhow::Result<()> {
    for path in out.ancestors() {
        if !look(path)?.is_some_and(|found| found.is_symlink()) {
            continue;
        }
        let lies_in_site =
            path.parent().is_some_and(|folder| fs::canonicalize(folder).is_ok_and(|folder| folder.starts_with(site)));
        ensure!(
            path != out && !lies_in_site,
            "the output folder {} is reached through the symbolic link {}: name the folder itself",
            out.display(),
            path.display()
        );
    }
    Ok(())
}

fn look(path: &Path) -> anyhow::Result<Option<Metadata>> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(fault("look at", path, error)),
    }
}

/// The first name in the folder that is neither our lock nor our staging.
fn stranger(out: &Path) -> anyhow::Result<Option<OsString>> {
    let own = out.join(OWN_FOLDER);
    let in_own = if is_taken(&own) { names(&own)? } else { Vec::new() };
    let below = in_own.into_iter().map(|name| Path::new(OWN_FOLDER).join(name));
    let found = names(out)?.into_iter().filter(|name| name != OWN_FOLDER).map(PathBuf::from);
    Ok(found.chain(below.filter(|path| !is_own(path))).map(PathBuf::into_os_string).min())
}

fn names(folder: &Path) -> anyhow::Result<Vec<OsString>> {
    let read = || -> io::Result<_> { fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name())).collect() };
    read().map_err(|error| fault("read the folder", folder, error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    fn refusal(out: &Path, site: &Path) -> String {
        Place::find(out, site).unwrap_err().to_string()
    }

    #[test]
    fn the_sites_own_folder_and_those_above_are_refused() {
        let root = tempfile::tempdir().unwrap();
        let site = root.path().join("records");
        fs::create_dir(&site).unwrap();
        for out in [&site, root.path(), Path::new("/")] {
            assert!(Place::find(out, &site).is_err(), "{}", out.display());
        }
        assert!(refusal(&site, &site).contains("the site's own folder"));
        assert!(Place::find(&site.join("site"), &site).is_ok());
        assert!(Place::find(&site.join("../records/site/"), &site).is_ok());
        assert!(Place::find(&site.join(".."), &site).is_err());
    }

    #[test]
    fn links_at_or_inside_the_site_are_refused_and_links_above_are_not() {
        let root = tempfile::tempdir().unwrap();
        let (real, link) = (root.path().join("real"), root.path().join("link"));
        fs::create_dir_all(real.join("records/deep")).unwrap();
        symlink(&real, &link).unwrap();
        let site = real.join("records");
        symlink(root.path(), site.join("way")).unwrap();
        symlink("nowhere", root.path().join("dangling")).unwrap();
        assert!(refusal(&link, &site).contains("symbolic link"));
        assert!(refusal(&root.path().join("dangling"), &site).contains("symbolic link"));
        assert!(refusal(&site.join("way/out"), &site).contains("symbolic link"));
        let found = Place::find(&link.join("out"), &site).unwrap();
        assert_eq!(found.out, fs::canonicalize(&real).unwrap().join("out"));
    }

    #[test]
    fn files_repositories_and_strangers_are_refused() {
        let root = tempfile::tempdir().unwrap();
        let (site, out) = (root.path().join("records"), root.path().join("out"));
        fs::create_dir(&site).unwrap();
        fs::write(&out, "").unwrap();
        assert!(refusal(&out, &site).contains("is not a folder"));
        fs::remove_file(&out).unwrap();
        fs::create_dir_all(out.join(".git")).unwrap();
        assert!(refusal(&out, &site).contains("is a git repository"));
        fs::remove_dir(out.join(".git")).unwrap();
        fs::write(out.join("thesis.doc"), "").unwrap();
        assert!(refusal(&out, &site).contains("such as thesis.doc"));
        fs::remove_file(out.join("thesis.doc")).unwrap();
        fs::create_dir(out.join(".relbook")).unwrap();
        assert!(Place::find(&out, &site).is_ok());
        fs::write(out.join(".relbook/other"), "").unwrap();
        assert!(refusal(&out, &site).contains("such as .relbook/other"));
    }
}
