//! The post-implementation review, its lessons and their actions.

use serde::Serialize;

use super::context::Context;
use super::row::ticket_link;
use super::row::{Badge, Link, link_to};
use super::time::Day;
use crate::book::RecordIndex;
use crate::record::{Action, Kind, Lesson, Plan};
use crate::route::Route;

/// What is to be done about a lesson.
#[derive(Debug, Clone, Serialize)]
pub struct ActionView {
    /// What is to be done.
    pub action: String,
    /// Who does it.
    pub owner: Option<String>,
    /// By when.
    pub due: Option<Day>,
    /// How far it is.
    pub badge: Option<Badge>,
    /// Still open and past its day.
    pub is_overdue: bool,
    /// Its ticket, a link where it is an address or of a known system.
    pub ticket: Option<Link>,
    /// When or by whom it was verified.
    pub verified: Option<String>,
}

/// What was learned.
#[derive(Debug, Clone, Serialize)]
pub struct LessonView {
    /// Its fragment: `lesson-1`.
    pub id: String,
    /// One sentence.
    pub lesson: String,
    /// Its theme, where it has one.
    pub theme: Option<Link>,
    /// Where it applies.
    pub configuration_items: Vec<Link>,
    /// What is to be done about it.
    pub actions: Vec<ActionView>,
}

/// The post-implementation review.
#[derive(Debug, Serialize)]
pub struct ReviewView {
    /// When it was held.
    pub on: Option<Day>,
    /// Whether that day is still to come.
    pub is_ahead: bool,
    /// Who held it.
    pub by: Option<String>,
    /// How it went.
    pub outcome: Option<Badge>,
    /// How it compared with the plan.
    pub planned_vs_actual: Option<String>,
    /// What went well.
    pub went_well: Vec<String>,
    /// What went wrong.
    pub went_wrong: Vec<String>,
    /// What was learned.
    pub lessons: Vec<LessonView>,
}

/// An action as a page shows it.
pub(crate) fn action(context: &Context<'_>, action: &Action) -> ActionView {
    ActionView {
        action: action.action.clone(),
        owner: action.owner.clone(),
        due: action.due.map(Day::new),
        badge: action.status.map(Badge::new),
        is_overdue: action.is_overdue(context.today),
        ticket: action.ticket.as_ref().map(|ticket| ticket_link(context, ticket)),
        verified: action.verified.clone(),
    }
}

/// The theme of a lesson, with its page in the index.
pub(crate) fn theme(context: &Context<'_>, of: &Lesson) -> Option<Link> {
    of.theme.as_ref().map(|theme| Link::new(context.href(&Route::theme(theme)), theme.clone()))
}

/// A lesson as a page shows it; `number` counts from 0.
pub(crate) fn lesson(context: &Context<'_>, index: RecordIndex, number: usize, of: &Lesson) -> LessonView {
    let record = context.edition.get(index);
    let items = match of.configuration_items.as_slice() {
        [] => &record.header().configuration_items,
        own => own,
    };
    LessonView {
        id: format!("lesson-{}", number + 1),
        lesson: of.lesson.clone(),
        theme: theme(context, of),
        configuration_items: items.iter().map(|item| link_to(context, Kind::ConfigurationItem, &item.id)).collect(),
        actions: of.actions.iter().map(|of| action(context, of)).collect(),
    }
}

pub(in crate::pages) fn review(context: &Context<'_>, index: RecordIndex, plan: &Plan) -> Option<ReviewView> {
    let of = plan.review.as_ref()?;
    Some(ReviewView {
        on: of.on.map(Day::new),
        is_ahead: of.on.is_some_and(|on| on > context.today),
        by: of.by.clone(),
        outcome: of.outcome.map(Badge::new),
        planned_vs_actual: of.planned_vs_actual.clone(),
        went_well: of.went_well.clone(),
        went_wrong: of.went_wrong.clone(),
        lessons: of.lessons.iter().enumerate().map(|(number, of)| lesson(context, index, number, of)).collect(),
    })
}
