//! Whom to tell, by when: the messages to customers of all that is ahead.
//!
//! The page is for the company's own staff. An edition has none.

use serde::Serialize;

use super::notice::{has_notice, stages};
use super::parts::context::Context;
use super::parts::frame::Frame;
use super::parts::messages::{MessageAhead, MessagesAhead, Urgency};
use super::parts::row::{Link, Pager, slice};
use super::parts::time::{Day, When};
use crate::record::Record;
use crate::route::Route;

/// A message to customers.
#[derive(Debug, Serialize)]
pub struct MessageRow {
    /// The last day on which it may leave.
    pub due: Option<Day>,
    /// Whether that day follows from the site's days of notice.
    pub is_due_by_rule: bool,
    /// To whom it goes.
    pub audience: Option<String>,
    /// How it reaches them.
    pub channel: Option<String>,
    /// Of what it tells.
    pub stage: &'static str,
    /// The release or change.
    pub record: Link,
    /// Its title, where it is not its id.
    pub title: Option<String>,
    /// When the work is.
    pub when: Option<When>,
    /// `sent`, `unplanned`, `overdue` or `pending`.
    pub state: &'static str,
    /// The day on which it left.
    pub sent: Option<Day>,
    /// The text to copy.
    pub text: Option<String>,
}

/// A part of the list.
#[derive(Debug, Serialize)]
pub struct MessagePart {
    /// `overdue`, `now`, `to-come` or `sent`: its fragment.
    pub word: &'static str,
    /// Its heading.
    pub heading: &'static str,
    /// How many stand in it, on all pages.
    pub count: usize,
    /// Those of this page.
    pub rows: Vec<MessageRow>,
}

/// The view of `customers.html`.
#[derive(Debug, Serialize)]
pub struct CustomersView {
    /// What stands around it.
    pub page: Frame,
    /// The day of the build.
    pub today: Day,
    /// How many messages have to leave.
    pub open: usize,
    /// How many of them should have left.
    pub overdue: usize,
    /// How many have left.
    pub sent: usize,
    /// This page's.
    pub parts: Vec<MessagePart>,
    /// The way through the list.
    pub pager: Option<Pager>,
}

/// A page of the messages of all that is ahead.
pub fn customers(context: &Context<'_>, messages: &MessagesAhead, page: usize) -> CustomersView {
    let route = Route::customers();
    let sent = messages.count(Urgency::Sent);
    let shown = slice(&messages.all, page);
    let parts = Urgency::ALL.into_iter().map(|urgency| {
        let (word, heading) = (urgency.word(), heading(urgency));
        let rows = shown.iter().filter(|message| message.urgency == urgency);
        let rows = rows.filter_map(|message| row(context, message)).collect();
        MessagePart { word, heading, count: messages.count(urgency), rows }
    });
    CustomersView {
        page: Frame::new(context, "Customers", "customers"),
        today: Day::new(context.today),
        open: messages.all.len() - sent,
        overdue: messages.count(Urgency::Overdue),
        sent,
        parts: parts.filter(|part| !part.rows.is_empty()).collect(),
        pager: Pager::new(context, messages.all.len(), page, |page| route.page(page)),
    }
}

fn heading(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Overdue => "Overdue",
        Urgency::Now => "To be sent now",
        Urgency::ToCome => "To come",
        Urgency::Sent => "Sent",
    }
}

fn row(context: &Context<'_>, message: &MessageAhead) -> Option<MessageRow> {
    let record = context.edition.get(message.record);
    let (header, plan) = (record.header(), record.plan()?);
    let written = message.number.and_then(|number| plan.notifications.get(number));
    let window = message.window.and_then(|number| plan.windows.get(number));
    let has_text = matches!(record, Record::Release(release) if has_notice(context.edition, release))
        && stages(record.plan()).contains(&message.stage);
    let text = || format!("{}#{}", context.href(&Route::notice(&header.id)), message.stage.word());
    Some(MessageRow {
        due: message.due.map(Day::new),
        is_due_by_rule: message.is_due_by_rule,
        audience: written.map_or(message.audience.as_ref(), |of| of.audience.as_ref()).cloned(),
        channel: written.and_then(|of| of.channel.clone()),
        stage: message.stage.label(),
        record: Link { href: context.href_of(message.record), text: header.id.clone() },
        title: (header.title != header.id).then(|| header.title.clone()),
        when: window
            .map(|window| When::stretch(&window.start, &window.end))
            .or_else(|| plan.planned_date.map(When::day)),
        state: match (message.urgency, message.number) {
            (Urgency::Sent, _) => "sent",
            (_, None) => "unplanned",
            (Urgency::Overdue, _) => "overdue",
            (Urgency::Now | Urgency::ToCome, _) => "pending",
        },
        sent: message.sent.map(Day::new),
        text: has_text.then(text),
    })
}
