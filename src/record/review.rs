//! The post-implementation review, its lessons and their actions.

use jiff::civil::Date;

use super::Kind;
use super::header::{Reference, references};
use super::vocabulary::vocabulary;
use crate::read::{Fields, Meanings};

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
    meant {
        "success" | "ok" => Successful,
        "partial" | "partially-successful" | "with-issues" | "mixed" => SuccessfulWithIssues,
        "failed" | "failure" | "fail" | "not-successful" => Unsuccessful,
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
    meant {
        "todo" | "to-do" | "new" | "planned" => Open,
        "doing" | "started" | "wip" | "ongoing" => InProgress,
        "completed" | "complete" | "closed" | "resolved" | "finished" => Done,
        "cancelled" | "canceled" | "dropped" | "abandoned" | "wontfix" => WontDo,
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

/// What is meant by keys that a review has not.
const MEANINGS: Meanings = Meanings {
    keys: &[
        ("on", &["date", "held_on", "when", "reviewed_on"]),
        ("by", &["reviewer", "reviewed_by", "held_by", "chair", "who", "author"]),
        ("outcome", &["result", "status", "verdict"]),
        ("went_well", &["good", "what_went_well", "successes"]),
        ("went_wrong", &["bad", "what_went_wrong", "issues", "problems"]),
        ("lessons", &["lessons_learned", "lesson", "learnings"]),
    ],
    advice: &[],
};

/// What is meant by keys that a lesson has not.
const OF_LESSON: Meanings = Meanings {
    keys: &[
        ("lesson", &["text", "what", "title", "learned", "description", "summary"]),
        ("theme", &["category", "topic", "area"]),
        ("configuration_items", &["ci", "cis", "items", "systems", "applies_to"]),
        ("actions", &["action", "follow_ups", "follow_up", "todo", "todos"]),
    ],
    advice: &[],
};

/// What is meant by keys that an action has not.
const OF_ACTION: Meanings = Meanings {
    keys: &[
        ("action", &["what", "text", "title", "task", "description", "summary"]),
        ("owner", &["who", "assignee", "assigned_to", "responsible"]),
        ("due", &["deadline", "due_date", "until", "due_on", "date"]),
        ("status", &["state"]),
        ("ticket", &["link", "issue", "url", "ticket_id"]),
    ],
    advice: &[],
};

pub(super) fn read(fields: Fields<'_>) -> Review {
    let review = Review {
        on: fields.date("on"),
        by: fields.text("by"),
        outcome: fields.term("outcome"),
        planned_vs_actual: fields.text("planned_vs_actual"),
        went_well: fields.text_or_texts("went_well"),
        went_wrong: fields.text_or_texts("went_wrong"),
        lessons: fields.maps("lessons", "a lesson", "{lesson: \u{2026}}").into_iter().filter_map(lesson).collect(),
    };
    fields.meanings(&MEANINGS);
    fields.finish();
    review
}

fn lesson(fields: Fields<'_>) -> Option<Lesson> {
    let lesson = fields.required("lesson", fields.span());
    let lesson = Lesson {
        lesson: lesson.unwrap_or_default(),
        theme: fields.text("theme").map(|theme| theme.trim().to_lowercase()).filter(|theme| !theme.is_empty()),
        configuration_items: references(&fields, "configuration_items", Kind::ConfigurationItem),
        actions: fields
            .maps("actions", "an action", "{action: \u{2026}, owner: Who does it, due: 2026-11-28}")
            .into_iter()
            .filter_map(action)
            .collect(),
    };
    fields.meanings(&OF_LESSON);
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
    fields.meanings(&OF_ACTION);
    fields.finish();
    (!action.action.is_empty()).then_some(action)
}
