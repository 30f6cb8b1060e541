//! RB605: an action that is done, and nobody verified it.

use super::subject::Subject;
use crate::diag::{Finding, Lint};
use crate::record::{ActionStatus, says_something};

/// An action that is done, and nobody verified it.
pub const ACTION_UNVERIFIED: Lint = Lint::process(
    "RB605",
    "action-unverified",
    "an action that is done, and nobody verified it",
    include_str!("action_unverified.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let done = subject.actions().filter(|(_, action)| action.status == Some(ActionStatus::Done));
    let unverified = done.filter(|(_, action)| !says_something(action.verified.as_ref()));
    unverified
        .map(|(path, action)| {
            let message = format!("the action \u{201c}{}\u{201d} is done, and nobody verified it", action.action);
            let finding = subject.finding(&ACTION_UNVERIFIED, &path, message).label("done, as somebody says");
            finding.help("add `verified: …`: when, by whom, or where it shows that it works")
        })
        .collect()
}
