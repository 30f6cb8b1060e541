//! The lessons-learned index: every lesson of every review, by theme, configuration item, year and outcome.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::tables::{RecordIndex, Tables};
use crate::record::{Action, Kind, Lesson, Outcome, Review};

/// Where a lesson stands: the record, and its number in the record's review, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LessonPlace {
    /// The record that was reviewed.
    pub record: RecordIndex,
    /// Which of its lessons.
    pub number: u32,
}

/// Every lesson, newest review first, and every action, the first due first.
#[derive(Debug, Default)]
pub struct LessonIndex {
    /// All lessons.
    pub lessons: Vec<LessonPlace>,
    /// Lessons by theme.
    pub themes: BTreeMap<String, Vec<LessonPlace>>,
    /// Lessons by the configuration item that they apply to.
    pub items: FxHashMap<RecordIndex, Vec<LessonPlace>>,
    /// Lessons by the year of the review, or of the work where the review says no day.
    pub years: BTreeMap<i16, Vec<LessonPlace>>,
    /// Lessons by how the work ended, as the review says.
    pub outcomes: BTreeMap<Outcome, Vec<LessonPlace>>,
    /// All actions: the lesson, and the number of the action in it. Open ones first, by due date.
    pub actions: Vec<(LessonPlace, u32)>,
}

impl LessonIndex {
    /// Gathers the lessons of all reviews.
    pub fn new(tables: &Tables) -> LessonIndex {
        let mut index = LessonIndex::default();
        for (record, review) in tables.iter().filter_map(|(record, of)| Some((record, review(of)?))) {
            for (number, lesson) in review.lessons.iter().enumerate() {
                let place = LessonPlace { record, number: number as u32 };
                index.lessons.push(place);
                if let Some(theme) = &lesson.theme {
                    index.themes.entry(theme.clone()).or_default().push(place);
                }
                if let Some(day) = reviewed(tables, place) {
                    index.years.entry(day.year()).or_default().push(place);
                }
                if let Some(outcome) = review.outcome {
                    index.outcomes.entry(outcome).or_default().push(place);
                }
                for item in items_of(tables, record, lesson) {
                    index.items.entry(item).or_default().push(place);
                }
                index.actions.extend((0..lesson.actions.len() as u32).map(|action| (place, action)));
            }
        }
        let newest_first = |place: &LessonPlace| (std::cmp::Reverse(reviewed(tables, *place)), *place);
        index.lessons.sort_by_key(newest_first);
        let LessonIndex { themes, items, years, outcomes, .. } = &mut index;
        let of_all =
            themes.values_mut().chain(items.values_mut()).chain(years.values_mut()).chain(outcomes.values_mut());
        of_all.for_each(|places| places.sort_by_key(newest_first));
        index.actions.sort_by_key(|&(place, number)| {
            let action = &lesson(tables, place).actions[number as usize];
            (!action.is_open(), action.due.is_none(), action.due, place, number)
        });
        index
    }
}

/// The configuration items of a lesson: its own, else its record's.
fn items_of(tables: &Tables, record: RecordIndex, lesson: &Lesson) -> Vec<RecordIndex> {
    let ids = match lesson.configuration_items.as_slice() {
        [] => &tables.get(record).header().configuration_items,
        own => own,
    };
    let mut items: Vec<_> = ids.iter().filter_map(|id| tables.find(Kind::ConfigurationItem, &id.id)).collect();
    items.sort_unstable();
    items.dedup();
    items
}

fn review(record: &crate::record::Record) -> Option<&Review> {
    record.plan()?.review.as_deref()
}

fn reviewed(tables: &Tables, place: LessonPlace) -> Option<jiff::civil::Date> {
    let record = tables.get(place.record);
    review(record)?.on.or(record.date())
}

/// The lesson at a place of the index.
///
/// # Panics
///
/// If the place is not one of this book's index.
pub(super) fn lesson(tables: &Tables, place: LessonPlace) -> &Lesson {
    &review(tables.get(place.record)).expect("a place of the index has a review").lessons[place.number as usize]
}

/// The action with this number in a lesson.
pub(super) fn action(tables: &Tables, place: LessonPlace, number: u32) -> &Action {
    &lesson(tables, place).actions[number as usize]
}
