//! EDGE: the program `relbook`: options, exit codes, and the one look at the clock.

#![allow(clippy::disallowed_methods, reason = "EDGE")]

use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{CommandFactory, Parser};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use relbook::commands::{
    Command, Options, build, check, editions, evidence, explain, fmt, init, list, manual, new, notice, print, rename,
    say, schema, search, serve, show, status, verbs, verify,
};
use relbook::diag;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

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
        Command::Editions(options) => start_threads().and_then(|()| editions(options, today()?)),
        Command::Evidence(options) => start_threads().and_then(|()| evidence(options, (asked_day()?, today()?))),
        Command::Explain(options) => explain(options),
        Command::Fmt(options) => start_threads().and_then(|()| fmt(options)),
        Command::Init(options) => init(options, today()?),
        Command::List(options) => start_threads().and_then(|()| list(options, today()?)),
        Command::Manual(options) => start_threads().and_then(|()| manual(options, &verbs())),
        Command::New(options) => start_threads().and_then(|()| new(options, today()?)),
        Command::Notice(options) => start_threads().and_then(|()| notice(options, today()?)),
        Command::Rename(options) => start_threads().and_then(|()| rename(options, today()?)),
        Command::Schema(options) => schema(options),
        Command::Search(options) => search(options),
        Command::Serve(options) => start_threads().and_then(|()| serve(options, today()?)),
        Command::Show(options) => start_threads().and_then(|()| show(options, today()?)),
        Command::Status(options) => start_threads().and_then(|()| status(options, today()?)),
        Command::Verify(options) => start_threads().and_then(|()| verify(options, today)),
        Command::Completions { shell } => {
            let mut completions = Vec::new();
            clap_complete::generate(shell, &mut Options::command(), "relbook", &mut completions);
            print(|out| out.write_all(&completions)).map(|()| ExitCode::SUCCESS)
        }
        Command::Man { out } => {
            std::fs::create_dir_all(&out).with_context(|| format!("cannot make the folder {}", out.display()))?;
            let written = clap_mangen::generate_to(Options::command(), &out);
            written.with_context(|| format!("cannot write into {}", out.display())).map(|()| ExitCode::SUCCESS)
        }
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

/// The day of `SOURCE_DATE_EPOCH`, where that is set.
fn asked_day() -> Result<Option<Date>> {
    std::env::var_os("SOURCE_DATE_EPOCH").map(|_| today()).transpose()
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
