//! RB402: a window inside a freeze that does not let its record through.

use super::calendar::{OpenWindow, open_window, times};
use super::subject::{Context, Subject};
use crate::book::{Conflict, OccurrenceIndex};
use crate::diag::{Finding, Lint};
use crate::record::{Record, fold};

/// A window inside a freeze that does not let its record through.
pub const IN_FREEZE: Lint =
    Lint::process("RB402", "in-freeze", "a window inside a freeze, without an exception", include_str!("in_freeze.md"));

pub(super) fn find(context: &Context<'_>) -> Vec<Finding> {
    let frozen = context.book.conflicts.all().iter().filter_map(|conflict| match conflict {
        Conflict::Freeze { window, freeze } => Some((open_window(context, *window)?, *freeze)),
        _ => None,
    });
    frozen.filter_map(|(window, freeze)| finding(context, &window, freeze)).collect()
}

fn finding(context: &Context<'_>, window: &OpenWindow<'_>, freeze: OccurrenceIndex) -> Option<Finding> {
    let occurrence = context.book.schedule.get(freeze);
    let Record::Window(of) = context.book.get(occurrence.record) else { return None };
    let time = times(occurrence.start, occurrence.end, context);
    let message = format!("the window of {} falls into the freeze `{}`: {time}", window.id, of.header.title);
    let finding = Finding::new(&IN_FREEZE, window.place(context)?, message)
        .label("no work at this time")
        .related(Subject::new(context, occurrence.record)?.key("start"), "the freeze");
    let is_named = of.exceptions.iter().any(|exception| fold(&exception.record.id) == fold(window.id));
    Some(match (of.is_hard, is_named) {
        (true, _) => finding.help("move the window: this freeze is hard, and knows no exception"),
        (false, true) => finding.help(format!(
            "the freeze names {} under `exceptions`, and nobody who approved that: add `approved_by`, or move the window",
            window.id
        )),
        (false, false) => finding.help(format!(
            "move the window, or have {} let through: `exceptions: [{{id: {}, approved_by: …}}]` in the freeze",
            window.id, window.id
        )),
    })
}
