//! Front matter as a small tree: exact lexemes with their places, YAML and TOML alike.

use crate::source::Span;

/// A value with its place in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing was written, `~` or `null`.
    Null,
    /// Anything that is one word or one text, just as it was written: `1.10` stays `1.10`.
    Scalar {
        /// The text, without quotes and with escapes resolved.
        text: String,
        /// Whether it stood in quotes or in a block, and so cannot be a truth value.
        quoted: bool,
    },
    /// A sequence.
    List(Vec<Node>),
    /// A mapping, in the order of the text, each key once.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// Its value.
    pub node: Node,
}

impl Node {
    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Whether it is a text in quotes or in a block.
    pub fn is_quoted(&self) -> bool {
        matches!(self.value, Value::Scalar { quoted: true, .. })
    }

    /// Another text as it would be written in this one's place.
    pub fn like(&self, text: &str) -> String {
        written(text, self.is_quoted())
    }

    /// Gives the key that stands at a place another name, wherever in the tree it is.
    pub fn rename(&mut self, key_span: Span, name: &str) {
        match &mut self.value {
            Value::Map(entries) => {
                for entry in entries {
                    match entry.key_span == key_span {
                        true => name.clone_into(&mut entry.key),
                        false => entry.node.rename(key_span, name),
                    }
                }
            }
            Value::List(items) => items.iter_mut().for_each(|item| item.rename(key_span, name)),
            _ => {}
        }
    }

    /// What it is, in words for a message.
    pub fn describe(&self) -> &'static str {
        match &self.value {
            Value::Null => "nothing",
            Value::Scalar { text, quoted: false } if text == "true" || text == "false" => "true or false",
            Value::Scalar { .. } => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
        }
    }
}

/// A text as it is written in front matter: in quotes where that is asked for, or where the signs of the language would
/// be read out of it.
pub fn written(text: &str, is_quoted: bool) -> String {
    let is_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | '/' | '+' | ' ');
    let is_plain = text.starts_with(char::is_alphanumeric) && text.ends_with(char::is_alphanumeric);
    // A time on the clock is plain too: its colon stands between digits.
    let is_sign = |(at, letter): (usize, char)| {
        let between_digits = letter == ':' && text[at + 1..].starts_with(|next: char| next.is_ascii_digit());
        !is_word(letter) && !between_digits
    };
    match is_quoted || !is_plain || text.char_indices().any(is_sign) {
        true => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")),
        false => text.to_owned(),
    }
}
