//! `relbook show`: one record.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, ensure};
use clap::builder::styling::Style;
use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::folders::site;
use super::speech::print;
use crate::authoring::{Shown, show as show_record};
use crate::diag::harmless;
use crate::pipeline;

const BOLD: Style = Style::new().bold();

/// The shapes of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shape {
    /// For people: what it says, who names it, what is wrong with it
    Text,
    /// One object
    Json,
    /// Its body as it was written
    Markdown,
}

/// Show one record: what it says, who names it, what is wrong with it
#[derive(Debug, Args)]
pub struct ShowOptions {
    /// Id of the record, perhaps with its kind, as in change:CHG-2041
    #[arg(value_name = "ID")]
    id: String,
    /// Shape of it
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "text")]
    format: Shape,
    /// Print the path of its file, and nothing else
    #[arg(long, conflicts_with = "format")]
    path: bool,
    /// Open its page of the built site in the browser
    #[arg(long, conflicts_with_all = ["format", "path"])]
    open: bool,
    /// Folder of the site [default: the one where one stands, or the nearest above with a relbook.toml]
    #[arg(short = 'C', long = "site", value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// Shows a record.
///
/// # Errors
///
/// There is no such record, or it cannot be printed.
pub fn show(options: ShowOptions, today: Date) -> Result<ExitCode> {
    let folder = site(options.folder);
    let opened = pipeline::open(&folder, today)?;
    let shown = show_record(&opened, &options.id)?;
    if options.open {
        let page = folder.join("site").join(&shown.address);
        ensure!(page.is_file(), "{} is not there: `relbook build` makes it", page.display());
        open::that(&page).with_context(|| format!("cannot open {}", page.display()))?;
        return Ok(ExitCode::SUCCESS);
    }
    let text = match options.format {
        _ if options.path => format!("{}\n", opened.content.join(&shown.listed.path).display()),
        Shape::Text => text(&shown),
        Shape::Json => format!("{:#}\n", serde_json::to_value(&shown)?),
        Shape::Markdown => shown.body.clone(),
    };
    print(|out| out.write_all(text.as_bytes()))?;
    Ok(ExitCode::SUCCESS)
}

fn text(shown: &Shown) -> String {
    let of = &shown.listed;
    let mut text = format!("{BOLD}{}  {}{BOLD:#}\n{}\n\n", harmless(&of.id), harmless(&of.title), harmless(&of.path));
    let mut line = |label: &str, value: &str| text += &format!("{label}: {}\n", harmless(&value.replace('\n', " ")));
    for (label, value) in [("Status", of.status), ("Date", of.date.as_deref()), ("Service", of.service.as_deref())] {
        if let Some(value) = value {
            line(label, value);
        }
    }
    for value in &shown.values {
        line(value.label, &value.values.join(", "));
    }
    if !shown.missing.is_empty() {
        line("Its status still wants", &shown.missing.join(", "));
    }
    for other in &shown.connected {
        line(other.relation, &format!("{}  {}", other.id, other.title));
    }
    for (level, code, message) in &shown.findings {
        line(level, &format!("{code} {message}"));
    }
    let body = harmless(shown.body.trim()).into_owned();
    if body.is_empty() { text } else { format!("{text}\n{body}\n") }
}
