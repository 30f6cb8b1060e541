//! RB402: a window inside a freeze that does not let its record through. RB406: one inside a hard freeze, which lets
//! nothing through.

use std::collections::BTreeMap;

use super::calendar::{OpenWindow, open_window, times};
use super::subject::{Context, Subject};
use crate::book::{Conflict, OccurrenceIndex};
use crate::diag::{Finding, Lint};
use crate::record::{Record, fold};

/// A window inside a freeze that does not let its record through.
pub const IN_FREEZE: Lint =
    Lint::process("RB402", "in-freeze", "a window inside a freeze, without an exception", include_str!("in_freeze.md"));

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
    of(context, &IN_FREEZE, false)
}

pub(super) fn find_hard(context: &Context<'_>) -> Vec<Finding> {
    of(context, &IN_HARD_FREEZE, true)
}

/// Windows in freezes that are hard, or in the others.
fn of(context: &Context<'_>, lint: &'static Lint, of_hard: bool) -> Vec<Finding> {
    let mut by_window: BTreeMap<OccurrenceIndex, Vec<OccurrenceIndex>> = BTreeMap::new();
    for conflict in context.book.conflicts.all() {
        if let Conflict::Freeze { window, freeze } = conflict
            && is_hard(context, *freeze) == of_hard
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

fn is_hard(context: &Context<'_>, freeze: OccurrenceIndex) -> bool {
    let record = context.book.get(context.book.schedule.get(freeze).record);
    matches!(record, Record::Window(of) if of.is_hard)
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
    let finding = Finding::new(lint, window.place(context)?, message)
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
