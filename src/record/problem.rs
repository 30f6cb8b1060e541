//! A problem ticket.

use super::header::Header;
use super::keys::keys;
use super::priority::Priority;
use super::vocabulary::vocabulary;

vocabulary! {
    /// How far a problem is.
    pub enum ProblemStatus {
        /// It was reported.
        Open = "open", "Open", Ahead;
        /// Its cause is looked for.
        Investigating = "investigating", "Investigating", Ahead;
        /// Its cause is known, and a workaround.
        KnownError = "known-error", "Known error", Active;
        /// Its cause is gone.
        Resolved = "resolved", "Resolved", Good;
        /// Nothing is left to do.
        Closed = "closed", "Closed", Off;
    }
    meant {
        "new" | "active" | "unresolved" => Open,
        "in-progress" | "analysis" | "rca" | "root-cause-analysis" | "under-investigation" => Investigating,
        "fixed" | "done" | "solved" | "completed" => Resolved,
    }
}

keys! {
    /// A problem ticket; without a file, it exists by the records that refer to it.
    pub struct Problem("a problem") in (header: Header) {
        /// How far it is.
        pub status: Option<ProblemStatus> = "Status" meant "state" | "stage" | "lifecycle" | "record_status";
        /// How urgent it is.
        pub priority: Option<Priority> = "Priority" meant "severity" | "urgency" | "impact" | "prio";
        /// Its cause.
        pub cause: Option<String> = "Cause" meant "root_cause" | "reason" | "rootcause";
        /// Its ticket in the system of record.
        pub url: Option<String> = "In the system of record" [Shape::Url]
            meant "link" | "ticket" | "address" | "href" | "ticket_url";
    }
}
