//! RB701: a customer record whose text names an internal record.

use super::edition_text::{Named, editions, shown, shown_of_body};
use super::subject::Subject;
use crate::book::RecordIndex;
use crate::config::EditionSettings;
use crate::diag::{Finding, Lint};
use crate::read::markdown::is_outside_url;
use crate::read::{Node, Value};
use crate::record::{Audience, Key, Kind, Shape, Showing};
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
    let mut found = Vec::new();
    if let Some(Node { value: Value::Map(entries), .. }) = subject.front_matter() {
        for entry in entries {
            if let Some(key) = subject.record.kind().key(&entry.key).filter(|key| key.is_shown(&is_listed)) {
                gather(key.shape, &entry.node, &is_listed, &mut found);
            }
        }
    }
    found
}

fn gather<'a>(shape: Shape, node: &'a Node, is_listed: &dyn Fn(&str) -> bool, found: &mut Vec<(&'a str, Span)>) {
    match (shape, &node.value) {
        (Shape::List(one) | Shape::OneOrMore(one), Value::List(items)) => {
            items.iter().for_each(|item| gather(*one, item, is_listed, found));
        }
        (Shape::List(one) | Shape::OneOrMore(one), _) => gather(*one, node, is_listed, found),
        (Shape::Map(map), Value::Map(entries)) => {
            for entry in entries {
                match (map.keys)().iter().find(|key| key.name == entry.key) {
                    Some(Key { showing: Showing::With(other), .. }) if !is_listed(other) => {}
                    Some(key) => gather(key.shape, &entry.node, is_listed, found),
                    None => {}
                }
            }
        }
        (Shape::Map(map), Value::Scalar { .. }) => {
            let key = (map.keys)().iter().find(|key| map.text == Some(key.name));
            key.into_iter().for_each(|key| gather(key.shape, node, is_listed, found));
        }
        (Shape::Named(one), Value::Map(entries)) => {
            for entry in entries {
                found.push((&entry.key, entry.key_span));
                gather(*one, &entry.node, is_listed, found);
            }
        }
        (Shape::Free, Value::Map(entries)) => {
            for entry in entries {
                found.push((&entry.key, entry.key_span));
                gather(shape, &entry.node, is_listed, found);
            }
        }
        (Shape::Free, Value::List(items)) => items.iter().for_each(|item| gather(shape, item, is_listed, found)),
        // Where a link leads is not printed.
        (Shape::Text | Shape::Free, Value::Scalar { text, .. }) if !is_outside_url(text) => {
            found.push((text, node.span));
        }
        _ => {}
    }
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
