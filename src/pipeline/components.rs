//! What the records say runs, held against a list of what does.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use jiff::civil::Date;
use serde::Deserialize;

use super::examine::{CheckRequest, Checked, Examined, examine};
use super::texts::Loaded;
use crate::book::Book;
use crate::record::{Record, fold};

/// A list of what runs may be as large as this, in bytes.
const MOST_BYTES: u64 = 64 << 20;

/// Something that runs, as the list says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    item: String,
    version: Option<String>,
    digest: Option<String>,
}

/// One way in which the list is not what the records say, in the order of items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// Another version, or other bytes, than the last release brought.
    Differs {
        /// The configuration item.
        item: String,
        /// `version` or `digest`.
        what: &'static str,
        /// What runs.
        runs: String,
        /// What the records say.
        recorded: String,
        /// The release that brought it.
        release: String,
    },
    /// It runs, and no release that is live brought it.
    Unrecorded(String),
    /// The records say that it runs, and the list lacks it.
    Absent {
        /// The configuration item.
        item: String,
        /// The version.
        recorded: String,
        /// The release that brought it.
        release: String,
    },
}

impl fmt::Display for Difference {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Difference::Differs { item, what, runs, recorded, release } => {
                write!(text, "{item}: runs in {what} {runs}, and {release} brought {recorded}")
            }
            Difference::Unrecorded(item) => write!(text, "{item}: runs, and no release that is live brought it"),
            Difference::Absent { item, recorded, release } => {
                write!(text, "{item}: is not in the list, and {release} brought version {recorded}")
            }
        }
    }
}

/// What the wish for a comparison came to.
#[derive(Debug)]
pub enum Compared {
    /// The differences, in the order of items, and how many items both know.
    Differences(Vec<Difference>, usize),
    /// There is an error among the records.
    Faulty(Checked),
}

/// Holds a list of what runs against the records of a site: JSON, a list of objects, or CSV with a line of names; `item`,
/// and of `version` and `digest` what is known.
///
/// # Errors
///
/// The list cannot be read, or names an item twice.
pub fn compare_components(folder: PathBuf, list: &Path, today: Date) -> Result<Compared> {
    let listed = read(list)?;
    let request = CheckRequest { folder, today, ..CheckRequest::default() };
    let Examined { loaded, book, records, .. } = examine(&request)?;
    let Loaded { settings, found, notes, .. } = loaded;
    if found.has_errors() {
        let report = found.report(&book.sources);
        return Ok(Compared::Faulty(Checked {
            report,
            sources: book.sources,
            content: settings.content,
            notes,
            records,
        }));
    }
    let recorded = recorded(&book);
    let known = recorded.keys().filter(|item| listed.contains_key(*item)).count();
    let items: std::collections::BTreeSet<&String> = recorded.keys().chain(listed.keys()).collect();
    let differences = items.into_iter().flat_map(|item| differ(recorded.get(item), listed.get(item)));
    Ok(Compared::Differences(differences.collect(), known))
}

/// What the records say runs on an item.
struct Recorded {
    item: String,
    version: String,
    digest: Option<String>,
    release: String,
}

fn recorded(book: &Book) -> BTreeMap<String, Recorded> {
    let mut all = BTreeMap::new();
    for index in book.running.items() {
        let Some(brought) = book.running.now(index) else { continue };
        let Record::Release(release) = book.get(brought.release) else { continue };
        let Some(component) = release.components.get(brought.component as usize) else { continue };
        let item = book.get(index).header().id.clone();
        let digest = component.digest.as_ref().map(|digest| digest.text().to_owned());
        let version = component.version.clone().unwrap_or_default();
        all.insert(fold(&item), Recorded { item, version, digest, release: release.header.id.clone() });
    }
    all
}

fn differ(recorded: Option<&Recorded>, listed: Option<&Listed>) -> Vec<Difference> {
    let (recorded, listed) = match (recorded, listed) {
        (Some(recorded), Some(listed)) => (recorded, listed),
        (Some(Recorded { item, version, release, .. }), None) => {
            let (item, recorded, release) = (item.clone(), version.clone(), release.clone());
            return vec![Difference::Absent { item, recorded, release }];
        }
        (None, Some(listed)) => return vec![Difference::Unrecorded(listed.item.clone())],
        (None, None) => return Vec::new(),
    };
    let differs = |what, runs: &Option<String>, said: Option<&str>| {
        let (runs, said) = (runs.as_deref()?.trim(), said?.trim());
        (runs != said).then(|| Difference::Differs {
            item: recorded.item.clone(),
            what,
            runs: runs.to_owned(),
            recorded: said.to_owned(),
            release: recorded.release.clone(),
        })
    };
    let version = differs("version", &listed.version, Some(&recorded.version));
    let digest = differs("digest", &listed.digest, recorded.digest.as_deref());
    version.into_iter().chain(digest).collect()
}

/// The list, by item in small letters.
fn read(path: &Path) -> Result<BTreeMap<String, Listed>> {
    let shown = path.display();
    let size = std::fs::metadata(path).with_context(|| format!("cannot read {shown}"))?.len();
    ensure!(size <= MOST_BYTES, "{shown} is larger than {} MiB: leave out what no release brings", MOST_BYTES >> 20);
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {shown} as UTF-8"))?;
    let text = text.trim_start_matches('\u{feff}');
    let is_json = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
        || text.trim_start().starts_with('[');
    let all: Vec<Listed> = match is_json {
        true => serde_json::from_str(text)
            .with_context(|| format!("{shown} is no list of objects with `item`, `version` and `digest` (JSON)"))?,
        false => csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes())
            .deserialize()
            .collect::<Result<_, _>>()
            .with_context(|| format!("{shown} is no table with the columns `item`, `version` and `digest` (CSV)"))?,
    };
    let mut listed = BTreeMap::new();
    for of in all {
        let item = of.item.trim().to_owned();
        let blank = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        let of = Listed { version: blank(of.version), digest: blank(of.digest), item: item.clone() };
        ensure!(!item.is_empty(), "{shown} has an entry without an item");
        if listed.insert(fold(&item), of).is_some() {
            bail!("{shown} names {} twice: list each item once", crate::diag::harmless(&item));
        }
    }
    Ok(listed)
}
