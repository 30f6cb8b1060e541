//! Which messages to customers are ahead.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::book::RecordIndex;
use crate::config::Settings;
use crate::edition::Edition;
use crate::record::{Kind, Message, MessageStage, Plan, PlanKind, Status};

/// How many days ahead a message is to be sent now.
const SOON_DAYS: i32 = 7;

/// A part of the list of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Not sent, and the last day is over.
    Overdue,
    /// Not sent, and the last day is near, or nobody knows it, or nothing is planned.
    Now,
    /// Not sent, and the last day is later.
    ToCome,
    /// Sent.
    Sent,
}

impl Urgency {
    /// Every part, in the order of the list.
    pub const ALL: [Urgency; 4] = [Urgency::Overdue, Urgency::Now, Urgency::ToCome, Urgency::Sent];

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Urgency::Overdue => "overdue",
            Urgency::Now => "now",
            Urgency::ToCome => "to-come",
            Urgency::Sent => "sent",
        }
    }

    fn of(message: &Message<'_>, today: Date) -> Urgency {
        let soon = today.checked_add(SOON_DAYS.days()).unwrap_or(today);
        match (message.sent, message.due) {
            (Some(_), _) => Urgency::Sent,
            (None, Some(due)) if due < today => Urgency::Overdue,
            (None, Some(due)) if due > soon && message.number.is_some() => Urgency::ToCome,
            (None, _) => Urgency::Now,
        }
    }
}

/// A message with what the page says of it, so that a row costs the same however long its plan is.
#[derive(Debug)]
pub struct MessageAhead {
    /// The release or change.
    pub record: RecordIndex,
    /// Its number among the plan's notifications; nothing where the plan has none of the kind.
    pub number: Option<usize>,
    /// To whom one goes that the plan has not.
    pub audience: Option<String>,
    /// Of what it tells.
    pub stage: MessageStage,
    /// The last day on which it may leave.
    pub due: Option<Date>,
    /// Whether that day follows from the site's days of notice.
    pub is_due_by_rule: bool,
    /// The day on which it left.
    pub sent: Option<Date>,
    /// The number of the window of which it tells.
    pub window: Option<usize>,
    /// In which part of the list it stands.
    pub urgency: Urgency,
}

/// The messages of all that is ahead.
#[derive(Debug, Default)]
pub struct MessagesAhead {
    /// By their part of the list, there by their day.
    pub all: Vec<MessageAhead>,
}

impl MessagesAhead {
    /// How many stand in a part of the list.
    pub fn count(&self, urgency: Urgency) -> usize {
        self.all.iter().filter(|message| message.urgency == urgency).count()
    }
}

/// The messages of all that is ahead. An edition has none.
pub fn messages_ahead(edition: &Edition, settings: &Settings, today: Date) -> MessagesAhead {
    let mut all: Vec<MessageAhead> = ahead(edition, settings, today)
        .map(|(record, message)| MessageAhead {
            record,
            number: message.number,
            audience: message.audience.filter(|_| message.number.is_none()).map(str::to_owned),
            stage: message.stage,
            due: message.due,
            is_due_by_rule: message.is_due_by_rule,
            sent: message.sent,
            window: message.window,
            urgency: Urgency::of(&message, today),
        })
        .collect();
    // Those of one record and day keep their order.
    all.sort_by_key(|of| {
        let day = of.sent.or(of.due);
        (of.urgency, day.is_none(), day, of.record)
    });
    MessagesAhead { all }
}

/// Whether there is any.
pub(crate) fn has_messages_ahead(edition: &Edition, settings: &Settings, today: Date) -> bool {
    ahead(edition, settings, today).next().is_some()
}

/// Each message of what is ahead, with its record.
fn ahead<'a>(
    edition: &'a Edition,
    settings: &Settings,
    today: Date,
) -> impl Iterator<Item = (RecordIndex, Message<'a>)> {
    let kinds = [Kind::Release, Kind::Change].into_iter().filter(|_| edition.name().is_none());
    let plans = kinds.flat_map(|kind| edition.tables.of_kind(kind).map(RecordIndex));
    plans.filter_map(|index| Some((index, plan_to_tell_of(edition, index)?))).flat_map(move |(index, plan)| {
        let messages = plan.messages(&settings.process, edition.is_noticed(index), today).into_iter();
        let is_shown = |message: &Message<'_>| {
            is_open(plan, message) || (message.sent.is_some() && plan.status != Some(Status::Cancelled))
        };
        messages.filter(is_shown).map(move |message| (index, message))
    })
}

/// The plan of what is ahead or was called off; a change that a release delivers has its plan there.
fn plan_to_tell_of(edition: &Edition, index: RecordIndex) -> Option<&Plan> {
    let plan = edition.get(index).plan()?;
    let is_delivered = edition.plan_kind(index) == Some(PlanKind::DeliveredChange);
    let is_told_of = match plan.status? {
        Status::Approved | Status::Scheduled | Status::InProgress | Status::Cancelled => true,
        Status::RolledBack => plan.further_attempt().is_some_and(|(_, window)| window.outcome.is_none()),
        Status::Draft | Status::Assessment | Status::Deployed | Status::Closed => false,
    };
    (is_told_of && !is_delivered).then_some(plan)
}

/// Whether a message has still to leave: of what was called off, only the one that says so.
fn is_open(plan: &Plan, message: &Message<'_>) -> bool {
    let is_of_now = plan.status != Some(Status::Cancelled) || message.stage == MessageStage::Cancelled;
    message.sent.is_none() && is_of_now
}
