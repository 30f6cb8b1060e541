//! RB603: a rollback or an unsuccessful outcome whose review learned nothing.

use super::subject::Subject;
use super::work::own_plan;
use crate::diag::{Finding, Lint};
use crate::record::{Outcome, PlanSection};

/// A rollback or an unsuccessful outcome whose review learned nothing.
pub const NO_LESSON: Lint = Lint::process(
    "RB603",
    "no-lesson",
    "a rollback or an unsuccessful outcome whose review learned nothing",
    include_str!("no_lesson.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let Some((plan, _)) = own_plan(subject) else { return Vec::new() };
    let Some(review) = &plan.review else { return Vec::new() };
    let went_wrong = match (review.outcome, plan.was_rolled_back()) {
        (Some(Outcome::Unsuccessful), _) => "this was unsuccessful",
        (_, true) => "this was rolled back",
        _ => return Vec::new(),
    };
    let body = &subject.context.book.bodies[subject.index.0 as usize];
    let has_heading = body.sections.contains(&PlanSection::LessonsLearned)
        || body.empty.iter().any(|(section, _)| *section == PlanSection::LessonsLearned);
    if has_heading || !review.lessons.is_empty() {
        return Vec::new();
    }
    vec![
        subject
            .finding(&NO_LESSON, "review", format!("{went_wrong}, and its review names no lesson"))
            .label("a review with lessons is wanted")
            .help("add under `review`: `lessons: [{lesson: …, theme: …, actions: […]}]`"),
    ]
}
