//! Holds the published folder against the old manifest and the new: what is to go, and what is not ours
//! and must survive.

use std::path::{Path, PathBuf};

use anyhow::{bail, ensure};
use walkdir::WalkDir;

use super::manifest::{Manifest, OWN_FOLDER};
use super::own::is_own;

/// What lies in the published folder beyond the files of the new site.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Survey {
    /// Our files that the new site has not.
    pub(super) stale: Vec<Box<str>>,
    /// Files, links and the like that are not ours.
    pub(super) foreign: Vec<PathBuf>,
    /// Those of them that stand where the new site has something.
    pub(super) displaced: Vec<PathBuf>,
    /// Empty folders, which cannot be ours.
    pub(super) bare: Vec<PathBuf>,
}

impl Survey {
    /// Walks `out`; `is_ours` tells whether a regular file there was written by us. A file that is not, in a place that
    /// the new site needs, is an error, unless nobody can tell any more whose it is: then it is to be kept elsewhere.
    pub(super) fn of(
        out: &Path,
        new: &Manifest,
        is_damaged: bool,
        is_ours: impl Fn(&str) -> bool,
    ) -> anyhow::Result<Survey> {
        let mut survey = Survey::default();
        let mut last_folder: Option<(usize, PathBuf)> = None;
        // Neighbours one after the other are found in the manifests several times as fast.
        let walk = WalkDir::new(out).min_depth(1).sort_by_file_name().into_iter();
        let relative = |path: &Path| path.strip_prefix(out).unwrap_or(path).to_path_buf();
        for entry in walk.filter_entry(|entry| !is_own(&relative(entry.path()))) {
            let entry = entry?;
            let path = relative(entry.path());
            survey.bare.extend(left_empty(last_folder.take(), entry.depth()));
            if entry.file_type().is_dir() {
                last_folder = Some((entry.depth(), path));
            } else if let Some(route) = path.to_str().filter(|it| entry.file_type().is_file() && is_ours(it)) {
                if !new.names(route) {
                    survey.stale.push(route.into());
                }
            } else {
                match refuse_clash(new, out, &path) {
                    Ok(()) => survey.foreign.push(path),
                    Err(_) if is_damaged => survey.displaced.push(path),
                    Err(error) => return Err(error),
                }
            }
        }
        survey.bare.extend(left_empty(last_folder, 0));
        Ok(survey)
    }
}

/// The folder met last, unless the next entry lies in it.
fn left_empty(folder: Option<(usize, PathBuf)>, next_depth: usize) -> Option<PathBuf> {
    let (depth, path) = folder?;
    // The program's own folder holds at least the manifest, which the walk leaves out.
    (next_depth <= depth && path != Path::new(OWN_FOLDER)).then_some(path)
}

/// Refuses a file that is not ours where the new site has a file, a folder, or a file in place of a folder
/// above it.
fn refuse_clash(new: &Manifest, out: &Path, path: &Path) -> anyhow::Result<()> {
    // A path that is not UTF-8 can still lie below a file of ours.
    if let Some(route) = path.to_str() {
        let clashes = new.names(route) || new.names_below(route);
        ensure!(
            !clashes,
            "{} is not relbook's, and the site has something in its place: {ADVICE}",
            out.join(path).display()
        );
    }
    for folder in path.ancestors().skip(1).filter_map(Path::to_str).filter(|folder| !folder.is_empty()) {
        if new.names(folder) {
            bail!(
                "{} is not relbook's, and the site has a file {folder} in place of its folder: {ADVICE}",
                out.join(path).display()
            );
        }
    }
    Ok(())
}

const ADVICE: &str = "move it elsewhere, or rename what makes that page or file";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::manifest::Entry;
    use std::fs;

    fn manifest(routes: &[&str]) -> Manifest {
        let entry = |route: &&str| Entry { route: (*route).into(), size: 0, digest: [0; 32] };
        Manifest::of_build(None, "00", routes.iter().map(entry).collect()).unwrap()
    }

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for file in files {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        root
    }

    fn survey(out: &Path, old: &[&str], new: &[&str]) -> anyhow::Result<Survey> {
        let old = manifest(old);
        Survey::of(out, &manifest(new), false, |route| old.names(route))
    }

    #[test]
    fn stale_foreign_and_bare_are_told_apart() {
        let out = folder(&["a/kept", "a/stale", "CNAME", "own/deep/file", ".relbook/manifest", ".relbook/new/x"]);
        for bare in ["bare/inner", "own/bare", "z"] {
            fs::create_dir_all(out.path().join(bare)).unwrap();
        }
        let found = survey(out.path(), &["a/kept", "a/stale", "a/gone"], &["a/kept", "new"]).unwrap();
        assert_eq!(found.stale, [Box::from("a/stale")]);
        assert_eq!(found.foreign, [Path::new("CNAME"), Path::new("own/deep/file")]);
        assert_eq!(found.bare, [Path::new("bare/inner"), Path::new("own/bare"), Path::new("z")]);
    }

    #[test]
    fn a_file_of_ours_that_became_a_link_is_not_ours() {
        let out = folder(&[]);
        std::os::unix::fs::symlink("/etc/hostname", out.path().join("page")).unwrap();
        assert!(survey(out.path(), &["page"], &["page"]).is_err());
        assert_eq!(survey(out.path(), &["page"], &[]).unwrap().foreign, [Path::new("page")]);
    }

    #[test]
    fn clashes_are_found_at_above_and_below() {
        for (foreign, new) in [("a", "a"), ("a", "a/b"), ("a/b", "a"), ("a/b/c", "a")] {
            let out = folder(&[foreign]);
            let error = survey(out.path(), &[], &[new]).unwrap_err().to_string();
            assert!(error.contains("is not relbook's"), "{foreign} and {new}: {error}");
        }
        assert!(survey(folder(&["a-b", "a.html"]).path(), &[], &["a/b"]).is_ok());
    }
}
