//! Which messages to customers are ahead.

use jiff::civil::Date;

use crate::book::RecordIndex;
use crate::config::Settings;
use crate::edition::Edition;
use crate::record::{Kind, Message, MessageStage, Plan, PlanKind, Status};

/// The messages of all that is ahead.
#[derive(Debug, Default)]
pub struct MessagesAhead {
    /// Each by its record and its number among that one's messages: those that have to leave come first, by their day, and
    /// behind them those that have left.
    pub places: Vec<(RecordIndex, usize)>,
    /// How many have to leave.
    pub open: usize,
    /// How many of them should have left.
    pub overdue: usize,
}

/// The messages of all that is ahead. An edition has none.
pub fn messages_ahead(edition: &Edition, settings: &Settings, today: Date) -> MessagesAhead {
    let (mut all, mut open, mut overdue) = (Vec::new(), 0, 0);
    for (index, number, message) in ahead(edition, settings, today) {
        let day = message.sent.or(message.due);
        open += usize::from(message.sent.is_none());
        overdue += usize::from(message.sent.is_none() && day.is_some_and(|due| due < today));
        all.push(((message.sent.is_some(), day.is_none(), day, index, number), (index, number)));
    }
    all.sort();
    MessagesAhead { places: all.into_iter().map(|(_, place)| place).collect(), open, overdue }
}

/// Whether there is any.
pub(crate) fn has_messages_ahead(edition: &Edition, settings: &Settings, today: Date) -> bool {
    ahead(edition, settings, today).next().is_some()
}

/// Each message of what is ahead, with its record and its number among that one's messages.
fn ahead<'a>(
    edition: &'a Edition,
    settings: &Settings,
    today: Date,
) -> impl Iterator<Item = (RecordIndex, usize, Message<'a>)> {
    let kinds = [Kind::Release, Kind::Change].into_iter().filter(|_| edition.name().is_none());
    let plans = kinds.flat_map(|kind| edition.tables.of_kind(kind).map(RecordIndex));
    plans.filter_map(|index| Some((index, plan_to_tell_of(edition, index)?))).flat_map(move |(index, plan)| {
        let messages = plan.messages(&settings.process, today).into_iter().enumerate();
        let is_shown = |message: &Message<'_>| {
            is_open(plan, message) || (message.sent.is_some() && plan.status != Some(Status::Cancelled))
        };
        messages.filter(move |(_, message)| is_shown(message)).map(move |(number, message)| (index, number, message))
    })
}

/// The plan of what is ahead or was called off; a change that a release delivers has its plan there.
fn plan_to_tell_of(edition: &Edition, index: RecordIndex) -> Option<&Plan> {
    let plan = edition.get(index).plan()?;
    let is_delivered = edition.plan_kind(index) == Some(PlanKind::DeliveredChange);
    let is_told_of = match plan.status? {
        Status::Approved | Status::Scheduled | Status::InProgress | Status::Cancelled => true,
        Status::Draft | Status::Assessment | Status::Deployed | Status::RolledBack | Status::Closed => false,
    };
    (is_told_of && !is_delivered).then_some(plan)
}

/// Whether a message has still to leave: of what was called off, only the one that says so.
fn is_open(plan: &Plan, message: &Message<'_>) -> bool {
    let is_of_now = plan.status != Some(Status::Cancelled) || message.stage == MessageStage::Cancelled;
    message.sent.is_none() && is_of_now
}
