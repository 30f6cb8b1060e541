//! RB504: a known error that has been open for longer than the policy's days, and for which nothing is planned.

use super::subject::Subject;
use super::work::is_fix_planned;
use crate::diag::{Finding, Lint};
use crate::record::{Kind, KnownError, Record, Standing};

/// A known error that has been open for longer than the policy's days, and for which nothing is planned.
pub const STALE_KNOWN_ERROR: Lint = Lint::process(
    "RB504",
    "stale-known-error",
    "open for long, and nothing planned",
    include_str!("stale_known_error.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let Record::KnownError(known) = subject.record else { return Vec::new() };
    let (true, Some(detected)) = (known.is_to_be_fixed() && !is_planned(subject, known), known.detected) else {
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

/// Whether something is planned, or a release is named that fixes it and was neither called off nor taken back.
fn is_planned(subject: &Subject<'_>, known: &KnownError) -> bool {
    let book = subject.context.book;
    let fixes = known.fixed_in.iter().filter_map(|fix| book.tables.find(Kind::Release, &fix.id));
    let mut fixes = fixes.filter_map(|fix| book.get(fix).plan());
    let today = subject.context.today;
    is_fix_planned(subject.context, known)
        || fixes.any(|plan| !matches!(plan.standing(today), Standing::TakenBack | Standing::CalledOff))
}
