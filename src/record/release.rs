//! A release: the whole plan, what it delivers, and its artefacts.

use super::header::{Reference, references};
use super::vocabulary::vocabulary;
use super::{Header, Kind, Plan};
use crate::read::{Fields, Meanings};

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
    meant {
        "breaking" => Major,
        "bugfix" | "bug-fix" | "fix" | "maintenance" => Patch,
        "urgent" => Emergency,
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

/// What is meant by keys that a release has not.
const MEANINGS: Meanings = Meanings {
    keys: &[
        ("version", &["release_version", "ver", "version_number", "semver", "version_name"]),
        ("release_type", &["kind", "size", "release_kind", "type_of_release", "category", "change_type"]),
        (
            "changes",
            &["change", "change_records", "change_requests", "change_request", "chg", "rfc", "rfcs", "change_ids"],
        ),
        ("changes", &["delivers", "included_changes", "contains", "includes"]),
        ("known_errors", &["known_error", "known_issues", "known_issue", "kes"]),
        ("supersedes", &["replaces", "predecessor", "previous_release", "previous_version", "previous"]),
    ],
    advice: &[],
};

pub(super) fn read(header: Header, plan: Plan, fields: &Fields<'_>) -> Release {
    fields.meanings(&MEANINGS);
    Release {
        header,
        plan,
        version: fields.text("version"),
        release_type: fields.term("release_type"),
        changes: references(fields, "changes", Kind::Change),
        known_errors: references(fields, "known_errors", Kind::KnownError),
    }
}
