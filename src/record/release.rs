//! A release: the whole plan, what it delivers, and its artefacts.

use super::header::{Reference, references};
use super::vocabulary::vocabulary;
use super::{Header, Plan};
use crate::read::Fields;

vocabulary! {
    /// How big a release is, or how urgent.
    pub enum ReleaseType {
        /// New or changed behaviour for many.
        Major = "major", "Major";
        /// Small additions.
        Minor = "minor", "Minor";
        /// Corrections only.
        Patch = "patch", "Patch";
        /// Out of turn, because it cannot wait.
        Emergency = "emergency", "Emergency";
    }
}

/// A release.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Release {
    /// What every record has.
    pub header: Header,
    /// The release plan.
    pub plan: Plan,
    /// Version of the service.
    pub version: Option<String>,
    /// How big it is, or how urgent.
    pub release_type: Option<ReleaseType>,
    /// Change records delivered.
    pub changes: Vec<Reference>,
    /// Known errors shipped with it, beside those that follow from ranges.
    pub known_errors: Vec<Reference>,
}

pub(super) fn read(header: Header, plan: Plan, fields: &Fields<'_>) -> Release {
    Release {
        header,
        plan,
        version: fields.text("version"),
        release_type: fields.term("release_type"),
        changes: references(fields, "changes"),
        known_errors: references(fields, "known_errors"),
    }
}
