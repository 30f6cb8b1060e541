//! `relbook new`: a record with its number, its file and its keys.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use jiff::civil::Date;

use super::folders::{shown, site};
use super::speech::{print, say};
use crate::authoring::{NewRecord, new as make};
use crate::diag::harmless;
use crate::pipeline::open;
use crate::read::{Said, understand};
use crate::record::Kind;

/// Make a record: its number, its file, and what its kind is asked for
///
/// The number is the next one over the records here and over the main branch of `origin` as it was last fetched. Prints the
/// path of the file, from where one stands.
#[derive(Debug, Args)]
pub struct NewOptions {
    /// release, change, known-error, problem, configuration-item, window, freeze or page
    #[arg(value_name = "KIND", value_parser = kind)]
    kind: (Kind, bool),
    /// Its id, where it is not to be the next number
    #[arg(value_name = "ID")]
    id: Option<String>,
    /// Its title
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Copy a former record, without its days, results and approvals
    #[arg(long, value_name = "ID")]
    from: Option<String>,
    /// A key with its value; may be given several times
    #[arg(long, value_name = "KEY=VALUE", value_parser = pair)]
    set: Vec<(String, String)>,
    /// Give it a folder of its own, for files beside it
    #[arg(long)]
    bundle: bool,
    /// Print the record, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Folder of the site [default: the one where one stands, or the nearest above with a relbook.toml]
    #[arg(short = 'C', long = "site", value_name = "DIR")]
    folder: Option<PathBuf>,
}

fn kind(written: &str) -> Result<(Kind, bool), String> {
    if written == "freeze" {
        return Ok((Kind::Window, true));
    }
    match understand::<Kind>(written) {
        Said::Term(kind) | Said::Meant(_, kind) if kind != Kind::Service => Ok((kind, false)),
        _ => {
            Err("expected release, change, known-error, problem, configuration-item, window, freeze or page".to_owned())
        }
    }
}

fn pair(written: &str) -> Result<(String, String), String> {
    let pair = written.split_once('=').map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()));
    pair.filter(|(key, _)| !key.is_empty()).ok_or_else(|| "write it as KEY=VALUE".to_owned())
}

/// Makes a record.
///
/// # Errors
///
/// The records cannot be read.
pub fn new(options: NewOptions, today: Date) -> Result<ExitCode> {
    let folder = site(options.folder);
    let opened = open(&folder, today)?;
    let (kind, is_freeze) = options.kind;
    let wanted = NewRecord {
        kind,
        is_freeze,
        id: options.id,
        title: options.title,
        from: options.from,
        set: options.set,
        is_bundle: options.bundle,
        is_dry: options.dry_run,
    };
    match make(&opened, &wanted, &folder) {
        Ok(made) => {
            let path = PathBuf::from(shown(&opened.content)).join(&made.path);
            print(|out| match wanted.is_dry {
                true => write!(out, "{}", harmless(&made.text)),
                false => writeln!(out, "{}", harmless(&path.to_string_lossy())),
            })?;
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            say(|errors| writeln!(errors, "error: {}", harmless(&format!("{error:#}"))));
            Ok(ExitCode::from(1))
        }
    }
}
