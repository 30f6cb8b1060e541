//! Takes from a map what a record knows, and reports the rest: all faults of a file in one run.
//!
//! Where a fault leaves no doubt of what is meant, the finding says what to write instead, and reading goes on as if it
//! were written, so that the next fault is told in the same run. Only where the finding stops the build, for nothing
//! that was guessed is ever shown.

use std::cell::{Cell, RefCell};

use super::lints::{MISSING_FIELD, UNKNOWN_TIME_ZONE, UNKNOWN_VALUE, UNSAFE_URL, WRONG_TYPE};
use super::markdown;
use super::meanings::Meanings;
use super::moment::{self, Moment};
use super::node::{Entry, Node, Value};
use super::shape::{IsKnown, Shape, filled, is_understood};
use super::term::{Said, Term, understand};
use super::zone::{self, Unknown};
use crate::diag::{Finding, Sink};
use crate::source::Span;

/// A map of the front matter that is being read: what was asked for is known, what is left is a finding.
pub struct Fields<'a> {
    pub(super) entries: &'a [Entry],
    span: Span,
    pub(super) owner: &'static str,
    pub(super) sink: &'a Sink,
    pub(super) asked: RefCell<Vec<(&'static str, Shape)>>,
    pub(super) meanings: RefCell<Vec<&'static Meanings>>,
    pub(super) is_known: Cell<Option<&'a IsKnown<'a>>>,
}

impl<'a> Fields<'a> {
    /// The fields of a map; a finding and no fields where the node is something else.
    ///
    /// `owner` names what is read, with its article, for messages: "a release".
    pub fn new(node: &'a Node, owner: &'static str, sink: &'a Sink) -> Option<Fields<'a>> {
        match &node.value {
            Value::Map(entries) => Some(Fields::of(entries, node.span, owner, sink)),
            Value::Null => Some(Fields::of(&[], node.span, owner, sink)),
            _ => {
                wrong_map(sink, node, owner, "");
                None
            }
        }
    }

    pub(super) fn of(entries: &'a [Entry], span: Span, owner: &'static str, sink: &'a Sink) -> Fields<'a> {
        let (asked, meanings, is_known) = (RefCell::default(), RefCell::default(), Cell::default());
        Fields { entries, span, owner, sink, asked, meanings, is_known }
    }

    /// Where findings go.
    pub fn sink(&self) -> &'a Sink {
        self.sink
    }

    /// Where the map stands.
    pub fn span(&self) -> Span {
        self.span
    }

    /// What is meant by keys that are not read.
    pub fn meanings(&self, meanings: &'static Meanings) {
        self.meanings.borrow_mut().push(meanings);
    }

    /// Which ids there are: with them, a key of ids is only offered for what is the id of something.
    pub fn with_known(self, is_known: &'a IsKnown<'a>) -> Fields<'a> {
        self.is_known.set(Some(is_known));
        self
    }

    /// The value of a key, if it is there and not null.
    pub fn node(&self, key: &'static str) -> Option<&'a Node> {
        self.value(key, Shape::Any)
    }

    /// The value of a key that takes a shape, if it is there and not null.
    pub(super) fn value(&self, key: &'static str, shape: Shape) -> Option<&'a Node> {
        self.asked.borrow_mut().push((key, shape));
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        (entry.node.value != Value::Null).then_some(&entry.node)
    }

    /// A text.
    pub fn text(&self, key: &'static str) -> Option<String> {
        self.spanned_text(key).map(|(text, _)| text)
    }

    /// A text with its place.
    pub fn spanned_text(&self, key: &'static str) -> Option<(String, Span)> {
        let node = self.value(key, Shape::Text)?;
        Some((text_of(node, key, self.sink)?.to_owned(), node.span))
    }

    /// The id of a record of a kind, by the kind's word, with its place.
    pub fn id(&self, key: &'static str, kind: &'static str) -> Option<(String, Span)> {
        let node = self.value(key, Shape::Id(kind))?;
        Some((text_of(node, key, self.sink)?.to_owned(), node.span))
    }

    /// A text that must be there; `at` is marked where it is not.
    pub fn required(&self, key: &'static str, at: Span) -> Option<String> {
        self.require(key, at);
        self.text(key)
    }

    /// Reports a key that must be there, and is not or is empty; where it is not there, `at` is marked.
    pub fn require(&self, key: &'static str, at: Span) {
        let node = self.node(key);
        let is_blank = node.and_then(Node::text).is_some_and(|text| text.trim().is_empty());
        let at = node.filter(|_| is_blank).map_or(at, |node| node.span);
        if node.is_none() || is_blank {
            self.sink.push(
                self.sink
                    .finding(&MISSING_FIELD, at, format!("{} needs {} `{key}`", self.owner, article(key)))
                    .label(format!("expected the key `{key}` here"))
                    .help(format!("add a line `{key}: …`")),
            );
        }
    }

    /// A map with its fields; `like` shows what it looks like.
    pub fn map(&self, key: &'static str, owner: &'static str, like: &'static str) -> Option<Fields<'a>> {
        let node = self.value(key, Shape::Map(like))?;
        match &node.value {
            Value::Map(entries) => Some(Fields::of(entries, node.span, owner, self.sink)),
            _ => {
                let like = if like.is_empty() { String::new() } else { format!("{key}: {like}") };
                wrong_map(self.sink, node, owner, &like);
                None
            }
        }
    }

    /// True or false; false where the key is not there.
    pub fn flag(&self, key: &'static str) -> bool {
        let Some(node) = self.value(key, Shape::Flag) else { return false };
        match &node.value {
            Value::Scalar { text, quoted: false } if text == "true" => true,
            Value::Scalar { text, quoted: false } if text == "false" => false,
            value => {
                let finding = self
                    .sink
                    .finding(&WRONG_TYPE, node.span, format!("`{key}` takes true or false"))
                    .label("expected `true` or `false`")
                    .help(format!("write `{key}: true` or `{key}: false`, without quotes"));
                let meant = match value {
                    Value::Scalar { text, .. } => truth(text),
                    _ => None,
                };
                self.sink.push(match meant {
                    Some(meant) => finding.replace_with(meant.to_string()),
                    None => finding,
                });
                meant.unwrap_or_default() && self.sink.stops(&WRONG_TYPE)
            }
        }
    }

    /// One word of a closed set.
    pub fn term<T: Term>(&self, key: &'static str) -> Option<T> {
        self.term_of(self.value(key, Shape::Word(is_understood::<T>))?, key)
    }

    /// Takes note of a key for one word of a closed set that was read before.
    pub fn was_read<T: Term>(&self, key: &'static str) {
        self.value(key, Shape::Word(is_understood::<T>));
    }

    pub(super) fn term_of<T: Term>(&self, node: &Node, key: &'static str) -> Option<T> {
        let written = text_of(node, key, self.sink)?;
        let said = understand::<T>(written);
        if let Said::Term(term) = said {
            return Some(term);
        }
        let words: Vec<&str> = T::WORDS.iter().map(|(word, _)| *word).collect();
        let finding = self
            .sink
            .finding(&UNKNOWN_VALUE, node.span, format!("`{written}` is no value of `{key}`"))
            .label(format!("not a value of `{key}`"))
            .help(format!("allowed: {}", words.join(", ")));
        match said {
            Said::Meant(word, term) => {
                self.sink.push(finding.replace_with(node.like(word)));
                self.sink.stops(&UNKNOWN_VALUE).then_some(term)
            }
            _ => {
                self.sink.push(finding);
                None
            }
        }
    }

    /// A date or date-time.
    pub fn moment(&self, key: &'static str) -> Option<Moment> {
        let node = self.value(key, Shape::Moment)?;
        moment::parse(text_of(node, key, self.sink)?, node.span, node.is_quoted(), self.sink)
    }

    /// A day, or the day of a moment as its writer's clocks showed it.
    pub fn day_of_moment(&self, key: &'static str) -> Option<jiff::civil::Date> {
        self.moment(key).map(|moment| moment.date)
    }

    /// A day.
    pub fn date(&self, key: &'static str) -> Option<jiff::civil::Date> {
        moment::day(&self.moment(key)?, key, self.sink)
    }

    /// A zone of the IANA database, by name.
    pub fn time_zone(&self, key: &'static str) -> Option<jiff::tz::TimeZone> {
        let node = self.value(key, Shape::Text)?;
        let name = text_of(node, key, self.sink)?;
        let Unknown { finding, meant } = match zone::read(name, node.span, self.sink) {
            Ok(zone) => return Some(zone),
            Err(unknown) => *unknown,
        };
        let replacement = finding.replacement.as_deref().map(|name| node.like(name));
        self.sink.push(Finding { replacement, ..finding });
        meant.filter(|_| self.sink.stops(&UNKNOWN_TIME_ZONE))
    }

    /// A URL with one of the schemes http, https, mailto and tel.
    pub fn url(&self, key: &'static str) -> Option<String> {
        let node = self.value(key, Shape::Url)?;
        let (url, span) = (text_of(node, key, self.sink)?.to_owned(), node.span);
        if markdown::safe_url(&url) && markdown::is_outside_url(&url) {
            return Some(url);
        }
        self.sink.push(
            self.sink
                .finding(&UNSAFE_URL, span, format!("`{key}` takes a web address"))
                .label("not a web address with an allowed scheme")
                .help("write it whole, beginning with `https://`, `http://`, `mailto:` or `tel:`; a file beside the record goes under `file`"),
        );
        None
    }

    /// Keys and values of a map that may hold anything; lists and maps inside become text.
    pub fn free_map(&self, key: &'static str) -> Vec<(String, String)> {
        let Some(node) = self.value(key, Shape::Map("")) else { return Vec::new() };
        match &node.value {
            Value::Map(entries) => entries.iter().map(|entry| (entry.key.clone(), flat(&entry.node))).collect(),
            _ => {
                wrong_map(self.sink, node, key, "");
                Vec::new()
            }
        }
    }

    /// Every entry of the map, for a map whose keys are the writer's own.
    pub fn entries(&self) -> &'a [Entry] {
        self.entries
    }
}

fn article(key: &str) -> &'static str {
    if key.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

/// What YAML 1.1 and people take for a truth value.
fn truth(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "y" | "on" => Some(true),
        "false" | "no" | "n" | "off" => Some(false),
        _ => None,
    }
}

fn flat(node: &Node) -> String {
    match &node.value {
        Value::Null => String::new(),
        Value::Scalar { text, .. } => text.clone(),
        Value::List(items) => items.iter().map(flat).collect::<Vec<_>>().join(", "),
        Value::Map(entries) => {
            entries.iter().map(|entry| format!("{}: {}", entry.key, flat(&entry.node))).collect::<Vec<_>>().join(", ")
        }
    }
}

/// Reports something else where a map is meant. `like` shows what the map looks like: `…` stands for what was written.
pub(super) fn wrong_map(sink: &Sink, node: &Node, what: &str, like: &str) {
    let message = format!("{what} takes a map of keys and values, and this is {}", node.describe());
    let finding = sink.finding(&WRONG_TYPE, node.span, message).label("expected a map of keys and values");
    let finding = match like {
        "" => finding,
        like => finding.help(format!("write it as `{}`", filled(like, node))),
    };
    sink.push(
        finding.help("each key with its value stands on a line of its own, indented below this one: `  key: value`"),
    );
}

pub(super) fn text_of<'a>(node: &'a Node, key: &str, sink: &Sink) -> Option<&'a str> {
    let finding = |what: &str| {
        sink.finding(&WRONG_TYPE, node.span, format!("`{key}` takes text, and this is {what}")).label("expected text")
    };
    match &node.value {
        Value::Scalar { text, .. } => Some(text),
        Value::List(items) => {
            let one = match items.as_slice() {
                [Node { value: Value::Scalar { text, .. }, .. }] => Some(text.as_str()),
                _ => None,
            };
            let texts: Option<Vec<&str>> = items.iter().map(Node::text).collect();
            sink.push(match (one, texts) {
                (Some(text), _) => {
                    finding("a list").help(format!("write the one text without a list: `{key}: {text}`"))
                }
                (None, Some(texts)) if !texts.is_empty() => {
                    finding("a list").help(format!("write one text: `{key}: {}`", texts.join(", ")))
                }
                _ => finding("a list").help(format!("write one text: `{key}: …`")),
            });
            one.filter(|_| sink.stops(&WRONG_TYPE))
        }
        _ => {
            sink.push(
                finding(node.describe())
                    .help(format!("write one text: `{key}: …`, or `{key}: >-` with lines indented below it")),
            );
            None
        }
    }
}
