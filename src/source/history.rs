//! EDGE: what git tells of the records' past: when each was changed first and last, and of some every text that they had.
//!
//! Nothing is told of a clone that lacks a part of the past: what it holds first is not what was written first.

use std::fmt;
use std::ops::ControlFlow;
use std::path::Path;

use anyhow::{Error, Result};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rustc_hash::{FxHashMap, FxHashSet};
use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::commits::{Changed, Commit, for_each_commit};
use super::git::{Held, Objects, files_at, git, is_shallow};
use super::listing::Wanted;
use super::text::Sources;

/// Why nothing is known of the past.
#[derive(Debug)]
pub enum Absent {
    /// There is no git, or no repository around the records, or git refuses to look at it.
    NoRepository,
    /// The repository has no commit.
    NoCommit,
    /// The clone is shallow.
    Shallow,
    /// Git does not hold all of it.
    Incomplete(Error),
}

impl fmt::Display for Absent {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Absent::NoRepository => to.write_str("the records are in no git repository that can be asked"),
            Absent::NoCommit => to.write_str("nothing is committed yet"),
            Absent::Shallow => to.write_str(
                "the clone is shallow: fetch the whole history (`git fetch --unshallow`; `fetch-depth: 0` on GitHub, \
                 `GIT_DEPTH: 0` on GitLab)",
            ),
            Absent::Incomplete(error) => write!(to, "{error:#}"),
        }
    }
}

/// A change of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change<'a> {
    /// The commit that made it; nothing where it is not committed.
    pub commit: Option<&'a Commit>,
    /// When: never before an earlier change of the same record.
    pub at: Option<Timestamp>,
}

/// A text that a record had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The commit that made it, by its number.
    commit: u32,
    /// The object that is the text.
    pub is: String,
    /// The texts that it was made from: one, several in a merge, none where it is new.
    pub was: Vec<String>,
    /// Whether the record is new in its place while others went: it may have been elsewhere before, with another text.
    pub may_be_moved: bool,
}

/// What is known of one record.
#[derive(Debug)]
struct Known {
    /// The object that is its text in the newest commit.
    object: String,
    is_as_committed: bool,
    /// The commits that changed it first and last, and the latest time of all that did.
    first: Option<u32>,
    last: Option<u32>,
    latest: Option<Timestamp>,
    /// Every text that it had, the newest first, where these are wanted.
    versions: Option<Vec<Version>>,
}

/// What git tells of the records' past.
#[derive(Debug)]
pub struct History {
    commits: Vec<Commit>,
    of: FxHashMap<String, Known>,
    /// When what is not committed was changed.
    today: Option<Timestamp>,
}

impl History {
    /// The first change of a record.
    pub fn first(&self, path: &str) -> Option<Change<'_>> {
        let commit = &self.commits[self.of.get(path)?.first? as usize];
        Some(Change { commit: Some(commit), at: commit.at })
    }

    /// The last change of a record. One that differs from its last commit, or is in none, was changed today.
    pub fn last(&self, path: &str) -> Change<'_> {
        match self.of.get(path) {
            Some(Known { is_as_committed: true, last: Some(last), latest, .. }) => {
                Change { commit: Some(&self.commits[*last as usize]), at: *latest }
            }
            _ => Change { commit: None, at: self.today },
        }
    }

    /// The object that is a record's text in the newest commit, and every text that it had, the newest first: of those
    /// records alone of which these were asked for.
    pub fn versions(&self, path: &str) -> Option<(&str, &[Version])> {
        let known = self.of.get(path)?;
        Some((&known.object, known.versions.as_deref()?))
    }

    /// Forgets the texts that records had.
    pub fn drop_versions(&mut self) {
        self.of.values_mut().for_each(|known| known.versions = None);
    }

    /// The commit that made a text.
    pub fn commit(&self, version: &Version) -> &Commit {
        &self.commits[version.commit as usize]
    }

    /// The texts that git holds.
    ///
    /// # Errors
    ///
    /// Git cannot be started.
    pub fn objects(wanted: &Wanted<'_>) -> Result<Objects, Absent> {
        Objects::open(&wanted.root()).map_err(Absent::Incomplete)
    }

    /// Whether a record is as it was committed last.
    pub fn is_as_committed(&self, path: &str) -> bool {
        self.of.get(path).is_some_and(|known| known.is_as_committed)
    }
}

/// Walks once through all that git holds of a site's records, as they are today; `with_versions` names the records of which
/// every text is wanted.
///
/// # Errors
///
/// Why nothing is known.
pub fn load_history(
    wanted: &Wanted<'_>,
    with_versions: &FxHashSet<&str>,
    sources: &Sources,
    today: Date,
) -> Result<History, Absent> {
    let root = &wanted.root();
    match is_shallow(root) {
        Err(_) => return Err(Absent::NoRepository),
        Ok(true) => return Err(Absent::Shallow),
        Ok(false) => {}
    }
    let Ok(head) = git(root, &["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]) else {
        return Err(Absent::NoCommit);
    };
    let head = String::from_utf8_lossy(&head).trim().to_owned();
    read(root, wanted.folders, &head, with_versions, sources, today).map_err(Absent::Incomplete)
}

/// The newest commit, with the time at which it was made; nothing where there is no repository, or no commit.
pub fn head_commit(wanted: &Wanted<'_>) -> Option<Commit> {
    let said = git(&wanted.root(), &["rev-list", "--max-count=1", "--timestamp", "HEAD"]).ok()?;
    let said = String::from_utf8(said).ok()?;
    let (seconds, id) = said.trim().split_once(' ')?;
    let at = seconds.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    Some(Commit { id: id.to_owned(), at, author: String::new() })
}

/// Whether an object is this text. It is asked of every record, and to ask git for their texts would take longer than all the rest.
fn is_named(text: &str, object: &str) -> bool {
    let head = format!("blob {}\0", text.len());
    let digits = |digest: &[u8]| digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    match object.len() {
        40 => digits(&Sha1::new().chain_update(head).chain_update(text).finalize()) == object,
        _ => digits(&Sha256::new().chain_update(head).chain_update(text).finalize()) == object,
    }
}

fn read(
    root: &Path,
    folders: &[&'static str],
    head: &str,
    with_versions: &FxHashSet<&str>,
    sources: &Sources,
    today: Date,
) -> Result<History> {
    let texts: FxHashMap<&str, &str> = sources.iter().map(|(_, of)| (of.path.as_str(), &*of.text)).collect();
    let mut held = files_at(root, head, folders)?;
    held.retain(|file| texts.contains_key(file.path.as_str()));
    let mut same: FxHashSet<String> = held
        .iter()
        .filter(|file| is_named(texts[file.path.as_str()], &file.object))
        .map(|file| file.path.clone())
        .collect();
    // The text of today has lost a byte-order mark and other line ends.
    let others: Vec<&Held> = held.iter().filter(|file| !same.contains(&file.path)).collect();
    let mut objects = Objects::open(root)?;
    for Held { path, object } in others {
        if *objects.text(path, object)?.text == *texts[path.as_str()] {
            same.insert(path.clone());
        }
    }
    let of = held.into_iter().map(|Held { path, object }| {
        let is_as_committed = same.contains(&path);
        let versions = with_versions.contains(path.as_str()).then(Vec::new);
        let known = Known { object, is_as_committed, first: None, last: None, latest: None, versions };
        (path, known)
    });
    let noon = today.at(12, 0, 0, 0).to_zoned(TimeZone::UTC).ok().map(|noon| noon.timestamp());
    let mut history = History { commits: Vec::new(), of: of.collect(), today: noon };
    // Under which path each record stands in the commits that are still to come.
    let mut names: FxHashMap<String, String> = history.of.keys().map(|path| (path.clone(), path.clone())).collect();
    for_each_commit(root, head, folders, |commit, changed| {
        history.take(commit, changed, &mut names);
        ControlFlow::Continue(())
    })?;
    Ok(history)
}

impl History {
    fn take(&mut self, commit: Commit, changed: Vec<Changed>, names: &mut FxHashMap<String, String>) {
        let number = self.commits.len() as u32;
        let at = commit.at;
        self.commits.push(commit);
        let has_gone = changed.iter().any(|change| change.is.is_none());
        for Changed { path, from, was, is } in changed {
            let (Some(is), Some(name)) = (is, names.get(&path).cloned()) else { continue };
            let Some(known) = self.of.get_mut(&name) else { continue };
            known.first = Some(number);
            known.last.get_or_insert(number);
            known.latest = known.latest.max(at);
            if let Some(versions) = &mut known.versions {
                let may_be_moved = was.is_empty() && has_gone;
                versions.push(Version { commit: number, is, was, may_be_moved });
            }
            if let Some(from) = from {
                names.insert(from, name);
            }
        }
    }
}

/// When git held each of some records changed for the last time, as seen from a commit; nothing of a record is told where the
/// clone lacks a part of the past.
pub(super) fn last_changes(
    root: &Path,
    from: &str,
    folders: &[&'static str],
    paths: &FxHashSet<&str>,
) -> Result<FxHashMap<String, Timestamp>> {
    let mut found = FxHashMap::default();
    let mut left = paths.clone();
    if left.is_empty() || is_shallow(root)? {
        return Ok(found);
    }
    for_each_commit(root, from, folders, |commit, changed| {
        for Changed { path, .. } in changed {
            if left.remove(path.as_str()) {
                found.extend(commit.at.map(|at| (path, at)));
            }
        }
        if left.is_empty() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    Ok(found)
}
