//! A standard change of the catalogue: a model that was approved once for all changes that follow it.

use jiff::civil::Date;

use super::header::Header;
use super::keys::keys;
use super::placeholder::says_something;
use super::priority::Priority;

keys! {
    /// A pre-approved model of changes. What it may touch is under `configuration_items`, its steps are sections of its body.
    pub struct StandardChange("a standard change") in (header: Header) {
        /// Who approved the model, for all changes that follow it.
        pub approved_by: Option<String> = "Approved by" meant "approver" | "approval" | "approvals" | "sign_off";
        /// The day on which the model was approved last.
        pub approved_on: Option<Date> = "Approved on" [Shape::DayOfMoment]
            meant "approved_at" | "approval_date" | "approved";
        /// The last day on which a change may begin by it.
        pub valid_until: Option<Date> = "Valid until"
            meant "expires" | "expires_on" | "expiry" | "valid_to" | "review_by" | "review_date" | "until";
        /// How much can go wrong with it.
        pub risk: Option<Priority> = "Risk" meant "risk_level" | "risk_rating" | "risk_assessment";
    }
}

impl StandardChange {
    /// Whether somebody had approved it by a day: it says who, and on which day.
    pub fn is_approved_by(&self, day: Date) -> bool {
        says_something(self.approved_by.as_ref()) && self.approved_on.is_some_and(|on| on <= day)
    }
}
