//! The program `relbook`: options, exit codes, and the one look at the clock.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use relbook::commands::{
    BuildOptions, CheckOptions, ExplainOptions, NoticeOptions, SearchOptions, VerifyOptions, build, check, explain,
    notice, search, verify,
};
use relbook::diag;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A static documentation site from release records
///
/// Teams commit Markdown files with front matter, one for each release, change or known error. relbook checks
/// them, links them by problem, configuration item and service, and writes a site that any static host serves.
///
/// Exit codes: 0 all is well; 1 the records have errors, or nothing was found; 2 the program could not run.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(BuildOptions),
    Check(CheckOptions),
    Explain(ExplainOptions),
    Notice(NoticeOptions),
    Search(SearchOptions),
    Verify(VerifyOptions),
}

fn main() -> ExitCode {
    let result = match Options::parse().command {
        Command::Build(options) => today().and_then(|today| build(options, today)),
        Command::Check(options) => today().and_then(|today| check(options, today)),
        Command::Explain(options) => explain(options),
        Command::Notice(options) => today().and_then(|today| notice(options, today)),
        Command::Search(options) => search(options),
        Command::Verify(options) => verify(options),
    };
    result.unwrap_or_else(|error| {
        anstream::eprintln!("error: {}", diag::harmless(&format!("{error:#}")));
        ExitCode::from(2)
    })
}

/// The day of `SOURCE_DATE_EPOCH` in UTC (reproducible-builds.org), else of the clock.
fn today() -> anyhow::Result<Date> {
    let now = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(seconds) => seconds
            .parse()
            .ok()
            .and_then(|seconds| Timestamp::from_second(seconds).ok())
            .ok_or_else(|| anyhow::anyhow!("SOURCE_DATE_EPOCH takes seconds since 1970, and is `{seconds}`"))?,
        Err(_) => Timestamp::now(),
    };
    Ok(now.to_zoned(TimeZone::UTC).date())
}
