//! A known error: how it shows, what helps, and which releases have it.

use jiff::civil::Date;

use super::header::{Reference, reference, references, texts};
use super::vocabulary::vocabulary;
use super::{Header, Priority};
use crate::read::Fields;

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

pub(super) fn read(header: Header, fields: &Fields<'_>) -> KnownError {
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
        introduced_in: references(fields, "introduced_in"),
        fixed_in: references(fields, "fixed_in"),
        affects: references(fields, "affects"),
        planned_fix: reference(fields, "planned_fix"),
    }
}
