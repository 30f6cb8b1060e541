//! EDGE: reads a list of what runs, as an orchestrator gives it: JSON, a list of objects, or CSV with a line of names.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow, bail, ensure};
use serde::Deserialize;

use crate::diag::harmless_line;
use crate::record::fold;

/// A list of what runs may be as large as this, in bytes.
const MOST_BYTES: u64 = 64 << 20;

/// The columns of a list that is a table.
const COLUMNS: [&str; 3] = ["item", "version", "digest"];

/// Something that runs, as the list says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Listed {
    /// The configuration item.
    pub item: String,
    /// Its version.
    pub version: Option<String>,
    /// What identifies its bytes.
    pub digest: Option<String>,
}

/// The list, by item in small letters. A pipe is read as a file is.
///
/// # Errors
///
/// It cannot be read, is too large, or names an item twice.
pub(super) fn load_list(path: &Path) -> Result<BTreeMap<String, Listed>> {
    let shown = path.display();
    let file = File::open(path).with_context(|| format!("cannot read {shown}"))?;
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes).with_context(|| format!("cannot read {shown}"))?;
    let is_all = bytes.len() as u64 <= MOST_BYTES;
    ensure!(is_all, "{shown} is larger than {} MiB: leave out what no release brings", MOST_BYTES >> 20);
    let text = String::from_utf8(bytes).map_err(|_| anyhow!("cannot read {shown} as UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let all = match is_json(path, text) {
        true => of_json(text).map_err(|error| {
            anyhow!("{shown} is no list of objects with `item`, `version` and `digest` (JSON): {error}")
        })?,
        false => of_csv(text).map_err(|error| {
            anyhow!("{shown} is no table with the columns `item`, `version` and `digest` (CSV): {error}")
        })?,
    };
    let mut listed = BTreeMap::new();
    for of in all {
        let item = of.item.trim().to_owned();
        let of = Listed { version: written(of.version), digest: written(of.digest), item: item.clone() };
        ensure!(!item.is_empty(), "{shown} has an entry without an item");
        if listed.insert(fold(&item), of).is_some() {
            bail!("{shown} names {} twice: list each item once", harmless_line(&item));
        }
    }
    Ok(listed)
}

/// Whether a list is JSON: its ending says so, or, where it says nothing, its first character.
fn is_json(path: &Path, text: &str) -> bool {
    let ending = path.extension().and_then(OsStr::to_str).map(str::to_ascii_lowercase);
    match ending.as_deref() {
        Some("json") => true,
        Some("csv") => false,
        _ => text.trim_start().starts_with(['[', '{']),
    }
}

fn of_json(text: &str) -> Result<Vec<Listed>, String> {
    serde_json::from_str(text).map_err(|error| harmless_line(&error.to_string()).into_owned())
}

fn of_csv(text: &str) -> Result<Vec<Listed>, String> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let said = |error: csv::Error| harmless_line(&error.to_string()).into_owned();
    let columns = reader.headers().map_err(said)?;
    if let Some(unknown) = columns.iter().find(|column| !COLUMNS.contains(column)) {
        return Err(format!("its first line names `{}`", harmless_line(unknown)));
    }
    if !columns.iter().any(|column| column == COLUMNS[0]) {
        return Err(format!("its first line does not name `{}`", COLUMNS[0]));
    }
    reader.deserialize().collect::<Result<_, _>>().map_err(said)
}

/// A text, if it says something.
fn written(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}
