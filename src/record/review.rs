//! The post-implementation review, its lessons and their actions.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::keys::keys;
use super::reference::Reference;
use super::vocabulary::vocabulary;
use crate::read::Fields;

vocabulary! {
    /// How it went, all in all.
    pub enum Outcome {
        /// As planned.
        Successful = "successful", "Successful", Good;
        /// Live, with trouble on the way.
        SuccessfulWithIssues = "successful-with-issues", "Successful with issues", Active;
        /// Not live, or not for long.
        Unsuccessful = "unsuccessful", "Unsuccessful", Bad;
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
        Open = "open", "Open", Ahead;
        /// Someone is at it.
        InProgress = "in-progress", "In progress", Active;
        /// It is done.
        Done = "done", "Done", Good;
        /// It was decided against.
        WontDo = "wont-do", "Won\u{2019}t do", Off;
    }
    meant {
        "todo" | "to-do" | "new" | "planned" => Open,
        "doing" | "started" | "wip" | "ongoing" => InProgress,
        "completed" | "complete" | "closed" | "resolved" | "finished" => Done,
        "cancelled" | "canceled" | "dropped" | "abandoned" | "wontfix" => WontDo,
    }
}

keys! {
    /// What is to be done about a lesson.
    pub struct Action("an action", "{action: \u{2026}, owner: Who does it, due: 2026-11-28}")
        then Action::said,
    {
        /// What is to be done.
        pub action: String = "Action" meant "what" | "text" | "title" | "task" | "description" | "summary";
        /// Who does it.
        pub owner: Option<String> = "Owner" meant "who" | "assignee" | "assigned_to" | "responsible";
        /// The day by which it must be done.
        pub due: Option<Date> = "Due" meant "deadline" | "due_date" | "until" | "due_on" | "date";
        /// How far it is.
        pub status: Option<ActionStatus> = "Status" meant "state";
        /// Its ticket: a number or an address.
        pub ticket: Option<String> = "Ticket" meant "link" | "issue" | "url" | "ticket_id";
        /// When or by whom it was verified.
        pub verified: Option<String> = "Verified";
    }
}

impl Action {
    fn said(self, _: &Fields<'_>, _: &TimeZone, _: usize) -> Option<Action> {
        (!self.action.is_empty()).then_some(self)
    }

    /// Whether nobody says that it is done, or that it will not be.
    pub fn is_open(&self) -> bool {
        !matches!(self.status, Some(ActionStatus::Done | ActionStatus::WontDo))
    }

    /// Whether it is open and should have been done by now.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.is_open() && self.due.is_some_and(|due| due < today)
    }
}

keys! {
    /// What was learned.
    pub struct Lesson("a lesson", "{lesson: \u{2026}}")
        then Lesson::said,
    {
        /// What was learned, in one sentence.
        pub lesson: String = "Lesson" meant "text" | "what" | "title" | "learned" | "description" | "summary";
        /// `planning`, `testing`, \u{2026} or the site's own word.
        pub theme: Option<String> = "Theme" meant "category" | "topic" | "area";
        /// Where it applies; to the record's own items where none is given.
        pub configuration_items: Vec<Reference> = "Configuration items" -> ConfigurationItem(ConfigurationItem)
            meant "ci" | "cis" | "items" | "systems" | "applies_to";
        /// What is to be done about it.
        pub actions: Vec<Action> = "Actions" meant "action" | "follow_ups" | "follow_up" | "todo" | "todos";
    }
}

impl Lesson {
    fn said(self, _: &Fields<'_>, _: &TimeZone, _: usize) -> Option<Lesson> {
        let theme = self.theme.map(|theme| theme.trim().to_lowercase()).filter(|theme| !theme.is_empty());
        (!self.lesson.is_empty()).then_some(Lesson { theme, ..self })
    }
}

keys! {
    /// The post-implementation review.
    pub struct Review("a review", "{on: 2026-11-28, by: Who held it, outcome: \u{2026}}") {
        /// The day on which it was held.
        pub on: Option<Date> = "On" meant "date" | "held_on" | "when" | "reviewed_on";
        /// Who held it.
        pub by: Option<String> = "By" meant "reviewer" | "reviewed_by" | "held_by" | "chair" | "who" | "author";
        /// How it went, all in all.
        pub outcome: Option<Outcome> = "Outcome" meant "result" | "status" | "verdict";
        /// How it compared with the plan.
        pub planned_vs_actual: Option<String> = "Planned and actual";
        /// What went well.
        pub went_well: Vec<String> = "Went well" [Shape::OneOrMore(&Shape::Text)]
            meant "good" | "what_went_well" | "successes";
        /// What went wrong.
        pub went_wrong: Vec<String> = "Went wrong" [Shape::OneOrMore(&Shape::Text)]
            meant "bad" | "what_went_wrong" | "issues" | "problems";
        /// What was learned.
        pub lessons: Vec<Lesson> = "Lessons" meant "lessons_learned" | "lesson" | "learnings";
    }
}
