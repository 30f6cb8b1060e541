//! What customers have to be told of a plan, and by which day.

use jiff::ToSpan;
use jiff::civil::Date;

use super::id::fold_name;
use super::notification::{MessageStage, Notification};
use super::plan::Plan;
use super::process::Process;
use super::status::Status;
use super::window::{Window, WindowOutcome};

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

    /// The messages that the plan has, and after them those that it should have: one before the work that somebody
    /// outside notices, one where a window of which they were told was put off, one where the work was called off.
    pub fn messages(&self, process: &Process, today: Date) -> Vec<Message<'_>> {
        let start = |stage| match stage {
            MessageStage::Postponed => self.attempts().map(|(_, window)| window.start_day()).max(),
            _ => self.first_attempt_day(),
        };
        let by_rule = |stage, audience| match stage {
            MessageStage::Before | MessageStage::Postponed => process.last_day_of_notice(audience, start(stage)?),
            _ => None,
        };
        let stages: Vec<MessageStage> = self.notifications.iter().map(Notification::stage).collect();
        let mut messages: Vec<Message<'_>> = Vec::new();
        for (number, notification) in self.notifications.iter().enumerate() {
            let (stage, audience) = (notification.stage(), notification.audience.as_deref());
            messages.push(Message {
                number: Some(number),
                stage,
                audience,
                channel: notification.channel.as_deref(),
                due: notification.due.or_else(|| by_rule(stage, audience)),
                is_due_by_rule: notification.due.is_none(),
                sent: notification.sent.filter(|sent| *sent <= today),
            });
        }
        let wanted = [
            (MessageStage::Before, self.noticed().is_some() && self.status != Some(Status::Cancelled)),
            (MessageStage::Postponed, self.window_put_off(today).is_some()),
            (MessageStage::Cancelled, self.status == Some(Status::Cancelled) && self.told_by(None, today).is_some()),
        ];
        for (stage, _) in wanted.into_iter().filter(|(stage, is_wanted)| *is_wanted && !stages.contains(stage)) {
            let due = by_rule(stage, None);
            let (number, audience, channel, sent) = (None, None, None, None);
            messages.push(Message { number, stage, audience, channel, due, is_due_by_rule: true, sent });
        }
        messages
    }

    /// Whether a message left in time for work that began on a day, or on one that nobody knows: by then, or by the day that
    /// the message itself gives, for who notices a later part may be told later. While the work goes on, that day may be to
    /// come.
    pub fn is_told_in_time(&self, message: &Notification, start: Option<Date>, today: Date) -> bool {
        match message.sent.filter(|sent| *sent <= today) {
            Some(sent) => start.is_none_or(|start| sent <= start) || message.due.is_some_and(|due| sent <= due),
            None => self.status == Some(Status::InProgress) && message.due.is_some_and(|due| due >= today),
        }
    }

    /// The number of the last window that was put off after customers had been told of it, where a further one follows.
    pub fn window_put_off(&self, today: Date) -> Option<usize> {
        let last = self.attempts().next_back()?.0;
        let is_off = |window: &Window| window.outcome == Some(WindowOutcome::Postponed);
        self.windows[..last]
            .iter()
            .rposition(|window| is_off(window) && self.told_by(Some(window.start.date()), today).is_some())
    }

    /// The first day on which somebody outside was told of work to come, up to a day.
    pub fn told_by(&self, day: Option<Date>, today: Date) -> Option<Date> {
        let before = self.notifications.iter().filter(|of| of.stage() == MessageStage::Before);
        before.filter_map(|of| of.sent).filter(|sent| *sent <= today && day.is_none_or(|day| *sent <= day)).min()
    }
}

impl Process {
    /// How many days before the work an audience has to be told.
    pub fn notice_days(&self, audience: Option<&str>) -> u16 {
        self.own_notice_days(audience).unwrap_or(self.days.notice)
    }

    /// The same where the site names the audience.
    pub fn own_notice_days(&self, audience: Option<&str>) -> Option<u16> {
        self.notice.get(&fold_name(audience?)).copied()
    }

    /// The last day on which an audience may be told of work that begins on a day.
    fn last_day_of_notice(&self, audience: Option<&str>, start: Date) -> Option<Date> {
        start.checked_sub(i64::from(self.notice_days(audience)).days()).ok()
    }
}
