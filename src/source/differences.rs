//! EDGE: in what pairs of trees differ, by one process for all of them.

#![allow(clippy::disallowed_methods, reason = "EDGE")]

use std::io::{BufRead, BufReader, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Stdio;
use std::str;
use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};

use super::git::{INCOMPLETE, command, is_file};

/// Two trees that are not the same: what was there, and what is.
#[derive(Debug)]
pub(super) struct Pair {
    pub was: Arc<str>,
    pub is: Arc<str>,
}

/// In what they differ: a path below them, and the objects that are its text; nothing where it has none.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub path: String,
    pub was: Option<String>,
    pub is: Option<String>,
}

/// Lets a function read in what each pair differs, one after the other, as far as it wants to.
pub(super) fn for_each_pair(
    root: &Path,
    pairs: &[Pair],
    take: impl FnOnce(&mut dyn FnMut() -> Result<Vec<Difference>>) -> Result<ControlFlow<()>>,
) -> Result<()> {
    let mut command = command(root);
    command.args(["diff-tree", "--stdin", "-r", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-color"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().context("cannot start git")?;
    let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        bail!("cannot talk to git");
    };
    let mut input = BufWriter::new(input);
    let mut output = Output { from: BufReader::new(output), head: None };
    let mut asked = pairs.iter();
    let mut read = || output.differences(asked.next().context("more is compared than there is")?);
    // Asking and reading at once: either pipe may be full.
    let ended = std::thread::scope(|scope| {
        std::thread::Builder::new()
            .spawn_scoped(scope, move || {
                pairs.iter().try_for_each(|Pair { was, is }| writeln!(input, "{was} {is}")).and_then(|()| input.flush())
            })
            .context("cannot start a thread that talks to git")?;
        let ended = take(&mut read);
        // Nobody reads any more what is asked for.
        if !matches!(ended, Ok(ControlFlow::Continue(()))) {
            child.kill().ok();
        }
        ended
    });
    let status = child.wait().context("git did not end")?;
    if ended?.is_continue() {
        ensure!(status.success() && output.head.is_none(), INCOMPLETE);
    }
    Ok(())
}

/// What git says: for each pair that differs a line `8baef1b4a 5626abf0`, and behind it each difference,
/// `:100644 100644 5626abf0 814f4a42 M` and its path, with a zero byte behind either.
struct Output<R> {
    from: R,
    /// The line of the pair that comes next.
    head: Option<Vec<u8>>,
}

impl<R: BufRead> Output<R> {
    fn differences(&mut self, pair: &Pair) -> Result<Vec<Difference>> {
        if self.head.is_none() {
            self.head = self.until(b'\n')?;
        }
        let mut differences = Vec::new();
        // Trees that differ in nothing but folders without a file are not told of.
        if self.head.as_deref() != Some(format!("{} {}", pair.was, pair.is).as_bytes()) {
            return Ok(differences);
        }
        self.head = None;
        while self.from.fill_buf().context(UNREADABLE)?.first() == Some(&b':') {
            let entry = self.until(0)?.unwrap_or_default();
            let path = self.until(0)?.context("git says no path")?;
            // A name that is not UTF-8 is no record's.
            let Ok(path) = String::from_utf8(path) else { continue };
            differences.extend(difference(&entry, path)?);
        }
        Ok(differences)
    }

    /// What stands before the next such byte; nothing at the end.
    fn until(&mut self, end: u8) -> Result<Option<Vec<u8>>> {
        let mut part = Vec::new();
        self.from.read_until(end, &mut part).context(UNREADABLE)?;
        let is_end = part.is_empty();
        part.pop();
        Ok((!is_end).then_some(part))
    }
}

const UNREADABLE: &str = "cannot read what git says";

/// Links and submodules have no text.
fn difference(entry: &[u8], path: String) -> Result<Option<Difference>> {
    let entry = str::from_utf8(entry).context("git says what is no change")?;
    let fields: Vec<&str> = entry.trim_start_matches(':').split(' ').collect();
    let [mode_was, mode_is, was, is, _] = fields[..] else { bail!("git says what is no change") };
    let text = |mode: &str, object: &str| is_file(mode).then(|| object.to_owned());
    let difference = Difference { path, was: text(mode_was, was), is: text(mode_is, is) };
    Ok((difference.was.is_some() || difference.is.is_some()).then_some(difference))
}
