//! What a key takes, so that no key is offered which would refuse what was written.

use super::node::{Node, Value};
use super::term::{Said, Term, understand};

/// The shape of what a key takes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    /// Nothing that reading asks for.
    Any,
    /// One text.
    Text,
    /// A date or a date-time.
    Moment,
    /// True or false.
    Flag,
    /// A web address.
    Url,
    /// One word of a closed set: whether a word is understood there.
    Word(fn(&str) -> bool),
    /// The id of a record of a kind, by the kind's word.
    Id(&'static str),
    /// A list of texts.
    Texts,
    /// A list of words of a closed set.
    Words(fn(&str) -> bool),
    /// A list of ids of a kind.
    Ids(&'static str),
    /// A list of days.
    Days,
    /// A list of texts or maps.
    List,
    /// A map, and what it looks like.
    Map(&'static str),
    /// A list of maps, and what one looks like.
    Maps(&'static str),
}

/// Whether a record of a kind, by its word, has an id.
pub type IsKnown<'a> = dyn Fn(&str, &str) -> bool + 'a;

impl Shape {
    /// Whether a value can be read as this, if need be with a finding of its own that says how to write it.
    pub(super) fn fits(self, node: &Node) -> bool {
        let text = |node: &Node, is_right: fn(&str) -> bool| match &node.value {
            Value::Scalar { text, .. } => is_right(text),
            _ => false,
        };
        let each = |is_right: fn(&str) -> bool| match &node.value {
            Value::List(items) => !items.is_empty() && items.iter().all(|item| text(item, is_right)),
            _ => text(node, is_right),
        };
        match self {
            Shape::Any => true,
            Shape::Text | Shape::Id(_) => text(node, |_| true),
            Shape::Moment => text(node, is_moment),
            Shape::Flag => text(node, |word| matches!(word, "true" | "false")),
            Shape::Url => text(node, |url| url.contains("://") || url.starts_with("mailto:")),
            Shape::Word(is_understood) => text(node, is_understood),
            Shape::Texts | Shape::Ids(_) => each(|_| true),
            Shape::Words(is_understood) => each(is_understood),
            Shape::Days => each(is_moment),
            Shape::List => matches!(node.value, Value::Scalar { .. } | Value::List(_)),
            Shape::Map(_) => matches!(node.value, Value::Map(_)),
            Shape::Maps(_) => match &node.value {
                Value::List(items) => items.iter().all(|item| matches!(item.value, Value::Map(_))),
                value => matches!(value, Value::Map(_)),
            },
        }
    }

    /// What it looks like, with what was written in the place of the dots; empty where words say it better.
    pub(super) fn like(self, node: &Node) -> String {
        match self {
            Shape::Map(like) => filled(like, node),
            Shape::Maps(like) => format!("[{}]", filled(like, node)),
            _ => String::new(),
        }
    }

    /// What it is, in words for a message.
    pub(super) fn words(self) -> &'static str {
        match self {
            Shape::Any => "",
            Shape::Text => "text",
            Shape::Moment => "a date",
            Shape::Flag => "true or false",
            Shape::Url => "a web address",
            Shape::Word(_) => "one of a few words",
            Shape::Id(_) => "one id",
            Shape::Texts | Shape::Words(_) | Shape::List => "a list",
            Shape::Ids(_) => "a list of ids",
            Shape::Days => "a list of dates",
            Shape::Map(_) => "a map of keys and values",
            Shape::Maps(_) => "a list of maps",
        }
    }

    /// Whether every id that stands here is one of the kind that this takes; true where it takes no ids.
    pub(super) fn knows(self, node: &Node, is_known: &IsKnown<'_>) -> bool {
        let (Shape::Id(kind) | Shape::Ids(kind)) = self else { return true };
        let one = |node: &Node| matches!(&node.value, Value::Scalar { text, .. } if is_known(kind, text));
        match &node.value {
            Value::List(items) => items.iter().all(one),
            _ => one(node),
        }
    }
}

/// Whether a text may be meant as a moment: it has a number of its own.
fn is_moment(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_digit()) || text.split([' ', '-', '/', '.']).any(is_number)
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// A pattern with what was written, or a part of it, in the place of its first `…`.
pub(super) fn filled(like: &str, node: &Node) -> String {
    let written = match &node.value {
        Value::Scalar { text, .. } if !text.contains('\n') && text.chars().count() <= 60 => node.like(text),
        _ => return like.to_owned(),
    };
    like.replacen('\u{2026}', &written, 1)
}

/// Whether a word is understood in a closed set.
pub(super) fn is_understood<T: Term>(word: &str) -> bool {
    understand::<T>(word) != Said::Nothing
}
