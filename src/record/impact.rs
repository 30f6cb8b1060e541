//! The security and operational review.

use jiff::civil::Date;

use super::keys::keys;
use super::vocabulary::vocabulary;

vocabulary! {
    /// What a security or operational review came to.
    pub enum Verdict {
        /// Nothing stands against it.
        Accepted = "accepted", "Accepted", Good;
        /// It may go ahead if what the notes say is done.
        AcceptedWithConditions = "accepted-with-conditions", "Accepted with conditions", Active;
        /// It may not go ahead.
        Rejected = "rejected", "Rejected", Bad;
    }
    meant {
        "approved" | "ok" | "yes" | "passed" => Accepted,
        "conditional" | "conditionally-accepted" | "with-conditions" | "approved-with-conditions"
            => AcceptedWithConditions,
        "no" | "declined" | "refused" | "denied" | "not-accepted" => Rejected,
    }
}

keys! {
    /// One half of the security and operational review.
    pub struct ReviewOutcome("a review of impact", "{outcome: \u{2026}, by: Who reviewed, on: 2026-11-28}") {
        /// What the review came to.
        pub outcome: Option<Verdict> = "Outcome" meant "result" | "decision" | "verdict" | "status";
        /// Who reviewed.
        pub by: Option<String> = "By" meant "name" | "reviewer" | "reviewed_by" | "who";
        /// The day of the review.
        pub on: Option<Date> = "On" meant "date" | "reviewed_on" | "when" | "at";
        /// Conditions and remarks.
        pub notes: Option<String> = "Notes" meant "note" | "comment" | "comments" | "remarks";
    }
}

keys! {
    /// The security and operational review.
    pub struct Impact("`impact`", "{security: {outcome: accepted, by: Who reviewed, on: 2026-11-28}}") {
        /// What the review of security came to.
        pub security: Option<ReviewOutcome> = "Security";
        /// What the review of operations came to.
        pub operational: Option<ReviewOutcome> = "Operational" meant "operations" | "ops" | "operation";
    }
}
