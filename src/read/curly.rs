//! Typographic quotes where the language of the front matter has straight ones.

use super::lints::CURLY_QUOTES;
use super::node::{Node, Value, written};
use crate::diag::{Finding, Sink};
use crate::source::Span;

/// Pairs of typographic quotes, as programs put them in the place of straight ones.
const PAIRS: &[(char, char)] = &[
    ('\u{201c}', '\u{201d}'),
    ('\u{201d}', '\u{201d}'),
    ('\u{201e}', '\u{201c}'),
    ('\u{201e}', '\u{201d}'),
    ('\u{2018}', '\u{2019}'),
    ('\u{2019}', '\u{2019}'),
    ('\u{201a}', '\u{2018}'),
    ('\u{201a}', '\u{2019}'),
    ('\u{ab}', '\u{bb}'),
    ('\u{bb}', '\u{ab}'),
];

/// What stands between the typographic quotes that a text begins and ends with; nothing where it is only a part of the
/// text that they enclose.
pub(super) fn inner(text: &str) -> Option<&str> {
    let (open, close) = (text.chars().next()?, text.chars().next_back()?);
    let inner = text.strip_prefix(open)?.strip_suffix(close)?;
    // An apostrophe is the same sign as a closing single quote, and no quote at all.
    let is_quote = |letter: char| letter == open || (letter == close && close != '\u{2019}');
    (PAIRS.contains(&(open, close)) && !inner.contains(is_quote)).then_some(inner)
}

/// Reports every plain value that begins and ends with typographic quotes, and reads it without them where that stops
/// the build.
pub fn straighten(node: &mut Node, sink: &Sink) {
    match &mut node.value {
        Value::Map(entries) => entries.iter_mut().for_each(|entry| straighten(&mut entry.node, sink)),
        Value::List(items) => items.iter_mut().for_each(|item| straighten(item, sink)),
        Value::Scalar { text, quoted: false } => {
            let Some(inner) = inner(text) else { return };
            let inner = inner.trim().to_owned();
            sink.push(finding(node.span, written(&inner, true), sink));
            if sink.stops(&CURLY_QUOTES) {
                node.value = Value::Scalar { text: inner, quoted: true };
            }
        }
        _ => {}
    }
}

/// A value in typographic quotes, with what to write instead.
pub(super) fn finding(span: Span, instead: String, sink: &Sink) -> Finding {
    sink.finding(&CURLY_QUOTES, span, "typographic quotes are a part of the value")
        .label("the language of the front matter knows straight quotes only")
        .help(
            "write straight quotes around a value; where the typographic ones are meant, put straight ones around them",
        )
        .replace_with(instead)
}
