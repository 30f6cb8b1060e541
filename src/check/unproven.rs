//! RB326: a test with a result, and no day or no evidence of it.

use super::subject::Subject;
use crate::diag::{Finding, Lint};
use crate::record::{Part, Phase, TestResult, says_something};

/// A test with a result, and no day or no evidence of it.
pub const UNPROVEN: Lint = Lint::process(
    "RB326",
    "unproven",
    "a test with a result, and no day or no evidence of it",
    include_str!("unproven.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let (Some(plan), Some(readiness)) = (subject.record.plan(), subject.readiness()) else { return Vec::new() };
    let is_wanted = |phase| {
        let part = match phase {
            Phase::Pre => Part::PreTests,
            Phase::Post => Part::PostTests,
        };
        readiness.wanted.contains(&part) || readiness.later.contains(&part)
    };
    let mut findings = Vec::new();
    for (number, test) in plan.tests.iter().enumerate() {
        let is_made = test.result.is_some_and(|result| result != TestResult::Pending);
        if !is_made || !test.phase.is_some_and(is_wanted) {
            continue;
        }
        let (lack, key) = match (test.on.is_some(), says_something(test.evidence.as_ref())) {
            (true, true) => continue,
            (true, false) => ("no evidence", "`evidence: …`, where the result can be seen"),
            (false, true) => ("no day", "`on: …`, the day on which it was made"),
            (false, false) => ("neither a day nor evidence", "`on: …` and `evidence: …`"),
        };
        let finding =
            subject.finding(&UNPROVEN, &format!("tests.{number}"), format!("this test has a result, and {lack}"));
        findings.push(finding.label("nobody can look it up").help(format!("add {key}")));
    }
    findings
}
