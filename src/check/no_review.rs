//! RB310: closed without the post-implementation review that the process wants.

use super::subject::Subject;
use crate::diag::{Finding, Lint};
use crate::record::Part;

/// Closed without a post-implementation review where the process wants one.
pub const NO_REVIEW: Lint = Lint::process(
    "RB310",
    "no-review",
    "closed without a post-implementation review where the process wants one",
    include_str!("no_review.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let lacks = subject.readiness().is_some_and(|readiness| readiness.missing.contains(&Part::Review));
    let finding = lacks.then(|| {
        subject
            .finding(&NO_REVIEW, "status", "this is closed, and was not reviewed")
            .label("a post-implementation review comes first")
            .help("add `review: {on: …, by: …, outcome: successful}` with what went well, what went wrong and the lessons")
            .help("or leave it `deployed` until the review was held")
    });
    finding.into_iter().collect()
}
