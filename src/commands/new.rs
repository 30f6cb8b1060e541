//! `relbook new`: a record with its number, its file and its keys.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use jiff::civil::Date;

use super::folders::{shown, site};
use super::speech::{print, say};
use crate::authoring::{NewRecord, new as make, new_review};
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
    /// release, change, known-error, problem, standard-change, configuration-item, window, freeze or page; or review, of the record with this ID
    #[arg(value_name = "KIND", value_parser = kind)]
    kind: Wanted,
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
    /// Open it in the editor that VISUAL or EDITOR names
    #[arg(long, conflicts_with = "dry_run")]
    edit: bool,
    /// Print the record, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Folder of the site [default: the one where one stands, or the nearest above with a relbook.toml]
    #[arg(short = 'C', long = "site", value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// What is to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Record(Kind),
    Freeze,
    Review,
}

fn kind(written: &str) -> Result<Wanted, String> {
    match understand::<Kind>(written) {
        _ if written == "freeze" => Ok(Wanted::Freeze),
        _ if written == "review" => Ok(Wanted::Review),
        Said::Term(kind) | Said::Meant(_, kind) if kind != Kind::Service => Ok(Wanted::Record(kind)),
        _ => Err("expected release, change, known-error, problem, standard-change, configuration-item, window, freeze, page or review"
            .to_owned()),
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
    let (kind, is_freeze) = match options.kind {
        Wanted::Record(kind) => (kind, false),
        Wanted::Freeze => (Kind::Window, true),
        Wanted::Review => {
            let Some(id) = options.id else { bail!("name the record: `relbook new review ID`") };
            let path = new_review(&opened, &id)?;
            say(|errors| writeln!(errors, "{}: a review was begun", harmless(&path)));
            return edited(&opened.content.join(path), options.edit);
        }
    };
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
            edited(&opened.content.join(&made.path), options.edit)
        }
        Err(error) => {
            say(|errors| writeln!(errors, "error: {}", harmless(&format!("{error:#}"))));
            Ok(ExitCode::from(1))
        }
    }
}

/// Opens a file in the person's editor, where that is wished and a person sits at both ends.
fn edited(path: &Path, is_wished: bool) -> Result<ExitCode> {
    if !is_wished {
        return Ok(ExitCode::SUCCESS);
    }
    ensure!(
        std::io::stdin().is_terminal() && std::io::stderr().is_terminal(),
        "`--edit` wants a terminal; the record is written"
    );
    let editor =
        ["VISUAL", "EDITOR"].iter().find_map(|name| std::env::var(name).ok().filter(|of| !of.trim().is_empty()));
    let editor = editor.context("no editor is named in VISUAL or EDITOR; the record is written")?;
    let mut words = editor.split_whitespace();
    let status = Command::new(words.next().unwrap_or_default()).args(words).arg(path).status();
    let status = status.with_context(|| format!("cannot start `{editor}`"))?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::from(2) })
}
