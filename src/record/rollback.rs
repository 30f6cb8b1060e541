//! A rollback and what came of it.

use jiff::tz::TimeZone;

use super::keys::keys;
use super::reference::Reference;
use crate::read::{Fields, Moment};

keys! {
    /// A rollback and what came of it.
    pub struct Rollback("a rollback", "{at: 2026-11-28T23:10, trigger: \u{2026}}")
        then Rollback::told,
    {
        /// When it was decided.
        pub at: Option<Moment> = "Decided" meant "date" | "on" | "when" | "time";
        /// What made it necessary.
        pub trigger: Option<String> = "Trigger" meant "why" | "reason" | "triggered_by";
        /// Why that happened.
        pub root_cause: Option<String> = "Root cause" meant "cause" | "rootcause";
        /// What was done about it.
        pub resolution: Option<String> = "Resolution" meant "fix" | "solution";
        /// When the service was back.
        pub restored_at: Option<Moment> = "Service restored" meant "restored" | "restored_on" | "back_at";
        /// The release that does it better.
        pub follow_up: Option<Reference> = "Follow-up release" -> FollowUp(Release)
            meant "next" | "follow_up_release" | "next_release";
    }
}

impl Rollback {
    /// Itself, unless nothing is told of it.
    fn told(self, _: &Fields<'_>, _: &TimeZone, _: usize) -> Option<Rollback> {
        (self != Rollback::default()).then_some(self)
    }
}
