//! The messages to customers of all that is ahead.

use schemars::JsonSchema;
use serde::Serialize;

use super::address;
use super::card::Card;
use super::list::List;
use crate::pages::{Context, MessageAhead, MessagesAhead};
use crate::record::{Data, Vocabulary, data_of};

/// A message to customers.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Message {
    /// The release or change.
    record: Card,
    /// `overdue`, `now`, `to-come` or `sent`.
    urgency: &'static str,
    /// The keys of the notification, where the plan has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<serde_json::Map<String, serde_json::Value>>")]
    notification: Option<Data>,
    /// To whom one goes that the plan has not.
    #[serde(skip_serializing_if = "Option::is_none")]
    audience: Option<String>,
    /// Of what it tells: `before`, `postponed`, and so on.
    stage: &'static str,
    /// The last day on which it may leave (ISO 8601).
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    /// Whether that day follows from the site's days of notice.
    is_due_by_rule: bool,
    /// The day on which it left (ISO 8601).
    #[serde(skip_serializing_if = "Option::is_none")]
    sent: Option<String>,
    /// The number of the window of which it tells, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    window: Option<usize>,
}

/// The messages of all that is ahead, by urgency and day, or a part of them.
pub(super) fn messages(context: &Context<'_>, all: &MessagesAhead, number: usize) -> List<Message> {
    List::new(context, all.all.iter(), number, &address::named("customers"), |of| message(context, of))
}

fn message(context: &Context<'_>, of: &MessageAhead) -> Message {
    let plan = context.edition.get(of.record).plan();
    let notification = of.number.and_then(|number| plan?.notifications.get(number));
    Message {
        record: Card::new(context, of.record),
        urgency: of.urgency.word(),
        notification: notification.and_then(data_of),
        audience: of.audience.clone(),
        stage: of.stage.said().word,
        due: of.due.map(|day| day.to_string()),
        is_due_by_rule: of.is_due_by_rule,
        sent: of.sent.map(|day| day.to_string()),
        window: of.window.map(|number| number + 1),
    }
}
