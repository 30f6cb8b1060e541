//! What the configuration items of a plan that is still to be carried out have taught.

use schemars::JsonSchema;
use serde::Serialize;

use super::card::Card;
use super::lesson::{Action, Lesson, action, lesson};
use crate::book::RecordIndex;
use crate::pages::{Context, taught_before};
use crate::record::Plan;

/// What configuration items, and those that they depend on, have taught.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Taught {
    /// Lessons with an open action or with none at all, the newest first.
    lessons: Vec<Lesson>,
    /// Actions that are open and past their day, the first due first.
    overdue: Vec<Action>,
    /// Known errors that are still open, the newest first.
    known_errors: Vec<Card>,
    /// Releases and changes that were taken back last, the newest first.
    rollbacks: Vec<Card>,
    /// Whether the items have taught more than stands here.
    is_cut: bool,
}

impl Taught {
    /// What stands before a plan; nothing where it was carried out, where nothing was taught, and in an edition.
    pub(super) fn new(context: &Context<'_>, index: RecordIndex, plan: &Plan) -> Option<Taught> {
        let (_, of) = taught_before(context, index, plan)?;
        let cards = |records: &[RecordIndex]| records.iter().map(|index| Card::new(context, *index)).collect();
        Some(Taught {
            lessons: of.lessons.iter().map(|place| lesson(context, *place)).collect(),
            overdue: of.overdue.iter().map(|entry| action(context, *entry)).collect(),
            known_errors: cards(&of.known_errors),
            rollbacks: cards(&of.rollbacks),
            is_cut: of.is_cut,
        })
    }
}
