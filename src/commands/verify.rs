//! `relbook verify`: holds a built site against its manifest.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

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
    for difference in &differences {
        anstream::println!("{difference}");
    }
    match differences.is_empty() {
        true => anstream::println!("{}: every file is as it was written", options.site.display()),
        false => return Ok(ExitCode::from(1)),
    }
    Ok(ExitCode::SUCCESS)
}
