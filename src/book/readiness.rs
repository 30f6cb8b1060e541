//! Which parts of its plan a record's status wants, and which of them are there.

use super::{Book, Direction, RecordIndex, Relation};
use crate::record::{Part, PlanKind, PlanParts, Process, Record};

/// A plan held against the process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readiness {
    /// Whose plan it is.
    pub kind: PlanKind,
    /// What the status wants.
    pub wanted: Vec<Part>,
    /// What of that is not there.
    pub missing: Vec<Part>,
}

impl Book {
    /// Holds the plan of a release or change against the process; `None` where there is no plan or no status.
    pub fn readiness(&self, index: RecordIndex, process: &Process) -> Option<Readiness> {
        let record = self.get(index);
        let status = record.plan()?.status?;
        let sections = &self.bodies[index.0 as usize].sections;
        let (kind, of_type, parts) = match record {
            Record::Release(release) => {
                let delivers = !self.connections.others(index, Relation::Delivers, Direction::Forward).is_empty()
                    || !release.changes.is_empty();
                let of_type = release.release_type.map(|of_type| of_type.word());
                (PlanKind::Release, of_type, PlanParts::release(release, delivers, sections))
            }
            Record::Change(change) => {
                let is_alone = self.connections.others(index, Relation::Delivers, Direction::Backward).is_empty()
                    && change.releases.is_empty();
                let kind = if is_alone { PlanKind::Change } else { PlanKind::DeliveredChange };
                (kind, change.change_type.map(|of_type| of_type.word()), PlanParts::change(change, sections))
            }
            _ => return None,
        };
        let wanted = process.wanted(kind, of_type, status);
        let missing = wanted.iter().copied().filter(|part| !parts.has(*part)).collect();
        Some(Readiness { kind, wanted, missing })
    }
}
