//! Where the documents of the API live.

use crate::book::RecordIndex;
use crate::pages::Context;
use crate::record::{Kind, address};
use crate::route::Route;

/// How many entries stand in one document of a list.
pub(in crate::feeds) const DOCUMENT_LENGTH: usize = 1_000;

/// The folder of all documents.
const FOLDER: &str = "api/v1/";

/// A document by its name.
pub(super) fn named(name: &str) -> Route {
    Route::document(name)
}

/// The cards of a kind.
pub(super) fn cards(kind: Kind) -> Route {
    named(kind.folder())
}

/// A record.
pub(super) fn record(kind: Kind, id: &str) -> Route {
    Route::record_document(kind, id)
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

/// A record's page and its document, if it has them in this edition.
pub(super) fn of(context: &Context<'_>, index: RecordIndex) -> (Option<String>, Option<String>) {
    let Some(page) = context.href_of(index) else { return (None, None) };
    let record = context.edition.get(index);
    let below = page.get(context.root.len()..).and_then(|below| below.strip_suffix(".html"));
    let document = match below {
        // A window of the calendar has no page of its own.
        Some(below) if record.kind() != Kind::Window => {
            let mut document = String::with_capacity(page.len() + FOLDER.len());
            for part in [context.root, FOLDER, below, ".json"] {
                document.push_str(part);
            }
            document
        }
        _ => context.href(&self::record(record.kind(), &record.header().id)),
    };
    (Some(page), Some(document))
}
