//! Which parts of its plan a record's status wants, and which of them are there.

use super::connections::Direction;
use super::model::Book;
use super::tables::RecordIndex;
use crate::record::{Part, PlanBody, PlanKind, PlanParts, Process, Record, Relation, Status};

/// A plan held against the process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readiness {
    /// Whose plan it is.
    pub kind: PlanKind,
    /// What the status wants.
    pub wanted: Vec<Part>,
    /// What of that is not there.
    pub missing: Vec<Part>,
    /// What a later status wants beside that.
    pub later: Vec<Part>,
    /// Every part that is there, wanted or not.
    pub present: Vec<Part>,
}

impl Book {
    /// Whose plan a record has; `None` where it has none.
    pub fn plan_kind(&self, index: RecordIndex) -> Option<PlanKind> {
        match self.get(index) {
            Record::Release(_) => Some(PlanKind::Release),
            Record::Change(change) => {
                let releases = self.connections.others(index, Relation::Delivers, Direction::Backward);
                let is_alone = releases.is_empty() && change.releases.is_empty();
                Some(if is_alone { PlanKind::Change } else { PlanKind::DeliveredChange })
            }
            _ => None,
        }
    }

    /// Holds the plan of a release or change against the process; `None` where there is no plan or no status.
    pub fn readiness(&self, index: RecordIndex, process: &Process) -> Option<Readiness> {
        self.readiness_in(index, process, self.get(index).plan()?.status?)
    }

    /// Holds the plan of a release or change against what the process wants in a status; `None` where there is no plan.
    pub fn readiness_in(&self, index: RecordIndex, process: &Process, status: Status) -> Option<Readiness> {
        let record = self.get(index);
        let kind = self.plan_kind(index)?;
        let of_record = &self.bodies[index.0 as usize];
        let body = PlanBody { sections: &of_record.sections, has_lead: of_record.has_lead };
        let parts = match record {
            Record::Release(release) => {
                let changes = self.connections.others(index, Relation::Delivers, Direction::Forward);
                let delivers = !changes.is_empty() || !release.changes.is_empty();
                PlanParts::release(release, delivers, body)
            }
            Record::Change(change) => PlanParts::change(change, body),
            _ => return None,
        };
        let of_type = record.type_word();
        let wanted = process.wanted(kind, of_type, status);
        let until_closed = process.wanted(kind, of_type, Status::Closed);
        let later = until_closed.into_iter().filter(|part| !wanted.contains(part)).collect();
        let missing = wanted.iter().copied().filter(|part| !parts.has(*part)).collect();
        let present = Part::ALL.iter().copied().filter(|part| parts.has(*part)).collect();
        Some(Readiness { kind, wanted, missing, later, present })
    }
}
