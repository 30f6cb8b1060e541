//! RB317: a release or change that does not say its type.

use super::subject::Subject;
use crate::diag::{Finding, Lint};
use crate::record::{PlanKind, Record, Status};

/// A release or change that does not say its type.
pub const TYPE_MISSING: Lint = Lint::process(
    "RB317",
    "type-missing",
    "a release or change that does not say its type",
    include_str!("type_missing.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let (key, words, status) = match subject.record {
        Record::Release(of) if of.release_type.is_none() => ("release_type", PlanKind::Release.types(), of.plan.status),
        Record::Change(of) if of.change_type.is_none() => ("change_type", PlanKind::Change.types(), of.plan.status),
        _ => return Vec::new(),
    };
    if matches!(status, Some(Status::Draft | Status::Cancelled)) {
        return Vec::new();
    }
    let Some(kind) = subject.context.book.plan_kind(subject.index) else { return Vec::new() };
    let (what, presumed) = (kind.label(), kind.presumed_type());
    vec![
        subject
            .finding(&TYPE_MISSING, subject.first_of(&[key, "title"]), format!("this {what} does not say its type"))
            .label(format!("held against what a {presumed} one wants"))
            .help(format!("add `{key}:` with one of {}", words.join(", "))),
    ]
}
