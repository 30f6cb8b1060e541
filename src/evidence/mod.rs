//! What an auditor takes away of some records, or of the work of a period: who changed what when, and what was found.
//!
//! 1. `revision` holds every text of a record against the one before it, key by key.
//! 2. `dossier` is all that there is of a record, as data; `paper` is the same for people, on paper.
//! 3. `population` is the work of a period, from which an auditor takes samples.

mod dossier;
mod paper;
mod population;
mod revision;

pub use dossier::{ArtefactFile, Dossier, FindingFact, Origin};
pub use paper::{contents, paper};
pub use population::{Period, population, table};
pub use revision::{KeyChange, Revision, changes};
