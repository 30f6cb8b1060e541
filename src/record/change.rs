//! A change: delivered by releases, or shipped alone.

use super::header::Header;
use super::keys::keys;
use super::plan::Plan;
use super::priority::Priority;
use super::reference::Reference;
use super::vocabulary::vocabulary;

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

keys! {
    /// A change.
    pub struct Change("a change") in (header: Header, plan: Plan) {
        /// The version of the service, where the change has one of its own.
        pub version: Option<String> = "Version" meant "ver" | "version_number";
        /// Which way it takes through the process.
        pub change_type: Option<ChangeType> = "Change type"
            meant "kind" | "type_of_change" | "category" | "change_kind" | "release_type";
        /// The pre-approved model that a standard change follows.
        pub standard_change: Option<Reference> = "Standard change" -> StandardChange(StandardChange)
            meant "model" | "change_model" | "standard_model" | "standard_change_model" | "template" | "change_template";
        /// How much could go wrong.
        pub risk: Option<Priority> = "Risk" meant "risk_level" | "risk_rating" | "risk_assessment";
        /// How urgent it is.
        pub priority: Option<Priority> = "Priority" meant "urgency" | "prio" | "severity";
        /// The releases that deliver it.
        pub releases: Vec<Reference> = "Delivered by" -> Delivers(Release)
            meant "release" | "delivered_by" | "release_id" | "in_release" | "target_release" | "delivered_in";
        /// Known errors that come with it.
        pub known_errors: Vec<Reference> = "Known errors" -> HasKnownError(KnownError)
            meant "known_error" | "known_issues" | "known_issue" | "kes";
    }
}
