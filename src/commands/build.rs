//! `relbook build`: the site from the records.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;

use super::check::SHOWN;
use super::folders::{shown, site};
use super::number::{counted, thousands};
use super::speech::say;
use crate::config::base_url;
use crate::diag::{self, Findings, Folders, Format};
use crate::lints;
use crate::output::Summary;
use crate::pipeline::{self, Built, Request};

/// Build the site from the records
#[derive(Debug, Args)]
pub struct BuildOptions {
    /// Folder of the site: the one that holds relbook.toml and the record folders
    ///
    /// Without it, the site is where one stands, or in the nearest folder above with a relbook.toml.
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Folder that the site is written to [default: DIR/site, and DIR/site-NAME for an edition]
    ///
    /// It must be empty, absent, or written by relbook before. It is replaced as a whole and only when the build has
    /// succeeded; files in it that relbook did not write stay.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write over another edition in the folder that --out names, or over the whole site where an edition is built
    #[arg(long, requires = "out")]
    replace: bool,
    /// Address where the site will be published, for the sitemap and canonical links
    ///
    /// Takes the place of `base_url` in relbook.toml. Links between pages are relative and do not need it.
    #[arg(long, value_name = "URL", value_parser = |url: &str| base_url(url).map_err(|fault| format!("it {fault}; write one such as https://releases.example.com/")))]
    base_url: Option<String>,
    /// Build the edition with this name in place of the whole site
    ///
    /// An edition holds only what [editions.NAME] in relbook.toml lists, and of that only records with
    /// `audience: customer`.
    #[arg(long, value_name = "NAME")]
    edition: Option<String>,
    /// Build the whole site and every edition, each into its own folder
    ///
    /// The records are read once.
    #[arg(long, conflicts_with_all = ["edition", "out", "base_url"])]
    all_editions: bool,
    /// Take drafts in, which are otherwise left out
    #[arg(long)]
    drafts: bool,
    /// Leave it to the system when the site comes to disk
    ///
    /// It is quicker, and a power cut in the minute after may leave neither the old site nor the new one whole.
    #[arg(long)]
    no_sync: bool,
    /// Day that counts as today, as in 2026-11-28 [default: SOURCE_DATE_EPOCH, else the clock]
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
}

/// Builds the site. `today` is the day to take where the options name none.
///
/// # Errors
///
/// What kept the build from running.
pub fn build(options: BuildOptions, today: Date) -> Result<ExitCode> {
    let started = Instant::now();
    let request = Request {
        folder: site(options.folder),
        out: options.out,
        may_replace: options.replace,
        base_url: options.base_url,
        edition: options.edition,
        with_drafts: options.drafts,
        is_unsynced: options.no_sync,
        today: options.today.unwrap_or(today),
    };
    let bar = progress_bar();
    let progress = |done: usize, total: usize| {
        // Drawing takes longer than a page: a hundred steps are enough to see it move.
        if done.is_multiple_of((total / 100).max(1)) || done == total {
            bar.set_length(total as u64);
            bar.set_position(done as u64);
        }
    };
    let built = match options.all_editions {
        true => pipeline::build_all(&request, &progress),
        false => pipeline::build(&request, &progress).map(|built| vec![(request, built)]),
    };
    bar.finish_and_clear();
    let built = built?;
    built.iter().for_each(|(request, built)| tell(request, built, started));
    let is_written = built.iter().all(|(_, built)| built.written.is_some());
    Ok(if is_written { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn tell(request: &Request, built: &Built, started: Instant) {
    say(|errors| {
        let (report, sources) = (&built.report, &built.sources);
        let folders = &Folders { site: shown(&request.folder), content: built.content.clone() };
        let findings = Findings { report, sources, folders, lints: lints::ALL };
        Format::Human.print(&findings, Some(SHOWN), &mut &mut *errors)?;
        for note in &built.notes {
            writeln!(errors, "note: {}", diag::harmless(note))?;
        }
        let Some((pages, summary)) = &built.written else {
            return writeln!(errors, "nothing was written; the site is as it was");
        };
        writeln!(errors, "{}", sentence(built.records, *pages, summary, started))?;
        if let (Some(edition), None) = (&request.edition, &request.out) {
            writeln!(errors, "the edition `{edition}` is in {}", diag::harmless(&request.out().display().to_string()))?;
        }
        remarks(summary).iter().try_for_each(|remark| writeln!(errors, "note: {remark}"))
    });
}

fn progress_bar() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style =
        ProgressStyle::with_template("rendering [{bar:40}] {pos}/{len}").map(|style| style.progress_chars("=> "));
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// `8,094 records, 14,210 pages, 312 written, 0.9 s`
fn sentence(records: usize, pages: usize, summary: &Summary, started: Instant) -> String {
    let mut parts =
        vec![counted(records, "record"), counted(pages, "page"), format!("{} written", thousands(summary.written))];
    if summary.removed > 0 {
        parts.push(format!("{} removed", thousands(summary.removed)));
    }
    parts.push(format!("{:.1} s", started.elapsed().as_secs_f64()));
    parts.join(", ")
}

fn remarks(summary: &Summary) -> Vec<String> {
    let in_place = summary.in_place.then(|| {
        "the output folder cannot change places with another one here, so the files were carried over one by one: \
         while that went on, a reader could see some old and some new pages"
            .to_owned()
    });
    in_place.into_iter().chain(summary.recovered.clone()).chain(summary.left_behind.clone()).collect()
}
