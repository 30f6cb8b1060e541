//! RB310: closed without the post-implementation review that the process wants, or with one that says too little.

use super::subject::Subject;
use crate::diag::{Finding, Lint};
use crate::record::{Part, Review, Status, says_something};

/// Closed without a post-implementation review where the process wants one, or with one that says too little.
pub const NO_REVIEW: Lint = Lint::process(
    "RB310",
    "no-review",
    "closed without a post-implementation review where the process wants one, or with one that says too little",
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
    finding.or_else(|| unsaid(subject)).into_iter().collect()
}

/// A review that does not say how it went, of which day it is, or who held it.
fn unsaid(subject: &Subject<'_>) -> Option<Finding> {
    let plan = subject.record.plan().filter(|plan| plan.status == Some(Status::Closed))?;
    let review = plan.review.as_deref()?;
    let today = subject.context.today;
    let (path, message) = match review {
        Review { outcome: None, .. } => ("review", "the review does not say how it went".to_owned()),
        Review { on: None, .. } => ("review", "the review has no date".to_owned()),
        Review { on: Some(on), .. } if *on > today => {
            ("review.on", format!("the review is dated {on}, which is after today"))
        }
        Review { by, .. } if !says_something(by.as_ref()) => {
            ("review", "the review does not say who held it".to_owned())
        }
        _ => return None,
    };
    let finding = subject.finding(&NO_REVIEW, path, message).label("how did it go?");
    Some(finding.help("write `on`, `by` and `outcome`: `review: {on: …, by: …, outcome: successful}`"))
}
