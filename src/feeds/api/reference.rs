//! Records that a record names, and that name it.

use schemars::JsonSchema;
use serde::Serialize;

use super::address::{self, DOCUMENT_LENGTH};
use super::document::ApiDocument;
use super::list::List;
use crate::book::{Connection, Direction, RecordIndex};
use crate::pages::Context;
use crate::record::Record;
use crate::route::Route;

/// A record that is named.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Named {
    /// What kind of record it is.
    kind: &'static str,
    /// Its id, as it is written.
    id: String,
    /// Its title; its id where it has none.
    title: String,
    /// Its page.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// Its document in this API.
    #[serde(rename = "self", skip_serializing_if = "Option::is_none")]
    document: Option<String>,
}

impl Named {
    /// Its id.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Its title.
    pub(super) fn title(&self) -> &str {
        &self.title
    }

    /// Its page.
    pub(super) fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// A record.
    pub(super) fn new(context: &Context<'_>, index: RecordIndex) -> Named {
        let record = context.edition.get(index);
        let (url, document) = address::of(context, index);
        Named {
            kind: record.kind().word(),
            id: record.header().id.clone(),
            title: record.header().title.clone(),
            url,
            document,
        }
    }
}

/// A reference between two records, as one of them sees it.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Reference {
    /// What it says, from the record that bears it: `delivers`, `fixed-in`, and so on.
    relation: &'static str,
    /// `forward` from the record that bears it, `backward` from the one that it names.
    direction: &'static str,
    /// The record at the other end.
    #[serde(flatten)]
    other: Named,
}

impl Reference {
    fn new(context: &Context<'_>, of: &Connection) -> Reference {
        Reference {
            relation: of.relation.word(),
            direction: match of.direction {
                Direction::Forward => "forward",
                Direction::Backward => "backward",
            },
            other: Named::new(context, of.other),
        }
    }
}

/// The references of a record, or a part of them.
pub(super) fn references(context: &Context<'_>, index: RecordIndex, number: usize) -> List<Reference> {
    let record = context.edition.get(index);
    let all = context.edition.connections.of(index);
    let next = |number| address::references(record.kind(), &record.header().id, number);
    let list = List::new(context, all.iter(), number, &Route::home(), |of| Reference::new(context, of));
    let next = list.next.map(|_| context.href(&next(number + 1)));
    List { next, ..list }
}

/// The documents of those references that do not stand in the record's own, with their addresses.
pub(super) fn further(
    record: &Record,
    index: RecordIndex,
    connections: &[Connection],
) -> impl Iterator<Item = (Route, ApiDocument)> {
    let (kind, id) = (record.kind(), record.header().id.clone());
    let last = connections.len().div_ceil(DOCUMENT_LENGTH);
    (2..=last).map(move |page| (address::references(kind, &id, page), ApiDocument::References(index, page)))
}
