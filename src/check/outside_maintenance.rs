//! RB403: a window outside the maintenance times of one of its configuration items.

use std::collections::BTreeMap;

use super::calendar::{OpenWindow, open_window, times};
use super::subject::{Context, Subject};
use super::words::list;
use crate::book::{Book, Conflict, Direction, RecordIndex};
use crate::diag::{Finding, Lint};
use crate::record::{Record, Relation, WindowKind};
use crate::source::Place;

/// A window outside the maintenance times of one of its configuration items.
pub const OUTSIDE_MAINTENANCE: Lint = Lint::process(
    "RB403",
    "outside-maintenance",
    "a window outside the maintenance times of its configuration item",
    include_str!("outside_maintenance.md"),
);

pub(super) fn find(context: &Context<'_>) -> Vec<Finding> {
    let mut by_window: BTreeMap<_, (OpenWindow<'_>, Vec<RecordIndex>)> = BTreeMap::new();
    for conflict in context.book.conflicts.all() {
        let Conflict::OutsideMaintenance { window, item } = conflict else { continue };
        let Some(open) = open_window(context, *window) else { continue };
        by_window.entry(*window).or_insert_with(|| (open, Vec::new())).1.push(*item);
    }
    by_window.into_values().filter_map(|(window, items)| finding(context, &window, &items)).collect()
}

fn finding(context: &Context<'_>, window: &OpenWindow<'_>, items: &[RecordIndex]) -> Option<Finding> {
    let names: Vec<&str> = items.iter().map(|item| context.book.get(*item).header().id.as_str()).collect();
    let message = format!("the window of {} is not within the maintenance times of {}", window.id, list(&names));
    let finding = Finding::new(&OUTSIDE_MAINTENANCE, window.place(context)?, message)
        .label(times(window.occurrence.start, window.occurrence.end, context))
        .help("move the window into the maintenance times, or `allow` it in this record with the reason why it cannot wait");
    Some(match maintenance(context, *items.first()?) {
        Some(place) => finding.related(place, format!("maintenance of {}", names[0])),
        None => finding,
    })
}

/// Where the first maintenance time of an item, or of its service, is written.
fn maintenance(context: &Context<'_>, item: RecordIndex) -> Option<Place> {
    let book: &Book = context.book;
    let service = book.get(item).header().service.as_deref().and_then(|name| book.service(name));
    let of = |index: RecordIndex, relation| {
        book.connections.others(index, relation, Direction::Backward).iter().map(|connection| connection.other)
    };
    let of_service = service.into_iter().flat_map(|service| of(service, Relation::Service));
    let is_maintenance =
        |index: &RecordIndex| matches!(book.get(*index), Record::Window(of) if of.kind == WindowKind::Maintenance);
    let window = of(item, Relation::ConfigurationItem).chain(of_service).find(is_maintenance)?;
    Some(Subject::new(context, window)?.key("start"))
}
