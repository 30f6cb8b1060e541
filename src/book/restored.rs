//! How long it took until a service was back, counted from the harm.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::connections::Direction;
use super::model::Book;
use super::tables::RecordIndex;
use crate::read::Moment;
use crate::record::{Plan, Relation};

impl Book {
    /// The minutes from the harm that work did to the service being back (`rollback.restored_at`). The harm begins with the
    /// decision to roll back (`rollback.at`), or with the detection of an incident (`detected_at`) that the work caused,
    /// itself or by a change that it delivers, whichever is first.
    ///
    /// A moment counts that has a time of day and is not after the service was back; of an incident, one that is not before
    /// the work began either: what was there before was not caused by it.
    pub(super) fn minutes_to_restore(&self, index: RecordIndex, plan: &Plan, of_site: &TimeZone) -> Option<i64> {
        let exact = |moment: &Option<Moment>, plan: &Plan| {
            let moment = moment.as_ref().filter(|moment| moment.time.is_some())?;
            Some(moment.timestamp(plan.time_zone(of_site)))
        };
        let rollback = plan.rollback.as_ref()?;
        let back = exact(&rollback.restored_at, plan)?;
        let begun = plan.attempts().map(|(_, attempt)| attempt.begins().timestamp()).min();
        let delivered = self.connections.others(index, Relation::Delivers, Direction::Forward).iter();
        let detected = std::iter::once(plan)
            .chain(delivered.filter_map(|change| self.get(change.other).plan()))
            .flat_map(|plan| plan.incidents_caused.iter().filter_map(move |of| exact(&of.detected_at, plan)))
            .filter(|detected| begun.is_none_or(|begun| begun <= *detected));
        let is_before = |at: &Timestamp| *at <= back;
        let harmed = exact(&rollback.at, plan).into_iter().chain(detected).filter(is_before).min()?;
        Some((back.as_second() - harmed.as_second()) / 60)
    }
}
