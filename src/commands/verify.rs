//! `relbook verify`: holds a built site against its manifest.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::speech::print;
use crate::diag::harmless;
use crate::output;

/// Hold a built site against its manifest
#[derive(Debug, Args)]
pub struct VerifyOptions {
    /// Folder of the built site
    #[arg(value_name = "DIR")]
    site: PathBuf,
}

/// Prints every file that is missing, changed or not ours.
///
/// # Errors
///
/// The folder or its manifest cannot be read.
pub fn verify(options: VerifyOptions) -> Result<ExitCode> {
    let differences = output::verify(&options.site)?;
    print(|out| {
        if differences.is_empty() {
            return writeln!(out, "{}: every file is as it was written", options.site.display());
        }
        differences.iter().try_for_each(|difference| writeln!(out, "{}", harmless(&difference.to_string())))
    })?;
    Ok(if differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
