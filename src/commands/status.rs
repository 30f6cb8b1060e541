//! `relbook status`: where a record is, and its next status.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use jiff::civil::Date;

use super::folders::site;
use super::speech::{print, say};
use crate::authoring::{Whereabouts, advance, whereabouts};
use crate::diag::harmless;
use crate::pipeline::open;
use crate::record::Part;

/// Tell where a record is, or give it its next status
///
/// Without a status: where it is, what may follow, and what each of these would still want. With one: the status is written
/// into the record, and nothing else is changed.
#[derive(Debug, Args)]
pub struct StatusOptions {
    /// Id of the record, perhaps with its kind, as in change:CHG-2041
    #[arg(value_name = "ID")]
    id: String,
    /// The status to give it
    #[arg(value_name = "STATUS")]
    status: Option<String>,
    /// Day of it, which goes where this status has one: the window's actual start or end, the review, the resolution
    #[arg(long, value_name = "DATE", requires = "status")]
    on: Option<Date>,
    /// Folder of the site [default: the one where one stands, or the nearest above with a relbook.toml]
    #[arg(short = 'C', long = "site", value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// Tells or writes a status.
///
/// # Errors
///
/// There is no such record, or its file cannot be changed.
pub fn status(options: StatusOptions, today: Date) -> Result<ExitCode> {
    let opened = open(&site(options.folder), today)?;
    let Some(wanted) = options.status else {
        let told = told(&whereabouts(&opened, &options.id)?);
        print(|out| write!(out, "{}", harmless(&told)))?;
        return Ok(ExitCode::SUCCESS);
    };
    match advance(&opened, &options.id, &wanted, options.on)? {
        Ok(advanced) => {
            say(|errors| {
                writeln!(errors, "{}: status: {}", harmless(&advanced.path), advanced.word)?;
                if !advanced.missing.is_empty() {
                    writeln!(errors, "it still wants: {}", names(&advanced.missing))?;
                }
                Ok(())
            });
            Ok(ExitCode::SUCCESS)
        }
        Err(refused) => {
            say(|errors| writeln!(errors, "error: {}", harmless(&refused)));
            Ok(ExitCode::from(1))
        }
    }
}

fn told(of: &Whereabouts) -> String {
    let status = of.status.map_or("no status", |status| status.word);
    let mut told = format!("{}  {}\n{}\nstatus: {status}\n", of.id, of.title, of.path);
    if !of.missing.is_empty() {
        told += &format!("  still wants: {}\n", names(&of.missing));
    }
    for next in &of.next {
        told += &match next.missing.is_empty() {
            true => format!("next: {}\n", next.word),
            false => format!("next: {}, which wants: {}\n", next.word, names(&next.missing)),
        };
    }
    told
}

fn names(parts: &[Part]) -> String {
    parts.iter().map(|part| part.label().to_lowercase()).collect::<Vec<_>>().join(", ")
}
