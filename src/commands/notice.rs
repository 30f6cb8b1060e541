//! `relbook notice`: the texts for customers of a release.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use jiff::civil::Date;

use super::faulty::faulty;
use super::folders::site;
use super::speech::print;
use crate::diag;
use crate::pages::NoticeText;
use crate::pipeline::{self, Noticed};

/// Print what to write to customers of a release
///
/// The texts: before the release, when the work starts, when it is done, and if it is rolled back; where a window
/// was put off, that too, and where the work was called off, only that. They hold
/// nothing but what customers may see: the keys of the edition `customer` in relbook.toml, else title, summary,
/// version, service, status, planned date and windows. A site writes its own texts in theme/templates/notice.
#[derive(Debug, Args)]
pub struct NoticeOptions {
    /// Id of the release
    #[arg(value_name = "ID")]
    id: String,
    /// Folder of the site: the one that holds relbook.toml and the record folders
    ///
    /// Without it, the site is where one stands, or in the nearest folder above with a relbook.toml.
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// Prints the texts. `today` is the day of the run.
///
/// # Errors
///
/// What kept the texts from being made.
pub fn notice(options: NoticeOptions, today: Date) -> Result<ExitCode> {
    let folder = site(options.folder);
    let texts = match pipeline::notice(folder.clone(), &options.id, today)? {
        Noticed::Texts(texts) => texts,
        Noticed::Faulty(checked) => return Ok(faulty(&folder, checked)),
    };
    print(|out| texts.iter().try_for_each(|text| writeln!(out, "{}", diag::harmless(&printed(text)))))?;
    Ok(ExitCode::SUCCESS)
}

fn printed(text: &NoticeText) -> String {
    let NoticeText { heading, subject, paragraphs, .. } = text;
    let paragraphs: Vec<String> = paragraphs.iter().map(|lines| lines.join("\n")).collect();
    format!("# {heading}\n\nSubject: {subject}\n\n{}\n", paragraphs.join("\n\n"))
}
