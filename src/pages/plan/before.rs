//! What stands before a plan that is still to be carried out: what its configuration items have taught.

use serde::Serialize;

use crate::book::{Experience, RecordIndex};
use crate::pages::lessons::{ActionRow, LessonRow, action_row, lesson_rows};
use crate::pages::parts::context::Context;
use crate::pages::parts::row::Link;
use crate::record::{Plan, Status};

/// What the configuration items of a plan, and those that they depend on, have taught.
#[derive(Debug, Serialize)]
pub struct BeforeView {
    /// Lessons with an open action or with none at all.
    pub lessons: Vec<LessonRow>,
    /// Actions that are open and past their day.
    pub overdue: Vec<ActionRow>,
    /// Known errors that are still open, as HTML.
    pub known_errors: String,
    /// What was taken back last, as HTML.
    pub rollback: String,
    /// The configuration items, where they have taught more than stands here.
    pub more: Vec<Link>,
}

/// What the items of a plan have taught, with these items; nothing where it was carried out, or where nothing was taught.
pub(crate) fn taught_before(
    context: &Context<'_>,
    index: RecordIndex,
    plan: &Plan,
) -> Option<(Vec<RecordIndex>, Experience)> {
    let is_to_come = plan.status.is_some_and(|status| status.is_ahead() || status == Status::RolledBack);
    // An edition shows a part of the records only: what it did not say would be taken for not there.
    if !is_to_come || context.edition.name().is_some() {
        return None;
    }
    let edition = context.edition;
    let items = edition.work(index).items;
    let taught = edition.experiences.before(&edition.tables, &edition.connections, &items, index);
    let is_empty = taught.lessons.is_empty()
        && taught.overdue.is_empty()
        && taught.known_errors.is_empty()
        && taught.rollbacks.is_empty();
    (!is_empty).then_some((items, taught))
}

/// What stands before a plan; nothing where it was carried out, or where nothing was taught.
pub(crate) fn before(context: &Context<'_>, index: RecordIndex, plan: &Plan) -> Option<BeforeView> {
    let edition = context.edition;
    let (items, taught) = taught_before(context, index, plan)?;
    Some(BeforeView {
        lessons: lesson_rows(context, &taught.lessons),
        overdue: taught.overdue.iter().map(|entry| action_row(context, *entry)).collect(),
        known_errors: context.fragments.rows(context, taught.known_errors.iter().copied()),
        rollback: context.fragments.rows(context, taught.rollbacks.first().copied()),
        more: items
            .iter()
            .filter(|_| taught.is_cut)
            .take(10)
            .map(|item| Link { href: context.href_of(*item), text: edition.get(*item).header().id.clone() })
            .collect(),
    })
}
