//! What of a service or configuration item can be subscribed to.

use crate::book::{Direction, RecordIndex};
use crate::edition::Edition;
use crate::record::{Kind, Record, Relation, WindowKind};

/// Whether a record has windows that this audience sees.
pub(crate) fn has_windows(edition: &Edition, index: RecordIndex) -> bool {
    let record = edition.get(index);
    let has_windows = match record {
        Record::Window(window) => window.first.is_some(),
        record => record.plan().is_some_and(|plan| !plan.windows.is_empty()),
    };
    has_windows && edition.has_pages(record.kind())
}

/// What names a service or a configuration item.
pub(crate) fn naming(edition: &Edition, of: RecordIndex) -> impl Iterator<Item = RecordIndex> + '_ {
    let relation = match edition.get(of).kind() {
        Kind::Service => Relation::Service,
        _ => Relation::ConfigurationItem,
    };
    edition.connections.others(of, relation, Direction::Backward).iter().map(|connection| connection.other)
}

/// Whether a service or configuration item has a calendar of its own.
pub(crate) fn has_calendar(edition: &Edition, of: RecordIndex) -> bool {
    naming(edition, of).any(|index| has_windows(edition, index))
}

/// Whether a record is told of in feeds: a release, a change or a known error that has a page.
pub(crate) fn is_told(edition: &Edition, index: RecordIndex) -> bool {
    let kind = edition.get(index).kind();
    matches!(kind, Kind::Release | Kind::Change | Kind::KnownError) && edition.has_page(index)
}

/// Whether a service or configuration item has a feed of its own, on a site that knows its own address.
pub(crate) fn has_feed(edition: &Edition, of: RecordIndex) -> bool {
    naming(edition, of).any(|index| is_told(edition, index))
}

/// The windows of the calendar that have a day.
pub(crate) fn windows(edition: &Edition) -> impl Iterator<Item = RecordIndex> + '_ {
    let all = edition.tables.of_kind(Kind::Window).map(RecordIndex);
    all.filter(|index| has_windows(edition, *index))
}

/// The freezes.
pub(crate) fn freezes(edition: &Edition) -> impl Iterator<Item = RecordIndex> + '_ {
    windows(edition).filter(|index| match edition.get(*index) {
        Record::Window(window) => window.kind == WindowKind::Freeze,
        _ => false,
    })
}

/// Whether there is a freeze.
pub(super) fn has_freezes(edition: &Edition) -> bool {
    freezes(edition).next().is_some()
}
