//! `relbook fmt`: front matter in one shape.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Args;
use similar::TextDiff;

use super::folders::{shown, site, site_of};
use super::number::counted;
use super::speech::{print, say};
use crate::authoring::{format, format_all};
use crate::diag::harmless;
use crate::pipeline::content_of;

/// Put the front matter of records into one shape
///
/// The keys come in the order of their kind, each with its comments; words of closed sets are written as they are declared;
/// what stands alone where a list is meant becomes one; days are written as ISO 8601 has them where nothing else can be
/// meant. Bodies, comments and line ends stay. What is not understood is left alone.
///
/// Exit codes: 0 written, or nothing to write; 1 with --check or --diff, where something would change; 2 the program could not run.
#[derive(Debug, Args)]
pub struct FmtOptions {
    /// Records; all of the site where none is named; `-` for standard input, with --stdin-filename
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Name what would change, and write nothing
    #[arg(long)]
    check: bool,
    /// Print what would change, and write nothing
    #[arg(long)]
    diff: bool,
    /// The path that the text from standard input has
    #[arg(long, value_name = "FILE")]
    stdin_filename: Option<PathBuf>,
}

/// Puts front matter into one shape.
///
/// # Errors
///
/// A file cannot be read or written.
pub fn fmt(options: FmtOptions) -> Result<ExitCode> {
    if options.files == [Path::new("-")] {
        let Some(name) = options.stdin_filename else {
            bail!("name the file with --stdin-filename: its folder tells its kind")
        };
        let content = content_of(&site_of(&name))?;
        let path = name.strip_prefix(&content).unwrap_or(&name).to_string_lossy().replace('\\', "/");
        let text = std::io::read_to_string(std::io::stdin()).context("cannot read standard input")?;
        print(|out| out.write_all(format(path.trim_start_matches("./"), &text).as_bytes()))?;
        return Ok(ExitCode::SUCCESS);
    }
    let folder = options.files.first().map_or_else(|| site(None), |file| site_of(file));
    let formatted = format_all(&folder, &options.files, options.check || options.diff)?;
    let content = shown(&content_of(&folder)?);
    print(|out| {
        formatted.changed.iter().try_for_each(|changed| {
            let path = Path::new(&content).join(&changed.path);
            let name = path.to_string_lossy();
            if options.diff {
                let lines = TextDiff::from_lines(&changed.before, &changed.after);
                let text = lines.unified_diff().header(&name, &name).to_string();
                return write!(out, "{}", harmless(&text.replace('\r', "")));
            }
            writeln!(out, "{}", harmless(&name))
        })
    })?;
    say(|out| writeln!(out, "{} looked at", counted(formatted.looked_at, "record")));
    Ok(if (options.check || options.diff) && !formatted.changed.is_empty() {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    })
}
