//! Links, statuses, rows of lists, and the way through lists that go on.

use serde::Serialize;

use super::context::Context;
use super::emergency::approval_due;
use super::time::Day;
use crate::book::RecordIndex;
use crate::record::{Kind, Plan, Record, Status, Tone, Vocabulary, Word};
use crate::route::Route;

/// How many rows of a list stand on one page.
pub const PAGE_LENGTH: usize = 50;

/// A link with its text.
#[derive(Debug, Clone, Serialize)]
pub struct Link {
    /// Where it leads; nothing where there is no page to lead to.
    pub href: Option<String>,
    /// Its text.
    pub text: String,
}

impl Link {
    /// A link.
    pub fn new(href: String, text: impl Into<String>) -> Link {
        Link { href: Some(href), text: text.into() }
    }

    /// A text that may be an address: a link where it is one of the web.
    pub fn of_text(text: &str) -> Link {
        let is_address = text.starts_with("https://") || text.starts_with("http://");
        Link { href: is_address.then(|| text.to_owned()), text: text.to_owned() }
    }
}

/// A status: a word for style, a word for people.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Badge {
    /// `rolled-back`, …
    pub word: &'static str,
    /// `Rolled back`, …
    pub label: &'static str,
    /// `idle`, `ahead`, `active`, `good`, `bad` or `off`.
    pub tone: &'static str,
}

/// A word of a closed set: one for templates to go by, one for people.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Term {
    /// `full`, …
    pub word: &'static str,
    /// `Full downtime`, …
    pub label: &'static str,
}

impl Term {
    /// A word of a closed set.
    pub fn new(of: impl Vocabulary) -> Term {
        let said = of.said();
        Term { word: said.word, label: said.label }
    }
}

impl Badge {
    /// A word that is a status.
    pub fn new(status: impl Vocabulary) -> Badge {
        Badge::of(status.said())
    }

    /// A word that is a status, as data.
    pub fn of(said: &'static Word) -> Badge {
        Badge { word: said.word, label: said.label, tone: said.tone.unwrap_or(Tone::Idle).word() }
    }
}

/// The status of a record, if its kind has one.
pub(crate) fn badge(record: &Record) -> Option<Badge> {
    record.status().map(Badge::of)
}

/// A record in a list.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// Its page, if it has one.
    pub href: Option<String>,
    /// Its id.
    pub id: String,
    /// Its title; empty where it is the id.
    pub title: String,
    /// Its kind.
    pub kind: Term,
    /// Its status.
    pub badge: Option<Badge>,
    /// That it was taken back, where its status does not say so.
    pub mark: Option<&'static str>,
    /// The last day on which an emergency that has begun can be approved.
    pub due: Option<Day>,
    /// The day that it is listed under.
    pub day: Option<Day>,
    /// A word more: release type, change type, severity, class.
    pub note: Option<String>,
    /// Of a known error: what its record says of a workaround.
    pub workaround: Option<Term>,
}

impl Row {
    /// The row of a record.
    pub fn new(context: &Context<'_>, index: RecordIndex) -> Row {
        let record = context.edition.get(index);
        let header = record.header();
        Row {
            href: context.href_of(index),
            id: header.id.clone(),
            title: if header.title == header.id { String::new() } else { header.title.clone() },
            kind: Term::new(record.kind()),
            badge: badge(record),
            mark: record.plan().and_then(mark),
            due: approval_due(context, index),
            day: record.date().map(Day::new),
            note: note(record),
            workaround: context.edition.remedy(index).map(|of| Term { word: of.word(), label: of.label() }),
        }
    }
}

/// That a plan was taken back, where its status does not say so.
pub(crate) fn mark(plan: &Plan) -> Option<&'static str> {
    match plan.status {
        Some(Status::RolledBack) => None,
        _ if plan.is_rolled_back() => Some("Rolled back"),
        _ => plan.was_rolled_back().then_some("Rolled back before"),
    }
}

fn note(record: &Record) -> Option<String> {
    match record {
        Record::Release(release) => {
            let words = [release.version.clone(), release.release_type.map(|of_type| of_type.label().to_owned())];
            let words: Vec<String> = words.into_iter().flatten().collect();
            (!words.is_empty()).then(|| words.join(" \u{b7} "))
        }
        Record::Change(change) => change.change_type.map(|of_type| of_type.label().to_owned()),
        Record::KnownError(known) => known.severity.map(|severity| severity.label().to_owned()),
        Record::Problem(problem) => problem.priority.map(|priority| priority.label().to_owned()),
        Record::StandardChange(model) => model.risk.map(|risk| risk.label().to_owned()),
        Record::ConfigurationItem(item) => item.class.map(|class| class.label().to_owned()),
        _ => None,
    }
}

/// The way through a list that goes on.
#[derive(Debug, Clone, Serialize)]
pub struct Pager {
    /// This page, from 1.
    pub page: usize,
    /// How many there are.
    pub pages: usize,
    /// The page before.
    pub previous: Option<String>,
    /// The page behind.
    pub next: Option<String>,
}

impl Pager {
    /// The way through a list of `count` rows; nothing where they fit on one page.
    pub fn new(context: &Context<'_>, count: usize, page: usize, route: impl Fn(usize) -> Route) -> Option<Pager> {
        let pages = count.div_ceil(PAGE_LENGTH);
        (pages > 1).then(|| Pager {
            page,
            pages,
            previous: (page > 1).then(|| context.href(&route(page - 1))),
            next: (page < pages).then(|| context.href(&route(page + 1))),
        })
    }
}

/// The rows of one page out of many numbers.
pub(crate) fn slice<T>(all: &[T], page: usize) -> &[T] {
    let start = ((page - 1) * PAGE_LENGTH).min(all.len());
    &all[start..(start + PAGE_LENGTH).min(all.len())]
}

/// A link to a record, by its id.
pub(crate) fn link_to(context: &Context<'_>, kind: Kind, id: &str) -> Link {
    let href = context.edition.tables.find(kind, id).and_then(|index| context.href_of(index));
    Link { href, text: id.to_owned() }
}

/// An id of a ticket: a link to the record with this id, else to its system of record.
pub(crate) fn ticket_link(context: &Context<'_>, id: &str) -> Link {
    let record = context.edition.tables.with_id(id).first().and_then(|index| context.href_of(*index));
    // Where the company keeps its tickets is its own business.
    let tickets = context.settings.tickets.iter().filter(|_| context.edition.name().is_none());
    let href = record.or_else(|| tickets.into_iter().find_map(|tickets| tickets.url(id)));
    match href {
        Some(href) => Link::new(href, id),
        None => Link::of_text(id),
    }
}
