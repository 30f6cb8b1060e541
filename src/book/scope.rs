//! What windows, freezes and maintenance times apply to, and which items stand or fall together.

use rustc_hash::FxHashMap;

use super::{Connections, Direction, OccurrenceIndex, OccurrenceKind, RecordIndex, Relation, Schedule, Tables};
use crate::record::{Kind, Record};

/// As far as this an item's dependencies are followed; more would find a clash of everything with everything.
const MOST_REACHED: usize = 64;

/// A freeze or a maintenance time with all its occurrences.
#[derive(Debug)]
pub(super) struct Times {
    /// Its occurrences, by start.
    pub(super) occurrences: Vec<OccurrenceIndex>,
    is_for_all: bool,
    services: Vec<RecordIndex>,
    items: Vec<RecordIndex>,
    let_through: Vec<RecordIndex>,
}

impl Times {
    fn new(tables: &Tables, connections: &Connections, window: RecordIndex) -> Option<Times> {
        let Record::Window(of) = tables.get(window) else { return None };
        let others = |relation| {
            let mut others: Vec<RecordIndex> =
                connections.others(window, relation, Direction::Forward).iter().map(|c| c.other).collect();
            others.sort_unstable();
            others
        };
        Some(Times {
            occurrences: Vec::new(),
            is_for_all: of.services.is_empty() && of.configuration_items.is_empty(),
            services: others(Relation::Service),
            items: others(Relation::ConfigurationItem),
            let_through: if of.is_hard { Vec::new() } else { others(Relation::Exception) },
        })
    }

    /// Whether it applies to something of these services or items.
    pub(super) fn applies(&self, services: &[RecordIndex], items: &[RecordIndex]) -> bool {
        self.is_for_all
            || services.iter().any(|service| self.services.binary_search(service).is_ok())
            || items.iter().any(|item| self.items.binary_search(item).is_ok())
    }

    /// Whether it lets a record through.
    pub(super) fn lets_through(&self, record: RecordIndex) -> bool {
        self.let_through.binary_search(&record).is_ok()
    }
}

/// All freezes, or all maintenance times, that have an occurrence, with their records.
pub(super) fn times(
    tables: &Tables,
    connections: &Connections,
    schedule: &Schedule,
    kind: OccurrenceKind,
) -> Vec<(RecordIndex, Times)> {
    let mut times: Vec<(RecordIndex, Times)> = Vec::new();
    let mut places: FxHashMap<RecordIndex, usize> = FxHashMap::default();
    for (index, occurrence) in schedule.iter().filter(|(_, occurrence)| occurrence.kind == kind) {
        let place = match places.get(&occurrence.record) {
            Some(place) => *place,
            None => {
                let Some(new) = Times::new(tables, connections, occurrence.record) else { continue };
                times.push((occurrence.record, new));
                places.insert(occurrence.record, times.len() - 1);
                times.len() - 1
            }
        };
        times[place].1.occurrences.push(index);
    }
    times
}

/// The services of a record.
pub(super) fn services(connections: &Connections, record: RecordIndex) -> Vec<RecordIndex> {
    connections.others(record, Relation::Service, Direction::Forward).iter().map(|c| c.other).collect()
}

/// The items that a record works on: its own, and those of the changes that it delivers.
pub(super) fn items(tables: &Tables, connections: &Connections, record: RecordIndex) -> Vec<RecordIndex> {
    let of = |record| connections.others(record, Relation::ConfigurationItem, Direction::Forward).iter();
    let mut items: Vec<RecordIndex> = of(record).map(|c| c.other).collect();
    if tables.get(record).kind() == Kind::Release {
        let changes = connections.others(record, Relation::Delivers, Direction::Forward);
        items.extend(changes.iter().flat_map(|change| of(change.other)).map(|c| c.other));
    }
    items.sort_unstable();
    items.dedup();
    items
}

/// What an item needs or is a part of, directly or through others.
#[derive(Debug)]
pub(super) struct Reach(Vec<(RecordIndex, u32)>);

impl Reach {
    /// Follows an item's dependencies, the nearest first.
    pub(super) fn new(connections: &Connections, item: RecordIndex) -> Reach {
        let mut found = vec![(item, 0)];
        let mut at = 0;
        while at < found.len() {
            for relation in [Relation::DependsOn, Relation::PartOf] {
                for connection in connections.others(found[at].0, relation, Direction::Forward) {
                    let is_new = found.iter().all(|(known, _)| *known != connection.other);
                    if is_new && found.len() < MOST_REACHED {
                        found.push((connection.other, at as u32));
                    }
                }
            }
            at += 1;
        }
        Reach(found)
    }

    /// The item itself and everything that it reaches.
    pub(super) fn items(&self) -> impl Iterator<Item = RecordIndex> {
        self.0.iter().map(|(item, _)| *item)
    }

    /// From the item to the one at a place of [`Reach::items`].
    pub(super) fn path(&self, place: usize) -> Vec<RecordIndex> {
        let (mut path, mut at) = (Vec::new(), place);
        loop {
            path.push(self.0[at].0);
            if at == 0 {
                break;
            }
            at = self.0[at].1 as usize;
        }
        path.reverse();
        path
    }
}
