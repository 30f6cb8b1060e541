//! RB602: an open action of a review without owner or due date.

use super::subject::Subject;
use crate::diag::{Finding, Lint};

/// An open action of a review without owner or due date.
pub const ACTION_UNOWNED: Lint = Lint::process(
    "RB602",
    "action-unowned",
    "an open action without owner or due date",
    include_str!("action_unowned.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let open = subject.actions().filter(|(_, action)| action.is_open());
    open.filter_map(|(path, action)| {
        let (lack, key) = match (&action.owner, action.due) {
            (Some(_), Some(_)) => return None,
            (None, Some(_)) => ("no owner", "`owner: …`"),
            (Some(_), None) => ("no due date", "`due: …`"),
            (None, None) => ("neither an owner nor a due date", "`owner: …` and `due: …`"),
        };
        let message = format!("the action \u{201c}{}\u{201d} has {lack}", action.action);
        let finding = subject.finding(&ACTION_UNOWNED, &path, message).label("an open action");
        Some(finding.help(format!("add {key}: what nobody does by no day is not done")))
    })
    .collect()
}
