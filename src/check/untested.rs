//! RB307: deployed without a passed test before it, closed without a test after it or with none that was passed.

use super::subject::Subject;
use crate::diag::{Finding, Lint};
use crate::record::{Part, Phase, Plan, Status, Test, TestResult};

/// Deployed without a passed test before it, closed without a test after it or with none that was passed.
pub const UNTESTED: Lint = Lint::process(
    "RB307",
    "untested",
    "deployed without a passed test before, or closed without a test after or with none that was passed",
    include_str!("untested.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let (Some(readiness), Some(plan)) = (subject.readiness(), subject.record.plan()) else { return Vec::new() };
    let early = of_a_day_to_come(subject, plan);
    if !early.is_empty() {
        return early;
    }
    let lacks = |part| readiness.missing.contains(&part);
    let (message, phase, word) = match (lacks(Part::PreTests), lacks(Part::PostTests)) {
        (true, true) => ("no test was passed before this went live, and none was made after", Phase::Pre, "passed"),
        (true, false) => ("no test was passed before this went live", Phase::Pre, "passed"),
        (false, true) => ("no test was made after this went live", Phase::Post, "passed` or `failed"),
        (false, false) => return failed(subject, plan).into_iter().collect(),
    };
    vec![
        subject
            .finding(&UNTESTED, &place(subject, plan, phase), message)
            .label(format!("expected a test with `phase: {}` and `result: {word}`", phase.word()))
            .help("add the test to `tests`, with the day (`on`) and where its result can be seen (`evidence`)"),
    ]
}

/// Tests that have a result, and a day that is not yet there.
fn of_a_day_to_come(subject: &Subject<'_>, plan: &Plan) -> Vec<Finding> {
    let today = subject.context.today;
    let made = |test: &Test| test.result.is_some_and(|result| result != TestResult::Pending);
    let early = plan.tests.iter().enumerate().filter(|(_, test)| made(test));
    let early = early.filter_map(|(number, test)| Some((number, test.on.filter(|on| *on > today)?)));
    early
        .map(|(number, on)| {
            let message = format!("this test has a result, and is dated {on}, which is after today");
            let finding = subject.finding(&UNTESTED, &format!("tests.{number}.on"), message);
            finding.label("not made yet").help("correct the day, or write `result: pending` until it was made")
        })
        .collect()
}

/// What is closed as live although every test after it came to something else than passed.
fn failed(subject: &Subject<'_>, plan: &Plan) -> Option<Finding> {
    if plan.status != Some(Status::Closed) || !plan.is_live() {
        return None;
    }
    let after = |test: &&Test| test.phase == Some(Phase::Post) && test.result != Some(TestResult::Pending);
    let mut made = plan.tests.iter().filter(after).peekable();
    made.peek()?;
    if made.any(|test| test.result == Some(TestResult::Passed)) {
        return None;
    }
    let message = "this is closed, and no test after it was passed";
    let finding = subject.finding(&UNTESTED, &place(subject, plan, Phase::Post), message).label("not passed");
    Some(finding.help("add the test that was passed in the end, or say what came of it: `rolled-back`"))
}

/// The result of the first test of a phase, else the list of tests, else the status.
fn place(subject: &Subject<'_>, plan: &Plan, phase: Phase) -> String {
    match plan.tests.iter().position(|test| test.phase == Some(phase)) {
        Some(number) => format!("tests.{number}.result"),
        None => subject.first_of(&["tests", "status"]).to_owned(),
    }
}
