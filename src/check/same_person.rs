//! RB404: one release manager with two windows at once.
//!
//! The windows of each are swept in order of their start; those that overlap on an item too are RB401's.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::calendar::{easier_first, open_window};
use super::subject::Context;
use crate::book::{Conflict, OccurrenceIndex};
use crate::diag::{Finding, Lint};

/// One release manager with two windows at once.
pub const SAME_PERSON: Lint = Lint::process(
    "RB404",
    "same-person",
    "one release manager with two windows at once",
    include_str!("same_person.md"),
);

/// A window is held against no more than this many that are open, or a crowd of windows would give all pairs.
const MOST: usize = 3;

pub(super) fn find(context: &Context<'_>) -> Vec<Finding> {
    let mut by_manager: BTreeMap<String, Vec<OccurrenceIndex>> = BTreeMap::new();
    for (index, occurrence) in context.book.schedule.iter() {
        let manager = context.book.get(occurrence.record).plan().and_then(|plan| plan.release_manager.as_deref());
        if let Some(manager) = manager.filter(|_| open_window(context, index).is_some()) {
            by_manager.entry(manager.trim().to_lowercase()).or_default().push(index);
        }
    }
    let overlaps: FxHashSet<(OccurrenceIndex, OccurrenceIndex)> = match by_manager.values().any(|of| of.len() > 1) {
        true => overlaps(context),
        false => FxHashSet::default(),
    };
    by_manager.values().flat_map(|windows| sweep(context, windows, &overlaps)).collect()
}

fn overlaps(context: &Context<'_>) -> FxHashSet<(OccurrenceIndex, OccurrenceIndex)> {
    let pairs = context.book.conflicts.all().iter().filter_map(|conflict| match conflict {
        Conflict::Overlap { one, other, .. } => Some((*one, *other)),
        _ => None,
    });
    pairs.collect()
}

/// Windows of one person, by start.
fn sweep(
    context: &Context<'_>,
    windows: &[OccurrenceIndex],
    overlaps: &FxHashSet<(OccurrenceIndex, OccurrenceIndex)>,
) -> Vec<Finding> {
    let schedule = &context.book.schedule;
    let mut open: Vec<OccurrenceIndex> = Vec::new();
    let mut findings = Vec::new();
    for index in windows {
        let occurrence = schedule.get(*index);
        open.retain(|other| schedule.get(*other).to > occurrence.from);
        let is_other_work = |other: &&OccurrenceIndex| {
            !context.book.is_one_work(schedule.get(**other).record, occurrence.record)
                && !overlaps.contains(&(**other, *index))
        };
        let partners = open.iter().filter(is_other_work).take(MOST);
        findings.extend(partners.filter_map(|other| finding(context, *other, *index)));
        open.push(*index);
    }
    findings
}

fn finding(context: &Context<'_>, one: OccurrenceIndex, other: OccurrenceIndex) -> Option<Finding> {
    let (moved, kept) = easier_first(open_window(context, one)?, open_window(context, other)?);
    let manager = context.book.get(moved.record).plan()?.release_manager.as_deref()?;
    let time = moved.common_time(&kept, context);
    let message = format!("{manager} leads {} and {} at the same time: {time}", moved.id, kept.id);
    Some(
        Finding::new(&SAME_PERSON, moved.place(context)?, message)
            .label(format!("overlaps the window of {}", kept.id))
            .related(kept.place(context)?, format!("the window of {}", kept.id))
            .help("name another `release_manager` for one of the two, or move its window"),
    )
}
