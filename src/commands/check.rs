//! `relbook check`: what is wrong with the records, without a site.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Args;
use jiff::civil::Date;

use super::folders::{in_repository, shown, site, site_of};
use super::number::counted;
use super::reports::Reports;
use super::speech::{print, say};
use crate::authoring::{self, Fixed};
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
    /// Folder of the site, or records in it, as editors and hooks name them: then only what concerns these is reported
    ///
    /// Without one, the site is where one stands, or in the nearest folder above with a relbook.toml.
    #[arg(value_name = "DIR|FILE")]
    paths: Vec<PathBuf>,
    /// Write into the files what findings say to write instead, and report what is left
    #[arg(long, conflicts_with_all = ["list", "stdin_filename"])]
    fix: bool,
    /// Read the text of this file from standard input, as an editor has it before it is saved
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    stdin_filename: Option<PathBuf>,
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
    let (folder, only) = subject(options.paths, options.stdin_filename.as_deref())?;
    if options.list {
        return list(&pipeline::levels_of(&folder, options.profile)?);
    }
    let instead = match options.stdin_filename {
        Some(_) => only.first().cloned().zip(Some(std::io::read_to_string(std::io::stdin())?)),
        None => None,
    };
    let request = CheckRequest {
        folder,
        profile: options.profile,
        since: options.since,
        only_changed: options.changed,
        today: options.today.unwrap_or(today),
        only,
        instead,
    };
    if options.fix {
        tell_fixed(&authoring::fix(&request)?);
    }
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

/// The site's folder, and the paths of the named records below the folder that holds them.
fn subject(paths: Vec<PathBuf>, typed: Option<&Path>) -> Result<(PathBuf, Vec<String>)> {
    if let [folder] = paths.as_slice()
        && folder.is_dir()
    {
        return Ok((folder.clone(), Vec::new()));
    }
    let files: Vec<PathBuf> = paths.into_iter().chain(typed.map(Path::to_owned)).collect();
    let Some(first) = files.first() else { return Ok((site(None), Vec::new())) };
    let folder = site_of(first);
    let content = pipeline::content_of(&folder)?;
    let only = files.iter().map(|file| below(file, &content)).collect::<Result<Vec<String>>>()?;
    Ok((folder, only))
}

/// A file's path below the folder of the records.
fn below(file: &Path, content: &Path) -> Result<String> {
    let folder = file.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    let folder = folder.canonicalize().with_context(|| format!("cannot find {}", file.display()))?;
    let content = content.canonicalize().with_context(|| format!("cannot find {}", content.display()))?;
    let name = file.file_name().unwrap_or_default();
    let whole = folder.join(name);
    let Ok(below) = whole.strip_prefix(&content) else {
        bail!("{} lies outside the folder of the records, {}", file.display(), content.display());
    };
    Ok(below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/"))
}

/// Says what was written.
fn tell_fixed(fixed: &Fixed) {
    say(|errors| {
        for (path, message) in &fixed.refused {
            writeln!(errors, "note: {}: left alone: {}", diag::harmless(path), diag::harmless(message))?;
        }
        for (path, count) in &fixed.files {
            writeln!(errors, "fixed {} in {}", counted(*count, "place"), diag::harmless(path))?;
        }
        Ok(())
    });
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
