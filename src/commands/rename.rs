//! `relbook rename`: another id for a record.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use jiff::civil::Date;

use super::folders::site;
use super::speech::{print, say};
use crate::authoring::rename as rename_record;
use crate::diag::harmless;
use crate::pipeline::open;

/// Give a record another id: whatever names it follows
///
/// References of front matter, `[[links]]`, relative links and exceptions from freezes are changed, and its file where the id is
/// its name. The old address leads to the new one, and the old id is kept under `former_ids`. All of it is written, or nothing.
#[derive(Debug, Args)]
pub struct RenameOptions {
    /// Id of the record, perhaps with its kind, as in change:CHG-2041
    #[arg(value_name = "ID")]
    id: String,
    /// Its new id
    #[arg(value_name = "NEW")]
    new: String,
    /// Let the old address lead nowhere
    #[arg(long)]
    no_alias: bool,
    /// Print what would change, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Folder of the site [default: the one where one stands, or the nearest above with a relbook.toml]
    #[arg(short = 'C', long = "site", value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// Renames a record.
///
/// # Errors
///
/// There is no such record, the id is taken, or a file cannot be changed.
pub fn rename(options: RenameOptions, today: Date) -> Result<ExitCode> {
    let opened = open(&site(options.folder), today)?;
    let renamed = rename_record(&opened, &options.id, &options.new, !options.no_alias, options.dry_run)?;
    print(|out| {
        renamed.places.iter().try_for_each(|(path, line)| writeln!(out, "{}:{line}", harmless(path)))?;
        renamed.moved.iter().try_for_each(|(from, to)| writeln!(out, "{} -> {}", harmless(from), harmless(to)))
    })?;
    let verb = if options.dry_run { "would be" } else { "is" };
    say(|out| writeln!(out, "{} {verb} {}", harmless(&renamed.was), harmless(&options.new)));
    Ok(ExitCode::SUCCESS)
}
