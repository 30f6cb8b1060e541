//! What each configuration item has taught: lessons that are not done with, overdue actions, open known errors, and
//! its last rollbacks.
//!
//! One pass over the items finds it for all of them, so that a plan that names many busy items costs no more than
//! the few rows that its page shows.

use crate::record::{Kind, Plan, Record, Relation};
use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::connections::{Connections, Direction};
use super::lessons::{LessonIndex, LessonPlace, action, lesson};
use super::scope::with_dependencies;
use super::tables::{RecordIndex, Tables};

/// How many of each are kept of one item; its own page has them all. A plan is read in a meeting, and ten lines of former
/// trouble are what is read.
const KEPT: usize = 10;

/// What one configuration item, or several, have taught.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Experience {
    /// Lessons with an open action or with none at all, newest first.
    pub lessons: Vec<LessonPlace>,
    /// Actions that are open and past their day: the lesson, and the number of the action in it. First due first.
    pub overdue: Vec<(LessonPlace, u32)>,
    /// Known errors that are still open, newest first.
    pub known_errors: Vec<RecordIndex>,
    /// The releases and changes that were taken back last, newest first.
    pub rollbacks: Vec<RecordIndex>,
    /// Whether there is more than was kept.
    pub is_cut: bool,
}

/// What all configuration items have taught.
#[derive(Debug, Default)]
pub struct Experiences {
    items: FxHashMap<RecordIndex, Experience>,
}

impl Experiences {
    /// Gathers it.
    pub fn new(tables: &Tables, connections: &Connections, lessons: &LessonIndex, today: Date) -> Experiences {
        let of_item = |item: RecordIndex| Experience::of_item(tables, connections, lessons, today, item);
        let items = tables.of_kind(Kind::ConfigurationItem).map(RecordIndex).map(|item| (item, of_item(item)));
        Experiences { items: items.filter(|(_, experience)| *experience != Experience::default()).collect() }
    }

    /// What some configuration items and those that they depend on have taught, but for what `without` did.
    pub fn before(
        &self,
        tables: &Tables,
        connections: &Connections,
        items: &[RecordIndex],
        without: RecordIndex,
    ) -> Experience {
        let all = with_dependencies(connections, items);
        let mut before = Experience::default();
        for experience in all.iter().filter_map(|item| self.items.get(item)) {
            before.lessons.extend(experience.lessons.iter().filter(|place| place.record != without));
            before.overdue.extend(experience.overdue.iter().filter(|(place, _)| place.record != without));
            before.known_errors.extend(&experience.known_errors);
            before.rollbacks.extend(experience.rollbacks.iter().filter(|index| **index != without));
            before.is_cut |= experience.is_cut;
        }
        before.put_in_order(tables);
        before
    }
}

impl Experience {
    fn of_item(
        tables: &Tables,
        connections: &Connections,
        lessons: &LessonIndex,
        today: Date,
        item: RecordIndex,
    ) -> Experience {
        let mut experience = Experience::default();
        for place in lessons.items.get(&item).into_iter().flatten() {
            let actions = &lesson(tables, *place).actions;
            if actions.is_empty() || actions.iter().any(|action| action.is_open()) {
                experience.lessons.push(*place);
            }
            let overdue = actions.iter().zip(0..).filter(|(action, _)| action.is_overdue(today));
            experience.overdue.extend(overdue.map(|(_, number)| (*place, number)));
        }
        for connection in connections.others(item, Relation::ConfigurationItem, Direction::Backward) {
            let record = tables.get(connection.other);
            match record {
                Record::KnownError(known) if known.is_open() => experience.known_errors.push(connection.other),
                _ if record.plan().is_some_and(Plan::was_rolled_back) => experience.rollbacks.push(connection.other),
                _ => {}
            }
        }
        experience.put_in_order(tables);
        experience
    }

    fn put_in_order(&mut self, tables: &Tables) {
        let day = |index: &RecordIndex| std::cmp::Reverse(tables.get(*index).date());
        self.lessons.sort_by_key(|place| (day(&place.record), *place));
        self.lessons.dedup();
        self.overdue.sort_by_key(|&(place, number)| (action(tables, place, number).due, place, number));
        self.overdue.dedup();
        self.known_errors.sort_unstable();
        self.known_errors.dedup();
        self.rollbacks.sort_by_key(|index| (day(index), *index));
        self.rollbacks.dedup();
        let longest = self.lessons.len().max(self.overdue.len()).max(self.known_errors.len());
        self.is_cut |= longest > KEPT;
        self.lessons.truncate(KEPT);
        self.overdue.truncate(KEPT);
        self.known_errors.truncate(KEPT);
        self.rollbacks.truncate(2);
    }
}
