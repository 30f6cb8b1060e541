//! EDGE: what git holds at a revision, asked of `git` for objects only.
//!
//! 1. Which commit the revision is.
//! 2. Which files it has in the folders of the records.
//! 3. The texts of the records among them, all from one process; those that differ from the texts of today stay.
//!
//! The texts are compared here and not by `git diff`, which reads the working tree through the filters that the
//! repository's configuration names: programs that whoever wrote that configuration chose.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use jiff::Timestamp;
use rustc_hash::{FxHashMap, FxHashSet};

use super::folder::is_record;
use super::git::{files_at, for_each_text, git, is_shallow};
use super::history::last_changes;
use super::listing::Wanted;
use super::name::bundle;
use super::text::{Source, Sources};

/// The records at a revision, in so far as they differ from those in the folder.
#[derive(Debug, Default)]
pub struct Revision {
    /// The revision as it was named.
    pub name: String,
    /// Records that have changed or gone since, as they were then, in order of path.
    pub texts: Vec<Source>,
    /// Every file that was there.
    paths: BTreeSet<String>,
    /// Those of them that differ now, or are gone.
    differing: BTreeSet<String>,
    /// The commit that it is.
    commit: String,
    /// When some of the records were changed for the last time before it.
    changes: FxHashMap<String, Timestamp>,
}

impl Revision {
    /// Whether a file was there.
    pub fn has(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// Whether it held any file of the records.
    pub fn has_any(&self) -> bool {
        !self.paths.is_empty()
    }

    /// Whether a file is new, or not as it was.
    pub fn differs(&self, path: &str) -> bool {
        !self.has(path) || self.differing.contains(path)
    }

    /// When the record of a file was changed for the last time before it, where that was looked up and is known.
    pub fn changed_at(&self, path: &str) -> Option<Timestamp> {
        self.changes.get(path).copied()
    }

    /// Looks up when some records were changed for the last time before it.
    ///
    /// # Errors
    ///
    /// Git does not hold every commit.
    pub fn date_changes(&mut self, wanted: &Wanted<'_>, paths: &FxHashSet<&str>) -> Result<()> {
        self.changes = last_changes(&wanted.root(), &self.commit, wanted.folders, paths)?;
        Ok(())
    }
}

/// Reads what git holds of a site's records at a revision, and holds it against the texts of today.
///
/// # Errors
///
/// No git, no repository, no such revision; each with what to do.
pub fn load_revision(wanted: &Wanted<'_>, name: &str, today: &Sources) -> Result<Revision> {
    let (root, folders) = (&wanted.root(), wanted.folders);
    let is_ignored = |path: &str| wanted.ignore.names(&wanted.below_site(path), false);
    let mut revision = Revision { name: name.to_owned(), commit: commit(root, name)?, ..Revision::default() };
    let mut held = files_at(root, &revision.commit, folders)?;
    revision.paths = held.iter().map(|file| file.path.clone()).collect();
    let bundles: FxHashSet<String> = revision.paths.iter().filter_map(|path| bundle(path)).map(str::to_owned).collect();
    held.retain(|file| is_record(&file.path, |folder| bundles.contains(folder)) && !is_ignored(&file.path));
    let texts_of_today: FxHashMap<&str, &str> = today.iter().map(|(_, of)| (of.path.as_str(), &*of.text)).collect();
    let texts = &mut revision.texts;
    for_each_text(root, &held, |was| {
        if texts_of_today.get(was.path.as_str()) != Some(&&*was.text) {
            texts.push(was);
        }
    })?;
    revision.differing = revision.texts.iter().map(|was| was.path.clone()).collect();
    Ok(revision)
}

/// The file of the settings that a site had at a revision, where it had one.
///
/// # Errors
///
/// No git, no repository, no such revision; each with what to do.
pub fn settings_at(wanted: &Wanted<'_>, name: &str) -> Result<Option<Source>> {
    let commit = commit(&wanted.root(), name)?;
    let held = files_at(wanted.site, &commit, &["relbook.toml"])?;
    let mut found = None;
    for_each_text(wanted.site, &held, |was| found = Some(was))?;
    Ok(found)
}

/// The commit that a revision names.
fn commit(root: &Path, name: &str) -> Result<String> {
    let is_shallow = is_shallow(root).with_context(|| {
        let root = root.display();
        format!(
            "--since compares with what git holds, and {root} cannot be asked: check a clone, or leave --since away"
        )
    })?;
    ensure!(!name.is_empty(), "--since names no revision: give it a branch, a tag or a commit, such as origin/main");
    // No name of a revision begins with a dash; git would take it for an option.
    let found = match name.starts_with('-') {
        true => None,
        false => git(root, &["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")]).ok(),
    };
    let commit = found.map(|commit| String::from_utf8_lossy(&commit).trim().to_owned());
    match commit.filter(|commit| !commit.is_empty() && commit.bytes().all(|byte| byte.is_ascii_hexdigit())) {
        Some(commit) => Ok(commit),
        None if is_shallow => bail!(
            "git does not know the revision `{name}`, for the clone is shallow: fetch the whole history \
             (`git fetch --unshallow`; `fetch-depth: 0` on GitHub, `GIT_DEPTH: 0` on GitLab)"
        ),
        None => bail!("git does not know the revision `{name}`: name a branch, a tag or a commit that was fetched"),
    }
}
