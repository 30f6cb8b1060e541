//! EDGE: how git is asked: for objects only, and so that nothing runs which the repository's configuration names.

#![allow(clippy::disallowed_methods, reason = "EDGE")]

use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail};

use super::text::Source;

/// What is said where git lacks a commit, or a tree.
pub(super) const INCOMPLETE: &str = "git does not hold every commit: fetch the whole history, without a filter";

/// A file that a commit holds.
#[derive(Debug)]
pub(super) struct Held {
    pub path: String,
    /// The name of the object that is its text.
    pub object: String,
}

/// The files that a commit has in some folders, in order of path. Links and submodules are none, and a name that is not UTF-8
/// is no record's.
pub(super) fn files_at(root: &Path, commit: &str, folders: &[&'static str]) -> Result<Vec<Held>> {
    let listed = git(root, &[&["ls-tree", "-r", "-z", commit, "--"], folders].concat())?;
    let entries = listed.split(|byte| *byte == 0).filter_map(|entry| std::str::from_utf8(entry).ok());
    // `100644 blob 8baef1b4a	releases/REL-1.md`
    let held = entries.filter_map(|entry| {
        let (head, path) = entry.split_once('\t')?;
        let mut head = head.split(' ');
        let (mode, kind, object) = (head.next()?, head.next()?, head.next()?);
        (is_file(mode) && kind == "blob").then(|| Held { path: path.to_owned(), object: object.to_owned() })
    });
    Ok(held.collect())
}

/// Whether a mode is that of a file with a text.
pub(super) fn is_file(mode: &str) -> bool {
    matches!(mode, "100644" | "100755")
}

/// Whether the repository lacks a part of its history.
pub(super) fn is_shallow(root: &Path) -> Result<bool> {
    Ok(git(root, &["rev-parse", "--is-shallow-repository"])?.starts_with(b"true"))
}

/// The texts of a repository's objects, all from one process.
pub struct Objects {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Objects {
    pub(super) fn open(root: &Path) -> Result<Objects> {
        let mut child = command(root)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start git")?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            bail!("cannot talk to git");
        };
        Ok(Objects { child, input, output: BufReader::new(output) })
    }

    /// The text that a file had.
    ///
    /// # Errors
    ///
    /// Git does not hold it.
    pub fn text(&mut self, path: &str, object: &str) -> Result<Source> {
        writeln!(self.input, "{object}").context("cannot talk to git")?;
        Ok(text(path, next(&mut self.output)?.with_context(|| lacks(path))?))
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Hands on the texts of some files, in their order; all come from one process.
pub(super) fn for_each_text(root: &Path, files: &[Held], mut take: impl FnMut(Source)) -> Result<()> {
    let objects: Vec<&str> = files.iter().map(|file| file.object.as_str()).collect();
    for_each_object(root, &objects, |number, bytes| {
        let path = &files[number].path;
        take(text(path, bytes.with_context(|| lacks(path))?));
        Ok(())
    })
}

fn lacks(path: &str) -> String {
    format!("git does not hold {path} as it was: fetch the whole history, without a filter")
}

fn text(path: &str, bytes: Vec<u8>) -> Source {
    let text = String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    Source::new(path, text)
}

/// Hands on what some objects hold, each with its number, in their order; all come from one process.
pub(super) fn for_each_object(
    root: &Path,
    objects: &[&str],
    mut take: impl FnMut(usize, Option<Vec<u8>>) -> Result<()>,
) -> Result<()> {
    if objects.is_empty() {
        return Ok(());
    }
    let mut process = Objects::open(root)?;
    let Objects { child, input, output } = &mut process;
    let mut input = BufWriter::new(input);
    // Asking and reading at once: either pipe may be full.
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .spawn_scoped(scope, move || objects.iter().try_for_each(|object| writeln!(input, "{object}")))
            .context("cannot start a thread that talks to git")?;
        let read = (0..objects.len()).try_for_each(|number| take(number, next(output)?));
        // Nobody reads any more what is asked for.
        if read.is_err() {
            child.kill().ok();
        }
        read
    })
}

/// What the next object holds, `8baef1b4a blob 120`, its bytes and a line end; nothing where git has no such object.
fn next(output: &mut impl BufRead) -> Result<Option<Vec<u8>>> {
    let mut head = String::new();
    output.read_line(&mut head).context("cannot read what git says")?;
    let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<u64>().ok());
    let Some(size) = size else { return Ok(None) };
    let mut bytes = Vec::new();
    output.take(size + 1).read_to_end(&mut bytes).context("cannot read what git says")?;
    bytes.pop();
    Ok(Some(bytes))
}

/// What git prints.
pub(super) fn git(root: &Path, arguments: &[&str]) -> Result<Vec<u8>> {
    let output = command(root).args(arguments).output().context("cannot start git: it must be installed")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("git said: {}", said.lines().next().unwrap_or("nothing").trim_start_matches("fatal: "));
    }
    Ok(output.stdout)
}

/// A git that starts no other program, whatever the repository's configuration names: no hook, no monitor, and, as no
/// protocol is allowed, no transport to fetch what a partial clone lacks. Commits are as they were made: nothing that the
/// repository puts in their place (`refs/replace`, `info/grafts`) counts.
pub(super) fn command(root: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"]);
    let fixed = [
        ("LC_ALL", "C"),
        ("GIT_OPTIONAL_LOCKS", "0"),
        ("GIT_NO_LAZY_FETCH", "1"),
        ("GIT_ALLOW_PROTOCOL", "none"),
        ("GIT_NO_REPLACE_OBJECTS", "1"),
        ("GIT_GRAFT_FILE", "/dev/null"),
    ];
    command.envs(fixed).stdin(Stdio::null()).stderr(Stdio::piped());
    command
}
