//! Whether somebody outside notices the work of a release, by what its changes say.

use super::connections::Direction;
use super::model::Book;
use super::tables::RecordIndex;
use crate::record::{Plan, Relation, Status};

impl Book {
    /// Whether somebody outside notices the work: by its own plan, or by that of a change which it delivers.
    pub fn is_noticed(&self, index: RecordIndex) -> bool {
        self.get(index).plan().and_then(Plan::noticed).is_some() || self.noticed_change(index).is_some()
    }

    /// The first change that it delivers and that somebody outside notices, if it was not called off.
    pub fn noticed_change(&self, index: RecordIndex) -> Option<RecordIndex> {
        let changes = self.connections.others(index, Relation::Delivers, Direction::Forward);
        let is_noticed = |change: &RecordIndex| {
            let plan = self.get(*change).plan().filter(|plan| plan.status != Some(Status::Cancelled));
            plan.and_then(Plan::noticed).is_some()
        };
        changes.iter().map(|change| change.other).find(is_noticed)
    }
}
