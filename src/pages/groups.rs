//! The records that a record is connected with, in lists by what the connection says.

use serde::Serialize;

use super::Context;
use super::row::PAGE_LENGTH;
use crate::book::{Connection, Direction, RecordIndex, Relation};
use crate::edition::Edition;
use crate::record::Kind;
use crate::route::Route;

/// Which of a record's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct GroupKey {
    /// What the connection says.
    pub relation: Relation,
    /// From which end.
    pub direction: Direction,
    /// What is at the other end.
    pub kind: Kind,
}

impl GroupKey {
    /// The list's heading.
    pub fn heading(self) -> &'static str {
        self.relation.list(self.direction, self.kind).0
    }

    /// The list's part of the address of its further pages.
    pub fn slug(self) -> String {
        self.relation.slug(self.direction, self.kind)
    }

    /// The list's fragment on its record's page.
    pub fn fragment(self) -> String {
        self.relation.fragment(self.direction, self.kind)
    }
}

/// A list of connected records: the first page of it.
#[derive(Debug, Serialize)]
pub struct Group {
    /// Its fragment.
    pub id: String,
    /// Its heading.
    pub heading: &'static str,
    /// What kind of record is in it.
    pub kind: &'static str,
    /// How many there are in all.
    pub count: usize,
    /// Whether any of them has a day.
    pub is_dated: bool,
    /// The first of them, as HTML.
    pub rows: String,
    /// Where it goes on.
    pub more: Option<String>,
}

/// A record's lists, each with all its connections.
pub fn groups_of(edition: &Edition, index: RecordIndex) -> Vec<(GroupKey, &[Connection])> {
    let key = |connection: &Connection| GroupKey {
        relation: connection.relation,
        direction: connection.direction,
        kind: edition.get(connection.other).kind(),
    };
    edition.connections.of(index).chunk_by(|one, other| key(one) == key(other)).map(|run| (key(&run[0]), run)).collect()
}

/// The lists of a record's page, but for those that `is_elsewhere` says stand elsewhere on it.
pub fn groups(context: &Context<'_>, index: RecordIndex, is_elsewhere: impl Fn(GroupKey) -> bool) -> Vec<Group> {
    let record = context.edition.get(index);
    let groups: Vec<Group> = groups_of(context.edition, index)
        .into_iter()
        .filter(|(key, _)| !is_elsewhere(*key))
        .map(|(key, connections)| Group {
            id: key.fragment(),
            heading: key.heading(),
            kind: key.kind.plural(),
            count: connections.len(),
            is_dated: connections.iter().any(|connection| context.edition.get(connection.other).date().is_some()),
            rows: context
                .fragments
                .rows(context, connections.iter().take(PAGE_LENGTH).map(|connection| connection.other)),
            more: (connections.len() > PAGE_LENGTH)
                .then(|| context.href(&Route::related(record.kind(), &record.header().id, &key.slug(), 2))),
        })
        .collect();
    groups
}
