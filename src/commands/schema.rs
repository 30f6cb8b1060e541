//! `relbook schema`: what a record's front matter may hold, for editors and other programs.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Args;
use clap::builder::PossibleValuesParser;

use super::speech::{print, say};
use crate::lints;
use crate::manual::{schema as schema_of, schema_of_all, settings_schema};
use crate::record::Kind;

/// Print the JSON Schema of the front matter, or of relbook.toml
///
/// JSON Schema 2020-12, with a description of each key and word: what the reader takes without a finding.
#[derive(Debug, Args)]
pub struct SchemaOptions {
    /// One kind of record, or `settings` for relbook.toml; any kind of record where none is named
    #[arg(value_name = "KIND", value_parser = PossibleValuesParser::new(words()))]
    kind: Option<String>,
    /// Write one file for each kind, and one for all, into this folder
    #[arg(long, value_name = "DIR", conflicts_with = "kind")]
    out: Option<PathBuf>,
}

/// The kinds that have files, by their words.
fn words() -> Vec<&'static str> {
    let kinds = Kind::ALL.iter().filter(|kind| **kind != Kind::Service).map(|kind| kind.word());
    kinds.chain(["settings"]).collect()
}

/// Prints or writes schemas.
///
/// # Errors
///
/// The folder cannot be made, or a file not be written.
pub fn schema(options: SchemaOptions) -> Result<ExitCode> {
    let kind = |word: &str| Kind::ALL.iter().copied().find(|kind| kind.word() == word);
    let text = |schema: serde_json::Value| format!("{schema:#}\n");
    let Some(folder) = options.out else {
        let schema = match options.kind.as_deref() {
            Some("settings") => settings_schema(lints::ALL),
            word => word.and_then(kind).map_or_else(schema_of_all, schema_of),
        };
        print(|out| out.write_all(text(schema).as_bytes()))?;
        return Ok(ExitCode::SUCCESS);
    };
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let of_kinds = words().into_iter().filter_map(|word| Some((word, schema_of(kind(word)?))));
    for (name, schema) in of_kinds.chain([("record", schema_of_all()), ("settings", settings_schema(lints::ALL))]) {
        let path = folder.join(format!("{name}.schema.json"));
        std::fs::write(&path, text(schema)).with_context(|| format!("cannot write {}", path.display()))?;
        say(|errors| writeln!(errors, "{}", path.display()));
    }
    Ok(ExitCode::SUCCESS)
}
