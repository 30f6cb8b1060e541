//! RB504: a known error that has been open for longer than the policy's days, and for which nothing is planned.

use super::subject::Subject;
use crate::diag::{Finding, Lint};
use crate::record::{Kind, KnownError, KnownErrorStatus, Record, Status};

/// A known error that has been open for longer than the policy's days, and for which nothing is planned.
pub const STALE_KNOWN_ERROR: Lint = Lint::process(
    "RB504",
    "stale-known-error",
    "open for long, and nothing planned",
    include_str!("stale_known_error.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let Record::KnownError(known) = subject.record else { return Vec::new() };
    let is_open = !matches!(known.status, None | Some(KnownErrorStatus::Resolved | KnownErrorStatus::WontFix));
    let (true, false, Some(detected)) = (is_open, is_planned(subject, known), known.detected) else {
        return Vec::new();
    };
    let days = subject.days_since(detected);
    if days <= i64::from(subject.context.settings.process.days.known_error) {
        return Vec::new();
    }
    vec![
        subject
            .finding(&STALE_KNOWN_ERROR, "status", format!("this has been open for {days} days, and no fix is planned"))
            .label("what becomes of it?")
            .help("name the release that should resolve it as `planned_fix`, or say `wont-fix`, or `resolved` with `fixed_in`"),
    ]
}

/// Whether a release that is still to come should resolve it, or one is named that did.
fn is_planned(subject: &Subject<'_>, known: &KnownError) -> bool {
    let book = subject.context.book;
    let planned = known.planned_fix.as_ref().and_then(|release| book.tables.find(Kind::Release, &release.id));
    let status = planned.and_then(|release| book.get(release).plan()).and_then(|plan| plan.status);
    !known.fixed_in.is_empty() || (planned.is_some() && status.is_none_or(Status::is_ahead))
}
