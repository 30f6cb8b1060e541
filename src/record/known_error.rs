//! A known error: how it shows, what helps, and which releases have it.

use jiff::civil::Date;

use super::header::Header;
use super::keys::keys;
use super::priority::Priority;
use super::reference::Reference;
use super::vocabulary::vocabulary;

vocabulary! {
    /// How far a known error is.
    pub enum KnownErrorStatus {
        /// Somebody has seen it.
        Reported = "reported", "Reported", Ahead;
        /// Its cause is looked for.
        Investigating = "investigating", "Investigating", Ahead;
        /// It is understood.
        Confirmed = "confirmed", "Confirmed", Bad;
        /// It is there, and does less harm.
        Mitigated = "mitigated", "Mitigated", Active;
        /// A release has resolved it.
        Resolved = "resolved", "Resolved", Good;
        /// It stays.
        WontFix = "wont-fix", "Won\u{2019}t fix", Off;
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

// A word that may name releases or what they touch is meant here and among the keys of every record: what stands under it
// decides.
keys! {
    /// A known error.
    pub struct KnownError("a known error") in (header: Header) {
        /// How far it is.
        pub status: Option<KnownErrorStatus> = "Status" meant "state" | "stage" | "lifecycle" | "record_status";
        /// How it shows.
        pub symptoms: Option<String> = "Symptoms" meant "symptom" | "effect" | "how_it_shows" | "error_description";
        /// Exact messages and codes, as they stand on the screen.
        pub error_codes: Vec<String> = "Error codes"
            meant "error_code" | "error_message" | "error_messages" | "errors" | "messages" | "codes" | "code";
        /// The root cause.
        pub cause: Option<String> = "Root cause" meant "root_cause" | "reason" | "rootcause";
        /// What helps until it is fixed.
        pub workaround: Option<String> = "Workaround"
            meant "work_around" | "workarounds" | "mitigation" | "temporary_fix";
        /// How much the workaround helps.
        pub workaround_status: Option<WorkaroundStatus> = "Workaround status";
        /// How bad it is.
        pub severity: Option<Priority> = "Severity"
            meant "priority" | "impact" | "urgency" | "criticality" | "sev" | "prio";
        /// The day on which it was found.
        pub detected: Option<Date> = "Detected"
            meant "date" | "found" | "found_on" | "discovered" | "detected_on" | "detected_at" | "date_detected"
                | "first_seen" | "opened" | "opened_at" | "opened_on" | "created" | "reported_on" | "reported_at";
        /// The day on which it was resolved.
        pub resolved: Option<Date> = "Resolved"
            meant "resolved_on" | "resolved_at" | "fixed_on" | "fixed_at" | "closed_on" | "closed_at" | "closed"
                | "date_resolved" | "resolution_date" | "fix_date";
        /// The first releases that have it.
        pub introduced_in: Vec<Reference> = "Introduced in" -> IntroducedIn(Release)
            meant "introduced" | "introduced_by" | "introduced_with" | "found_in" | "since" | "affected_since"
                | "first_release" | "first_version" | "caused_by";
        /// Releases that resolve it.
        pub fixed_in: Vec<Reference> = "Fixed in" -> FixedIn(Release)
            meant "fixed" | "fixed_by" | "fix_version" | "fix_versions" | "fixed_version" | "fix_release"
                | "resolved_in" | "resolved_by" | "solved_in";
        /// Releases that have it, where the range does not say so.
        pub affects: Vec<Reference> = "Releases that have it" -> HasKnownError(Release)
            meant "affected" | "affected_releases" | "affected_release" | "affected_versions" | "affected_version"
                | "affects_versions" | "affects_version" | "releases" | "release" | "versions";
        /// The release that should resolve it.
        pub planned_fix: Option<Reference> = "Fix planned in" -> PlannedFix(Release)
            meant "target_release" | "target_fix" | "fix_planned" | "fix_planned_in" | "planned_in" | "fix_in";
    }
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
