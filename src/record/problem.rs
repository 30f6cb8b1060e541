//! A problem ticket.

use super::vocabulary::vocabulary;
use super::{Header, Priority};
use crate::read::{Fields, Meanings};

vocabulary! {
    /// How far a problem is.
    pub enum ProblemStatus {
        /// Reported.
        Open = "open", "Open";
        /// Its cause is looked for.
        Investigating = "investigating", "Investigating";
        /// Its cause is known, and a workaround.
        KnownError = "known-error", "Known error";
        /// Its cause is gone.
        Resolved = "resolved", "Resolved";
        /// Nothing is left to do.
        Closed = "closed", "Closed";
    }
    meant {
        "new" | "active" | "unresolved" => Open,
        "in-progress" | "analysis" | "rca" | "root-cause-analysis" | "under-investigation" => Investigating,
        "fixed" | "done" | "solved" | "completed" => Resolved,
    }
}

/// A problem ticket; without a file, it exists by the records that refer to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problem {
    /// What every record has.
    pub header: Header,
    /// How far it is.
    pub status: Option<ProblemStatus>,
    /// How urgent it is.
    pub priority: Option<Priority>,
    /// Its cause.
    pub cause: Option<String>,
    /// Its ticket in the system of record.
    pub url: Option<String>,
}

/// What is meant by keys that a problem has not.
const MEANINGS: Meanings = Meanings {
    keys: &[
        ("priority", &["severity", "urgency", "impact", "prio"]),
        ("cause", &["root_cause", "reason", "rootcause"]),
        ("url", &["link", "ticket", "address", "href", "ticket_url"]),
    ],
    advice: &[],
};

pub(super) fn read(header: Header, fields: &Fields<'_>) -> Problem {
    fields.meanings(&MEANINGS);
    Problem {
        header,
        status: fields.term("status"),
        priority: fields.term("priority"),
        cause: fields.text("cause"),
        url: fields.url("url"),
    }
}
