//! `relbook check`: what is wrong with the records, without a site.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use jiff::civil::Date;

use super::folders::{in_repository, shown};
use super::number::counted;
use super::reports::Reports;
use super::speech::{print, say};
use crate::diag::{self, Findings, Folders, Levels, Profile};
use crate::lints;
use crate::pipeline::{self, CheckRequest};

/// How many findings of one lint people are shown.
pub(super) const SHOWN: usize = 20;

/// Check the records without building the site
///
/// Exit codes: 0 no errors; 1 the records have errors; 2 the program could not run.
#[derive(Debug, Args)]
pub struct CheckOptions {
    /// Folder of the site: the one that holds relbook.toml and the record folders
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// Set of levels, in place of the one in relbook.toml; levels of single lints stay
    #[arg(long, value_name = "PROFILE")]
    profile: Option<Profile>,
    /// List every lint with its level, and check nothing
    #[arg(long)]
    list: bool,
    /// Show people every finding, and not only the first 20 of each lint
    #[arg(long)]
    all: bool,
    /// Compare with what git holds at this revision: steps of the lifecycle, changed ids, deleted records
    #[arg(long, value_name = "REVISION")]
    since: Option<String>,
    /// Report only what concerns files that have changed since that revision
    #[arg(long, requires = "since")]
    changed: bool,
    #[command(flatten)]
    reports: Reports,
    /// Day that counts as today, as in 2026-11-28 [default: SOURCE_DATE_EPOCH, else the clock]
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
}

/// Checks the records. `today` is the day to take where the options name none.
///
/// # Errors
///
/// What kept the check from running.
pub fn check(options: CheckOptions, today: Date) -> Result<ExitCode> {
    if options.list {
        return list(&pipeline::levels_of(&options.folder, options.profile)?);
    }
    let request = CheckRequest {
        folder: options.folder,
        profile: options.profile,
        since: options.since,
        only_changed: options.changed,
        today: options.today.unwrap_or(today),
    };
    let checked = pipeline::check(&request)?;
    let content = checked.content.clone();
    let from_here = Folders { site: shown(&request.folder), content: content.clone() };
    let from_root = Folders { site: in_repository(&request.folder), content };
    let limit = (!options.all).then_some(SHOWN);
    options.reports.print(|format, mut out| {
        let folders = if format.is_of_repository() { &from_root } else { &from_here };
        let findings = Findings { report: &checked.report, sources: &checked.sources, folders, lints: lints::ALL };
        format.print(&findings, limit, &mut out)
    })?;
    say(|errors| {
        for note in &checked.notes {
            writeln!(errors, "note: {}", diag::harmless(note))?;
        }
        writeln!(errors, "{} checked", counted(checked.records, "record"))
    });
    Ok(if checked.report.has_errors() { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// Prints every lint: code, name, level, what it finds.
fn list(levels: &Levels) -> Result<ExitCode> {
    let width = lints::ALL.iter().map(|lint| lint.name.len()).max().unwrap_or_default();
    print(|out| {
        lints::ALL.iter().try_for_each(|lint| {
            let level = levels.of(lint).word();
            writeln!(out, "{}  {:width$}  {level:5}  {}", lint.code, lint.name, lint.summary)
        })
    })?;
    Ok(ExitCode::SUCCESS)
}
