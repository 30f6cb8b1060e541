//! `relbook manual`: the manual as a site.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Args;
use jiff::civil::Date;

use super::speech::{print, say};
use crate::lints;
use crate::manual::{Verb, manual as pages};
use crate::pipeline::{Request, build};

/// Write the manual as a site of its own, which opens without a server
#[derive(Debug, Args)]
pub struct ManualOptions {
    /// Folder to write it to
    #[arg(long, value_name = "DIR", default_value = "relbook-manual")]
    out: PathBuf,
    /// Open it in the browser
    #[arg(long)]
    open: bool,
}

/// Writes the manual.
///
/// # Errors
///
/// It cannot be written.
pub fn manual(options: ManualOptions, verbs: &[Verb]) -> Result<ExitCode> {
    let folder = std::env::temp_dir().join(format!("relbook-manual-{}", std::process::id()));
    let built = write(&folder, &options.out, verbs);
    let _ = std::fs::remove_dir_all(&folder);
    built?;
    let home = options.out.join("index.html");
    print(|out| writeln!(out, "{}", home.display()))?;
    if options.open && open::that(&home).is_err() {
        say(|errors| writeln!(errors, "note: no browser could be opened: open {}", home.display()));
    }
    Ok(ExitCode::SUCCESS)
}

fn write(folder: &Path, out: &Path, verbs: &[Verb]) -> Result<()> {
    for (path, text) in pages(lints::ALL, verbs) {
        let path = folder.join(path);
        let above = path.parent().unwrap_or(folder);
        std::fs::create_dir_all(above).with_context(|| format!("cannot make the folder {}", above.display()))?;
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let out = std::path::absolute(out).with_context(|| format!("cannot find {}", out.display()))?;
    let request = Request {
        folder: folder.to_owned(),
        out: Some(out),
        may_replace: false,
        base_url: None,
        edition: None,
        with_drafts: false,
        is_unsynced: false,
        // Nothing in the manual has a day.
        today: Date::constant(2000, 1, 1),
    };
    let built = build(&request, &|_, _| ())?;
    let messages: Vec<&str> = built.report.findings().iter().map(|(_, finding)| finding.message.as_str()).collect();
    anyhow::ensure!(built.written.is_some(), "the manual has faults: {}", messages.join("; "));
    Ok(())
}
