//! RB503: a known error that is resolved, and no release named that resolved it.

use super::subject::Subject;
use crate::diag::{Finding, Lint};
use crate::record::{KnownErrorStatus, Record};

/// A known error that is resolved, and no release named that resolved it.
pub const RESOLVED_WITHOUT_FIX: Lint = Lint::process(
    "RB503",
    "resolved-without-fix",
    "resolved, and no release named",
    include_str!("resolved_without_fix.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let Record::KnownError(known) = subject.record else { return Vec::new() };
    let is_unfixed = known.status == Some(KnownErrorStatus::Resolved) && known.fixed_in.is_empty();
    let finding = is_unfixed.then(|| {
        subject
            .finding(&RESOLVED_WITHOUT_FIX, "status", "this is resolved, and no release is named that resolved it")
            .label("by which release?")
            .help("add `fixed_in: […]`: without it, every later release of the service still has this error")
    });
    finding.into_iter().collect()
}
