//! Where the documents of the API live.

use crate::book::RecordIndex;
use crate::pages::Context;
use crate::record::{Kind, address};
use crate::route::Route;

/// How many entries stand in one document of a list.
pub(in crate::feeds) const DOCUMENT_LENGTH: usize = 1_000;

/// A document by its name, which is made of parts that are safe in an address.
pub(super) fn named(name: &str) -> Route {
    Route::root(&format!("api/v1/{name}.json"))
}

/// The cards of a kind.
pub(super) fn cards(kind: Kind) -> Route {
    named(kind.folder())
}

/// A record.
pub(super) fn record(kind: Kind, id: &str) -> Route {
    named(&format!("{}/{}", kind.folder(), address(id)))
}

/// The references of a record behind those in its own document; their documents count from 2.
pub(super) fn references(kind: Kind, id: &str, page: usize) -> Route {
    named(&format!("{}/{}/references/{page}", kind.folder(), address(id)))
}

/// A document of a list; the first is the list's own.
pub(super) fn page(first: &Route, page: usize) -> Route {
    match page {
        1 => first.clone(),
        _ => Route::root(&format!("{}/page/{page}.json", first.as_str().trim_end_matches(".json"))),
    }
}

/// All documents of a list of `count` entries, by number; the first is there even if the list is empty.
pub(super) fn pages(first: Route, count: usize) -> impl Iterator<Item = (Route, usize)> {
    (1..=count.div_ceil(DOCUMENT_LENGTH).max(1)).map(move |number| (page(&first, number), number))
}

/// The document of a record, if it has one in this edition.
pub(super) fn of(context: &Context<'_>, index: RecordIndex) -> Option<String> {
    let record = context.edition.get(index);
    let route = || self::record(record.kind(), &record.header().id);
    context.edition.has_page(index).then(|| context.href(&route()))
}
