//! Takes from a map what a record knows, and reports the rest: all faults of a file in one run.

use std::cell::RefCell;

use super::moment::{self, Moment};
use super::{
    Entry, MISSING_FIELD, Node, UNKNOWN_FIELD, UNKNOWN_TIME_ZONE, UNKNOWN_VALUE, UNSAFE_URL, Value, WRONG_TYPE,
    markdown,
};
use crate::diag::{Finding, Sink};
use crate::source::Span;

/// A closed set of words that a key may hold.
pub trait Term: Sized + Copy + 'static {
    /// Every word with what it means; the first word of each meaning is its own, others are read as well.
    const WORDS: &'static [(&'static str, Self)];
}

/// The nearest of `known` to what was written, if it is near enough to be meant.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase().replace([' ', '-'], "_");
    known
        .into_iter()
        .map(|word| (strsim::damerau_levenshtein(&written, &word.replace('-', "_")), word))
        .filter(|(distance, word)| *distance <= 1.max(word.len().max(written.len()) / 3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// A map of the front matter that is being read: what was asked for is known, what is left is a finding.
pub struct Fields<'a> {
    entries: &'a [Entry],
    span: Span,
    owner: &'static str,
    sink: &'a Sink,
    asked: RefCell<Vec<&'static str>>,
}

impl<'a> Fields<'a> {
    /// The fields of a map; a finding and no fields where the node is something else.
    ///
    /// `owner` names what is read, with its article, for messages: "a release".
    pub fn new(node: &'a Node, owner: &'static str, sink: &'a Sink) -> Option<Fields<'a>> {
        match &node.value {
            Value::Map(entries) => Some(Fields { entries, span: node.span, owner, sink, asked: RefCell::default() }),
            Value::Null => Some(Fields { entries: &[], span: node.span, owner, sink, asked: RefCell::default() }),
            _ => {
                wrong_type(sink, node, owner, "a map of keys and values");
                None
            }
        }
    }

    /// Where findings go.
    pub fn sink(&self) -> &'a Sink {
        self.sink
    }

    /// Where the map stands.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The value of a key, if it is there and not null.
    pub fn node(&self, key: &'static str) -> Option<&'a Node> {
        self.asked.borrow_mut().push(key);
        let entry = self.entries.iter().find(|entry| entry.key == key)?;
        (entry.node.value != Value::Null).then_some(&entry.node)
    }

    /// A text.
    pub fn text(&self, key: &'static str) -> Option<String> {
        let node = self.node(key)?;
        text_of(node, key, self.sink).map(str::to_owned)
    }

    /// A text with its place.
    pub fn spanned_text(&self, key: &'static str) -> Option<(String, Span)> {
        let node = self.node(key)?;
        Some((text_of(node, key, self.sink)?.to_owned(), node.span))
    }

    /// A text that must be there; `at` is marked where it is not.
    pub fn required(&self, key: &'static str, at: Span) -> Option<String> {
        if self.node(key).is_none() {
            self.sink.push(
                self.sink
                    .finding(&MISSING_FIELD, at, format!("{} needs a `{key}`", self.owner))
                    .label(format!("expected the key `{key}` here"))
                    .help(format!("add a line `{key}: …`")),
            );
        }
        self.text(key)
    }

    /// A list of texts with their places.
    pub fn texts(&self, key: &'static str) -> Vec<(String, Span)> {
        self.items(key, "a list")
            .iter()
            .filter_map(|item| Some((text_of(item, key, self.sink)?.to_owned(), item.span)))
            .collect()
    }

    /// The items of a list; a finding where the key holds something else.
    pub fn items(&self, key: &'static str, expected: &'static str) -> &'a [Node] {
        let Some(node) = self.node(key) else { return &[] };
        match &node.value {
            Value::List(items) => items,
            _ => {
                let finding = self
                    .sink
                    .finding(
                        &WRONG_TYPE,
                        node.span,
                        format!("`{key}` takes {expected}, and this is {}", node.describe()),
                    )
                    .label(format!("expected {expected}"));
                self.sink.push(match &node.value {
                    Value::Scalar { text, .. } if !text.contains(['[', ',', '"', '\n']) => {
                        finding.replace_with(format!("[{text}]"))
                    }
                    _ => finding.help("write each item on a line of its own, behind `- `"),
                });
                &[]
            }
        }
    }

    /// A list of maps, each with its fields; `owner` names one of them.
    pub fn maps(&self, key: &'static str, owner: &'static str) -> Vec<Fields<'a>> {
        self.items(key, "a list").iter().filter_map(|item| Fields::new(item, owner, self.sink)).collect()
    }

    /// A map with its fields.
    pub fn map(&self, key: &'static str, owner: &'static str) -> Option<Fields<'a>> {
        Fields::new(self.node(key)?, owner, self.sink)
    }

    /// True or false; false where the key is not there.
    pub fn flag(&self, key: &'static str) -> bool {
        let Some(node) = self.node(key) else { return false };
        match &node.value {
            Value::Scalar { text, quoted: false } if text == "true" => true,
            Value::Scalar { text, quoted: false } if text == "false" => false,
            _ => {
                self.sink.push(
                    self.sink
                        .finding(&WRONG_TYPE, node.span, format!("`{key}` takes true or false"))
                        .label("expected `true` or `false`")
                        .help(format!("write `{key}: true` or `{key}: false`, without quotes")),
                );
                false
            }
        }
    }

    /// One word of a closed set.
    pub fn term<T: Term>(&self, key: &'static str) -> Option<T> {
        self.term_of(self.node(key)?, key)
    }

    /// A list of words of a closed set.
    pub fn terms<T: Term>(&self, key: &'static str) -> Vec<T> {
        self.items(key, "a list").iter().filter_map(|item| self.term_of(item, key)).collect()
    }

    fn term_of<T: Term>(&self, node: &Node, key: &'static str) -> Option<T> {
        let written = text_of(node, key, self.sink)?;
        let plain = written.to_lowercase().replace([' ', '_'], "-");
        if let Some((_, term)) = T::WORDS.iter().find(|(word, _)| *word == plain) {
            return Some(*term);
        }
        let words: Vec<&str> = T::WORDS.iter().map(|(word, _)| *word).collect();
        let mut finding = self
            .sink
            .finding(&UNKNOWN_VALUE, node.span, format!("`{written}` is no value of `{key}`"))
            .label(format!("not a value of `{key}`"))
            .help(format!("allowed: {}", words.join(", ")));
        if let Some(near) = nearest(written, words) {
            finding = finding.replace_with(near);
        }
        self.sink.push(finding);
        None
    }

    /// A date or date-time.
    pub fn moment(&self, key: &'static str) -> Option<Moment> {
        let node = self.node(key)?;
        moment::parse(text_of(node, key, self.sink)?, node.span, self.sink)
    }

    /// A day, or the day of a moment as its writer's clocks showed it.
    pub fn day_of_moment(&self, key: &'static str) -> Option<jiff::civil::Date> {
        self.moment(key).map(|moment| moment.date)
    }

    /// A day.
    pub fn date(&self, key: &'static str) -> Option<jiff::civil::Date> {
        moment::day(&self.moment(key)?, key, self.sink)
    }

    /// A list of days with their places.
    pub fn dates(&self, key: &'static str) -> Vec<(jiff::civil::Date, Span)> {
        self.texts(key)
            .into_iter()
            .filter_map(|(text, span)| {
                Some((moment::day(&moment::parse(&text, span, self.sink)?, key, self.sink)?, span))
            })
            .collect()
    }

    /// A zone of the IANA database, by name.
    pub fn time_zone(&self, key: &'static str) -> Option<jiff::tz::TimeZone> {
        let node = self.node(key)?;
        zone(text_of(node, key, self.sink)?, node.span, self.sink).map_err(|finding| self.sink.push(*finding)).ok()
    }

    /// A URL with one of the schemes http, https, mailto and tel.
    pub fn url(&self, key: &'static str) -> Option<String> {
        let (url, span) = self.spanned_text(key)?;
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

    /// Reports every key that nobody asked for.
    pub fn finish(self) {
        let asked = self.asked.into_inner();
        for entry in self.entries.iter().filter(|entry| !asked.contains(&entry.key.as_str())) {
            let mut finding = self
                .sink
                .finding(&UNKNOWN_FIELD, entry.key_span, format!("{} has no key `{}`", self.owner, entry.key))
                .label("unknown key");
            finding = match nearest(&entry.key, asked.iter().copied()) {
                Some(near) => finding.help(format!("did you mean `{near}`?")).replace_with(near),
                None => {
                    let mut known: Vec<&str> =
                        asked.iter().copied().filter(|key| *key != "short_description").collect();
                    known.sort_unstable();
                    known.dedup();
                    finding.help(format!("known keys: {}", known.join(", ")))
                }
            };
            if asked.contains(&"extra") {
                finding = finding.help("a field of your organisation's own goes under `extra:`");
            }
            self.sink.push(finding);
        }
    }

    /// Keys and values of a map that may hold anything; lists and maps inside become text.
    pub fn free_map(&self, key: &'static str) -> Vec<(String, String)> {
        let Some(node) = self.node(key) else { return Vec::new() };
        match &node.value {
            Value::Map(entries) => entries.iter().map(|entry| (entry.key.clone(), flat(&entry.node))).collect(),
            _ => {
                wrong_type(self.sink, node, key, "a map of keys and values");
                Vec::new()
            }
        }
    }

    /// Every entry of the map, for a map whose keys are the writer's own.
    pub fn entries(&self) -> &'a [Entry] {
        self.entries
    }
}

/// A zone of the IANA database, by name; a finding where there is none.
pub(super) fn zone(name: &str, span: Span, sink: &Sink) -> Result<jiff::tz::TimeZone, Box<Finding>> {
    jiff::tz::db().get(name).map_err(|_| {
        let names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
        let mut finding = sink
            .finding(&UNKNOWN_TIME_ZONE, span, format!("`{name}` is no time zone"))
            .label("not in the IANA time zone database")
            .help("write a name such as `Europe/London`, `America/New_York` or `UTC`");
        if let Some(near) = nearest(name, names.iter().map(String::as_str)) {
            finding = finding.replace_with(near);
        }
        Box::new(finding)
    })
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

fn wrong_type(sink: &Sink, node: &Node, what: &str, expected: &str) {
    sink.push(
        sink.finding(&WRONG_TYPE, node.span, format!("{what} takes {expected}, and this is {}", node.describe()))
            .label(format!("expected {expected}"))
            .help("write each key with its value on a line of its own, indented below this one: `  key: value`"),
    );
}

fn text_of<'a>(node: &'a Node, key: &str, sink: &Sink) -> Option<&'a str> {
    match &node.value {
        Value::Scalar { text, .. } => Some(text),
        _ => {
            sink.push(
                sink.finding(&WRONG_TYPE, node.span, format!("`{key}` takes text, and this is {}", node.describe()))
                    .label("expected text")
                    .help(format!("write one text: `{key}: …`, or `{key}: >-` with lines indented below it")),
            );
            None
        }
    }
}
