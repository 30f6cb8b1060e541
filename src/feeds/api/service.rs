//! What follows for a service: its releases in order, with what is known to be wrong with each, and what is ahead.

use schemars::JsonSchema;
use serde::Serialize;

use super::address::DOCUMENT_LENGTH;
use super::ahead::{Running, WindowAhead, ahead};
use super::card::Card;
use super::item::open;
use crate::book::{Direction, RecordIndex};
use crate::pages::{Context, caused_incidents, running_in, to_fix};
use crate::record::Relation;

/// A release of a service.
#[derive(Debug, Serialize, JsonSchema)]
struct Version {
    /// The release.
    #[serde(flatten)]
    release: Card,
    /// How many known errors it has that are still open; in an edition of those that are in it, and only where there are
    /// any.
    #[serde(skip_serializing_if = "Option::is_none")]
    open_known_errors: Option<usize>,
    /// How many it has that were resolved later.
    #[serde(skip_serializing_if = "Option::is_none")]
    resolved_known_errors: Option<usize>,
    /// How many open ones it is to bring the fix of.
    #[serde(skip_serializing_if = "Option::is_none")]
    fixes_planned: Option<usize>,
}

/// What follows for a service.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ServiceFacts {
    /// Known errors that are still open. An edition, which need not have all of them, counts nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    open_known_errors: Option<usize>,
    /// Releases and changes that say themselves which incidents they caused.
    #[serde(skip_serializing_if = "Option::is_none")]
    caused_incidents: Option<usize>,
    /// How many releases it has.
    releases_total: usize,
    /// The newest of them, a thousand at most, the greatest version first. The document of each tells which known errors
    /// it has.
    releases: Vec<Version>,
    /// What runs on its items, as far as the records say so: a thousand at most.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    running: Vec<Running>,
    /// The next windows, the first at first: twenty at most.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ahead: Vec<WindowAhead>,
}

impl ServiceFacts {
    /// What follows for a service.
    pub(super) fn new(context: &Context<'_>, index: RecordIndex) -> ServiceFacts {
        let edition = context.edition;
        let of_service = edition.connections.others(index, Relation::Service, Direction::Backward);
        let all: Vec<RecordIndex> = of_service.iter().map(|connection| connection.other).collect();
        let whole = edition.name().is_none();
        let said = |count: usize| (whole || count > 0).then_some(count);
        let order = edition.carry_forward.lineage.order(index);
        let version = |release: &RecordIndex| {
            let carried = edition.carry_forward.of_release(*release);
            let (total, open) = carried.map_or((0, 0), |carried| (carried.count, carried.open));
            Version {
                release: Card::new(context, *release),
                open_known_errors: said(open),
                resolved_known_errors: said(total - open),
                fixes_planned: said(to_fix(context, *release)),
            }
        };
        let running = running_in(context, &all).into_iter().take(DOCUMENT_LENGTH);
        ServiceFacts {
            open_known_errors: whole.then(|| open(context, &all)),
            caused_incidents: whole.then(|| caused_incidents(context, &all)),
            releases_total: order.len(),
            releases: order.iter().rev().take(DOCUMENT_LENGTH).map(version).collect(),
            running: running.filter_map(|(item, brought)| Running::new(context, item, brought)).collect(),
            ahead: ahead(context, &all),
        }
    }
}
