//! EDGE: one walk over the commits behind one, the newest first: which files each of them changed, and from what to what.
//!
//! 1. `rev-list` names the commits, children before their parents whatever their dates say.
//! 2. Which trees the folders are in each of them: what is the same tree in a parent is not looked at.
//! 3. `diff-tree` tells in what the other trees differ.
//!
//! All is plumbing: it follows no settings for `git log`. No text is read. A merge counts where a file of it is as none of its
//! parents has it. A file that moves is followed where its text stays the same.

#![allow(clippy::disallowed_methods, reason = "EDGE")]

use std::ops::ControlFlow;
use std::path::Path;
use std::str;
use std::sync::Arc;

use anyhow::{Context, Result};
use jiff::Timestamp;
use rustc_hash::{FxHashMap, FxHashSet};

use super::differences::{Difference, Pair, for_each_pair};
use super::git::git;
use super::trees::{Tree, folder_trees};

/// The longest name of an author that is told, in characters.
const AUTHOR_LENGTH: usize = 100;

/// A commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its whole name.
    pub id: String,
    /// When its author made it, where that is a time.
    pub at: Option<Timestamp>,
    /// Who made it, without what cannot be shown; empty where nobody is named.
    pub author: String,
}

/// What a commit did to a file.
#[derive(Debug)]
pub(super) struct Changed {
    /// Where the file is, below the folder that was asked of.
    pub path: String,
    /// Where it was, if that is elsewhere.
    pub from: Option<String>,
    /// The objects that were its text, one for each parent that has it.
    pub was: Vec<String>,
    /// The object that is its text; nothing where it is gone.
    pub is: Option<String>,
}

/// Hands on each commit behind one, with what it changed in some folders, until that is enough.
pub(super) fn for_each_commit(
    root: &Path,
    from: &str,
    folders: &[&'static str],
    mut take: impl FnMut(Commit, Vec<Changed>) -> ControlFlow<()>,
) -> Result<()> {
    let within = git(root, &["rev-parse", "--show-prefix"])?;
    let empty = git(root, &["hash-object", "-t", "tree", "--stdin"])?;
    let empty: Arc<str> = str::from_utf8(empty.trim_ascii()).context("git names no object")?.into();
    let commits = commits(root, from)?;
    let ids: Vec<&str> = commits.iter().map(|(commit, _)| commit.id.as_str()).collect();
    let trees = folder_trees(root, &ids, within.trim_ascii_end(), folders)?;
    let numbers: FxHashMap<&str, usize> = ids.iter().enumerate().map(|(number, id)| (*id, number)).collect();
    let mut pairs = Vec::new();
    let mut counts = Vec::new();
    for (own, (_, parents)) in trees.iter().zip(&commits) {
        let parents: Vec<&[Tree]> =
            parents.iter().filter_map(|parent| Some(&*trees[*numbers.get(parent.as_str())?])).collect();
        let of_folders = (0..folders.len()).map(|folder| differing(&own[folder], &parents, folder, &empty));
        let of_folders: Vec<Vec<Pair>> = of_folders.collect();
        counts.push(of_folders.iter().map(Vec::len).collect::<Vec<usize>>());
        pairs.extend(of_folders.into_iter().flatten());
    }
    drop(numbers);
    let mut commits = commits.into_iter().zip(counts);
    for_each_pair(root, &pairs, |read| {
        for ((commit, parents), counts) in &mut commits {
            let mut changed = Vec::new();
            for (folder, count) in folders.iter().zip(counts) {
                let differences = (0..count).map(|_| read()).collect::<Result<Vec<_>>>()?;
                changed.extend(changes(folder, differences));
            }
            if parents.len() < 2 {
                follow_moves(&mut changed);
            }
            if take(commit, changed).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    })
}

/// The commits behind one, children before their parents, each with the names of its parents.
fn commits(root: &Path, from: &str) -> Result<Vec<(Commit, Vec<String>)>> {
    let format = "--format=%P%x00%at%x00%an";
    let listed = git(root, &["rev-list", "--topo-order", "--encoding=UTF-8", format, "--end-of-options", from])?;
    let listed = String::from_utf8_lossy(&listed);
    let mut lines = listed.lines();
    let mut commits = Vec::new();
    while let Some(head) = lines.next() {
        let id = head.strip_prefix("commit ").context("git says what is no commit")?.to_owned();
        let mut parts = lines.next().context("git says what is no commit")?.splitn(3, '\0');
        let mut part = || parts.next().context("git says what is no commit");
        let parents = part()?.split_whitespace().map(str::to_owned).collect();
        let at = part()?.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
        commits.push((Commit { id, at, author: shown(part()?) }, parents));
    }
    Ok(commits)
}

/// A name without what cannot be shown, or would turn around what stands beside it.
fn shown(author: &str) -> String {
    let is_shown = |letter: &char| !matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let letters = author.chars().filter(is_shown).map(|letter| if letter.is_control() { ' ' } else { letter });
    letters.take(AUTHOR_LENGTH).collect::<String>().trim().to_owned()
}

/// What has to be compared of a folder: nothing where it is as a parent has it, else its tree with that of each parent.
fn differing(own: &Tree, parents: &[&[Tree]], folder: usize, empty: &Arc<str>) -> Vec<Pair> {
    let name = |tree: &Tree| tree.as_ref().unwrap_or(empty).clone();
    let is = name(own);
    let pair = |was: Arc<str>| Pair { was, is: is.clone() };
    let pairs: Vec<Pair> = match parents {
        [] => vec![pair(empty.clone())],
        _ => parents.iter().map(|parent| pair(name(&parent[folder]))).collect(),
    };
    if pairs.iter().any(|pair| pair.was == pair.is) { Vec::new() } else { pairs }
}

/// What a commit changed in a folder, by how it differs from each of its parents.
fn changes(folder: &str, differences: Vec<Vec<Difference>>) -> Vec<Changed> {
    let parents = differences.len();
    let mut met: FxHashMap<String, usize> = FxHashMap::default();
    let mut changed: Vec<(Changed, usize)> = Vec::new();
    for Difference { path, was, is } in differences.into_iter().flatten() {
        let number = *met.entry(path).or_insert_with_key(|path| {
            let path = format!("{folder}/{path}");
            changed.push((Changed { path, from: None, was: Vec::new(), is }, 0));
            changed.len() - 1
        });
        let (change, count) = &mut changed[number];
        change.was.extend(was);
        *count += 1;
    }
    changed.into_iter().filter(|(_, count)| *count == parents).map(|(change, _)| change).collect()
}

/// Makes one move of a file that is gone and one that is new with the same text; where there are several, of those with the
/// same name.
fn follow_moves(changed: &mut Vec<Changed>) {
    let mut gone: FxHashMap<String, Vec<String>> = FxHashMap::default();
    for change in changed.iter().filter(|change| change.is.is_none()) {
        gone.entry(change.was.concat()).or_default().push(change.path.clone());
    }
    if gone.is_empty() {
        return;
    }
    let name = |path: &str| path.rsplit('/').next().map(str::to_owned);
    let mut moved = FxHashSet::default();
    for change in changed.iter_mut().filter(|change| change.was.is_empty()) {
        let Some(object) = change.is.clone() else { continue };
        let Some(paths) = gone.get_mut(&object).filter(|paths| !paths.is_empty()) else { continue };
        let place = paths.iter().position(|path| name(path) == name(&change.path)).unwrap_or_default();
        let from = paths.remove(place);
        moved.insert(from.clone());
        (change.from, change.was) = (Some(from), vec![object]);
    }
    changed.retain(|change| change.is.is_some() || !moved.contains(&change.path));
}
