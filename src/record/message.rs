//! What customers have to be told of a plan, and by which day.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::id::fold_name;
use super::notification::{MessageStage, Notification};
use super::plan::Plan;
use super::process::Process;
use super::status::Status;
use super::telling::Retelling;
use super::window::last_day;

/// A message that somebody outside has to get.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message<'a> {
    /// Its number among the plan's notifications; nothing where the plan has none of the kind.
    pub number: Option<usize>,
    /// Of what it tells.
    pub stage: MessageStage,
    /// To whom it goes.
    pub audience: Option<&'a str>,
    /// How it reaches them.
    pub channel: Option<&'a str>,
    /// The last day on which it may be sent: the plan's, else what the site's days of notice come to.
    pub due: Option<Date>,
    /// Whether that day follows from the site's days of notice.
    pub is_due_by_rule: bool,
    /// The day on which it was sent; one that is still to come is none.
    pub sent: Option<Date>,
    /// The number of the window of which it tells.
    pub window: Option<usize>,
    /// That of the window which came to nothing, where it tells of the one that follows.
    pub after: Option<usize>,
}

/// Why somebody outside has to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noticed {
    /// There are effects on external parties.
    ExternalParties,
    /// The service is away in the window with this number, from 0.
    Downtime(usize),
}

impl Plan {
    /// Why somebody outside has to be told of the work; nothing where nobody notices it.
    pub fn noticed(&self) -> Option<Noticed> {
        if !self.effects.external_parties.is_empty() {
            return Some(Noticed::ExternalParties);
        }
        self.attempts().find(|(_, window)| window.takes_service_away()).map(|(number, _)| Noticed::Downtime(number))
    }

    /// The messages that the plan has, and after them those that it should have: one before the work that somebody outside
    /// notices, one for each audience that was told of a window which came to nothing, one for each that was told of work
    /// which was called off.
    pub fn messages(&self, process: &Process, is_noticed: bool, today: Date) -> Vec<Message<'_>> {
        let is_off = self.status == Some(Status::Cancelled);
        let retold = if is_off { Vec::new() } else { self.retellings(today) };
        let by_message: BTreeMap<usize, &Retelling<'_>> =
            retold.iter().filter_map(|of| Some((of.message?, of))).collect();
        let mut messages: Vec<Message<'_>> = Vec::new();
        for (number, notification) in self.notifications.iter().enumerate() {
            let (stage, audience) = (notification.stage(), notification.audience.as_deref());
            let of = by_message.get(&number);
            let window = of.and_then(|of| of.to).or_else(|| self.window_told(notification, today));
            messages.push(Message {
                number: Some(number),
                channel: notification.channel.as_deref(),
                due: notification.due.or_else(|| self.due_by_rule(process, stage, audience, window)),
                is_due_by_rule: notification.due.is_none(),
                sent: notification.sent.filter(|sent| *sent <= today),
                after: of.map(|of| of.from),
                ..Message::wanted(stage, audience, window)
            });
        }
        let first = self.attempts().map(|(number, window)| (window.start_day(), number)).min();
        if is_noticed && !is_off && !messages.iter().any(|of| of.stage == MessageStage::Before) {
            messages.push(Message::wanted(MessageStage::Before, None, first.map(|(_, number)| number)));
        }
        for of in retold.iter().filter(|of| of.message.is_none()) {
            let is_back = !self.windows[of.from].is_off();
            let stage = if is_back { MessageStage::Before } else { MessageStage::Postponed };
            messages.push(Message { after: Some(of.from), ..Message::wanted(stage, of.audience, of.to) });
        }
        let untold = if is_off { self.not_told_of_end(today) } else { Vec::new() };
        messages.extend(untold.into_iter().map(|to| Message::wanted(MessageStage::Cancelled, to, None)));
        for message in messages.iter_mut().filter(|message| message.number.is_none()) {
            message.due = self.due_by_rule(process, message.stage, message.audience, message.window);
        }
        messages
    }

    /// The last day on which the site's days of notice let a message of a window leave; of work without a window the planned
    /// date counts.
    fn due_by_rule(
        &self,
        process: &Process,
        stage: MessageStage,
        audience: Option<&str>,
        window: Option<usize>,
    ) -> Option<Date> {
        let start = window.map(|number| self.windows[number].start_day());
        match stage {
            MessageStage::Before | MessageStage::Postponed => {
                process.last_day_of_notice(audience, start.or(self.planned_date)?)
            }
            _ => None,
        }
    }

    /// Whether a message left in time for work that began on a day, or on one that nobody knows: by then, or by the day that
    /// the message itself gives, for who notices a later part may be told later. That day is its `due`, if the work is not
    /// over by then, nor the window begun that it names. While the work goes on, it may be to come.
    pub fn is_told_in_time(&self, message: &Notification, start: Option<Date>, today: Date) -> bool {
        let due = message.due.filter(|due| {
            let named = message.window.filter(|_| !self.names_no_window(message));
            named.or_else(|| self.last_day_of_work()).is_none_or(|last| *due <= last)
        });
        match message.sent.filter(|sent| *sent <= today) {
            Some(sent) => start.is_none_or(|start| sent <= start) || due.is_some_and(|due| sent <= due),
            None => self.status == Some(Status::InProgress) && due.is_some_and(|due| due >= today),
        }
    }

    /// The last day that an attempt touches, or on which a stage of the rollout begins.
    fn last_day_of_work(&self) -> Option<Date> {
        let ends = self.attempts().map(|(_, window)| last_day(window.ends()));
        let stages = self.stages.iter().filter(|stage| !stage.is_off());
        ends.chain(stages.filter_map(|stage| Some(stage.begins.as_ref()?.date()))).max()
    }
}

impl<'a> Message<'a> {
    /// A message that a plan should have.
    fn wanted(stage: MessageStage, audience: Option<&'a str>, window: Option<usize>) -> Message<'a> {
        let (number, channel, due, sent, after) = (None, None, None, None, None);
        Message { number, stage, audience, channel, due, is_due_by_rule: true, sent, window, after }
    }
}

impl Process {
    /// How many days before the work an audience has to be told.
    pub fn notice_days(&self, audience: Option<&str>) -> u16 {
        self.own_notice_days(audience).unwrap_or(self.days.notice)
    }

    /// The same where the site names the audience.
    pub fn own_notice_days(&self, audience: Option<&str>) -> Option<u16> {
        self.notice.get(&fold_name(audience?)).map(|notice| notice.days)
    }

    /// The last day on which an audience may be told of work that begins on a day.
    fn last_day_of_notice(&self, audience: Option<&str>, start: Date) -> Option<Date> {
        start.checked_sub(i64::from(self.notice_days(audience)).days()).ok()
    }
}
