//! The texts of a record's front matter as they are written, however deep they stand, each with its key and its place.

use super::subject::Subject;
use crate::read::{Node, Value};
use crate::record::{Key, Shape};
use crate::source::Span;

/// A text of the front matter.
pub(super) struct WrittenText<'a> {
    /// The key that it stands under; nothing where it is a key itself, of the record's own.
    pub key: Option<&'static str>,
    pub text: &'a str,
    pub span: Span,
}

/// The texts under the keys of a record that are wanted, and under theirs. What names other records is none.
pub(super) fn written_texts<'a>(
    subject: &'a Subject<'_>,
    is_wanted: &dyn Fn(&Key) -> bool,
    is_wanted_below: &dyn Fn(&Key) -> bool,
) -> Vec<WrittenText<'a>> {
    let mut found = Vec::new();
    if let Some(Node { value: Value::Map(entries), .. }) = subject.front_matter() {
        for entry in entries {
            let key = subject.record.kind().key(&entry.key).filter(|key| is_wanted(key));
            key.into_iter().for_each(|key| gather(key.name, key.shape, &entry.node, is_wanted_below, &mut found));
        }
    }
    found
}

fn gather<'a>(
    key: &'static str,
    shape: Shape,
    node: &'a Node,
    is_wanted: &dyn Fn(&Key) -> bool,
    found: &mut Vec<WrittenText<'a>>,
) {
    match (shape, &node.value) {
        (Shape::List(one) | Shape::OneOrMore(one), Value::List(items)) => {
            items.iter().for_each(|item| gather(key, *one, item, is_wanted, found));
        }
        (Shape::List(one) | Shape::OneOrMore(one), _) => gather(key, *one, node, is_wanted, found),
        (Shape::Map(map), Value::Map(entries)) => {
            for entry in entries {
                let inner = (map.keys)().iter().find(|inner| inner.name == entry.key).filter(|inner| is_wanted(inner));
                inner.into_iter().for_each(|inner| gather(inner.name, inner.shape, &entry.node, is_wanted, found));
            }
        }
        (Shape::Map(map), Value::Scalar { .. }) => {
            let inner = (map.keys)().iter().find(|inner| map.text == Some(inner.name));
            inner.into_iter().for_each(|inner| gather(inner.name, inner.shape, node, is_wanted, found));
        }
        (Shape::Named(_) | Shape::Free, Value::Map(entries)) => {
            let one = if let Shape::Named(one) = shape { *one } else { shape };
            for entry in entries {
                found.push(WrittenText { key: None, text: &entry.key, span: entry.key_span });
                gather(key, one, &entry.node, is_wanted, found);
            }
        }
        (Shape::Free, Value::List(items)) => items.iter().for_each(|item| gather(key, shape, item, is_wanted, found)),
        (Shape::Text | Shape::Free, Value::Scalar { text, .. }) => {
            found.push(WrittenText { key: Some(key), text, span: node.span });
        }
        _ => {}
    }
}
