//! RB307: deployed without a passed test before it, closed without a test after it.

use super::subject::Subject;
use crate::diag::{Finding, Lint};
use crate::record::{Part, Phase, Plan};

/// Deployed without a passed test before it, closed without a test after it.
pub const UNTESTED: Lint = Lint::process(
    "RB307",
    "untested",
    "deployed without a passed test before, or closed without a test after",
    include_str!("untested.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let (Some(readiness), Some(plan)) = (subject.readiness(), subject.record.plan()) else { return Vec::new() };
    let lacks = |part| readiness.missing.contains(&part);
    let (message, phase, word) = match (lacks(Part::PreTests), lacks(Part::PostTests)) {
        (true, true) => ("no test was passed before this went live, and none was made after", Phase::Pre, "passed"),
        (true, false) => ("no test was passed before this went live", Phase::Pre, "passed"),
        (false, true) => ("no test was made after this went live", Phase::Post, "passed` or `failed"),
        (false, false) => return Vec::new(),
    };
    vec![
        subject
            .finding(&UNTESTED, &place(subject, plan, phase), message)
            .label(format!("expected a test with `phase: {}` and `result: {word}`", phase.word()))
            .help("add the test to `tests`, with the day (`on`) and where its result can be seen (`evidence`)"),
    ]
}

/// The result of the first test of a phase, else the list of tests, else the status.
fn place(subject: &Subject<'_>, plan: &Plan, phase: Phase) -> String {
    match plan.tests.iter().position(|test| test.phase == Some(phase)) {
        Some(number) => format!("tests.{number}.result"),
        None => subject.first_of(&["tests", "status"]).to_owned(),
    }
}
