//! What runs where, by the components of the releases that are live.
//!
//! 1. A release brings the versions of its components when it is live, with the end of its last attempt: the actual end,
//!    else the planned one; where it has no window, on its planned day.
//! 2. On a configuration item runs what was brought last. Of two that ended together, the one whose record comes later.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rustc_hash::FxHashMap;

use super::tables::{RecordIndex, Tables};
use crate::record::{Component, Kind, Plan, Record};

/// A version that a release brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brought {
    /// The release.
    pub release: RecordIndex,
    /// The number of the component among the release's.
    pub component: u32,
    /// When it was brought, or is planned to be.
    pub at: Timestamp,
    /// Whether it is live; otherwise it is still to come.
    pub is_live: bool,
}

/// What was brought to each configuration item, in the order of time, and what is still to be.
#[derive(Debug, Default)]
pub struct Running {
    items: FxHashMap<RecordIndex, Vec<Brought>>,
}

impl Running {
    /// Reads it off the releases.
    pub(super) fn new(tables: &Tables, zone: &TimeZone) -> Running {
        let mut items: FxHashMap<RecordIndex, Vec<Brought>> = FxHashMap::default();
        for release in tables.of_kind(Kind::Release).map(RecordIndex) {
            let Record::Release(of) = tables.get(release) else { continue };
            let is_live = of.plan.is_live();
            let is_ahead = of.plan.status.is_some_and(|status| status.is_ahead());
            let Some(at) = brought_at(&of.plan, zone).filter(|_| is_live || is_ahead) else { continue };
            for (component, Component { item, version, .. }) in of.components.iter().enumerate() {
                let item = tables.find(Kind::ConfigurationItem, &item.id).filter(|_| version.is_some());
                let component = component as u32;
                items
                    .entry(match item {
                        Some(item) => item,
                        None => continue,
                    })
                    .or_default()
                    .push(Brought { release, component, at, is_live });
            }
        }
        items.values_mut().for_each(|brought| brought.sort_by_key(|of| (of.at, of.release, of.component)));
        Running { items }
    }

    /// What runs on an item: what was brought there last and is live.
    pub fn now(&self, item: RecordIndex) -> Option<Brought> {
        self.of_item(item).iter().rfind(|brought| brought.is_live).copied()
    }

    /// What was brought to an item and is to be, in the order of time.
    pub fn of_item(&self, item: RecordIndex) -> &[Brought] {
        self.items.get(&item).map_or(&[], Vec::as_slice)
    }

    /// The items to which a release that is live brought something.
    pub fn items(&self) -> impl Iterator<Item = RecordIndex> {
        let live = self.items.iter().filter(|(_, brought)| brought.iter().any(|of| of.is_live));
        let mut items: Vec<RecordIndex> = live.map(|(item, _)| *item).collect();
        items.sort();
        items.into_iter()
    }
}

/// When a release brings its components: at the end of its last attempt, else on its planned day.
fn brought_at(plan: &Plan, zone: &TimeZone) -> Option<Timestamp> {
    match plan.attempts().next_back() {
        Some((_, window)) => Some(window.actual_end.as_ref().unwrap_or(&window.end).timestamp()),
        None => Some(plan.planned_date?.to_zoned(zone.clone()).ok()?.timestamp()),
    }
}
