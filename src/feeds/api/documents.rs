//! Which documents the API has of a site, and how each is made.

use std::borrow::Cow;

use serde::Serialize;

use super::address::{self, pages};
use super::calendar::{calendar, entry};
use super::card::Card;
use super::deviation::{Deviation, deviations};
use super::document::ApiDocument;
use super::finding;
use super::index::{index, kinds};
use super::lesson::{action, actions, lesson, lessons};
use super::list::List;
use super::message::messages;
use super::metrics::{self, metrics};
use super::openapi::openapi;
use super::record::record;
use super::reference::{further, references};
use super::schema::{schemas, write_schema};
use crate::book::RecordIndex;
use crate::feeds::machines::{Known, Machines};
use crate::feeds::table::Table;
use crate::pages::{Checks, Context, MetricsScope};
use crate::record::Kind;
use crate::route::Route;

/// What stands in each column of a row, by the column's head.
type Row<'r> = dyn Fn(&str) -> Option<Cow<'r, str>> + 'r;

/// Every document of the API, with its address.
pub(in crate::feeds) fn documents(of: &Machines<'_>) -> Vec<(Route, ApiDocument)> {
    let edition = of.edition;
    let mut all: Vec<(Route, ApiDocument)> = schemas().collect();
    all.push((address::named("openapi"), ApiDocument::OpenApi));
    for kind in kinds(edition) {
        let count = edition.tables.of_kind(kind).len();
        all.extend(pages(address::cards(kind), count).map(|(route, page)| (route, ApiDocument::Cards(kind, page))));
    }
    for (index, record) in edition.tables.iter().filter(|(index, _)| edition.has_page(*index)) {
        all.push((address::record(record.kind(), &record.header().id), ApiDocument::Record(index)));
        all.extend(further(record, index, edition.connections.of(index)));
    }
    let mut lists: Vec<(&'static str, usize)> = Vec::new();
    let mut list = |name: &'static str, count: usize, make: fn(usize) -> ApiDocument| {
        if count > 0 {
            lists.push((name, count));
            all.extend(pages(address::named(name), count).map(|(route, page)| (route, make(page))));
        }
    };
    list("calendar", edition.schedule.iter().len(), ApiDocument::Calendar);
    list("lessons", edition.lessons.lessons.len(), ApiDocument::Lessons);
    list("actions", edition.lessons.actions.len(), ApiDocument::Actions);
    list("deviations", of.deviations.all().len(), ApiDocument::Deviations);
    list("customers", of.messages.all.len(), ApiDocument::Messages);
    if !of.measured_years.is_empty() {
        lists.push(("metrics", of.measured_years.len()));
        let years = of.measured_years.iter().map(|(year, _)| MetricsScope::Year(*year));
        let services = of.measured_services.iter().copied().map(MetricsScope::Service);
        let scopes = [MetricsScope::All].into_iter().chain(years).chain(services);
        all.extend(scopes.map(|scope| (metrics::route(edition, scope), ApiDocument::Metrics(scope))));
    }
    all.push((address::named("index"), ApiDocument::Index(lists)));
    all
}

/// The documents of what the checks found, with their addresses.
pub(in crate::feeds) fn findings(checks: &Checks) -> impl Iterator<Item = (Route, ApiDocument)> {
    pages(address::named(finding::NAME), checks.count()).map(|(route, page)| (route, ApiDocument::Findings(page)))
}

impl ApiDocument {
    /// Makes it.
    pub(in crate::feeds) fn write(&self, context: &Context<'_>, known: Known<'_>, out: &mut Vec<u8>) {
        match self {
            ApiDocument::Index(lists) => put(out, &index(context, known.checks, lists)),
            ApiDocument::Cards(kind, page) => put(out, &cards(context, *kind, *page)),
            ApiDocument::Record(index) => put(out, &record(context, *index)),
            ApiDocument::References(index, page) => put(out, &references(context, *index, *page)),
            ApiDocument::Calendar(page) => put(out, &calendar(context, *page)),
            ApiDocument::Lessons(page) => put(out, &lessons(context, *page)),
            ApiDocument::Actions(page) => put(out, &actions(context, *page)),
            ApiDocument::Deviations(page) => put(out, &deviations(context, *page)),
            ApiDocument::Findings(page) => {
                if let Some(checks) = known.checks {
                    put(out, &finding::findings(context, checks, *page));
                }
            }
            ApiDocument::Messages(page) => put(out, &messages(context, known.messages, *page)),
            ApiDocument::Metrics(scope) => put(out, &metrics(context, *scope)),
            ApiDocument::OpenApi => put(out, &openapi(context)),
            ApiDocument::Schema(kind) => write_schema(*kind, out),
        }
    }
}

fn put(out: &mut Vec<u8>, document: &impl Serialize) {
    // Writing into memory cannot fail, and no map has keys that are no texts.
    serde_json::to_writer(&mut *out, document).unwrap_or_default();
    out.push(b'\n');
}

fn cards(context: &Context<'_>, kind: Kind, page: usize) -> List<Card> {
    let all = context.edition.tables.of_kind(kind);
    List::new(context, all, page, &address::cards(kind), |index| Card::new(context, RecordIndex(index)))
}

/// Tells of every entry of a list what stands in a column, by the column's head.
pub(in crate::feeds) fn each_row(context: &Context<'_>, table: Table, tell: &mut dyn FnMut(&Row<'_>)) {
    let edition = context.edition;
    match table {
        Table::Records(kind) => edition.tables.of_kind(kind).map(RecordIndex).for_each(|index| {
            let card = Card::new(context, index);
            let mut keys = Vec::new();
            edition.get(index).each_data(&mut |key, data| keys.push((key.name, data)));
            let key = |head: &str| keys.iter().find(|(name, _)| *name == head).map(|(_, data)| data.cell());
            tell(&|head| card.cell(head).or_else(|| key(head)));
        }),
        Table::Calendar => edition.schedule.iter().for_each(|(index, _)| {
            let entry = entry(context, index);
            tell(&|head| entry.cell(head));
        }),
        Table::Lessons => edition.lessons.lessons.iter().for_each(|place| {
            let lesson = lesson(context, *place);
            tell(&|head| lesson.cell(head));
        }),
        Table::Actions => edition.lessons.actions.iter().for_each(|place| {
            let action = action(context, *place);
            tell(&|head| action.cell(head));
        }),
        Table::Deviations => context.deviations.all().iter().for_each(|of| {
            let deviation = Deviation::new(context, of);
            tell(&|head| deviation.cell(head));
        }),
    }
}
