//! A change: delivered by releases, or shipped alone.

use super::header::{Reference, references};
use super::vocabulary::vocabulary;
use super::{Header, Kind, Plan, Priority};
use crate::read::{Fields, Meanings};

vocabulary! {
    /// Which way a change takes through the process (ITIL).
    pub enum ChangeType {
        /// Agreed once for all of its kind.
        Standard = "standard", "Standard";
        /// Assessed and approved by itself.
        Normal = "normal", "Normal";
        /// Out of turn, because it cannot wait.
        Emergency = "emergency", "Emergency";
    }
    meant {
        "routine" | "pre-approved" | "preapproved" => Standard,
        "regular" => Normal,
        "urgent" => Emergency,
    }
}

/// A change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// What every record has.
    pub header: Header,
    /// The change's plan.
    pub plan: Plan,
    /// Version of the service, where it has one of its own.
    pub version: Option<String>,
    /// Which way it takes through the process.
    pub change_type: Option<ChangeType>,
    /// How much could go wrong.
    pub risk: Option<Priority>,
    /// How urgent it is.
    pub priority: Option<Priority>,
    /// Releases that deliver it.
    pub releases: Vec<Reference>,
    /// Known errors that come with it.
    pub known_errors: Vec<Reference>,
}

/// What is meant by keys that a change has not.
const MEANINGS: Meanings = Meanings {
    keys: &[
        ("change_type", &["kind", "type_of_change", "category", "change_kind", "release_type"]),
        ("risk", &["risk_level", "risk_rating", "risk_assessment"]),
        ("priority", &["urgency", "prio", "severity"]),
        ("releases", &["release", "delivered_by", "release_id", "in_release", "target_release", "delivered_in"]),
        ("known_errors", &["known_error", "known_issues", "known_issue", "kes"]),
        ("version", &["ver", "version_number"]),
    ],
    advice: &[],
};

pub(super) fn read(header: Header, plan: Plan, fields: &Fields<'_>) -> Change {
    fields.meanings(&MEANINGS);
    Change {
        header,
        plan,
        version: fields.text("version"),
        change_type: fields.term("change_type"),
        risk: fields.term("risk"),
        priority: fields.term("priority"),
        releases: references(fields, "releases", Kind::Release),
        known_errors: references(fields, "known_errors", Kind::KnownError),
    }
}
