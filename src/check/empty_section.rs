//! RB302: a heading of the plan with nothing, or no more than a placeholder, under it.

use super::subject::Subject;
use crate::diag::{Finding, Lint};
use crate::record::{KnownErrorStatus, Part, PlanSection, Record, Status};

/// A heading of the plan with nothing, or no more than a placeholder, under it.
pub const EMPTY_SECTION: Lint = Lint::process(
    "RB302",
    "empty-section",
    "a plan heading with nothing, or a placeholder, under it, or a text that is no more than one",
    include_str!("empty_section.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let empty = &subject.context.book.bodies[subject.index.0 as usize].empty;
    if empty.is_empty() {
        return Vec::new();
    }
    let wanted = subject.readiness().map_or(&[][..], |readiness| &readiness.wanted);
    let is_due = |section: &PlanSection| is_written(subject.record) || wants(wanted, *section);
    let due = empty.iter().filter(|(section, _)| is_due(section));
    due.map(|(section, span)| {
        let heading = section.label();
        Finding::new(&EMPTY_SECTION, subject.at(*span), format!("there is nothing under the heading `{heading}`"))
            .label("a text is expected below this line")
            .help("write it, or take the heading out; a heading alone, or `TBD` under it, counts as no section")
    })
    .collect()
}

/// Whether the record has come so far that nothing of it is still to be written.
pub(super) fn is_written(record: &Record) -> bool {
    match record {
        Record::Release(_) | Record::Change(_) => {
            let status = record.plan().and_then(|plan| plan.status);
            status.is_some_and(|status| (Status::Approved..=Status::Closed).contains(&status))
        }
        Record::KnownError(known) => known.status.is_some_and(|status| status >= KnownErrorStatus::Confirmed),
        Record::StandardChange(model) => model.approved_on.is_some(),
        _ => false,
    }
}

fn wants(wanted: &[Part], section: PlanSection) -> bool {
    wanted.iter().any(|part| part.section() == Some(section))
}
