//! A free page: the release policy, how to escalate.

use super::data::told_elsewhere;
use super::header::Header;
use super::keys::keys;

keys! {
    /// A free page.
    pub struct Page("a page") in (header: Header) {}
    and keys {
        /// How far the text is, in a word of the writer's own; no page shows it.
        status = "Status" [Shape::Text] (never) told told_elsewhere,
            meant "state" | "stage" | "lifecycle" | "record_status";
    }
}
