//! How far work is: begun, live, taken back. What figures, checks, pages and search mean by these words is said here.

use jiff::Zoned;
use jiff::civil::Date;

use super::plan::Plan;
use super::status::Status;
use super::window::{Downtime, Window, WindowOutcome};
use crate::read::Moment;

/// How far work is, told apart as far as it says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is still to come or going on.
    Ahead,
    /// It is live.
    Live,
    /// It was taken back for good.
    TakenBack,
    /// It was called off.
    CalledOff,
    /// It does not say, and its day is not still to come.
    Unknown,
}

impl Standing {
    /// Whether it is still to come or going on, or nothing says that it is not.
    pub fn is_as_ahead(self) -> bool {
        matches!(self, Standing::Ahead | Standing::Unknown)
    }
}

impl Status {
    /// Whether the work is still to come or going on.
    pub fn is_ahead(self) -> bool {
        match self {
            Status::Draft | Status::Assessment | Status::Approved | Status::Scheduled | Status::InProgress => true,
            Status::Deployed | Status::RolledBack | Status::Closed | Status::Cancelled => false,
        }
    }

    /// Whether the work has begun: it is going on, or something came of it.
    pub fn has_begun(self) -> bool {
        match self {
            Status::Draft | Status::Assessment | Status::Approved | Status::Scheduled | Status::Cancelled => false,
            Status::InProgress | Status::Deployed | Status::RolledBack | Status::Closed => true,
        }
    }

    /// Whether this is the word of what is live, unless it was taken back: deployed, or closed.
    pub fn says_live(self) -> bool {
        match self {
            Status::Deployed | Status::Closed => true,
            Status::Draft | Status::Assessment | Status::Approved | Status::Scheduled | Status::InProgress => false,
            Status::RolledBack | Status::Cancelled => false,
        }
    }
}

impl Window {
    /// The day on which the attempt began, or is planned to.
    pub fn start_day(&self) -> Date {
        self.begins().date()
    }

    /// When the attempt began, or is planned to; of a day alone its first moment.
    pub fn begins(&self) -> &Zoned {
        self.actual_start.as_ref().unwrap_or(&self.start)
    }

    /// When the attempt was over, or is planned to be.
    pub fn ends(&self) -> &Zoned {
        self.actual_end.as_ref().unwrap_or(&self.end)
    }

    /// Whether it tells of a start, or of what came of it.
    pub fn is_tried(&self) -> bool {
        self.actual_start.is_some() || self.outcome.is_some()
    }

    /// Whether the service is away in it, in part or whole.
    pub fn takes_service_away(&self) -> bool {
        matches!(self.downtime, Some(Downtime::Partial | Downtime::Full))
    }

    /// Whether it was put off or called off.
    pub fn is_off(&self) -> bool {
        matches!(self.outcome, Some(WindowOutcome::Cancelled | WindowOutcome::Postponed))
    }

    /// Whether the attempt had begun at a moment, or on a day.
    fn has_begun_by(&self, at: &Moment) -> bool {
        let start = self.begins();
        match at.time {
            Some(_) => start.timestamp() <= at.timestamp(start.time_zone()),
            None => start.date() <= at.date,
        }
    }
}

impl Plan {
    /// The attempts that were not called off or put off, each with its number in the list of windows.
    pub fn attempts(&self) -> impl DoubleEndedIterator<Item = (usize, &Window)> {
        self.windows.iter().enumerate().filter(|(_, window)| !window.is_off())
    }

    /// The day on which its first attempt began, or is planned to, else the planned date.
    pub fn first_attempt_day(&self) -> Option<Date> {
        self.attempts().map(|(_, window)| window.start_day()).min().or(self.planned_date)
    }

    /// The day on which it went live, or is planned to: that of its last attempt, else the planned date.
    pub fn last_attempt_day(&self) -> Option<Date> {
        self.attempts().next_back().map(|(_, window)| window.start_day()).or(self.planned_date)
    }

    /// Whether it is live: its status says so, or, where it says no status, the outcome of its last attempt; and it was
    /// not taken back for good.
    pub fn is_live(&self) -> bool {
        let says_live = match self.status {
            Some(status) => status.says_live(),
            None => self.attempts().any(|(_, window)| window.outcome == Some(WindowOutcome::Deployed)),
        };
        says_live && !self.is_rolled_back()
    }

    /// The attempt that was taken back last, by its number in the list of windows: its outcome says so, or it is the last
    /// that had begun when the rollback that is told was decided; where that has no date, the first attempt that does
    /// not say what came of it.
    pub fn attempt_taken_back(&self) -> Option<usize> {
        let by_outcome = self.attempts().rfind(|(_, window)| window.outcome == Some(WindowOutcome::RolledBack));
        let by_rollback = || match &self.rollback.as_ref()?.at {
            Some(at) => self.attempts().rfind(|(_, window)| window.has_begun_by(at)),
            None => self.attempts().find(|(_, window)| window.outcome.is_none()),
        };
        by_outcome.or_else(by_rollback).map(|(number, _)| number)
    }

    /// The attempt behind the one that was taken back last, with its number in the list of windows.
    pub fn further_attempt(&self) -> Option<(usize, &Window)> {
        let taken_back = self.attempt_taken_back()?;
        self.attempts().find(|(number, _)| *number > taken_back)
    }

    /// How far it is on a day.
    pub fn standing(&self, today: Date) -> Standing {
        match self.status {
            Some(Status::Cancelled) => Standing::CalledOff,
            _ if self.is_live() => Standing::Live,
            _ if self.is_rolled_back() => Standing::TakenBack,
            Some(_) => Standing::Ahead,
            None if self.last_attempt_day().is_some_and(|day| day > today) => Standing::Ahead,
            None => Standing::Unknown,
        }
    }

    /// Whether it is live on a day as far as anybody can tell: it says so, or it says nothing of how far it is, and its
    /// day is not still to come. Without a day it is not.
    pub fn counts_as_live(&self, today: Date) -> bool {
        match self.standing(today) {
            Standing::Live => true,
            Standing::Unknown => self.last_attempt_day().is_some(),
            Standing::Ahead | Standing::TakenBack | Standing::CalledOff => false,
        }
    }

    /// Whether it went live or was taken back, and so was tried.
    pub fn was_tried(&self) -> bool {
        self.is_live() || self.was_rolled_back()
    }

    /// Whether it was taken back at least once, whatever came after: its status says so, or it tells of a rollback, or
    /// that is what came of one of its windows.
    pub fn was_rolled_back(&self) -> bool {
        self.status == Some(Status::RolledBack)
            || self.rollback.is_some()
            || self.windows.iter().any(|window| window.outcome == Some(WindowOutcome::RolledBack))
    }

    /// Whether it was taken back for good: its status says so, or nothing more is to come and the last that is known of
    /// it is a rollback.
    pub fn is_rolled_back(&self) -> bool {
        match self.status {
            Some(Status::RolledBack) => true,
            Some(status) if status.is_ahead() => false,
            status => self.ends_with_rollback().unwrap_or_else(|| {
                // Closed without a further attempt: there is no way from a rollback to there but that it was given up.
                status != Some(Status::Deployed) && self.rollback.is_some() && self.attempts().count() <= 1
            }),
        }
    }

    /// Whether the last that came of its attempts is a rollback; nothing where none of them says what came of it.
    fn ends_with_rollback(&self) -> Option<bool> {
        let (_, last) = self.attempts().rfind(|(_, window)| window.outcome.is_some())?;
        let end = last.actual_end.as_ref().unwrap_or(&last.end);
        let told = self.rollback.as_ref().and_then(|rollback| rollback.at.as_ref()).filter(|at| at.time.is_some());
        let is_after = told.is_some_and(|at| at.timestamp(end.time_zone()) > end.timestamp());
        Some(last.outcome == Some(WindowOutcome::RolledBack) || is_after)
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::diag::Sink;
    use crate::record::{Defaults, read};
    use crate::source::{Source, SourceId};

    /// A plan with this status and with windows of an hour on the first days of a month, by what came of each.
    fn plan(status: &str, outcomes: &[&str], more: &str) -> Plan {
        let mut text = format!("---\ntitle: A release\n{more}\n");
        if !status.is_empty() {
            text += &format!("status: {status}\n");
        }
        text += if outcomes.is_empty() { "" } else { "windows:\n" };
        for (number, outcome) in outcomes.iter().enumerate() {
            let day = format!("2026-10-0{}", number + 1);
            let outcome = if outcome.is_empty() { String::new() } else { format!(", outcome: {outcome}") };
            text += &format!("  - {{start: {day}T21:00, end: {day}T22:00{outcome}}}\n");
        }
        let source = Source { path: "releases/REL-1.md".to_owned(), text: (text + "---\n").into() };
        let sink = Sink::new(SourceId(0));
        let record = read(&source, &Defaults::new(TimeZone::UTC), &sink).expect("a record");
        assert!(sink.into_findings().is_empty(), "{}", source.text);
        record.plan().expect("a plan").clone()
    }

    const BACK: &str = "rolled-back";

    #[test]
    fn what_was_taken_back_and_closed_is_not_live() {
        let told = "rollback: {trigger: errors}";
        let told_at = |hour| format!("rollback: {{at: 2026-10-01T{hour}:00}}");
        // Status, outcomes, more: whether it is live, and whether it was taken back for good.
        for (status, outcomes, more, is_live, is_back) in [
            ("deployed", &[] as &[&str], "", true, false),
            ("closed", &[""], "", true, false),
            ("closed", &[BACK, "deployed"], "", true, false),
            ("closed", &[BACK], "", false, true),
            ("closed", &[BACK, "postponed"], "", false, true),
            ("deployed", &["deployed", BACK], "", false, true),
            ("rolled-back", &["deployed"], "", false, true),
            ("approved", &[BACK, ""], "", false, false),
            ("in-progress", &["deployed"], "", false, false),
            ("cancelled", &[BACK], "", false, true),
            ("cancelled", &["deployed"], "", false, false),
            ("", &["deployed"], "", true, false),
            ("", &[BACK], "", false, true),
            ("", &[], "", false, false),
            ("closed", &[], told, false, true),
            ("closed", &[""], told, false, true),
            ("closed", &["", ""], told, true, false),
            ("deployed", &[], told, true, false),
            ("closed", &["deployed"], told, true, false),
            ("closed", &["deployed"], &told_at(21), true, false),
            ("closed", &["deployed"], &told_at(23), false, true),
            ("closed", &["deployed", "deployed"], &told_at(23), true, false),
            ("closed", &[], "rollback: {trigger: }", true, false),
        ] {
            let of = plan(status, outcomes, more);
            assert_eq!((of.is_live(), of.is_rolled_back()), (is_live, is_back), "{status} {outcomes:?} {more}");
        }
    }

    #[test]
    fn a_rollback_is_told_in_any_of_three_ways() {
        assert!(plan("rolled-back", &[], "").was_rolled_back());
        assert!(plan("approved", &[BACK, ""], "").was_rolled_back());
        assert!(plan("closed", &["deployed", "deployed"], "rollback: {trigger: errors}").was_rolled_back());
        assert!(!plan("closed", &["deployed", "postponed"], "rollback: {}").was_rolled_back());
    }

    #[test]
    fn a_rollback_belongs_to_an_attempt() {
        let of = |outcomes: &[&str], rollback: &str| plan("approved", outcomes, rollback).attempt_taken_back();
        assert_eq!(of(&[BACK, ""], ""), Some(0));
        assert_eq!(of(&[BACK, BACK, ""], "rollback: {at: 2026-10-01}"), Some(1), "what the outcomes say comes first");
        assert_eq!(of(&["", "", ""], "rollback: {at: 2026-10-02T21:30}"), Some(1));
        assert_eq!(of(&["", "", ""], "rollback: {at: 2026-10-02T20:30}"), Some(0));
        assert_eq!(of(&["", ""], "rollback: {at: 2026-10-01}"), Some(0));
        assert_eq!(of(&["", ""], "rollback: {at: 2026-09-30}"), None);
        assert_eq!(of(&["postponed", "", ""], "rollback: {trigger: errors}"), Some(1));
        assert_eq!(of(&["", ""], ""), None);
    }

    #[test]
    fn the_last_attempt_gives_the_day() {
        let day = |outcomes: &[&str], more: &str| plan("", outcomes, more).last_attempt_day().map(|day| day.day());
        assert_eq!(day(&[BACK, "deployed", "postponed"], ""), Some(2));
        assert_eq!(day(&["postponed"], "planned_date: 2026-09-09"), Some(9));
        assert_eq!(day(&[], ""), None);
    }
}
