//! RB402: a window inside a freeze that does not let its record through. RB405: one inside a freeze that names its record
//! under `exceptions`, and nobody who approved that. RB406: one inside a hard freeze, which lets nothing through.

use std::collections::BTreeMap;

use super::calendar::{OpenWindow, open_window, times};
use super::subject::{Context, Subject};
use crate::book::{Conflict, OccurrenceIndex};
use crate::diag::{Finding, Lint};
use crate::record::{CalendarWindow, Exception, Record, fold};

/// A window inside a freeze that does not let its record through.
pub const IN_FREEZE: Lint =
    Lint::process("RB402", "in-freeze", "a window inside a freeze, without an exception", include_str!("in_freeze.md"));

/// A window inside a freeze, by an exception that nobody approved.
pub const EXCEPTION_NOT_APPROVED: Lint = Lint::process(
    "RB405",
    "exception-not-approved",
    "a window inside a freeze, by an exception that nobody approved",
    include_str!("exception_not_approved.md"),
);

/// A window inside a hard freeze.
pub const IN_HARD_FREEZE: Lint = Lint::process(
    "RB406",
    "in-hard-freeze",
    "a window inside a hard freeze, which knows no exception and no `allow`",
    include_str!("in_hard_freeze.md"),
)
.never_waived();

/// A window has no more findings than this: whoever moves it sees the rest afterwards.
const MOST: usize = 3;

pub(super) fn find(context: &Context<'_>) -> Vec<Finding> {
    of(context, &IN_FREEZE)
}

pub(super) fn find_unapproved(context: &Context<'_>) -> Vec<Finding> {
    of(context, &EXCEPTION_NOT_APPROVED)
}

pub(super) fn find_hard(context: &Context<'_>) -> Vec<Finding> {
    of(context, &IN_HARD_FREEZE)
}

/// Windows in freezes of which this is the lint.
fn of(context: &Context<'_>, lint: &'static Lint) -> Vec<Finding> {
    let mut by_window: BTreeMap<OccurrenceIndex, Vec<OccurrenceIndex>> = BTreeMap::new();
    for conflict in context.book.conflicts.all() {
        if let Conflict::Freeze { window, freeze } = conflict
            && lint_of(context, *window, *freeze).is_some_and(|of| of.code == lint.code)
        {
            by_window.entry(*window).or_default().push(*freeze);
        }
    }
    let mut findings = Vec::new();
    for (window, freezes) in by_window {
        let Some(window) = open_window(context, window) else { continue };
        findings.extend(freezes.iter().take(MOST).filter_map(|freeze| finding(context, lint, &window, *freeze)));
        findings.extend(rest(context, lint, &window, freezes.len().saturating_sub(MOST)));
    }
    findings
}

/// The lint of a window inside a freeze that does not let it through.
fn lint_of(context: &Context<'_>, window: OccurrenceIndex, freeze: OccurrenceIndex) -> Option<&'static Lint> {
    let record = |index| context.book.get(context.book.schedule.get(index).record);
    let Record::Window(of) = record(freeze) else { return None };
    Some(match exception(of, &record(window).header().id) {
        _ if of.is_hard => &IN_HARD_FREEZE,
        Some(_) => &EXCEPTION_NOT_APPROVED,
        None => &IN_FREEZE,
    })
}

/// The first of the exceptions of a freeze that names a record.
fn exception<'a>(freeze: &'a CalendarWindow, id: &str) -> Option<&'a Exception> {
    freeze.exceptions.iter().find(|exception| fold(&exception.record.id) == fold(id))
}

/// What is behind the first ones, in one finding.
fn rest(context: &Context<'_>, lint: &'static Lint, window: &OpenWindow<'_>, count: usize) -> Option<Finding> {
    if count == 0 {
        return None;
    }
    let noun = if count == 1 { "freeze" } else { "freezes" };
    let message = format!("the window of {} falls into at least {count} more {noun}", window.id);
    Some(
        Finding::new(lint, window.place(context)?, message)
            .label("no work at this time")
            .help("the calendar of the site shows all of them; move this window first"),
    )
}

fn finding(
    context: &Context<'_>,
    lint: &'static Lint,
    window: &OpenWindow<'_>,
    freeze: OccurrenceIndex,
) -> Option<Finding> {
    let occurrence = context.book.schedule.get(freeze);
    let Record::Window(of) = context.book.get(occurrence.record) else { return None };
    let time = times(occurrence.start, occurrence.end, context);
    let message = format!("the window of {} falls into the freeze `{}`: {time}", window.id, of.header.title);
    let finding = Finding::new(lint, window.place(context)?, message).label("no work at this time");
    let freeze = Subject::new(context, occurrence.record)?;
    let id = window.id;
    Some(match exception(of, id) {
        _ if of.is_hard => finding
            .related(freeze.key("start"), "the freeze")
            .help("move the window: this freeze is hard, and knows no exception"),
        Some(exception) => finding
            .related(freeze.at(exception.record.span), "an exception that nobody approved")
            .help(format!("have it approved, and add `approved_by` to the exception of {id}; or move the window")),
        None => finding.related(freeze.key("start"), "the freeze").help(format!(
            "move the window, or have {id} let through: `exceptions: [{{id: {id}, approved_by: …}}]` in the freeze"
        )),
    })
}
