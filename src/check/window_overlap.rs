//! RB401: two windows at once on one configuration item, or on one and what it depends on or is part of.
//!
//! The book has found them. Here they are gathered under the window that is easier to move, and a crowd is cut.

use std::collections::BTreeMap;

use super::calendar::{OpenWindow, easier_first, open_window};
use super::subject::Context;
use crate::book::{Conflict, RecordIndex};
use crate::diag::{Finding, Lint};

/// Two windows at once on one configuration item, or on one and what it depends on or is part of.
pub const WINDOW_OVERLAP: Lint = Lint::process(
    "RB401",
    "window-overlap",
    "two windows at once on one configuration item, or on one and what it depends on",
    include_str!("window_overlap.md"),
);

/// A window has no more findings than this: whoever moves it sees the rest afterwards.
const MOST: usize = 3;

/// A pair of windows, the one first that is easier to move, and the items between them.
type Overlap<'a> = (OpenWindow<'a>, OpenWindow<'a>, &'a [RecordIndex]);

pub(super) fn find(context: &Context<'_>) -> Vec<Finding> {
    let mut by_window: BTreeMap<(RecordIndex, u32), Vec<Overlap<'_>>> = BTreeMap::new();
    for conflict in context.book.conflicts.all() {
        let Conflict::Overlap { one, other, path } = conflict else { continue };
        let (Some(one), Some(other)) = (open_window(context, *one), open_window(context, *other)) else { continue };
        let (moved, kept) = easier_first(one, other);
        by_window.entry((moved.record, moved.number)).or_default().push((moved, kept, path));
    }
    let mut findings = Vec::new();
    for mut overlaps in by_window.into_values() {
        overlaps.sort_by_key(|(_, kept, _)| (kept.occurrence.from, kept.record));
        findings.extend(overlaps.iter().take(MOST).filter_map(|overlap| finding(context, overlap)));
        findings.extend(rest(context, &overlaps));
    }
    findings
}

fn finding(context: &Context<'_>, (moved, kept, path): &Overlap<'_>) -> Option<Finding> {
    let names: Vec<&str> = path.iter().map(|item| context.book.get(*item).header().id.as_str()).collect();
    let time = moved.common_time(kept, context);
    let message = match names.as_slice() {
        [item] => format!("{} and {} work on {item} at the same time: {time}", moved.id, kept.id),
        path => format!(
            "{} and {} work at the same time on items that hang together ({}): {time}",
            moved.id,
            kept.id,
            path.join(" \u{2192} ")
        ),
    };
    Some(
        Finding::new(&WINDOW_OVERLAP, moved.place(context)?, message)
            .label(format!("overlaps the window of {}", kept.id))
            .related(kept.place(context)?, format!("the window of {}", kept.id))
            .help("move one of the two, or make them one release; two works that need each other may `allow` it with a reason"),
    )
}

/// What is behind the first ones, in one finding.
fn rest(context: &Context<'_>, overlaps: &[Overlap<'_>]) -> Option<Finding> {
    let (moved, ..) = overlaps.get(MOST)?;
    let count = overlaps.len() - MOST;
    let noun = if count == 1 { "window overlaps" } else { "windows overlap" };
    let message = format!("at least {count} more {noun} the one of {}", moved.id);
    Some(
        Finding::new(&WINDOW_OVERLAP, moved.place(context)?, message)
            .label("a crowded time")
            .help("the calendar of the site shows all of them; move this window first"),
    )
}
