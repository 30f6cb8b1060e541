//! Makes folders with the rights they must have, whatever the umask.

use std::fs::{self, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

/// Rights of a folder of the site.
pub(super) const FOLDER_MODE: u32 = 0o755;
/// Rights of a file of the site.
pub(super) const FILE_MODE: u32 = 0o644;

/// Makes one folder of the site.
pub(super) fn make(folder: &Path) -> io::Result<()> {
    fs::create_dir(folder)?;
    fs::set_permissions(folder, Permissions::from_mode(FOLDER_MODE))
}

/// Makes the folders between `base`, which exists, and the file `route`.
pub(super) fn make_parents(base: &Path, route: &Path) -> io::Result<()> {
    each_below(base, route.parent(), |_, folder| make(folder))
}

/// Makes `folder` below `to` with the rights that each part of it has below `from`, so that what its
/// owner kept private stays private.
pub(super) fn make_like(from: &Path, to: &Path, folder: &Path) -> io::Result<()> {
    each_below(to, Some(folder), |part, folder| {
        let rights = fs::symlink_metadata(from.join(part))?.permissions();
        fs::create_dir(folder)?;
        fs::set_permissions(folder, rights)
    })
}

/// Whether two paths name one file.
pub(super) fn is_same_file(one: &Path, other: &Path) -> bool {
    let id = |path| fs::symlink_metadata(path).map(|file: fs::Metadata| (file.dev(), file.ino()));
    matches!((id(one), id(other)), (Ok(one), Ok(other)) if one == other)
}

/// Calls `make` with every leading part of `route` and its place below `base`; what is there already,
/// perhaps made by another thread a moment ago, is left.
fn each_below(base: &Path, route: Option<&Path>, make: impl Fn(&Path, &Path) -> io::Result<()>) -> io::Result<()> {
    let Some(route) = route else { return Ok(()) };
    let mut parts: Vec<&Path> = route.ancestors().filter(|part| *part != Path::new("")).collect();
    parts.reverse();
    for part in parts {
        match make(part, &base.join(part)) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            result => result?,
        }
    }
    Ok(())
}

/// Removes the folders above `route` as far as they are empty, never `base` itself.
pub(super) fn remove_empty_parents(base: &Path, route: &Path) {
    for folder in route.ancestors().skip(1).filter(|part| *part != Path::new("")) {
        if fs::remove_dir(base.join(folder)).is_err() {
            return;
        }
    }
}

/// Whether something, be it a dangling link, has this name.
pub(super) fn is_taken(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn parents_are_made_once_and_readable_to_all() {
        let base = tempfile::tempdir().unwrap();
        for _ in 0..2 {
            make_parents(base.path(), Path::new("a/b/c.html")).unwrap();
        }
        assert_eq!(mode(&base.path().join("a/b")), FOLDER_MODE);
        assert!(!is_taken(&base.path().join("a/b/c.html")));
    }

    #[test]
    fn a_private_folder_stays_private() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::create_dir_all(from.path().join("a/b")).unwrap();
        fs::set_permissions(from.path().join("a"), Permissions::from_mode(0o700)).unwrap();
        make_like(from.path(), to.path(), Path::new("a/b")).unwrap();
        assert_eq!(mode(&to.path().join("a")), 0o700);
        assert!(to.path().join("a/b").is_dir());
    }

    #[test]
    fn only_empty_folders_are_removed() {
        let base = tempfile::tempdir().unwrap();
        fs::create_dir_all(base.path().join("a/b/c")).unwrap();
        fs::write(base.path().join("a/kept"), "").unwrap();
        remove_empty_parents(base.path(), Path::new("a/b/c/gone.html"));
        assert!(base.path().join("a").is_dir());
        assert!(!base.path().join("a/b").exists());
    }
}
