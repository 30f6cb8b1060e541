//! Of which window a message to customers tells, and who has to be told again because a window came to nothing.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::id::fold_name;
use super::notification::{MessageStage, Notification};
use super::plan::Plan;
use super::window::WindowOutcome;

/// An audience that was told of a window which was put off, called off or rolled back, and which another follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Retelling<'a> {
    /// Who was told.
    pub(super) audience: Option<&'a str>,
    /// The number of the window that came to nothing.
    pub(super) from: usize,
    /// That of the window of which they are told instead.
    pub(super) to: Option<usize>,
    /// That of the message which says so; nothing where there is none.
    pub(super) message: Option<usize>,
}

impl Plan {
    /// The number of the window of which a message tells: of that which it names; else of the first that begins on its day
    /// or later, which is its `due`, and its `sent` where it has no `due` or none begins so late; of the first where it has
    /// no day, of the last where none begins so late. What has still to leave tells of a window that is not off.
    pub fn window_told(&self, message: &Notification, today: Date) -> Option<usize> {
        self.window_told_after(message, None, today)
    }

    /// The same among the windows that follow one.
    fn window_told_after(&self, message: &Notification, after: Option<usize>, today: Date) -> Option<usize> {
        let sent = message.sent.filter(|sent| *sent <= today);
        let windows = || {
            let all = self.windows.iter().enumerate().filter(|(_, window)| sent.is_some() || !window.is_off());
            let followers = all.filter(|(number, _)| after.is_none_or(|after| self.follows(*number, after)));
            followers.map(|(number, window)| (window.start_day(), number))
        };
        let named = windows().map(|(_, number)| number).find(|number| self.is_named_by(message, *number));
        let from = |day: Date| windows().filter(|(start, _)| *start >= day).min();
        let by_day = || match [message.due, sent].into_iter().flatten().find_map(from) {
            None if message.due.or(sent).is_some() => windows().max(),
            None => windows().min(),
            found => found,
        };
        named.or_else(|| by_day().map(|(_, number)| number))
    }

    /// Whether a message names the day on which a window begins.
    fn is_named_by(&self, message: &Notification, number: usize) -> bool {
        let window = &self.windows[number];
        message.window.is_some_and(|day| day == window.start.date() || day == window.start_day())
    }

    /// Whether a message names a day on which no window begins.
    pub fn names_no_window(&self, message: &Notification) -> bool {
        message.window.is_some() && !(0..self.windows.len()).any(|number| self.is_named_by(message, number))
    }

    /// Whether a window comes after another: it stands behind it, or begins later.
    fn follows(&self, number: usize, other: usize) -> bool {
        number > other || self.windows[number].start_day() > self.windows[other].start_day()
    }

    /// The windows that were put off, called off or rolled back, and which an attempt follows.
    fn windows_moved(&self) -> BTreeSet<usize> {
        let last = self.attempts().next_back().map(|(number, _)| number);
        let latest = self.attempts().map(|(_, window)| window.start_day()).max();
        let windows = self.windows.iter().enumerate();
        let came_to_nothing = windows.filter(|(_, of)| of.is_off() || of.outcome == Some(WindowOutcome::RolledBack));
        came_to_nothing
            .filter(|(number, of)| {
                last.is_some_and(|last| *number < last) || latest.is_some_and(|at| of.start_day() < at)
            })
            .map(|(number, _)| number)
            .collect()
    }

    /// Whether a window was put off or called off, and an attempt follows.
    pub fn has_moved(&self) -> bool {
        self.windows_moved().iter().any(|number| self.windows[*number].is_off())
    }

    /// The numbers of the messages to each audience, by its name in small letters.
    fn messages_by_audience(&self) -> BTreeMap<Option<String>, Vec<usize>> {
        let mut audiences: BTreeMap<Option<String>, Vec<usize>> = BTreeMap::new();
        for (number, message) in self.notifications.iter().enumerate() {
            audiences.entry(message.audience.as_deref().map(fold_name)).or_default().push(number);
        }
        audiences
    }

    /// Whom a window that came to nothing concerns, and which message tells them of the next one: one message tells of one
    /// window, and only after they had been told of the former.
    pub(super) fn retellings(&self, today: Date) -> Vec<Retelling<'_>> {
        let moved = self.windows_moved();
        let mut found = Vec::new();
        if moved.is_empty() {
            return found;
        }
        for numbers in self.messages_by_audience().into_values() {
            let mut left: Vec<usize> = numbers.clone();
            left.sort_by_key(|number| {
                let sent = self.sent(*number, today);
                (sent.is_none(), sent, *number)
            });
            let mut done = BTreeSet::new();
            for number in numbers {
                let message = &self.notifications[number];
                let sent = self.sent(number, today).filter(|_| message.stage() == MessageStage::Before);
                let mut told = sent.zip(self.window_told(message, today));
                while let Some((day, from)) = told.filter(|(_, from)| moved.contains(from) && done.insert(*from)) {
                    let next = left.iter().position(|next| *next != number && self.retells(*next, from, day, today));
                    let next = next.map(|place| left.remove(place));
                    let to = match next {
                        Some(next) => self.window_told_after(&self.notifications[next], Some(from), today),
                        None => self.attempts().map(|(to, _)| to).find(|to| self.follows(*to, from)),
                    };
                    let audience = message.audience.as_deref();
                    found.push(Retelling { audience, from, to, message: next });
                    told = next.and_then(|next| self.sent(next, today)).zip(to);
                }
            }
        }
        found.sort_by_key(|of| (of.from, of.message));
        found
    }

    /// Whether a message tells those who were told of a window on a day that it came to nothing, and of what follows.
    fn retells(&self, number: usize, from: usize, told: Date, today: Date) -> bool {
        let (message, window) = (&self.notifications[number], &self.windows[from]);
        let is_back = !window.is_off();
        let fits = match message.stage() {
            MessageStage::Postponed => true,
            MessageStage::Rollback => is_back,
            MessageStage::Before => {
                is_back && self.window_told(message, today).is_some_and(|to| to != from && self.follows(to, from))
            }
            MessageStage::Start | MessageStage::Completion | MessageStage::Cancelled => false,
        };
        let known = if is_back { told.max(window.start_day()) } else { told };
        fits && self.sent(number, today).is_none_or(|sent| sent >= known)
    }

    /// The audiences that were told of work to come, and not after that that it was called off.
    pub(super) fn not_told_of_end(&self, today: Date) -> Vec<Option<&str>> {
        let mut found = Vec::new();
        for numbers in self.messages_by_audience().into_values() {
            let of = |stages: &'static [MessageStage]| {
                numbers.iter().filter(move |number| stages.contains(&self.notifications[**number].stage()))
            };
            let told = of(&[MessageStage::Before, MessageStage::Postponed]);
            let Some(last) = told.filter_map(|number| self.sent(*number, today)).max() else { continue };
            let is_later = |number: &usize| self.sent(*number, today).is_none_or(|sent| sent >= last);
            if !of(&[MessageStage::Cancelled]).any(is_later) {
                found.push(self.notifications[numbers[0]].audience.as_deref());
            }
        }
        found
    }

    /// The day on which a message left, if that is not still to come.
    fn sent(&self, number: usize, today: Date) -> Option<Date> {
        self.notifications[number].sent.filter(|sent| *sent <= today)
    }
}
