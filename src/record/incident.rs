//! An incident that work fixed or caused.

use jiff::tz::TimeZone;

use super::keys::keys;
use crate::read::{Fields, Moment};
use crate::source::Span;

keys! {
    /// An incident.
    pub struct Incident("an incident")
        from "id" Incident::of_id,
        then Incident::named,
    {
        /// Its number in the system that keeps it.
        pub id: String = "Incident" meant "number" | "incident" | "ticket";
        /// When it was noticed.
        pub detected_at: Option<Moment> = "Detected"
            meant "detected" | "at" | "since" | "found_at" | "started_at" | "detected_on";
    }
}

impl Incident {
    fn of_id(id: &str, _: Span) -> Incident {
        Incident { id: id.to_owned(), detected_at: None }
    }

    /// Itself, if it has a number.
    fn named(self, _: &Fields<'_>, _: &TimeZone, _: usize) -> Option<Incident> {
        (!self.id.trim().is_empty()).then_some(self)
    }
}
