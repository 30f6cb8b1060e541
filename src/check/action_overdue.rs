//! RB601: an open action of a review that is past its due date.

use super::subject::Subject;
use crate::diag::{Finding, Lint};

/// An open action of a review that is past its due date.
pub const ACTION_OVERDUE: Lint =
    Lint::process("RB601", "action-overdue", "an open action past its due date", include_str!("action_overdue.md"));

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let overdue = subject.actions().filter(|(_, action)| action.is_overdue(subject.context.today));
    let dated = overdue.filter_map(|(path, action)| Some((path, action, action.due?)));
    dated
        .map(|(path, action, due)| {
            let owner = action.owner.as_deref().unwrap_or("nobody");
            let late = subject.days_since(due);
            let days = if late == 1 { "day" } else { "days" };
            let message = format!("the action \u{201c}{}\u{201d} is {late} {days} overdue", action.action);
            subject
                .finding(&ACTION_OVERDUE, &format!("{path}.due"), message)
                .label(format!("to be done by {owner}"))
                .help("say `status: done` or `wont-do`, or agree on a new date with its owner")
        })
        .collect()
}
