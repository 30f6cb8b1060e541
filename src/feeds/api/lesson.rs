//! Lessons learned and the register of actions.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use super::address;
use super::card::Card;
use super::list::List;
use crate::book::LessonPlace;
use crate::pages::Context;
use crate::record::{Data, Kind, data_of};

/// What was learned.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Lesson {
    /// Its keys, under their own names, with all its actions.
    #[serde(flatten)]
    #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
    lesson: Data,
    /// The configuration items to which it applies: its own, else those of its record.
    applies_to: Vec<String>,
    /// The record that was reviewed.
    record: Card,
    /// The day of the review (ISO 8601).
    #[serde(skip_serializing_if = "Option::is_none")]
    reviewed: Option<String>,
    /// Its place on the record's page.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// How many of its actions are still open.
    open_actions: usize,
}

/// What is to be done about a lesson.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Action {
    /// Its keys, under their own names.
    #[serde(flatten)]
    #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
    action: Data,
    /// Whether nobody says that it is done, or that it will not be.
    open: bool,
    /// Whether it is open and should have been done by the day of the build.
    overdue: bool,
    /// The lesson that it belongs to.
    lesson: String,
    /// The record that was reviewed.
    record: Card,
    /// The lesson's place on the record's page.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

impl Lesson {
    /// What stands in a column of the table of lessons.
    pub(super) fn cell(&self, head: &str) -> Option<Cow<'_, str>> {
        match head {
            "applies_to" => Some(self.applies_to.join("; ").into()),
            "record" => self.record.cell("id"),
            "title" => self.record.cell("title"),
            "reviewed" => self.reviewed.as_deref().map(Cow::Borrowed),
            "open_actions" => Some(self.open_actions.to_string().into()),
            "url" => self.url.as_deref().map(Cow::Borrowed),
            key => self.lesson.get(key).map(Data::cell),
        }
    }
}

impl Action {
    /// What stands in a column of the table of actions.
    pub(super) fn cell(&self, head: &str) -> Option<Cow<'_, str>> {
        match head {
            "overdue" => Some(if self.overdue { "true" } else { "false" }.into()),
            "lesson" => Some(self.lesson.as_str().into()),
            "record" => self.record.cell("id"),
            "title" => self.record.cell("title"),
            "url" => self.url.as_deref().map(Cow::Borrowed),
            key => self.action.get(key).map(Data::cell),
        }
    }
}

fn url(context: &Context<'_>, place: LessonPlace) -> Option<String> {
    context.href_of(place.record).map(|href| format!("{href}#lesson-{}", place.number + 1))
}

pub(super) fn lesson(context: &Context<'_>, place: LessonPlace) -> Lesson {
    let of = context.edition.lesson(place);
    let record = context.edition.get(place.record);
    let items = match of.configuration_items.as_slice() {
        [] => &record.header().configuration_items,
        own => own,
    };
    let items = items.iter().filter(|item| context.edition.tables.find(Kind::ConfigurationItem, &item.id).is_some());
    Lesson {
        lesson: data_of(of).unwrap_or(Data::Map(Vec::new())),
        applies_to: items.map(|item| item.id.clone()).collect(),
        record: Card::new(context, place.record),
        reviewed: record.plan().and_then(|plan| plan.review.as_ref()?.on).map(|day| day.to_string()),
        url: url(context, place),
        open_actions: of.actions.iter().filter(|action| action.is_open()).count(),
    }
}

pub(super) fn action(context: &Context<'_>, (place, number): (LessonPlace, u32)) -> Action {
    let of = context.edition.action(place, number);
    Action {
        action: data_of(of).unwrap_or(Data::Map(Vec::new())),
        open: of.is_open(),
        overdue: of.is_overdue(context.today),
        lesson: context.edition.lesson(place).lesson.clone(),
        record: Card::new(context, place.record),
        url: url(context, place),
    }
}

/// All lessons, the newest first, or a part of them.
pub(super) fn lessons(context: &Context<'_>, number: usize) -> List<Lesson> {
    let all = &context.edition.lessons.lessons;
    List::new(context, all.iter(), number, &address::named("lessons"), |place| lesson(context, *place))
}

/// The register of actions, open ones first, the first due first, or a part of it.
pub(super) fn actions(context: &Context<'_>, number: usize) -> List<Action> {
    let all = &context.edition.lessons.actions;
    List::new(context, all.iter(), number, &address::named("actions"), |entry| action(context, *entry))
}
