//! Emergencies that began before anybody agreed to them, as long as that is in time.

use jiff::civil::Date;

use super::model::Book;
use super::tables::RecordIndex;
use crate::record::{Part, Plan, Process, Status};

impl Book {
    /// The last day on which an emergency can be approved whose work has begun and on which nobody has decided. Nothing where
    /// the process wants no approval of it, where no day of its start is known or that is still to come, and after that
    /// last day.
    pub fn approval_due(&self, index: RecordIndex, process: &Process, today: Date) -> Option<Date> {
        let record = self.get(index);
        let plan = record.plan().filter(|_| record.is_emergency())?;
        let is_decided = plan.approvals.iter().any(|approval| approval.decision.is_some());
        if is_decided || !plan.status.is_some_and(Status::has_begun) {
            return None;
        }
        let begun = plan.first_attempt_day().filter(|begun| *begun <= today)?;
        let due = process.days.last_approval_day(true, begun);
        let is_wanted = || self.readiness(index, process).is_some_and(|of| of.wanted.contains(&Part::Approvals));
        (due >= today && is_wanted()).then_some(due)
    }
}

impl Plan {
    /// How many days after the start of its work it was approved first, up to a day; negative where it was before.
    pub fn days_to_approval(&self, today: Date) -> Option<i64> {
        let approved = self.approvals.iter().filter(|approval| approval.is_given()).filter_map(|approval| approval.on);
        let first = approved.filter(|on| *on <= today).min()?;
        let span = self.first_attempt_day()?.until(first).ok()?;
        Some(i64::from(span.get_days()))
    }
}
