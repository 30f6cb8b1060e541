//! RB701: a customer record whose text names an internal record.

use super::edition_text::{Named, editions, shown, shown_of_body};
use super::subject::Subject;
use super::written_texts::written_texts;
use crate::book::RecordIndex;
use crate::config::EditionSettings;
use crate::diag::{Finding, Lint};
use crate::read::markdown::is_outside_url;
use crate::record::{Audience, Key, Kind, Showing};
use crate::source::{Place, Span};

/// A customer record whose text names an internal record.
pub const LEAKS_REFERENCE: Lint = Lint::process(
    "RB701",
    "leaks-reference",
    "a customer record whose text names an internal record",
    include_str!("leaks_reference.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for (name, edition) in editions(subject) {
        for (place, index) in named(subject, edition) {
            if is_hidden(subject, edition, index) && findings.iter().all(|finding| finding.place != place) {
                findings.push(finding(subject, name, place, index));
            }
        }
    }
    findings
}

/// Every record that the shown text names by its id, each with its place.
fn named(subject: &Subject<'_>, edition: &EditionSettings) -> Vec<(Place, RecordIndex)> {
    let book = subject.context.book;
    let resolve = |named: &Named| match named {
        Named::Bare(token) => book.mentioned(subject.index, token),
        Named::Wiki(kind, id) => book.wiki(kind.as_deref(), id),
    };
    let start = subject.header().body.start as usize;
    let in_body = shown_of_body(subject.record, book.body(subject.index), edition).named;
    let mut found: Vec<(Place, RecordIndex)> = in_body
        .into_iter()
        .filter_map(|(named, range)| Some((subject.at(Span::new(range).shifted(start)), resolve(&named)?)))
        .collect();
    for (text, span) in texts(subject, edition) {
        let in_key = shown(subject.record, text).named;
        found.extend(in_key.iter().filter_map(|(named, _)| Some((subject.at(span), resolve(named)?))));
    }
    found
}

/// Every text of the front matter that an edition shows, however deep it stands. Keys that name other records are left
/// out: the edition leaves out what its readers do not see, or prints the id on purpose.
fn texts<'a>(subject: &'a Subject<'_>, edition: &EditionSettings) -> Vec<(&'a str, Span)> {
    let lists = |key: &str| edition.keys.iter().any(|listed| listed == key);
    // A configuration item's title is its name.
    let is_named = subject.record.kind() == Kind::ConfigurationItem && (lists("name") || lists("title"));
    let is_listed = |key: &str| lists(key) || (is_named && matches!(key, "name" | "title"));
    let is_left_out = |key: &Key| matches!(key.showing, Showing::With(other) if !is_listed(other));
    let found = written_texts(subject, &|key| key.is_shown(&is_listed), &|key| !is_left_out(key));
    // Where a link leads is not printed.
    let printed = found.into_iter().filter(|of| of.key.is_none() || !is_outside_url(of.text));
    printed.map(|of| (of.text, of.span)).collect()
}

/// Whether the edition leaves a record out whose id says something: names of configuration items are words of the
/// language, and services have no records.
fn is_hidden(subject: &Subject<'_>, edition: &EditionSettings, index: RecordIndex) -> bool {
    let record = subject.context.book.get(index);
    let is_numbered =
        matches!(record.kind(), Kind::Release | Kind::Change | Kind::KnownError | Kind::Problem | Kind::StandardChange);
    let is_shown = record.header().audience == Audience::Customer
        && !record.header().draft
        && edition.types.contains(&record.kind());
    is_numbered && !is_shown
}

fn finding(subject: &Subject<'_>, edition: &str, place: Place, index: RecordIndex) -> Finding {
    let record = subject.context.book.get(index);
    let id = &record.header().id;
    let message =
        format!("this text is for customers, and names {} that they do not see: {id}", record.kind().with_article());
    Finding::new(&LEAKS_REFERENCE, place, message)
        .label(format!("printed as it stands in the edition `{edition}`"))
        .help(format!(
            "say it without the id, link it with words (`[[{id}|these words]]`), or give {id} `audience: customer`"
        ))
}
