//! TOML to a [`Node`] tree, with every key's place and all syntax errors at once.

use std::collections::BTreeSet;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::curly::{finding as curly_finding, inner};
use super::lints::{FRONT_MATTER_SYNTAX, TOO_LARGE};
use super::node::{Entry, Node, Value, written};
use super::yaml::report_duplicate;
use crate::diag::Sink;
use crate::source::Span;

/// The parser bounds nesting by itself; this bounds our own walk, far above any honest record.
const MAX_DEPTH: usize = 16;

/// Reads TOML; `offset` is where it begins in the source. `None` where it does not parse.
pub fn read(text: &str, offset: usize, sink: &Sink) -> Option<Node> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut curly = BTreeSet::new();
    for error in &errors {
        let span = Span::new(error.span().unwrap_or(0..0)).shifted(offset);
        if error.message().contains("duplicate key") {
            let key = text.get(error.span().unwrap_or(0..0)).unwrap_or_default();
            let first = first_place(text, key, error.span().map_or(0, |span| span.start));
            let first = first.map_or(span, |at| Span::new(at..at + key.len()).shifted(offset));
            report_duplicate(sink, key.trim(), span, first);
        } else if let Some((value, inner)) = curly_value(text, error.span().map_or(0, |span| span.start)) {
            let value = Span::new(value).shifted(offset);
            // The parser may have more than one thing to say of a line.
            if curly.insert(value) {
                sink.push(curly_finding(value, written(inner, true), sink));
            }
        } else {
            sink.push(
                sink.finding(&FRONT_MATTER_SYNTAX, span, "the TOML does not parse")
                    .label(error.message().to_owned())
                    .help("write `key = value` on a line: text in quotes, lists in `[…]`, tables under `[name]`"),
            );
        }
    }
    if errors.iter().any(|error| !error.message().contains("duplicate key")) {
        return None;
    }
    let span = Span::new(table.span()).shifted(offset);
    Some(Node { span, value: map(table.get_ref(), offset, 1, sink)? })
}

/// The value of the line of a byte, where it stands in typographic quotes: its place, and what stands between them.
fn curly_value(text: &str, at: usize) -> Option<(std::ops::Range<usize>, &str)> {
    let at = text.floor_char_boundary(at);
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[start..].split('\n').next()?;
    let value = line.split_once('=')?.1.trim();
    let from = start + (value.as_ptr() as usize - line.as_ptr() as usize);
    Some((from..from + value.len(), inner(value)?))
}

/// Where a key that is given again before `again` was given first: the nearest place that assigns to it.
fn first_place(text: &str, key: &str, again: usize) -> Option<usize> {
    let is_key = |at: usize| {
        let behind = text[at + key.len()..].trim_start();
        let before = text[..at].trim_end_matches([' ', '\t']).chars().next_back();
        behind.starts_with(['=', '.', ']']) && matches!(before, None | Some('\n' | '{' | ',' | '[' | '.'))
    };
    text.get(..again)?.rmatch_indices(key).map(|(at, _)| at).find(|at| is_key(*at))
}

fn map(table: &DeTable<'_>, offset: usize, depth: usize, sink: &Sink) -> Option<Value> {
    let mut entries = Vec::with_capacity(table.len());
    for (key, value) in table {
        entries.push(Entry {
            key: key.get_ref().to_string(),
            key_span: Span::new(key.span()).shifted(offset),
            node: node(value, offset, depth, sink)?,
        });
    }
    entries.sort_by_key(|entry: &Entry| entry.key_span);
    Some(Value::Map(entries))
}

fn node(value: &Spanned<DeValue<'_>>, offset: usize, depth: usize, sink: &Sink) -> Option<Node> {
    let span = Span::new(value.span()).shifted(offset);
    if depth > MAX_DEPTH {
        sink.push(
            sink.finding(&TOO_LARGE, span, format!("the TOML is nested deeper than {MAX_DEPTH} levels"))
                .label("the limit is passed here")
                .help("move long material into the body of the record"),
        );
        return None;
    }
    let plain = |text: String| Value::Scalar { text, quoted: false };
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Scalar { text: text.to_string(), quoted: true },
        DeValue::Integer(number) => plain(number.to_string()),
        DeValue::Float(number) => plain(number.to_string()),
        DeValue::Boolean(flag) => plain(flag.to_string()),
        DeValue::Datetime(moment) => plain(moment.to_string()),
        DeValue::Array(items) => {
            Value::List(items.iter().map(|item| node(item, offset, depth + 1, sink)).collect::<Option<Vec<_>>>()?)
        }
        DeValue::Table(table) => map(table, offset, depth + 1, sink)?,
    };
    Some(Node { span, value })
}
