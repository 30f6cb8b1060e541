//! RB701: a customer record whose text names an internal record.

use super::edition_text::{Named, editions, shown, shown_of_body};
use super::subject::Subject;
use crate::book::RecordIndex;
use crate::config::EditionSettings;
use crate::diag::{Finding, Lint};
use crate::read::markdown::is_outside_url;
use crate::read::{Node, Value};
use crate::record::{Audience, Kind};
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
    for node in texts(subject, edition) {
        let in_key = shown(subject.record, node.text().unwrap_or_default()).named;
        found.extend(in_key.iter().filter_map(|(named, _)| Some((subject.at(node.span), resolve(named)?))));
    }
    found
}

/// Keys that name other records: an edition leaves out what its readers do not see, or prints the id on purpose. At
/// `file` stands the name of a file, at `aliases` an address.
const NAMING: &[&str] = &[
    "affects",
    "aliases",
    "applies_to",
    "changes",
    "configuration_items",
    "depends_on",
    "exceptions",
    "file",
    "fixed_in",
    "follow_up",
    "introduced_in",
    "known_errors",
    "part_of",
    "planned_fix",
    "problems",
    "releases",
    "supersedes",
];

/// Every text of the front matter that an edition shows, however deep it stands. What no rule knows is read too.
fn texts<'a>(subject: &'a Subject<'_>, edition: &EditionSettings) -> Vec<&'a Node> {
    let lists = |key: &str| edition.keys.iter().any(|listed| listed == key);
    let is_shown = |key: &str| match key {
        "short_description" | "name" => lists(key) || lists("title"),
        _ => lists(key),
    };
    let mut found = Vec::new();
    if let Some(Node { value: Value::Map(entries), .. }) = subject.front_matter() {
        for entry in entries.iter().filter(|entry| is_shown(&entry.key)) {
            gather(&entry.key, &entry.node, lists("approvals"), &mut found);
        }
    }
    found
}

fn gather<'a>(key: &str, node: &'a Node, shows_approvals: bool, found: &mut Vec<&'a Node>) {
    // Who agreed to a window is one of the approvals.
    if NAMING.contains(&key) || (key == "approved_by" && !shows_approvals) {
        return;
    }
    match &node.value {
        // Where a link leads is not printed.
        Value::Scalar { text, .. } if !is_outside_url(text) => found.push(node),
        Value::List(items) => items.iter().for_each(|item| gather(key, item, shows_approvals, found)),
        Value::Map(entries) => {
            entries.iter().for_each(|entry| gather(&entry.key, &entry.node, shows_approvals, found));
        }
        Value::Scalar { .. } | Value::Null => {}
    }
}

/// Whether the edition leaves a record out whose id says something: names of configuration items are words of the
/// language, and services have no records.
fn is_hidden(subject: &Subject<'_>, edition: &EditionSettings, index: RecordIndex) -> bool {
    let record = subject.context.book.get(index);
    let is_numbered = matches!(record.kind(), Kind::Release | Kind::Change | Kind::KnownError | Kind::Problem);
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
