//! EDGE: the one place that prints: data to standard output, talk to standard error.

use std::io::{BufWriter, ErrorKind, IsTerminal, Result, Write};

use anyhow::Context;
use terminal_size::{Width, terminal_size};

/// Prints data. Whoever closed the other end has seen enough, which is no fault.
///
/// # Errors
///
/// Not all of it could be printed: the disk is full, say.
pub fn print(write: impl FnOnce(&mut dyn Write) -> Result<()>) -> anyhow::Result<()> {
    let mut out = BufWriter::new(anstream::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        printed => printed.context("cannot print all of it to standard output"),
    }
}

/// Says what is going on. Whoever does not listen is not asked again: the exit code tells how it ended.
pub fn say(write: impl FnOnce(&mut dyn Write) -> Result<()>) {
    let mut errors = BufWriter::new(anstream::stderr().lock());
    let _ = write(&mut errors).and_then(|()| errors.flush());
}

/// Where data goes to a terminal: how many columns it has, as far as it says so.
pub(super) fn terminal() -> Option<Option<usize>> {
    let width = || terminal_size().map(|(Width(width), _)| width.into());
    std::io::stdout().is_terminal().then(width)
}
