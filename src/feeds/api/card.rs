//! A record in a list, and a record that another names.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::Serialize;

use super::address;
use crate::book::RecordIndex;
use crate::pages::{Context, approval_due_on, mark};
use crate::record::{Record, Vocabulary};

/// A record in a list. What the record does not say is not there.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Card {
    /// Its id, as it is written.
    id: String,
    /// What kind of record it is: `release`, `change`, and so on.
    kind: &'static str,
    /// Its title; its id where it has none.
    title: String,
    /// How far it is, by the word of the front matter.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    /// That it was taken back, where its status does not say so: `Rolled back`, or `Rolled back before`.
    #[serde(skip_serializing_if = "Option::is_none")]
    taken_back: Option<&'static str>,
    /// Of a release or change: its type.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    of_type: Option<&'static str>,
    /// Of a release: its version.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    /// The business service to which it belongs.
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<String>,
    /// The day that it is listed under: planned, detected, or first in the calendar (ISO 8601).
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    /// The last day on which an emergency that has begun can be approved (ISO 8601).
    #[serde(skip_serializing_if = "Option::is_none")]
    approval_due: Option<String>,
    /// Of a known error: its severity.
    #[serde(skip_serializing_if = "Option::is_none")]
    severity: Option<&'static str>,
    /// Of a known error: `none`, `partial`, `full`, `described` in a text alone, or `not-recorded`.
    #[serde(skip_serializing_if = "Option::is_none")]
    workaround: Option<&'static str>,
    /// Of a known error: whether it still has to be lived with.
    #[serde(skip_serializing_if = "Option::is_none")]
    open: Option<bool>,
    /// Of a problem: its priority.
    #[serde(skip_serializing_if = "Option::is_none")]
    priority: Option<&'static str>,
    /// Of a standard change: its risk.
    #[serde(skip_serializing_if = "Option::is_none")]
    risk: Option<&'static str>,
    /// Of a configuration item: its class.
    #[serde(skip_serializing_if = "Option::is_none")]
    class: Option<&'static str>,
    /// Its page.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// Its document in this API.
    #[serde(rename = "self", skip_serializing_if = "Option::is_none")]
    document: Option<String>,
}

fn word(of: Option<impl Vocabulary>) -> Option<&'static str> {
    of.map(|of| of.said().word)
}

impl Card {
    /// What stands under a field, for a cell of a table.
    pub(super) fn cell(&self, field: &str) -> Option<Cow<'_, str>> {
        let borrowed = |text: &'static str| Cow::Borrowed(text);
        match field {
            "id" => Some(Cow::Borrowed(&self.id)),
            "kind" => Some(Cow::Borrowed(self.kind)),
            "title" => Some(Cow::Borrowed(&self.title)),
            "status" => self.status.map(borrowed),
            "taken_back" => self.taken_back.map(borrowed),
            "type" => self.of_type.map(borrowed),
            "version" => self.version.as_deref().map(Cow::Borrowed),
            "service" => self.service.as_deref().map(Cow::Borrowed),
            "date" => self.date.as_deref().map(Cow::Borrowed),
            "approval_due" => self.approval_due.as_deref().map(Cow::Borrowed),
            "severity" => self.severity.map(borrowed),
            "workaround" => self.workaround.map(borrowed),
            "open" => self.open.map(|open| Cow::Borrowed(if open { "true" } else { "false" })),
            "priority" => self.priority.map(borrowed),
            "risk" => self.risk.map(borrowed),
            "class" => self.class.map(borrowed),
            "url" => self.url.as_deref().map(Cow::Borrowed),
            _ => None,
        }
    }

    /// The card of a record.
    pub(super) fn new(context: &Context<'_>, index: RecordIndex) -> Card {
        let record = context.edition.get(index);
        let header = record.header();
        let (url, document) = address::of(context, index);
        let is_known_error_seen = context.edition.shows("status");
        let mut card = Card {
            id: header.id.clone(),
            kind: record.kind().word(),
            title: header.title.clone(),
            status: record.status().map(|status| status.word),
            taken_back: record.plan().and_then(mark),
            of_type: record.type_word(),
            version: None,
            service: header.service.clone(),
            date: record.date().map(|day| day.to_string()),
            approval_due: approval_due_on(context, index).map(|day| day.to_string()),
            severity: None,
            workaround: context.edition.remedy(index).map(|remedy| remedy.word()),
            open: None,
            priority: None,
            risk: None,
            class: None,
            url,
            document,
        };
        match record {
            Record::Release(release) => card.version.clone_from(&release.version),
            Record::KnownError(known) => {
                card.severity = word(known.severity);
                card.open = is_known_error_seen.then(|| known.is_open());
            }
            Record::Problem(problem) => card.priority = word(problem.priority),
            Record::StandardChange(model) => card.risk = word(model.risk),
            Record::ConfigurationItem(item) => card.class = word(item.class),
            Record::Change(_) | Record::Service(_) | Record::Window(_) | Record::Page(_) => {}
        }
        card
    }
}
