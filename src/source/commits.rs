//! EDGE: one walk over the commits behind one, the newest first: which files each of them changed, and from what to what.
//!
//! `rev-list` names the commits, children before their parents whatever their dates say, and `diff-tree` tells what each
//! changed. Both are plumbing: they follow no settings for `git log`. No text is read. A merge counts where a file of it
//! is as none of its parents has it. A file that moves is followed where its text stays the same.

#![allow(clippy::disallowed_methods, reason = "EDGE")]

use std::io::{BufRead, BufReader};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, bail, ensure};
use jiff::Timestamp;

use super::git::{command, git, is_file};

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
    let mut prefix = git(root, &["rev-parse", "--show-prefix"])?;
    prefix.truncate(prefix.trim_ascii_end().len());
    let start = |arguments: &[&str], input: Stdio| {
        let mut command = command(root);
        command.args(arguments).stdin(input).stdout(Stdio::piped()).stderr(Stdio::null());
        command.spawn().context("cannot start git")
    };
    let mut listing = start(&["rev-list", "--topo-order", "--end-of-options", from], Stdio::null())?;
    let listed = listing.stdout.take().context("cannot talk to git")?;
    let fixed = ["diff-tree", "--stdin", "-r", "-z", "-c", "--root", "--find-renames=100%", "--encoding=UTF-8"];
    let more = ["--no-ext-diff", "--no-textconv", "--no-color", "--format=@%H %at %an", "--"];
    let mut comparing = start(&[&fixed[..], &more, folders].concat(), listed.into())?;
    let output = comparing.stdout.take().context("cannot talk to git")?;
    let read = read(BufReader::new(output), &prefix, &mut take);
    if matches!(read, Ok(ControlFlow::Continue(()))) {
        ensure!(
            comparing.wait().context("git did not end")?.success()
                && listing.wait().context("git did not end")?.success(),
            "git does not hold every commit: fetch the whole history, without a filter"
        );
        return Ok(());
    }
    // Both may have ended by themselves.
    for mut child in [comparing, listing] {
        child.kill().ok();
        child.wait().context("git did not end")?;
    }
    read.map(|_| ())
}

/// Reads what is told of each commit: `@8baef1b4a 1764325200 A. Author`, and behind it what it changed, each part with a zero
/// byte behind it.
fn read(
    mut output: impl BufRead,
    prefix: &[u8],
    take: &mut impl FnMut(Commit, Vec<Changed>) -> ControlFlow<()>,
) -> Result<ControlFlow<()>> {
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
                *done = Some((commit(head)?, Vec::new()));
            }
            (Some([b':', ..]), Some((_, changed))) => {
                let entry =
                    part.and_then(|part| std::str::from_utf8(part).ok()).context("git says what is no change")?;
                changed.extend(change(entry, &mut output, prefix)?);
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

fn commit(head: &[u8]) -> Result<Commit> {
    let head = String::from_utf8_lossy(head.trim_ascii_start());
    let mut parts = head.trim_start_matches('@').splitn(3, ' ');
    let (Some(id), Some(at), Some(author)) = (parts.next(), parts.next(), parts.next()) else {
        bail!("git says what is no commit");
    };
    let at = at.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    Ok(Commit { id: id.to_owned(), at, author: shown(author) })
}

/// A name without what cannot be shown, or would turn around what stands beside it.
fn shown(author: &str) -> String {
    let is_shown = |letter: &char| !matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let letters = author.chars().filter(is_shown).map(|letter| if letter.is_control() { ' ' } else { letter });
    letters.take(AUTHOR_LENGTH).collect::<String>().trim().to_owned()
}

/// One change: `:100644 100644 5626abf0 814f4a42 M`, with a colon, a mode and an object more for each further parent, and the
/// path behind it, or of a file that moved both paths. A name that is not UTF-8 is no record's.
fn change(entry: &str, output: &mut impl BufRead, prefix: &[u8]) -> Result<Option<Changed>> {
    let parents = entry.bytes().take_while(|byte| *byte == b':').count();
    let fields: Vec<&str> = entry[parents..].split(' ').collect();
    ensure!(fields.len() == 2 * parents + 3, "git says what is no change");
    let (modes, rest) = fields.split_at(parents + 1);
    let (objects, status) = rest.split_at(parents + 1);
    let texts: Vec<Option<String>> =
        modes.iter().zip(objects).map(|(mode, object)| is_file(mode).then(|| (*object).to_owned())).collect();
    let mut path = || -> Result<Option<String>> {
        let path = part(output)?.context("git says no path")?;
        Ok(path.strip_prefix(prefix).and_then(|path| String::from_utf8(path.to_vec()).ok()))
    };
    let from = match status {
        [status] if status.starts_with('R') && parents == 1 => path()?,
        _ => None,
    };
    let Some(path) = path()? else { return Ok(None) };
    let (is, was) = (texts.last().cloned().flatten(), texts.iter().take(parents).flatten().cloned().collect());
    Ok(Some(Changed { path, from, was, is }))
}
