//! `relbook verify`: holds a built site against its manifest, or what runs against the records.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use jiff::civil::Date;

use super::faulty::faulty;
use super::folders::site;
use super::number::counted;
use super::speech::print;
use crate::diag::{harmless, harmless_line};
use crate::output;
use crate::pipeline::{self, Compared};

/// Hold a built site against its manifest, or what runs against the records
#[derive(Debug, Args)]
pub struct VerifyOptions {
    /// Folder of the built site; with `--components`, of the records
    ///
    /// With `--components` and without it, the site is where one stands, or in the nearest folder above with a
    /// relbook.toml.
    #[arg(value_name = "DIR", required_unless_present = "components")]
    site: Option<PathBuf>,
    /// A list of what runs, to be held against what the releases that are live brought
    ///
    /// JSON, a list of objects, or CSV with a line of names: `item`, and `version`, `digest` or both.
    #[arg(long, value_name = "FILE")]
    components: Option<PathBuf>,
}

/// Prints every file that is missing, changed or not ours; or every component that is not what the records say, on the
/// day that `today` tells.
///
/// # Errors
///
/// The folder, its manifest or the list cannot be read.
pub fn verify(options: VerifyOptions, today: fn() -> Result<Date>) -> Result<ExitCode> {
    match (options.components, options.site) {
        (Some(list), folder) => verify_components(&list, folder, today()?),
        (None, folder) => verify_site(&folder.unwrap_or_default()),
    }
}

fn verify_site(folder: &Path) -> Result<ExitCode> {
    let differences = output::verify(folder)?;
    print(|out| {
        if differences.is_empty() {
            return writeln!(out, "{}: every file is as it was written", folder.display());
        }
        differences.iter().try_for_each(|difference| writeln!(out, "{}", harmless(&difference.to_string())))
    })?;
    Ok(if differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn verify_components(list: &Path, folder: Option<PathBuf>, today: Date) -> Result<ExitCode> {
    let folder = site(folder);
    let (differences, known) = match pipeline::compare_components(folder.clone(), list, today)? {
        Compared::Differences(differences, known) => (differences, known),
        Compared::Faulty(checked) => return Ok(faulty(&folder, checked)),
    };
    print(|out| {
        if differences.is_empty() {
            let verb = if known == 1 { "runs" } else { "run" };
            return writeln!(out, "{} {verb} as the records say", counted(known, "component"));
        }
        differences.iter().try_for_each(|difference| writeln!(out, "{}", harmless_line(&difference.to_string())))
    })?;
    Ok(if differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
