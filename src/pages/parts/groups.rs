//! The records that a record is connected with, in lists by what the connection says.

use serde::Serialize;

use super::context::Context;
use super::fragments::Key;
use super::neighbourhood::{has_care, neighbourhood};
use super::row::PAGE_LENGTH;
use crate::book::{Connection, Direction, RecordIndex};
use crate::edition::Edition;
use crate::record::{Kind, Relation};
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

/// The lists of a record's page, made by the theme.
#[derive(Debug, Default, Serialize)]
pub struct Groups {
    /// The first page of each, and the drawing of what is around the record, as HTML.
    pub html: String,
    /// Their entries in the page's contents, as HTML.
    pub entries: String,
}

/// The view of `partials/group.html`: a list of connected records, the first page of it.
#[derive(Debug, Serialize)]
struct GroupView {
    g: Group,
}

/// A list of connected records.
#[derive(Debug, Serialize)]
struct Group {
    /// Its fragment.
    id: String,
    /// Its heading.
    heading: &'static str,
    /// What kind of record is in it.
    kind: &'static str,
    /// How many there are in all.
    count: usize,
    /// Whether any of them has a day.
    is_dated: bool,
    /// The first of them, as HTML.
    rows: &'static str,
    /// Where it goes on.
    more: Option<String>,
}

/// The view of `partials/group-entry.html`.
#[derive(Debug, Serialize)]
struct EntryView {
    id: String,
    heading: &'static str,
}

/// The view of `partials/neighbourhood.html`.
#[derive(Debug, Serialize)]
struct NeighbourhoodView {
    /// What the record touches, as SVG.
    drawing: &'static str,
    /// Whether any of it has a broken line.
    has_care: bool,
    /// Whether this audience is told which known errors are open.
    tells_open: bool,
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
pub(crate) fn groups(context: &Context<'_>, index: RecordIndex, is_elsewhere: impl Fn(GroupKey) -> bool) -> Groups {
    let mut groups = Groups::default();
    for (key, connections) in groups_of(context.edition, index) {
        if !is_elsewhere(key) {
            push_group(context, index, key, connections, &mut groups);
        }
    }
    if let Some(drawing) = neighbourhood(context, index) {
        push_neighbourhood(context, &drawing, &mut groups);
    }
    groups
}

fn push_neighbourhood(context: &Context<'_>, drawing: &str, groups: &mut Groups) {
    let fragments = context.fragments;
    let has_care = has_care(drawing);
    let key = |part: &mut Key| part.push(if has_care { "care" } else { "" });
    let view = |drawing| NeighbourhoodView { drawing, has_care, tells_open: context.edition.shows("status") };
    fragments.push_around(&mut groups.html, context, "partials/neighbourhood.html", key, view, drawing);
    push_entry(context, "neighbourhood", "Neighbourhood", groups);
}

fn push_entry(context: &Context<'_>, id: &str, heading: &'static str, groups: &mut Groups) {
    let depends_on = |part: &mut Key| {
        part.push(id);
        part.push(heading);
    };
    let view = || EntryView { id: id.to_owned(), heading };
    context.fragments.push(&mut groups.entries, context, "partials/group-entry.html", depends_on, view);
}

fn push_group(
    context: &Context<'_>,
    index: RecordIndex,
    key: GroupKey,
    connections: &[Connection],
    groups: &mut Groups,
) {
    let fragments = context.fragments;
    let id = key.fragment();
    let count = connections.len();
    let is_dated = connections.iter().any(|connection| context.edition.get(connection.other).date().is_some());
    let more = (count > PAGE_LENGTH).then(|| {
        let record = context.edition.get(index);
        context.shared().href(&Route::related(record.kind(), &record.header().id, &key.slug(), 2))
    });
    let rows = fragments.rows(context, connections.iter().take(PAGE_LENGTH).map(|connection| connection.other));
    let depends_on = |part: &mut Key| {
        part.push(&id);
        part.push(key.heading());
        part.push(&count.to_string());
        part.push(if is_dated { "dated" } else { "" });
        part.push(more.as_deref().unwrap_or_default());
    };
    let view = |rows| GroupView {
        g: Group {
            id: id.clone(),
            heading: key.heading(),
            kind: key.kind.plural(),
            count,
            is_dated,
            rows,
            more: more.clone(),
        },
    };
    fragments.push_around(&mut groups.html, context, "partials/group.html", depends_on, view, &rows);
    push_entry(context, &id, key.heading(), groups);
}
