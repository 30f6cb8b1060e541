//! Front matter that does not parse for the want of quotes, with the quotes that are meant.
//!
//! One line is mended at a time and the text is parsed again, so that the faults behind it are found in the same run.

use super::curly;
use super::lints::{CURLY_QUOTES, FRONT_MATTER_SYNTAX};
use crate::diag::Lint;

/// A text with values put in quotes, that knows where each of its bytes stood.
pub(super) struct Mended {
    pub text: String,
    /// In order: where in the mended text something else stands, how long it is, and how long what stood there was.
    changes: Vec<(usize, usize, usize)>,
}

/// What would be written instead of a value.
pub(super) struct Mend {
    pub lint: &'static Lint,
    /// Where the value stands in the mended text.
    pub start: usize,
    pub end: usize,
    pub instead: String,
}

impl Mended {
    pub(super) fn new(text: &str) -> Mended {
        Mended { text: text.to_owned(), changes: Vec::new() }
    }

    /// Where a byte of the mended text stood at first.
    pub(super) fn original(&self, at: usize) -> usize {
        let (mut grown, mut shrunk) = (0, 0);
        for (start, now, before) in &self.changes {
            if at >= start + now {
                (grown, shrunk) = (grown + now, shrunk + before);
            } else if at > *start {
                return start + shrunk - grown;
            }
        }
        at + shrunk - grown
    }

    /// Puts a value in quotes. Only what stands behind the last mend is mended.
    pub(super) fn apply(&mut self, mend: &Mend) {
        self.text.replace_range(mend.start..mend.end, &mend.instead);
        self.changes.push((mend.start, mend.instead.len(), mend.end - mend.start));
    }

    /// The value that is to be put in quotes for a fault at a byte; `None` where that is not what is wrong.
    pub(super) fn mend(&self, at: usize) -> Option<Mend> {
        let line_start = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let done = self.changes.last().map_or(0, |(start, now, _)| start + now);
        let line = self.text[line_start..].split('\n').next().unwrap_or_default();
        let value = value_of(line).filter(|_| line_start >= done)?;
        let start = line_start + (value.as_ptr() as usize - line.as_ptr() as usize);
        let inner = curly::inner(value);
        let (lint, plain) = match inner {
            Some(inner) => (&CURLY_QUOTES, inner),
            None if wants_quotes(value) => (&FRONT_MATTER_SYNTAX, value),
            None => return None,
        };
        Some(Mend { lint, start, end: start + value.len(), instead: quoted(plain)? })
    }
}

/// The value of a line `key: value`, perhaps the first of a list's item.
fn value_of(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches([' ', '-']);
    let (key, value) = rest.split_once(": ")?;
    let is_key = key.starts_with(char::is_alphabetic)
        && key.chars().all(|letter| letter.is_alphanumeric() || "_- ".contains(letter));
    let value = value.trim();
    (is_key && !value.is_empty()).then_some(value)
}

/// Whether a value holds what YAML takes for its own signs.
fn wants_quotes(value: &str) -> bool {
    let goes_on_behind =
        |open: char, close: char| value.starts_with(open) && !value.ends_with(close) && value.contains(close);
    value.contains(": ")
        || (value.ends_with(':') && !value.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '!']))
        || value.starts_with(['@', '`', '%'])
        || goes_on_behind('[', ']')
        || goes_on_behind('{', '}')
        || (value.starts_with('"') && value[1..].contains('"') && !value.ends_with('"'))
        || (value.starts_with('\'') && value[1..].contains('\'') && !value.ends_with('\''))
}

/// A text in quotes that it does not hold itself.
fn quoted(text: &str) -> Option<String> {
    match (text.contains(['"', '\\']), text.contains('\'')) {
        (false, _) => Some(format!("\"{text}\"")),
        (true, false) => Some(format!("'{text}'")),
        (true, true) => None,
    }
}
