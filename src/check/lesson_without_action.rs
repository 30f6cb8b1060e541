//! RB604: a lesson of a review from which nothing follows.

use super::subject::Subject;
use crate::diag::{Finding, Lint};
use crate::record::Part;

/// A lesson of a review from which nothing follows.
pub const LESSON_WITHOUT_ACTION: Lint = Lint::process(
    "RB604",
    "lesson-without-action",
    "a lesson of a review without an action",
    include_str!("lesson_without_action.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let review = subject.record.plan().and_then(|plan| plan.review.as_deref());
    let Some((review, readiness)) = review.zip(subject.readiness()) else { return Vec::new() };
    if !readiness.wanted.contains(&Part::Review) && !readiness.later.contains(&Part::Review) {
        return Vec::new();
    }
    let idle = review.lessons.iter().enumerate().filter(|(_, lesson)| lesson.actions.is_empty());
    idle.map(|(number, lesson)| {
        let message = format!("nothing follows from the lesson \u{201c}{}\u{201d}", lesson.lesson);
        let finding = subject.finding(&LESSON_WITHOUT_ACTION, &format!("review.lessons.{number}"), message);
        finding
            .label("an action is wanted")
            .help("add `actions: [{action: …, owner: …, due: …}]`; where nothing is to be done, say so with an action whose `status` is `wont-do`")
    })
    .collect()
}
