//! `relbook evidence`: what an auditor takes away.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::Args;
use jiff::civil::Date;

use super::folders::site;
use super::number::counted;
use super::speech::{print, say};
use crate::diag::harmless;
use crate::evidence::Period;
use crate::pipeline::{EvidenceRequest, evidence as gather};

/// Gather what an auditor asks for of some records, or of the work of a period
///
/// Of each record: every text that it had, with who changed what when; approvals, each with the commit that wrote it; tests,
/// messages, reviews, deviations, waivers and findings; its artefacts with their checksums; a page for paper, and the same as
/// data. Of a period: the table of all releases and changes whose work falls into it. It goes to a folder and, the same, to
/// one ZIP file beside it; the same commit gives the same bytes. `relbook verify DIR` holds it.
#[derive(Debug, Args)]
pub struct EvidenceOptions {
    /// Ids of records; those of the period where none is named
    #[arg(value_name = "ID", required_unless_present_any = ["since", "until"])]
    ids: Vec<String>,
    /// Work on this day or later
    #[arg(long, value_name = "DATE")]
    since: Option<Date>,
    /// Work on this day or earlier
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
    /// Folder to write to; DIR.zip stands beside it
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Folder of the site [default: the one where one stands, or the nearest above with a relbook.toml]
    #[arg(short = 'C', long = "site", value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// Gathers it. `today` is the day that was asked for, if one was, and the day of the run.
///
/// # Errors
///
/// What kept it from being gathered.
pub fn evidence(options: EvidenceOptions, today: (Option<Date>, Date)) -> Result<ExitCode> {
    let EvidenceOptions { ids, since, until, out, folder } = options;
    if let (Some(first), Some(last)) = (since, until)
        && first > last
    {
        bail!("the period ends on {last}, before it begins on {first}: exchange the two days");
    }
    let period = (since.is_some() || until.is_some()).then_some(Period { since, until });
    let (asked, clock) = today;
    let request = EvidenceRequest { folder: site(folder), ids, period, out, today: asked, clock };
    let done = gather(&request)?;
    if let Some(why) = &done.without_history {
        say(|errors| writeln!(errors, "note: nothing is told of former texts: {}", harmless(why)));
    }
    let commit = done.as_of.0.map_or_else(String::new, |commit| format!(" at {}", &commit[..commit.len().min(10)]));
    print(|out| {
        writeln!(
            out,
            "{}{commit}, as of {}: {} and {}",
            counted(done.records, "record"),
            done.as_of.1,
            request.out.display(),
            done.archive.display()
        )
    })?;
    Ok(ExitCode::SUCCESS)
}
