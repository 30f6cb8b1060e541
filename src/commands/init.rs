//! `relbook init`: a site to begin with.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::folders::shown;
use super::speech::say;
use crate::authoring::{Ci, NewSite, init as begin};
use crate::diag::{Profile, harmless};

/// Whose continuous integration checks and publishes the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Of {
    /// GitHub Actions, published to GitHub Pages
    Github,
    /// GitLab CI, published to GitLab Pages
    Gitlab,
}

/// Begin a site: settings, a release, a change and a known error
///
/// Files that are there stay as they are, and are named.
#[derive(Debug, Args)]
pub struct InitOptions {
    /// Folder of the site
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// Its name
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Its set of levels
    #[arg(long, value_name = "PROFILE")]
    profile: Option<Profile>,
    /// The zone of its times, as in Europe/Brussels
    #[arg(long, value_name = "ZONE", value_parser = |zone: &str| jiff::tz::TimeZone::get(zone).map(|_| zone.to_owned()).map_err(|_| "it is no zone of the IANA database; write one such as Europe/Brussels"))]
    time_zone: Option<String>,
    /// Add the files that check and publish it
    #[arg(long, value_enum, value_name = "FORGE")]
    ci: Option<Of>,
}

/// Begins a site.
///
/// # Errors
///
/// The folder lies in a site, or a file cannot be written.
pub fn init(options: InitOptions, today: Date) -> Result<ExitCode> {
    let ci = options.ci.map(|of| match of {
        Of::Github => Ci::GitHub,
        Of::Gitlab => Ci::GitLab,
    });
    let site = NewSite { title: options.title, profile: options.profile, time_zone: options.time_zone, ci, today };
    let begun = begin(&options.folder, &site)?;
    let folder = shown(&options.folder);
    say(|out| {
        begun.made.iter().try_for_each(|path| writeln!(out, "made {}", harmless(path)))?;
        begun.kept.iter().try_for_each(|path| writeln!(out, "kept {}", harmless(path)))?;
        let there = if folder.is_empty() { String::new() } else { format!(" {}", harmless(&folder)) };
        writeln!(out, "\nnow: relbook serve{there} --open     shows the site while you write")?;
        writeln!(
            out,
            "     relbook new release{}     makes the next record",
            if folder.is_empty() { String::new() } else { format!(" -C{there}") }
        )
    });
    Ok(ExitCode::SUCCESS)
}
