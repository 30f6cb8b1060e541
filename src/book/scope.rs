//! What a record works on, what that needs, and what freezes and maintenance times apply to: the one place that says so.

use crate::record::{Kind, Record, Relation, Status, WindowKind};
use jiff::Timestamp;
use rustc_hash::{FxHashMap, FxHashSet};

use super::connections::{Connections, Direction};
use super::occurrence::{Occurrence, OccurrenceIndex, OccurrenceKind};
use super::schedule::Schedule;
use super::tables::{RecordIndex, Tables};

/// As far as this an item's dependencies are followed for windows that collide, the nearest first. More than a thousand
/// are behind no item of a sound register, and windows times dependencies have to fit into the memory.
const MOST_REACHED: usize = 1_000;

/// The services and items that a record works on, each in order.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Work {
    /// Its service, and those of the changes that it delivers and that were not called off.
    pub services: Vec<RecordIndex>,
    /// Its configuration items, and those of the same changes. What its lessons are about is no work.
    pub items: Vec<RecordIndex>,
}

impl Work {
    /// What a record works on.
    pub fn of(tables: &Tables, connections: &Connections, record: RecordIndex) -> Work {
        let mut work = Work::default();
        let delivered = connections.others(record, Relation::Delivers, Direction::Forward);
        let is_off =
            |index: &RecordIndex| tables.get(*index).plan().is_some_and(|plan| plan.status == Some(Status::Cancelled));
        let changes = delivered.iter().map(|connection| connection.other).filter(|change| !is_off(change));
        for index in changes.chain([record]) {
            let header = tables.get(index).header();
            work.services.extend(header.service.as_deref().and_then(|name| tables.find(Kind::Service, name)));
            let items = header.configuration_items.iter();
            work.items.extend(items.filter_map(|item| tables.find(Kind::ConfigurationItem, &item.id)));
        }
        for all in [&mut work.services, &mut work.items] {
            all.sort_unstable();
            all.dedup();
        }
        work
    }
}

/// Some items and everything that they depend on, directly or through others, in order.
pub(super) fn with_dependencies(connections: &Connections, items: &[RecordIndex]) -> Vec<RecordIndex> {
    let mut known: FxHashSet<RecordIndex> = items.iter().copied().collect();
    let mut open: Vec<RecordIndex> = known.iter().copied().collect();
    while let Some(item) = open.pop() {
        let needed = connections.others(item, Relation::DependsOn, Direction::Forward).iter().map(|c| c.other);
        open.extend(needed.filter(|other| known.insert(*other)));
    }
    let mut all: Vec<RecordIndex> = known.into_iter().collect();
    all.sort_unstable();
    all
}

/// A freeze or a maintenance time with all its occurrences.
#[derive(Debug)]
pub(super) struct Times {
    /// Its occurrences, by start.
    pub(super) occurrences: Vec<OccurrenceIndex>,
    /// Whether it is a freeze that lets nothing through.
    pub(super) is_hard: bool,
    is_for_all: bool,
    services: Vec<RecordIndex>,
    items: Vec<RecordIndex>,
    let_through: Vec<RecordIndex>,
}

impl Times {
    fn new(tables: &Tables, connections: &Connections, window: RecordIndex) -> Option<Times> {
        let Record::Window(of) = tables.get(window) else { return None };
        let others = |index, relation, direction| {
            let mut others: Vec<RecordIndex> =
                connections.others(index, relation, direction).iter().map(|c| c.other).collect();
            others.sort_unstable();
            others
        };
        let services = others(window, Relation::Service, Direction::Forward);
        let mut items = others(window, Relation::ConfigurationItem, Direction::Forward);
        let of_services = services.iter().flat_map(|service| others(*service, Relation::Service, Direction::Backward));
        items.extend(of_services.filter(|index| tables.get(*index).kind() == Kind::ConfigurationItem));
        // Whoever stops work on an item stops it on what that stands on; whoever lets it in does not.
        items = match of.kind {
            WindowKind::Freeze => with_dependencies(connections, &items),
            WindowKind::Maintenance => items,
        };
        items.sort_unstable();
        Some(Times {
            occurrences: Vec::new(),
            is_hard: of.kind == WindowKind::Freeze && of.is_hard,
            is_for_all: of.is_for_all,
            services,
            items,
            let_through: others(window, Relation::Exception, Direction::Forward),
        })
    }

    /// Those of its occurrences that share some time with the stretch between two points, the latest first.
    pub(super) fn within(
        &self,
        schedule: &Schedule,
        from: Timestamp,
        to: Timestamp,
    ) -> impl Iterator<Item = OccurrenceIndex> {
        let begun = self.occurrences.partition_point(|index| schedule.get(*index).from < to);
        // What comes again has ended by then, so that none ends before one that begins earlier.
        self.occurrences[..begun].iter().rev().copied().take_while(move |index| schedule.get(*index).to > from)
    }

    /// Whether it lets a record through.
    pub(super) fn lets_through(&self, record: RecordIndex) -> bool {
        self.let_through.binary_search(&record).is_ok()
    }
}

/// All freezes, or all maintenance times, that have an occurrence, by what they apply to: none has to look through those of
/// others.
#[derive(Debug, Default)]
pub(super) struct ByScope {
    all: Vec<Times>,
    for_all: Vec<u32>,
    by_record: FxHashMap<RecordIndex, Vec<u32>>,
}

impl ByScope {
    pub(super) fn new(
        tables: &Tables,
        connections: &Connections,
        schedule: &Schedule,
        kind: OccurrenceKind,
    ) -> ByScope {
        let mut found = ByScope::default();
        let mut places: FxHashMap<RecordIndex, usize> = FxHashMap::default();
        // What has no time stops nothing and lets nothing in.
        let has_time = |of: &Occurrence| of.kind == kind && of.from < of.to;
        for (index, occurrence) in schedule.iter().filter(|(_, occurrence)| has_time(occurrence)) {
            let place = match places.get(&occurrence.record) {
                Some(place) => *place,
                None => {
                    let Some(new) = Times::new(tables, connections, occurrence.record) else { continue };
                    found.add(new);
                    places.insert(occurrence.record, found.all.len() - 1);
                    found.all.len() - 1
                }
            };
            found.all[place].occurrences.push(index);
        }
        found
    }

    fn add(&mut self, times: Times) {
        let place = self.all.len() as u32;
        match times.is_for_all {
            true => self.for_all.push(place),
            false => {
                for record in times.services.iter().chain(&times.items) {
                    self.by_record.entry(*record).or_default().push(place);
                }
            }
        }
        self.all.push(times);
    }

    /// Those that apply to everything.
    pub(super) fn for_all(&self) -> impl Iterator<Item = &Times> {
        self.for_all.iter().map(|place| &self.all[*place as usize])
    }

    /// Those that name a service or an item, or have it from its service or from what needs it.
    pub(super) fn naming(&self, record: RecordIndex) -> impl Iterator<Item = &Times> {
        self.by_record.get(&record).into_iter().flatten().map(|place| &self.all[*place as usize])
    }

    /// Those that apply to work on an item.
    pub(super) fn of_item(&self, item: RecordIndex) -> impl Iterator<Item = &Times> {
        self.for_all().chain(self.naming(item))
    }
}

/// What an item needs or is a part of, directly or through others.
#[derive(Debug)]
pub(super) struct Reach(Vec<(RecordIndex, u32)>);

impl Reach {
    /// Follows an item's dependencies, the nearest first.
    pub(super) fn new(connections: &Connections, item: RecordIndex) -> Reach {
        let mut found = vec![(item, 0)];
        let mut known = FxHashSet::from_iter([item]);
        let mut at = 0;
        while at < found.len() {
            for relation in [Relation::DependsOn, Relation::PartOf] {
                for connection in connections.others(found[at].0, relation, Direction::Forward) {
                    if found.len() < MOST_REACHED && known.insert(connection.other) {
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
