//! What the records say runs, held against a list of what does.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use anyhow::Result;
use jiff::civil::Date;

use super::component_list::{Listed, load_list};
use super::examine::{CheckRequest, Checked, Examined, examine};
use super::texts::Loaded;
use crate::book::Book;
use crate::record::{Record, fold};

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
    /// The list tells nothing of it that the records tell too.
    Untold {
        /// The configuration item.
        item: String,
        /// The version that the records say.
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
            Difference::Untold { item, recorded, release } => {
                write!(
                    text,
                    "{item}: has no version or digest in the list to compare, and {release} brought {recorded}"
                )
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
    let listed = load_list(list)?;
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
    let items: BTreeSet<&String> = recorded.keys().chain(listed.keys()).collect();
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
    let pairs =
        [("version", &listed.version, Some(&recorded.version)), ("digest", &listed.digest, recorded.digest.as_ref())];
    let told = pairs.into_iter().filter_map(|(what, runs, said)| Some((what, runs.as_deref()?, said?.trim())));
    let mut told = told.peekable();
    let Recorded { item, version, release, .. } = recorded;
    if told.peek().is_none() {
        let (item, recorded, release) = (item.clone(), version.clone(), release.clone());
        return vec![Difference::Untold { item, recorded, release }];
    }
    let differing = told.filter(|(_, runs, said)| runs != said);
    let difference = |(what, runs, said): (&'static str, &str, &str)| Difference::Differs {
        item: item.clone(),
        what,
        runs: runs.to_owned(),
        recorded: said.to_owned(),
        release: release.clone(),
    };
    differing.map(difference).collect()
}
