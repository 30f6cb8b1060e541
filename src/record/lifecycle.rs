//! Which status may follow which, for each kind: data that a site may change.

use super::any::Record;
use super::change::ChangeType;
use super::kind::Kind;
use super::known_error::KnownErrorStatus;
use super::problem::ProblemStatus;
use super::release::ReleaseType;
use super::status::Status;

/// From a kind's status to those that may follow it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Release, change, known error or problem.
    pub kind: Kind,
    /// The word of a status.
    pub from: &'static str,
    /// The words of those that may follow.
    pub to: Vec<&'static str>,
}

/// Which status may follow which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lifecycle {
    /// A row for each status of each kind.
    pub steps: Vec<Step>,
}

impl Default for Lifecycle {
    fn default() -> Lifecycle {
        use Status::{Approved, Assessment, Cancelled, Closed, Deployed, Draft, InProgress, RolledBack, Scheduled};
        let mut steps = Vec::new();
        // A step back is taken where a plan is sent back or a date is lost, and never once the work has begun.
        let plan: [(Status, &[Status]); 9] = [
            (Draft, &[Assessment, Cancelled]),
            (Assessment, &[Approved, Draft, Cancelled]),
            (Approved, &[Scheduled, Assessment, Cancelled]),
            (Scheduled, &[InProgress, Approved, Cancelled]),
            (InProgress, &[Deployed, RolledBack, Cancelled]),
            (Deployed, &[Closed, RolledBack]),
            (RolledBack, &[Approved, Closed]),
            (Closed, &[]),
            (Cancelled, &[]),
        ];
        for kind in [Kind::Release, Kind::Change] {
            steps.extend(plan.map(|(from, to)| Step { kind, from: from.word(), to: words(to, Status::word) }));
        }
        {
            use KnownErrorStatus::{Confirmed, Investigating, Mitigated, Reported, Resolved, WontFix};
            let rows: [(KnownErrorStatus, &[KnownErrorStatus]); 6] = [
                (Reported, &[Investigating, Confirmed, Mitigated, Resolved, WontFix]),
                (Investigating, &[Confirmed, Mitigated, Resolved, WontFix]),
                (Confirmed, &[Investigating, Mitigated, Resolved, WontFix]),
                (Mitigated, &[Confirmed, Resolved, WontFix]),
                (Resolved, &[Investigating, Confirmed]),
                (WontFix, &[Investigating, Confirmed, Mitigated, Resolved]),
            ];
            let kind = Kind::KnownError;
            steps.extend(rows.map(|(from, to)| Step {
                kind,
                from: from.word(),
                to: words(to, KnownErrorStatus::word),
            }));
        }
        use ProblemStatus::{Closed as Done, Investigating, KnownError, Open, Resolved};
        let rows: [(ProblemStatus, &[ProblemStatus]); 5] = [
            (Open, &[Investigating, KnownError, Resolved, Done]),
            (Investigating, &[KnownError, Resolved, Done]),
            (KnownError, &[Investigating, Resolved, Done]),
            (Resolved, &[Done, Investigating]),
            (Done, &[]),
        ];
        let kind = Kind::Problem;
        steps.extend(rows.map(|(from, to)| Step { kind, from: from.word(), to: words(to, ProblemStatus::word) }));
        Lifecycle { steps }
    }
}

fn words<T: Copy>(statuses: &[T], word: fn(T) -> &'static str) -> Vec<&'static str> {
    statuses.iter().map(|status| word(*status)).collect()
}

impl Lifecycle {
    /// The statuses that may follow a record's, by their words.
    pub fn after(&self, record: &Record) -> &[&'static str] {
        let step = self.steps.iter().find(|step| step.kind == record.kind() && Some(step.from) == word(record));
        step.map_or(&[], |step| &step.to)
    }

    /// Whether a record may have come from what it was to what it is.
    ///
    /// An emergency may be recorded afterwards, and a standard change is approved before it is written: both may go
    /// forward by more than one step.
    pub fn leads(&self, was: &Record, is: &Record) -> bool {
        let (Some(from), Some(to)) = (word(was), word(is)) else { return true };
        let skips = match is {
            Record::Release(release) => release.release_type == Some(ReleaseType::Emergency),
            Record::Change(change) => {
                matches!(change.change_type, Some(ChangeType::Emergency | ChangeType::Standard))
            }
            _ => false,
        };
        let of_plan = |record: &Record| record.plan().and_then(|plan| plan.status);
        let is_forward = of_plan(was) < of_plan(is) && of_plan(is) <= Some(Status::Closed);
        from == to || self.after(was).contains(&to) || (skips && is_forward)
    }
}

/// The word of a record's status, where its kind has one.
fn word(record: &Record) -> Option<&'static str> {
    record.status().map(|status| status.word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Plan, Release};

    fn release(status: Status, release_type: Option<ReleaseType>) -> Record {
        let plan = Plan { status: Some(status), ..Plan::default() };
        Record::Release(Box::new(Release { plan, release_type, ..Release::default() }))
    }

    #[test]
    fn every_status_has_its_row_and_every_row_its_statuses() {
        let lifecycle = Lifecycle::default();
        for (kind, words) in [
            (Kind::Release, Status::ALL.iter().map(|status| status.word()).collect::<Vec<_>>()),
            (Kind::Change, Status::ALL.iter().map(|status| status.word()).collect()),
            (Kind::KnownError, KnownErrorStatus::ALL.iter().map(|status| status.word()).collect()),
            (Kind::Problem, ProblemStatus::ALL.iter().map(|status| status.word()).collect()),
        ] {
            let rows: Vec<&str> =
                lifecycle.steps.iter().filter(|step| step.kind == kind).map(|step| step.from).collect();
            assert_eq!(rows, words, "{kind:?}");
        }
    }

    #[test]
    fn a_plan_takes_each_step() {
        use Status::{Approved, Assessment, Closed, Deployed, Draft, InProgress, RolledBack, Scheduled};
        let leads = |from, to| Lifecycle::default().leads(&release(from, None), &release(to, None));
        let way = [Draft, Assessment, Approved, Scheduled, InProgress, Deployed, Closed];
        for (number, from) in way.into_iter().enumerate() {
            for (other, to) in way.into_iter().enumerate() {
                let is_step = other == number + 1 || other == number || (other + 1 == number && number <= 3);
                assert_eq!(leads(from, to), is_step, "{from:?} to {to:?}");
            }
        }
        assert!(leads(RolledBack, Approved) && leads(Deployed, RolledBack) && !leads(Scheduled, RolledBack));
    }

    #[test]
    fn an_emergency_may_be_recorded_afterwards_and_not_taken_back() {
        let emergency = |status| release(status, Some(ReleaseType::Emergency));
        let leads = |from, to| Lifecycle::default().leads(&emergency(from), &emergency(to));
        assert!(leads(Status::Draft, Status::Deployed));
        assert!(!leads(Status::Deployed, Status::Draft) && !leads(Status::Closed, Status::Cancelled));
    }
}
