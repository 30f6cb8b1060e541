//! RB302 for keys: a text of the front matter that is no more than a placeholder.

use super::empty_section::{EMPTY_SECTION, is_written};
use super::subject::Subject;
use crate::diag::Finding;
use crate::read::{Node, Value};
use crate::record::{Record, is_placeholder_value};
use crate::source::Span;

/// Keys whose values are no texts about the record: names that people type elsewhere, exact messages, free labels.
const OTHER: &[&str] = &["id", "type", "error_codes", "tags", "aliases", "allow"];

/// What stands somewhere in every placeholder, in lower case: few records have any, and the others are not read again.
const SIGNS: &[&str] = &[
    "tbd",
    "tba",
    "tbc",
    "todo",
    "to do",
    "to be",
    "to follow",
    "fixme",
    "xxx",
    "wip",
    "work in",
    "coming",
    "lorem",
    "fill in",
    "..",
    "\u{2026}",
    "?",
    "__",
    "<",
    "-\n",
    "-\"",
    "-'",
    "- \n",
    "\u{2013}",
    "\u{2014}",
];

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let matter = subject.front_matter_text().to_lowercase();
    if !SIGNS.iter().any(|sign| matter.contains(sign)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    if let Some(Value::Map(entries)) = subject.front_matter().map(|root| &root.value) {
        for entry in entries.iter().filter(|entry| !OTHER.contains(&entry.key.as_str())) {
            if is_due(subject, &entry.key) {
                gather(&entry.node, &entry.key, &mut found);
            }
        }
    }
    let finding = |(key, text, span): (String, String, Span)| {
        Finding::new(&EMPTY_SECTION, subject.at(span), format!("`{key}` holds no more than the placeholder `{text}`"))
            .label("a text is expected here")
            .help("write it, or take the key out: pages and checks take it for an answer")
    };
    found.into_iter().map(finding).collect()
}

/// Whether a key must have its text by now: the record's status wants it, or nothing of the record is still to be
/// written. Records without a plan are published as they are.
fn is_due(subject: &Subject<'_>, key: &str) -> bool {
    match subject.record {
        Record::Release(_) | Record::Change(_) | Record::KnownError(_) => {
            let wanted = subject.readiness().map_or(&[][..], |readiness| &readiness.wanted);
            is_written(subject.record) || wanted.iter().any(|part| part.word().split('.').next() == Some(key))
        }
        _ => true,
    }
}

/// Every placeholder below a key, with the path to it.
fn gather(node: &Node, path: &str, found: &mut Vec<(String, String, Span)>) {
    match &node.value {
        Value::Scalar { text, .. } if is_placeholder_value(text) => {
            found.push((path.to_owned(), text.clone(), node.span))
        }
        Value::Scalar { .. } | Value::Null => {}
        Value::List(items) => items.iter().for_each(|item| gather(item, path, found)),
        Value::Map(entries) => {
            for entry in entries.iter().filter(|entry| !OTHER.contains(&entry.key.as_str())) {
                gather(&entry.node, &format!("{path}.{}", entry.key), found);
            }
        }
    }
}
