//! Whom to tell, by when: the messages to customers of all that is ahead.
//!
//! The page is for the company's own staff. An edition has none.

use serde::Serialize;

use super::notice::has_notice;
use super::parts::context::Context;
use super::parts::frame::Frame;
use super::parts::messages::MessagesAhead;
use super::parts::row::{Link, Pager, slice};
use super::parts::time::{Day, When};
use crate::book::RecordIndex;
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
    /// `sent`, `overdue`, `pending` or `unplanned`.
    pub state: &'static str,
    /// The day on which it left.
    pub sent: Option<Day>,
    /// The text to copy.
    pub text: Option<String>,
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
    pub rows: Vec<MessageRow>,
    /// The way through the list.
    pub pager: Option<Pager>,
}

/// A page of the messages of all that is ahead.
pub fn customers(context: &Context<'_>, messages: &MessagesAhead, page: usize) -> CustomersView {
    let MessagesAhead { places, open, overdue } = messages;
    let route = Route::customers();
    CustomersView {
        page: Frame::new(context, "Customers", "customers"),
        today: Day::new(context.today),
        open: *open,
        overdue: *overdue,
        sent: places.len() - open,
        rows: slice(places, page).iter().filter_map(|place| row(context, *place)).collect(),
        pager: Pager::new(context, places.len(), page, |page| route.page(page)),
    }
}

fn row(context: &Context<'_>, (index, number): (RecordIndex, usize)) -> Option<MessageRow> {
    let record = context.edition.get(index);
    let (header, plan) = (record.header(), record.plan()?);
    let message = plan.messages(&context.settings.process, context.today).into_iter().nth(number)?;
    let next = plan.attempts().find(|(_, window)| window.outcome.is_none()).or(plan.attempts().next_back());
    let has_text = matches!(record, Record::Release(release) if has_notice(context.edition, release));
    let text = || format!("{}#{}", context.href(&Route::notice(&header.id)), message.stage.word());
    Some(MessageRow {
        due: message.due.map(Day::new),
        is_due_by_rule: message.is_due_by_rule,
        audience: message.audience.map(str::to_owned),
        channel: message.channel.map(str::to_owned),
        stage: message.stage.label(),
        record: Link { href: context.href_of(index), text: header.id.clone() },
        title: (header.title != header.id).then(|| header.title.clone()),
        when: next
            .map(|(_, window)| When::stretch(&window.start, &window.end))
            .or_else(|| plan.planned_date.map(When::day)),
        state: match (message.sent, message.number, message.due) {
            (Some(_), ..) => "sent",
            (None, _, Some(due)) if due < context.today => "overdue",
            (None, None, _) => "unplanned",
            (None, Some(_), _) => "pending",
        },
        sent: message.sent.map(Day::new),
        text: has_text.then(text),
    })
}
