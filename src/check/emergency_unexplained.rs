//! RB324: an emergency that names neither an incident nor a problem.

use super::subject::Subject;
use super::work::is_still_silent;
use crate::diag::{Finding, Lint};

/// An emergency that names neither an incident nor a problem.
pub const EMERGENCY_UNEXPLAINED: Lint = Lint::process(
    "RB324",
    "emergency-unexplained",
    "an emergency that names neither an incident nor a problem",
    include_str!("emergency_unexplained.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(plan) = subject.record.plan().filter(|_| subject.record.is_emergency()) else { return Vec::new() };
    let names_problem = subject.header().problems.iter().any(|problem| !problem.id.trim().is_empty());
    let names_incident = !(plan.incidents_fixed.is_empty() && plan.incidents_caused.is_empty());
    if names_problem || names_incident || is_still_silent(plan) {
        return Vec::new();
    }
    let at = subject.first_of(&["problems", "incidents_fixed", "incidents_caused", "release_type", "change_type"]);
    vec![
        subject
            .finding(&EMERGENCY_UNEXPLAINED, at, "this is an emergency, and names neither an incident nor a problem")
            .label("what could not wait?")
            .help("add `incidents_fixed: [INC-\u{2026}]`, `incidents_caused` or `problems: [PRB-\u{2026}]`")
            .help("what can wait its turn is no emergency: give it another type"),
    ]
}
