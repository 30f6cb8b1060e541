//! EDGE: one walk over the commits behind one, the newest first: which files each of them changed, and from what to what.
//!
//! 1. `rev-list` names the commits, children before their parents whatever their dates say.
//! 2. Those stay in which a folder of records is another tree than in each of their parents.
//! 3. `diff-tree` tells what each of these changed. It is given no folders: it would hold every name in them against these.
//!
//! All is plumbing: it follows no settings for `git log`. No text is read. A merge counts where a file of it is as none of its
//! parents has it. A file that moves is followed where its text stays the same.

#![allow(clippy::disallowed_methods, reason = "EDGE")]

use std::io::{BufRead, BufReader, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Stdio;
use std::str;

use anyhow::{Context, Error, Result, bail, ensure};
use jiff::Timestamp;
use rustc_hash::FxHashMap;

use super::git::{INCOMPLETE, command, git, is_file};
use super::trees::folder_trees;

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

/// Hands on each commit behind one that changed something in some folders, with what it changed there, until that is enough.
pub(super) fn for_each_commit(
    root: &Path,
    from: &str,
    folders: &[&'static str],
    mut take: impl FnMut(Commit, Vec<Changed>) -> ControlFlow<()>,
) -> Result<()> {
    let mut within = git(root, &["rev-parse", "--show-prefix"])?;
    within.truncate(within.trim_ascii_end().len());
    let commits = touching(root, commits(root, from)?, &within, folders)?;
    let mut command = command(root);
    command.args(["diff-tree", "--stdin", "-r", "-z", "-c", "--root", "--find-renames=100%", "--format=@%H"]);
    command.args(["--no-ext-diff", "--no-textconv", "--no-color"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("cannot start git")?;
    let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        bail!("cannot talk to git");
    };
    let ids: Vec<String> = commits.iter().map(|commit| commit.id.clone()).collect();
    let mut input = BufWriter::new(input);
    // Asking and reading at once: either pipe may be full.
    let read = std::thread::scope(|scope| {
        std::thread::Builder::new()
            .spawn_scoped(scope, move || {
                ids.iter().try_for_each(|id| writeln!(input, "{id}")).and_then(|()| input.flush())
            })
            .context("cannot start a thread that talks to git")?;
        // A name that is not UTF-8 is no record's.
        let place = |path: &[u8]| {
            let path = str::from_utf8(path.strip_prefix(&*within)?).ok()?;
            folders.contains(&path.split_once('/')?.0).then(|| path.to_owned())
        };
        let read = read(BufReader::new(output), place, commits, &mut take);
        // Nobody reads any more what is asked for.
        if !matches!(read, Ok(ControlFlow::Continue(()))) {
            child.kill().ok();
        }
        read
    });
    let status = child.wait().context("git did not end")?;
    ensure!(read?.is_break() || status.success(), INCOMPLETE);
    Ok(())
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

/// Those commits in which one of the folders is another tree than in each parent.
fn touching(
    root: &Path,
    commits: Vec<(Commit, Vec<String>)>,
    within: &[u8],
    folders: &[&'static str],
) -> Result<Vec<Commit>> {
    let ids: Vec<&str> = commits.iter().map(|(commit, _)| commit.id.as_str()).collect();
    let trees = folder_trees(root, &ids, within, folders)?;
    let numbers: FxHashMap<&str, usize> = ids.iter().enumerate().map(|(number, id)| (*id, number)).collect();
    let nothing = vec![None; folders.len()];
    let is_touching = |number: usize| -> Result<bool> {
        let parents = commits[number].1.iter().map(|id| numbers.get(id.as_str()).map(|parent| &*trees[*parent]));
        let mut parents = parents.collect::<Option<Vec<_>>>().context(INCOMPLETE)?;
        if parents.is_empty() {
            parents.push(&nothing);
        }
        Ok((0..folders.len()).any(|folder| parents.iter().all(|parent| parent[folder] != trees[number][folder])))
    };
    let touching = (0..commits.len()).map(is_touching).collect::<Result<Vec<_>>>()?;
    Ok(commits.into_iter().zip(touching).filter_map(|((commit, _), is)| is.then_some(commit)).collect())
}

/// A name without what cannot be shown, or would turn around what stands beside it.
fn shown(author: &str) -> String {
    let is_shown = |letter: &char| !matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let letters = author.chars().filter(is_shown).map(|letter| if letter.is_control() { ' ' } else { letter });
    letters.take(AUTHOR_LENGTH).collect::<String>().trim().to_owned()
}

/// Reads what is told of each of some commits: `@8baef1b4a`, and behind it what it changed, each part with a zero byte behind
/// it. Of a commit that changed nothing, nothing is told.
fn read(
    mut output: impl BufRead,
    place: impl Fn(&[u8]) -> Option<String>,
    commits: Vec<Commit>,
    take: &mut impl FnMut(Commit, Vec<Changed>) -> ControlFlow<()>,
) -> Result<ControlFlow<()>> {
    let mut commits = commits.into_iter();
    let mut now: Option<(Commit, Vec<Changed>)> = None;
    loop {
        let part = part(&mut output)?;
        let part = part.as_deref().map(|part| part.strip_prefix(b"\n").unwrap_or(part));
        match (part, &mut now) {
            (None | Some([b'@', ..]), done) => {
                if let Some((commit, changed)) = done.take()
                    && take(commit, changed).is_break()
                {
                    return Ok(ControlFlow::Break(()));
                }
                let Some(head) = part else { return Ok(ControlFlow::Continue(())) };
                let commit = commits.find(|commit| commit.id.as_bytes() == &head.trim_ascii()[1..]);
                *done = Some((commit.context("git says what is no commit")?, Vec::new()));
            }
            (Some([b':', ..]), Some((_, changed))) => {
                let entry = part.and_then(|part| str::from_utf8(part).ok()).context("git says what is no change")?;
                changed.extend(change(entry, &mut output, &place)?);
            }
            (Some([]), _) => {}
            _ => bail!("git says what is no change"),
        }
    }
}

/// What stands before the next zero byte; nothing at the end.
fn part(output: &mut impl BufRead) -> Result<Option<Vec<u8>>> {
    let mut part = Vec::new();
    output.read_until(0, &mut part).context("cannot read what git says")?;
    let is_end = part.is_empty();
    part.pop();
    Ok((!is_end).then_some(part))
}

/// One change: `:100644 100644 5626abf0 814f4a42 M`, with a colon, a mode and an object more for each further parent, and the
/// path behind it, or of a file that moved both paths. What moved out of the folders is gone.
fn change(entry: &str, output: &mut impl BufRead, place: impl Fn(&[u8]) -> Option<String>) -> Result<Option<Changed>> {
    let parents = entry.bytes().take_while(|byte| *byte == b':').count();
    let fields: Vec<&str> = entry[parents..].split(' ').collect();
    ensure!(fields.len() == 2 * parents + 3, "git says what is no change");
    let (modes, rest) = fields.split_at(parents + 1);
    let (objects, status) = rest.split_at(parents + 1);
    let texts: Vec<Option<String>> =
        modes.iter().zip(objects).map(|(mode, object)| is_file(mode).then(|| (*object).to_owned())).collect();
    let mut path = || Ok::<_, Error>(place(&part(output)?.context("git says no path")?));
    let from = match status {
        [status] if status.starts_with('R') && parents == 1 => path()?,
        _ => None,
    };
    let (is, was) = (texts.last().cloned().flatten(), texts.iter().take(parents).flatten().cloned().collect());
    Ok(match (path()?, from) {
        (Some(path), from) => Some(Changed { path, from, was, is }),
        (None, Some(path)) => Some(Changed { path, from: None, was, is: None }),
        (None, None) => None,
    })
}
