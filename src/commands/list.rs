//! `relbook list`: the records as a table.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::folders::site;
use super::number::counted;
use super::speech::{print, say, terminal};
use crate::authoring::{Filter, Listed, list as list_records};
use crate::diag::Level;
use crate::feeds::disarmed;
use crate::pipeline::open;
use crate::read::{Said, understand};
use crate::record::Kind;

/// The shapes of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shape {
    /// Columns, cut to the terminal
    Table,
    /// A line a record, cells apart by tabs
    Tsv,
    /// A list of objects
    Json,
    /// For spreadsheets (RFC 4180)
    Csv,
    /// A line an id
    Ids,
}

/// List the records
///
/// Drafts are among them. A table is cut to the terminal; where the output goes elsewhere, cells are apart by tabs.
#[derive(Debug, Args)]
pub struct ListOptions {
    /// Kind of record, as in release, change or known-error
    #[arg(value_name = "KIND", value_parser = kind)]
    kind: Option<Kind>,
    /// In this status; may be given several times
    #[arg(long, value_name = "STATUS")]
    status: Vec<String>,
    /// Of this service
    #[arg(long, value_name = "SERVICE")]
    service: Option<String>,
    /// With this configuration item
    #[arg(long, value_name = "ITEM")]
    ci: Option<String>,
    /// With this problem
    #[arg(long, value_name = "ID")]
    problem: Option<String>,
    /// Dated on this day or later
    #[arg(long, value_name = "DATE")]
    since: Option<Date>,
    /// Dated on this day or earlier
    #[arg(long, value_name = "DATE")]
    until: Option<Date>,
    /// Of which nothing says that it is over
    #[arg(long)]
    open: bool,
    /// Column to sort by: type, id, status, date, service or title [default: kinds, and in each the newest first]
    #[arg(long, value_name = "COLUMN", value_parser = ["type", "id", "status", "date", "service", "title"])]
    sort: Option<String>,
    /// At most so many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Shape of the list
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Shape>,
    /// Folder of the site [default: the one where one stands, or the nearest above with a relbook.toml]
    #[arg(short = 'C', long = "site", value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// The kind that a word means.
fn kind(written: &str) -> Result<Kind, String> {
    let word = written.trim_end_matches('s');
    match (understand::<Kind>(written), understand::<Kind>(word)) {
        (Said::Term(kind) | Said::Meant(_, kind), _) | (_, Said::Term(kind)) => Ok(kind),
        _ => {
            let words: Vec<&str> = Kind::ALL.iter().map(|kind| kind.word()).collect();
            Err(format!("expected one of {}", words.join(", ")))
        }
    }
}

/// Lists records.
///
/// # Errors
///
/// The records cannot be read, or the list not be printed.
pub fn list(options: ListOptions, today: Date) -> Result<ExitCode> {
    let opened = open(&site(options.folder), today)?;
    let filter = Filter {
        kind: options.kind,
        statuses: options.status,
        service: options.service,
        item: options.ci,
        problem: options.problem,
        since: options.since,
        until: options.until,
        is_open: options.open,
    };
    let mut rows = list_records(&opened, &filter);
    if let Some(column) = &options.sort {
        let place = Listed::COLUMNS.iter().position(|name| name == column).unwrap_or_default();
        rows.sort_by(|one, other| one.cells()[place].cmp(&other.cells()[place]));
    }
    rows.truncate(options.limit.unwrap_or(usize::MAX));
    let terminal = terminal();
    let shape = options.format.unwrap_or(if terminal.is_some() { Shape::Table } else { Shape::Tsv });
    let text = match shape {
        Shape::Table => table(&rows, terminal.flatten()),
        Shape::Tsv => {
            rows.iter().map(|row| row.cells().map(|cell| cell.replace('\t', " ")).join("\t") + "\n").collect()
        }
        Shape::Json => format!("{:#}\n", serde_json::to_value(&rows)?),
        Shape::Csv => csv(&rows)?,
        Shape::Ids => rows.iter().map(|row| format!("{}\n", row.id)).collect(),
    };
    print(|out| out.write_all(text.as_bytes()))?;
    if opened.report.has_errors() {
        let errors = counted(opened.report.count(Level::Error), "error");
        say(|out| writeln!(out, "note: the records have {errors}; `relbook check` names them"));
    }
    Ok(ExitCode::SUCCESS)
}

/// Rows in columns; the last is cut where the terminal ends.
fn table(rows: &[Listed], width: Option<usize>) -> String {
    let cells: Vec<[String; 6]> =
        rows.iter().map(|row| row.cells().first_chunk().cloned().unwrap_or_default()).collect();
    let longest = |column: usize| cells.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..6).map(longest).collect();
    let mut text = String::new();
    for row in &cells {
        let columns = row.iter().zip(&widths).filter(|(_, width)| **width > 0);
        let line = columns.map(|(cell, width)| format!("{cell:width$}")).collect::<Vec<_>>().join("  ");
        let line: String = match width {
            Some(width) if line.trim_end().chars().count() > width => {
                line.chars().take(width.saturating_sub(1)).chain(['\u{2026}']).collect()
            }
            _ => line.trim_end().to_owned(),
        };
        text += &line;
        text.push('\n');
    }
    text
}

/// Rows for a spreadsheet: what would be read as a formula there is a text.
fn csv(rows: &[Listed]) -> Result<String> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(Listed::COLUMNS)?;
    for row in rows {
        writer.write_record(row.cells().map(|cell| disarmed(cell.into()).into_owned()))?;
    }
    String::from_utf8(writer.into_inner().context("cannot write the list")?).context("cannot write the list")
}
