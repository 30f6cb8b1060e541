//! What follows for a configuration item: how work on it went, what runs on it, and what is ahead.

use schemars::JsonSchema;
use serde::Serialize;

use super::ahead::{Running, WindowAhead, ahead};
use super::reference::Named;
use crate::book::{self, Direction, RecordIndex};
use crate::pages::{Context, caused_incidents, outcomes};
use crate::record::{Record, Relation};

/// What follows for a configuration item.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ItemFacts {
    /// Releases and changes with it that went live, or were taken back. An edition, which need not have all of them, counts
    /// nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    attempted: Option<usize>,
    /// Of those, how many were taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    rolled_back: Option<usize>,
    /// Releases and changes that say themselves which incidents they caused.
    #[serde(skip_serializing_if = "Option::is_none")]
    caused_incidents: Option<usize>,
    /// Known errors that are still open.
    #[serde(skip_serializing_if = "Option::is_none")]
    open_known_errors: Option<usize>,
    /// Lessons about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    lessons: Option<usize>,
    /// What runs on it, where the records say so.
    #[serde(skip_serializing_if = "Option::is_none")]
    running: Option<Running>,
    /// When it is next free; not there where it has no maintenance times ahead.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_free: Option<NextFree>,
    /// The next windows, the first at first: twenty at most.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ahead: Vec<WindowAhead>,
}

/// When a configuration item is next free, seen from the day of the build.
#[derive(Debug, Default, Serialize, JsonSchema)]
struct NextFree {
    /// From when (RFC 3339, in UTC).
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    /// To when (RFC 3339, in UTC).
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    /// Whose maintenance time it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    maintenance: Option<Named>,
    /// Until when nothing is free, where that is so in all maintenance times that are known (RFC 3339, in UTC).
    #[serde(skip_serializing_if = "Option::is_none")]
    not_before: Option<String>,
}

impl ItemFacts {
    /// What follows for a configuration item.
    pub(super) fn new(context: &Context<'_>, index: RecordIndex) -> ItemFacts {
        let edition = context.edition;
        let affected = edition.connections.others(index, Relation::ConfigurationItem, Direction::Backward);
        let of_item: Vec<RecordIndex> = affected.iter().map(|connection| connection.other).collect();
        let whole = edition.name().is_none();
        let (attempted, rolled_back) = outcomes(context, &of_item);
        let next_free = |of| match of {
            book::NextFree::Stretch { from, to, maintenance } => NextFree {
                from: Some(from.to_string()),
                to: Some(to.to_string()),
                maintenance: Some(Named::new(context, maintenance)),
                not_before: None,
            },
            book::NextFree::NotBefore(end) => NextFree { not_before: Some(end.to_string()), ..NextFree::default() },
        };
        ItemFacts {
            attempted: whole.then_some(attempted),
            rolled_back: whole.then_some(rolled_back),
            caused_incidents: whole.then(|| caused_incidents(context, &of_item)),
            open_known_errors: whole.then(|| open(context, &of_item)),
            lessons: whole.then(|| edition.lessons.items.get(&index).map_or(0, Vec::len)),
            running: edition.running.now(index).and_then(|brought| Running::new(context, index, brought)),
            next_free: edition.next_free(index).map(next_free),
            ahead: ahead(context, &of_item),
        }
    }
}

/// How many of some records are known errors that are still open.
pub(super) fn open(context: &Context<'_>, records: &[RecordIndex]) -> usize {
    let is_open = |index: &&RecordIndex| match context.edition.get(**index) {
        Record::KnownError(known) => known.is_open(),
        _ => false,
    };
    records.iter().filter(is_open).count()
}
