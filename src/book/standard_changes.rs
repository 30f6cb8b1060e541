//! How changes by a standard change went: which of them are over, and which failed.

use jiff::Zoned;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::connections::Direction;
use super::model::Book;
use super::tables::RecordIndex;
use crate::record::{Outcome, Plan, Record, Relation, StandardChange, Window};

/// The changes of a standard change that are over, and how they went.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct ModelRecord {
    /// They are live, or were taken back for good.
    pub over: usize,
    /// They are live, and neither they nor a release that delivers them was ever taken back.
    pub successful: usize,
}

impl Book {
    /// The standard change that a change follows.
    pub fn standard_change(&self, change: RecordIndex) -> Option<(RecordIndex, &StandardChange)> {
        let models = self.connections.others(change, Relation::StandardChange, Direction::Forward).iter();
        models.filter_map(|model| Some((model.other, self.as_standard_change(model.other)?))).next()
    }

    fn as_standard_change(&self, index: RecordIndex) -> Option<&StandardChange> {
        match self.get(index) {
            Record::StandardChange(model) => Some(model),
            _ => None,
        }
    }

    /// The changes that follow a standard change, in the order of lists.
    pub fn changes_of_model(&self, model: RecordIndex) -> impl Iterator<Item = RecordIndex> {
        self.connections.others(model, Relation::StandardChange, Direction::Backward).iter().map(|change| change.other)
    }

    /// How the changes of a standard change went.
    pub fn model_record(&self, model: RecordIndex) -> ModelRecord {
        let mut record = ModelRecord::default();
        for change in self.changes_of_model(model).filter(|change| self.is_over(*change)) {
            record.over += 1;
            let is_live = self.get(change).plan().is_some_and(Plan::is_live);
            record.successful += usize::from(is_live && !self.was_taken_back(change));
        }
        record
    }

    /// Whether a change is over: it is live, or was taken back for good.
    pub fn is_over(&self, change: RecordIndex) -> bool {
        self.get(change).plan().is_some_and(|plan| plan.is_live() || plan.is_rolled_back())
    }

    /// Whether a change, or a release that delivers it, was taken back at least once.
    fn was_taken_back(&self, change: RecordIndex) -> bool {
        self.plans_of(change).any(Plan::was_rolled_back)
    }

    /// Whether a change that is over failed: it was taken back, or its review found it unsuccessful.
    pub fn has_failed(&self, change: RecordIndex) -> bool {
        let review = self.get(change).plan().and_then(|plan| plan.review.as_ref());
        self.was_taken_back(change) || review.and_then(|review| review.outcome) == Some(Outcome::Unsuccessful)
    }

    /// A change's own plan, and those of the releases that deliver it.
    fn plans_of(&self, change: RecordIndex) -> impl Iterator<Item = &Plan> {
        let releases = self.connections.others(change, Relation::Delivers, Direction::Backward).iter();
        self.get(change).plan().into_iter().chain(releases.filter_map(|release| self.get(release.other).plan()))
    }

    fn attempts_of(&self, change: RecordIndex) -> impl Iterator<Item = &Window> {
        self.plans_of(change).flat_map(|plan| plan.attempts().map(|(_, window)| window))
    }

    fn planned_days_of(&self, change: RecordIndex) -> impl Iterator<Item = Date> {
        self.plans_of(change).filter_map(|plan| plan.planned_date)
    }

    /// Whether the work on a change has begun: its status says so, or an attempt tells of a start or an end.
    pub fn is_begun(&self, change: RecordIndex) -> bool {
        let status = self.get(change).plan().and_then(|plan| plan.status);
        status.is_some_and(|status| status.has_begun()) || self.attempts_of(change).any(Window::is_tried)
    }

    /// When the first attempt at a change began or is to begin; where there is none, the start of its planned day.
    pub fn begins_at(&self, change: RecordIndex, zone: &TimeZone) -> Option<Zoned> {
        let starts = self.attempts_of(change).map(Window::begins);
        let of_plan = || self.planned_days_of(change).min()?.to_zoned(zone.clone()).ok();
        starts.min_by_key(|start| start.timestamp()).cloned().or_else(of_plan)
    }

    /// When the last attempt at a change ended; where there is none, the end of its planned day.
    pub fn ended_at(&self, change: RecordIndex, zone: &TimeZone) -> Option<Zoned> {
        let ends = self.attempts_of(change).map(Window::ends);
        let of_plan = || self.planned_days_of(change).max()?.to_datetime(Time::MAX).to_zoned(zone.clone()).ok();
        ends.max_by_key(|end| end.timestamp()).cloned().or_else(of_plan)
    }
}
