//! EDGE: the program `relbook`: options, exit codes, and the one look at the clock.

#![allow(clippy::disallowed_methods, reason = "EDGE")]

use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use relbook::commands::{
    BuildOptions, CheckOptions, ExplainOptions, NoticeOptions, SchemaOptions, SearchOptions, ServeOptions,
    VerifyOptions, build, check, explain, notice, print, say, schema, search, serve, verify,
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
    Schema(SchemaOptions),
    Search(SearchOptions),
    Serve(ServeOptions),
    Verify(VerifyOptions),
}

fn main() -> ExitCode {
    let result = match Options::try_parse() {
        Ok(options) => run(options.command),
        Err(error) => tell(&error),
    };
    result.unwrap_or_else(|error| {
        say(|errors| writeln!(errors, "error: {}", diag::harmless(&format!("{error:#}"))));
        ExitCode::from(2)
    })
}

fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Build(options) => start_threads().and_then(|()| build(options, today()?)),
        Command::Check(options) => start_threads().and_then(|()| check(options, today()?)),
        Command::Explain(options) => explain(options),
        Command::Notice(options) => start_threads().and_then(|()| notice(options, today()?)),
        Command::Schema(options) => schema(options),
        Command::Search(options) => search(options),
        Command::Serve(options) => start_threads().and_then(|()| serve(options, today()?)),
        Command::Verify(options) => verify(options),
    }
}

/// Prints the help or the version, or says what is wrong with the options.
fn tell(error: &clap::Error) -> Result<ExitCode> {
    let text = error.render();
    match error.use_stderr() {
        true => say(|errors| write!(errors, "{}", text.ansi())),
        false => print(|out| write!(out, "{}", text.ansi()))?,
    }
    Ok(ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2)))
}

/// Starts the threads that records are read and pages made on: a limit of the system shows here, in a sentence.
fn start_threads() -> Result<()> {
    let started = rayon::ThreadPoolBuilder::new().build_global();
    started.context(
        "cannot start the threads to work with: allow this account more processes (`ulimit -u`), or ask for fewer \
         threads with RAYON_NUM_THREADS",
    )
}

/// The day of `SOURCE_DATE_EPOCH` in UTC (reproducible-builds.org), else of the clock.
fn today() -> Result<Date> {
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
