//! Which files for machines a site has, and how each is made.

use super::api::{self, ApiDocument};
use super::atom::{FeedScope, feeds};
use super::badge;
use super::calendar::{CalendarScope, calendars};
use super::csv;
use super::machines::{Known, Machines};
use super::markdown;
use super::table::Table;
use crate::book::{Move, RecordIndex};
use crate::pages::{Checks, Context};
use crate::route::Route;

/// A file for machines: the facts of the pages as data.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Document {
    /// A document of the JSON API.
    Api(ApiDocument),
    /// A service's badge.
    Badge(RecordIndex),
    /// A feed of what changed last.
    Feed(FeedScope),
    /// A calendar.
    Calendar(CalendarScope),
    /// A table for spreadsheets.
    Csv(Table),
    /// A record as Markdown with front matter.
    Markdown(RecordIndex),
}

/// Every file for machines, with its address.
pub fn documents(of: &Machines<'_>) -> Vec<(Route, Document)> {
    let api = api::documents(of).into_iter().map(|(route, document)| (route, Document::Api(document)));
    let tables = csv::tables(of).into_iter().map(|(route, table)| (route, Document::Csv(table)));
    let texts = of.edition.tables.iter().filter_map(|(index, _)| {
        let route = markdown::address(of.edition, index)?;
        Some((route, Document::Markdown(index)))
    });
    let calendars = calendars(of).into_iter().map(|scope| (scope.route(of.edition), Document::Calendar(scope)));
    let feeds = feeds(of).into_iter().map(|scope| (scope.route(of.edition), Document::Feed(scope)));
    let badges = badge::badges(of).into_iter().map(|(route, index)| (route, Document::Badge(index)));
    api.chain(feeds).chain(badges).chain(calendars).chain(tables).chain(texts).collect()
}

/// The files for machines of what the checks found, with their addresses.
pub fn found(checks: &Checks) -> impl Iterator<Item = (Route, Document)> {
    api::findings(checks).map(|(route, document)| (route, Document::Api(document)))
}

impl Document {
    /// The record that it is, in another form.
    pub fn record(&self) -> Option<RecordIndex> {
        match self {
            Document::Api(ApiDocument::Record(index)) | Document::Markdown(index) => Some(*index),
            _ => None,
        }
    }

    /// Whether it is of what the checks found.
    pub fn is_found(&self) -> bool {
        matches!(self, Document::Api(ApiDocument::Findings(_)))
    }

    /// Makes it. Addresses in it are full where the site knows its own, else below the site's root.
    pub fn write(&self, context: &Context<'_>, known: Known<'_>, out: &mut Vec<u8>) {
        let context = &Context { root: context.settings.base_url.as_deref().unwrap_or_default(), ..*context };
        match self {
            Document::Api(document) => document.write(context, known, out),
            Document::Badge(index) => badge::write(context, *index, out),
            Document::Feed(scope) => scope.write(context, out),
            Document::Calendar(scope) => scope.write(context, out),
            Document::Csv(table) => table.write(context, out),
            Document::Markdown(index) => {
                // A text is read where it stands: its links begin there.
                let root = context.settings.base_url.as_deref().unwrap_or(context.route.to_root());
                markdown::write(&Context { root, ..*context }, *index, out);
            }
        }
    }

    /// The same when a record has another number.
    pub fn move_record(&mut self, of: Move) {
        match self {
            Document::Api(document) => document.move_record(of),
            Document::Markdown(index) | Document::Badge(index) => *index = of.number(*index),
            Document::Feed(FeedScope::Naming(index)) => *index = of.number(*index),
            Document::Calendar(CalendarScope::Of(index)) => *index = of.number(*index),
            Document::Calendar(_) | Document::Feed(_) | Document::Csv(_) => {}
        }
    }
}
