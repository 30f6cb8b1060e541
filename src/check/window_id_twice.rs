//! RB331: two windows of a release or change with the same id.

use super::subject::Subject;
use crate::diag::{Finding, Lint};

/// Two windows of a release or change with the same id.
pub const WINDOW_ID_TWICE: Lint = Lint::error(
    "RB331",
    "window-id-twice",
    "two windows of a release or change with the same id",
    include_str!("window_id_twice.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let windows = subject.record.plan().map_or(&[][..], |plan| &plan.windows);
    let twice = windows.iter().enumerate().filter_map(|(number, window)| {
        let id = window.id.as_deref()?;
        let first = windows[..number].iter().position(|other| other.id.as_deref() == Some(id))?;
        let message = format!("the windows {} and {} have the same id, `{id}`", first + 1, number + 1);
        let finding = subject.finding(&WINDOW_ID_TWICE, &format!("windows.{number}.id"), message);
        let finding = finding.label("calendars know a window by its id");
        let first = subject.key(&format!("windows.{first}.id"));
        Some(finding.related(first, "first here").help("give each window an id of its own"))
    });
    twice.collect()
}
