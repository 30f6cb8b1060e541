//! All that there is of a record, as data.

use serde::Serialize;
use serde_json::Value;

use super::revision::Revision;

/// Where the records were taken from.
#[derive(Debug, Clone, Serialize)]
pub struct Origin {
    /// The site's name.
    pub site: String,
    /// The commit, by its whole name; null where the records lie in no repository.
    pub commit: Option<String>,
    /// The day from which it counts what is overdue (ISO 8601): the commit's, unless another was asked for.
    pub day: String,
    /// Why nothing is told of former texts; null where they are told.
    pub without_history: Option<String>,
    /// The program's version.
    pub program: &'static str,
}

/// All that there is of a record.
#[derive(Debug, Serialize)]
pub struct Dossier {
    /// Its kind.
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The folder of the dossier.
    pub folder: String,
    /// Its file below the site's folder; null where it exists by being named alone.
    pub source: Option<String>,
    /// Whether the file is as it was committed last; null where that is not known.
    pub is_as_committed: Option<bool>,
    /// The record as the site's API has it: its keys and sections, deviations, waivers, and how it was kept to the process.
    pub record: Value,
    /// Every text that it had, the newest first; null where that is not known.
    pub revisions: Option<Vec<Revision>>,
    /// What the checks find in it.
    pub findings: Vec<FindingFact>,
    /// The files among its artefacts.
    pub artefacts: Vec<ArtefactFile>,
}

/// Something that the checks find.
#[derive(Debug, Serialize)]
pub struct FindingFact {
    /// The code of its lint.
    pub code: &'static str,
    /// The name of its lint.
    pub name: &'static str,
    /// `error` or `warning`.
    pub level: &'static str,
    /// The line of the record's file, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

/// A file among the artefacts.
#[derive(Debug, Serialize)]
pub struct ArtefactFile {
    /// As the record names it.
    pub named: String,
    /// Where it stands, below the dossier's folder.
    pub file: String,
    /// Its length in bytes.
    pub size: u64,
    /// Its checksum (SHA-256), in hexadecimal.
    pub sha256: String,
}
