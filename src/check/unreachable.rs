//! RB327: a step of the escalation channel at which nobody can be reached.

use super::subject::Subject;
use crate::diag::{Finding, Lint};
use crate::record::says_something;

/// A step of the escalation channel at which nobody can be reached.
pub const UNREACHABLE: Lint = Lint::process(
    "RB327",
    "unreachable",
    "an escalation level with neither a contact nor a channel",
    include_str!("unreachable.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let levels = subject.record.plan().map_or(&[][..], |plan| &plan.escalation);
    let mute = levels
        .iter()
        .enumerate()
        .filter(|(_, level)| [&level.contact, &level.channel].into_iter().all(|text| !says_something(text.as_ref())));
    mute.map(|(number, level)| {
        let message = format!("escalation level `{}` names neither a contact nor a channel", level.level);
        let finding = subject.finding(&UNREACHABLE, &format!("escalation.{number}"), message);
        finding.label("who is called?").help("add `contact: …`, and under `channel` how they are reached")
    })
    .collect()
}
