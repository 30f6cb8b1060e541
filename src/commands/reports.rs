//! Which formats the findings are printed in, and where each of them goes.
//!
//! `--output` belongs to the `--format` before it, which only the order of the words on the command line tells: so
//! the two are read by hand.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, ErrorKind, Write};
use std::path::PathBuf;

use anstream::StripStream;
use anyhow::{Context, Result};
use clap::builder::{EnumValueParser, ValueParser};
use clap::error::ErrorKind as Usage;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches};

use super::speech;
use crate::diag::Format;

/// A format with its file; standard output where it has none.
type Wanted = (Format, Option<PathBuf>);

/// The formats that were asked for.
#[derive(Debug, Clone, Default)]
pub struct Reports {
    wanted: Vec<Wanted>,
}

impl Reports {
    /// Prints in every format that was asked for; the one for people where nothing else goes to standard output.
    pub(super) fn print(&self, print: impl Fn(Format, &mut dyn Write) -> std::io::Result<()>) -> Result<()> {
        for (format, path) in &self.wanted {
            let Some(path) = path else { continue };
            let write = || -> std::io::Result<()> {
                let mut file = BufWriter::new(File::create(path)?);
                print(*format, &mut StripStream::new(&mut file as &mut dyn Write))?;
                file.flush()
            };
            if let Err(error) = write() {
                let what_to_do = if error.kind() == ErrorKind::NotFound { " (make its folder first)" } else { "" };
                return Err(error).with_context(|| format!("cannot write {}{what_to_do}", path.display()));
            }
        }
        let to_terminal = self.wanted.iter().find(|(_, path)| path.is_none());
        let format = to_terminal.map_or(Format::Human, |(format, _)| *format);
        speech::print(|out| print(format, out))
    }
}

impl Args for Reports {
    fn augment_args(command: Command) -> Command {
        let format = Arg::new("format")
            .long("format")
            .value_name("FORMAT")
            .action(ArgAction::Append)
            .value_parser(EnumValueParser::<Format>::new())
            .help("Shape of the report; may be given several times")
            .long_help(
                "Shape of the report; may be given several times\n\nWithout --output behind it, a report goes to \
                 standard output; where none does, the one for people goes there.",
            );
        let output = Arg::new("output")
            .long("output")
            .value_name("FILE")
            .action(ArgAction::Append)
            .value_parser(ValueParser::path_buf())
            .help("File that the report of the --format before it goes to");
        command.arg(format).arg(output)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Reports::augment_args(command)
    }
}

impl FromArgMatches for Reports {
    fn from_arg_matches(matches: &ArgMatches) -> std::result::Result<Reports, Error> {
        let mut formats: Vec<(usize, Wanted)> =
            placed::<Format>(matches, "format").map(|(place, format)| (place, (format, None))).collect();
        for (place, path) in placed::<PathBuf>(matches, "output") {
            match formats.iter_mut().rev().find(|(of_format, _)| *of_format < place) {
                Some((_, (_, file @ None))) => *file = Some(path),
                Some((_, (_, Some(_)))) => {
                    return Err(usage("two --output for one --format: name a format before each"));
                }
                None => return Err(usage("--output has no --format before it: say what the file is to hold")),
            }
        }
        let wanted: Vec<Wanted> = formats.into_iter().map(|(_, wanted)| wanted).collect();
        if wanted.iter().filter(|(_, path)| path.is_none()).count() > 1 {
            return Err(usage("two formats want standard output: put `--output FILE` behind all but one of them"));
        }
        let mut files = BTreeSet::new();
        for path in wanted.iter().filter_map(|(_, path)| path.as_ref()) {
            // `x` and `./x` are one file.
            if !files.insert(std::path::absolute(path).unwrap_or_else(|_| path.clone())) {
                let path = path.display();
                return Err(usage(&format!("two formats want the file {path}: name a file for each")));
            }
        }
        Ok(Reports { wanted })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> std::result::Result<(), Error> {
        *self = Reports::from_arg_matches(matches)?;
        Ok(())
    }
}

/// The values of an option, each with its place on the command line.
fn placed<T: Clone + Send + Sync + 'static>(matches: &ArgMatches, name: &str) -> impl Iterator<Item = (usize, T)> {
    let places = matches.indices_of(name).into_iter().flatten();
    places.zip(matches.get_many::<T>(name).into_iter().flatten().cloned())
}

fn usage(message: &str) -> Error {
    Error::raw(Usage::ArgumentConflict, message)
}
