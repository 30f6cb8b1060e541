//! What was carried out of a plan: which of its attempts began, and how far they brought it.

use jiff::Zoned;
use jiff::civil::Date;

use super::plan::Plan;
use super::status::Status;
use super::window::{Window, WindowOutcome, last_day};

impl Window {
    /// Whether the window itself says that its attempt began: by what came of it, or by when that was.
    fn says_begun(&self) -> bool {
        let has_outcome = matches!(self.outcome, Some(WindowOutcome::Deployed | WindowOutcome::RolledBack));
        has_outcome || self.actual_start.is_some() || self.actual_end.is_some()
    }

    /// When the work was done: its actual times, where both have an hour and the end is behind the start, else the
    /// planned ones.
    pub fn worked(&self) -> (&Zoned, &Zoned) {
        let actual = self.began().zip(self.ended()).filter(|(start, end)| start < end);
        actual.unwrap_or((&self.start, &self.end))
    }

    /// Whether its actual start or its actual end is known not to lie within its planned times. Of a day alone the day is
    /// compared, in the zone of the planned times.
    pub fn is_left(&self) -> bool {
        let days = self.start.date()..=self.last_day();
        let is_outside = |at: &Zoned, day: Option<Date>| match day {
            Some(day) => !days.contains(&day),
            None => !(&self.start..=&self.end).contains(&at),
        };
        let is_day = self.days;
        let start = self.actual_start.as_ref();
        let end = self.actual_end.as_ref();
        start.is_some_and(|at| is_outside(at, is_day.actual_start.then(|| at.date())))
            || end.is_some_and(|at| is_outside(at, is_day.actual_end.then(|| last_day(at))))
    }
}

impl Plan {
    /// The attempts that had begun by a day, each with its number in the list of windows. One began that says what came of
    /// it or when it was, and is neither called off nor put off; and, where the status says that the work has begun, each
    /// whose start is not after that day. Where the status says so and none is such, it is the first of them.
    pub fn begun(&self, today: Date) -> Vec<(usize, &Window)> {
        let has_begun = self.status.is_some_and(Status::has_begun);
        let is_begun = |window: &Window| window.says_begun() || (has_begun && window.start_day() <= today);
        let begun: Vec<_> = self.attempts().filter(|(_, window)| is_begun(window)).collect();
        match begun.is_empty() && has_begun {
            true => self.attempts().take(1).collect(),
            false => begun,
        }
    }

    /// Whether any of it was carried out by a day: an attempt began; or its status says that the work has begun, and it has no
    /// window, or one that was put off or called off and says all the same when the work was done.
    pub fn was_carried_out(&self, today: Date) -> bool {
        let has_begun = self.status.is_some_and(Status::has_begun);
        let is_said = self.windows.is_empty() || self.windows.iter().any(Window::says_begun);
        (has_begun && is_said) || !self.begun(today).is_empty()
    }

    /// The status that work which has begun is held against: closed or deployed where it says so or an attempt came to
    /// that, else in progress.
    pub fn reached(&self) -> Status {
        let is_deployed = || self.attempts().any(|(_, window)| window.outcome == Some(WindowOutcome::Deployed));
        match self.status {
            Some(status @ (Status::Closed | Status::Deployed)) => status,
            _ if is_deployed() => Status::Deployed,
            _ => Status::InProgress,
        }
    }
}
