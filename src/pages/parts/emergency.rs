//! Emergencies that have begun and wait for an approval.

use jiff::civil::Date;

use super::context::Context;
use super::time::Day;
use crate::book::RecordIndex;

/// The last day on which an emergency that has begun can be approved. An edition, which shows a part of the plan only, says
/// nothing of it.
pub(crate) fn approval_due_on(context: &Context<'_>, index: RecordIndex) -> Option<Date> {
    let is_whole = context.edition.name().is_none();
    context.edition.approval_due(index, &context.settings.process, context.today).filter(|_| is_whole)
}

/// The same, as a page shows it.
pub(crate) fn approval_due(context: &Context<'_>, index: RecordIndex) -> Option<Day> {
    approval_due_on(context, index).map(Day::new)
}
