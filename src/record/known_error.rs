//! A known error: how it shows, what helps, and which releases have it.

use jiff::civil::Date;

use super::header::{Reference, reference, references, texts};
use super::vocabulary::vocabulary;
use super::{Header, Kind, Priority};
use crate::read::{Fields, Meanings};

vocabulary! {
    /// How far a known error is.
    pub enum KnownErrorStatus {
        /// Somebody has seen it.
        Reported = "reported", "Reported";
        /// Its cause is looked for.
        Investigating = "investigating", "Investigating";
        /// It is understood.
        Confirmed = "confirmed", "Confirmed";
        /// It is there, and does less harm.
        Mitigated = "mitigated", "Mitigated";
        /// A release has resolved it.
        Resolved = "resolved", "Resolved";
        /// It stays.
        WontFix = "wont-fix", "Won\u{2019}t fix";
    }
    also { "open" => Confirmed }
    meant {
        "new" | "unconfirmed" => Reported,
        "in-progress" | "analysis" | "in-analysis" | "under-investigation" | "triage" | "analyzing" => Investigating,
        "unresolved" | "known" | "known-error" => Confirmed,
        "workaround" | "workaround-available" => Mitigated,
        "closed" | "fixed" | "done" | "solved" | "completed" => Resolved,
        "wontfix" | "will-not-fix" | "not-fixing" | "wont-do" => WontFix,
    }
}

vocabulary! {
    /// How much the workaround helps.
    pub enum WorkaroundStatus {
        /// There is none.
        None = "none", "No workaround";
        /// It helps some, or somewhat.
        Partial = "partial", "Partial workaround";
        /// It helps.
        Full = "full", "Full workaround";
    }
    meant { "no" | "false" => None, "incomplete" => Partial, "complete" => Full }
}

/// A known error.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownError {
    /// What every record has.
    pub header: Header,
    /// How far it is.
    pub status: Option<KnownErrorStatus>,
    /// How it shows.
    pub symptoms: Option<String>,
    /// Exact messages and codes.
    pub error_codes: Vec<String>,
    /// Root cause.
    pub cause: Option<String>,
    /// What helps until it is fixed.
    pub workaround: Option<String>,
    /// How much that helps.
    pub workaround_status: Option<WorkaroundStatus>,
    /// How bad it is.
    pub severity: Option<Priority>,
    /// When it was found.
    pub detected: Option<Date>,
    /// When it was resolved.
    pub resolved: Option<Date>,
    /// First releases with it.
    pub introduced_in: Vec<Reference>,
    /// Releases that resolve it.
    pub fixed_in: Vec<Reference>,
    /// Releases that have it, where the range does not say so.
    pub affects: Vec<Reference>,
    /// The release that should resolve it.
    pub planned_fix: Option<Reference>,
}

impl KnownErrorStatus {
    /// Whether it still has to be lived with: whatever is not resolved, what nobody will fix too.
    pub fn is_open(self) -> bool {
        self != KnownErrorStatus::Resolved
    }
}

impl KnownError {
    /// Whether it still has to be lived with: by its status, or, where it says none, as long as no day is named on which
    /// it was resolved.
    pub fn is_open(&self) -> bool {
        self.status.map_or(self.resolved.is_none(), KnownErrorStatus::is_open)
    }

    /// Whether its status says that it is open, and nobody has decided that it stays.
    pub fn is_to_be_fixed(&self) -> bool {
        self.status.is_some_and(|status| status.is_open() && status != KnownErrorStatus::WontFix)
    }
}

/// What is meant by keys that a known error has not. A word that may name releases or what they touch stands here and
/// among the keys of every record: what stands under it decides.
const MEANINGS: Meanings = Meanings {
    keys: &[
        ("symptoms", &["symptom", "effect", "how_it_shows", "error_description"]),
        ("error_codes", &["error_code", "error_message", "error_messages", "errors", "messages", "codes", "code"]),
        ("cause", &["root_cause", "reason", "rootcause"]),
        ("workaround", &["work_around", "workarounds", "mitigation", "temporary_fix"]),
        ("severity", &["priority", "impact", "urgency", "criticality", "sev", "prio"]),
        ("detected", &["date", "found", "found_on", "discovered", "detected_on", "detected_at", "date_detected"]),
        ("detected", &["first_seen", "opened", "opened_at", "opened_on", "created", "reported_on", "reported_at"]),
        ("resolved", &["resolved_on", "resolved_at", "fixed_on", "fixed_at", "closed_on", "closed_at", "closed"]),
        ("resolved", &["date_resolved", "resolution_date", "fix_date"]),
        ("introduced_in", &["introduced", "introduced_by", "introduced_with", "found_in", "since", "affected_since"]),
        ("introduced_in", &["first_release", "first_version", "caused_by"]),
        ("fixed_in", &["fixed", "fixed_by", "fix_version", "fix_versions", "fixed_version", "fix_release"]),
        ("fixed_in", &["resolved_in", "resolved_by", "solved_in"]),
        ("affects", &["affected", "affected_releases", "affected_release", "affected_versions", "affected_version"]),
        ("affects", &["affects_versions", "affects_version", "releases", "release", "versions"]),
        ("planned_fix", &["target_release", "target_fix", "fix_planned", "fix_planned_in", "planned_in", "fix_in"]),
    ],
    advice: &[],
};

pub(super) fn read(header: Header, fields: &Fields<'_>) -> KnownError {
    fields.meanings(&MEANINGS);
    KnownError {
        header,
        status: fields.term("status"),
        symptoms: fields.text("symptoms"),
        error_codes: texts(fields, "error_codes"),
        cause: fields.text("cause"),
        workaround: fields.text("workaround"),
        workaround_status: fields.term("workaround_status"),
        severity: fields.term("severity"),
        detected: fields.date("detected"),
        resolved: fields.date("resolved"),
        introduced_in: references(fields, "introduced_in", Kind::Release),
        fixed_in: references(fields, "fixed_in", Kind::Release),
        affects: references(fields, "affects", Kind::Release),
        planned_fix: reference(fields, "planned_fix", Kind::Release),
    }
}
