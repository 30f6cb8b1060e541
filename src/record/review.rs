//! The post-implementation review, its lessons and their actions.

use jiff::civil::Date;

use super::header::{Reference, references};
use super::vocabulary::vocabulary;
use crate::read::Fields;

vocabulary! {
    /// How it went, all in all.
    pub enum Outcome {
        /// As planned.
        Successful = "successful", "Successful";
        /// Live, with trouble on the way.
        SuccessfulWithIssues = "successful-with-issues", "Successful with issues";
        /// Not live, or not for long.
        Unsuccessful = "unsuccessful", "Unsuccessful";
    }
}

vocabulary! {
    /// How far an action is.
    pub enum ActionStatus {
        /// Nobody has begun.
        Open = "open", "Open";
        /// Someone is at it.
        InProgress = "in-progress", "In progress";
        /// It is done.
        Done = "done", "Done";
        /// It was decided against.
        WontDo = "wont-do", "Won\u{2019}t do";
    }
}

/// What is to be done about a lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// What is to be done.
    pub action: String,
    /// Who does it.
    pub owner: Option<String>,
    /// By when.
    pub due: Option<Date>,
    /// How far it is.
    pub status: Option<ActionStatus>,
    /// Its ticket.
    pub ticket: Option<String>,
    /// When or by whom it was verified.
    pub verified: Option<String>,
}

impl Action {
    /// Whether nobody says that it is done, or that it will not be.
    pub fn is_open(&self) -> bool {
        !matches!(self.status, Some(ActionStatus::Done | ActionStatus::WontDo))
    }

    /// Whether it is open and should have been done by now.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.is_open() && self.due.is_some_and(|due| due < today)
    }
}

/// What was learned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesson {
    /// One sentence.
    pub lesson: String,
    /// `planning`, `testing`, … or the site's own.
    pub theme: Option<String>,
    /// Where it applies; empty for the record's own.
    pub configuration_items: Vec<Reference>,
    /// What is to be done about it.
    pub actions: Vec<Action>,
}

/// The post-implementation review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// When it was held.
    pub on: Option<Date>,
    /// Who held it.
    pub by: Option<String>,
    /// How it went, all in all.
    pub outcome: Option<Outcome>,
    /// How it compared with the plan.
    pub planned_vs_actual: Option<String>,
    /// What went well.
    pub went_well: Vec<String>,
    /// What went wrong.
    pub went_wrong: Vec<String>,
    /// What was learned.
    pub lessons: Vec<Lesson>,
}

pub(super) fn read(fields: Fields<'_>) -> Review {
    let review = Review {
        on: fields.date("on"),
        by: fields.text("by"),
        outcome: fields.term("outcome"),
        planned_vs_actual: fields.text("planned_vs_actual"),
        went_well: text_or_list(&fields, "went_well"),
        went_wrong: text_or_list(&fields, "went_wrong"),
        lessons: fields.maps("lessons", "a lesson").into_iter().filter_map(lesson).collect(),
    };
    fields.finish();
    review
}

fn text_or_list(fields: &Fields<'_>, key: &'static str) -> Vec<String> {
    match fields.node(key).map(|node| &node.value) {
        Some(crate::read::Value::Scalar { text, .. }) => vec![text.clone()],
        _ => super::header::texts(fields, key),
    }
}

fn lesson(fields: Fields<'_>) -> Option<Lesson> {
    let lesson = fields.required("lesson", fields.span());
    let lesson = Lesson {
        lesson: lesson.unwrap_or_default(),
        theme: fields.text("theme").map(|theme| theme.trim().to_lowercase()).filter(|theme| !theme.is_empty()),
        configuration_items: references(&fields, "configuration_items"),
        actions: fields.maps("actions", "an action").into_iter().filter_map(action).collect(),
    };
    fields.finish();
    (!lesson.lesson.is_empty()).then_some(lesson)
}

fn action(fields: Fields<'_>) -> Option<Action> {
    let action = Action {
        action: fields.required("action", fields.span()).unwrap_or_default(),
        owner: fields.text("owner"),
        due: fields.date("due"),
        status: fields.term("status"),
        ticket: fields.text("ticket"),
        verified: fields.text("verified"),
    };
    fields.finish();
    (!action.action.is_empty()).then_some(action)
}
