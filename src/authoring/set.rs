//! Where a value goes into front matter, and what is written there.

use crate::diag::Sink;
use crate::read::{Edit, Entry, Node, Value, front_matter_of, read_toml, read_yaml, says_the_same_but, split, written};
use crate::source::{Source, SourceId, Span};

/// A step on the way to a value.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step<'a> {
    /// Under a key.
    Key(&'a str),
    /// The item with this number of a list, from 0.
    Item(usize),
}

/// A record's text with its front matter as a tree.
pub(super) struct Matter<'a> {
    pub source: &'a Source,
    pub tree: Node,
    /// Behind the line of the opening fence.
    pub start: usize,
    /// Before the line of the closing fence.
    pub end: usize,
    pub is_toml: bool,
}

impl<'a> Matter<'a> {
    /// The front matter of a text; `None` where it has none that can be read.
    pub(super) fn of(source: &'a Source) -> Option<Matter<'a>> {
        let parts = split(source, &Sink::new(SourceId(0)))?;
        let (start, end) = (parts.matter.start as usize, parts.matter.end as usize);
        Some(Matter { source, tree: front_matter_of(source)?, start, end, is_toml: parts.is_toml })
    }

    /// The edit that puts a value at the end of a way; `None` where the way leads through something that is no map.
    pub(super) fn set(&self, way: &[Step<'_>], value: &str) -> Option<Edit> {
        let (Step::Key(name), above) = way.split_last().map(|(last, above)| (*last, above))? else { return None };
        let Some(map) = self.at(above) else { return self.begin(way, value) };
        let Value::Map(entries) = &map.value else { return None };
        match entries.iter().find(|entry| entry.key == name) {
            Some(entry) => self.exchange(entry, value),
            None if above.is_empty() => Some(self.line(&self.pair(name, &self.quoted(value)))),
            None => self.add(map, entries, name, value),
        }
    }

    /// The edit that adds an item to a list of texts under a key, and makes the list where there is none.
    pub(super) fn append(&self, name: &str, value: &str) -> Option<Edit> {
        let value = self.quoted(value);
        let Value::Map(entries) = &self.tree.value else { return None };
        let Some(entry) = entries.iter().find(|entry| entry.key == name && entry.node.value != Value::Null) else {
            return Some(self.line(&self.pair(name, &format!("[{value}]"))));
        };
        let Value::List(items) = &entry.node.value else { return None };
        let text = &self.source.text;
        if text[entry.node.span.range()].starts_with('[') {
            let close = entry.node.span.start as usize + text[entry.node.span.range()].rfind(']')?;
            let before = text[..close].trim_end().len();
            let joint = if items.is_empty() { "" } else { ", " };
            return Some(Edit { span: Span::new(before..before), text: format!("{joint}{value}") });
        }
        let last = items.last()?;
        let line = text[..last.span.start as usize].rfind('\n').map_or(0, |at| at + 1);
        let lead = &text[line..last.span.start as usize];
        let end = text[last.span.end as usize..].find('\n').map_or(text.len(), |at| last.span.end as usize + at);
        Some(Edit { span: Span::new(end..end), text: format!("\n{lead}{value}") })
    }

    fn at(&self, way: &[Step<'_>]) -> Option<&Node> {
        way.iter().try_fold(&self.tree, |node, step| match (step, &node.value) {
            (Step::Key(name), Value::Map(entries)) => {
                entries.iter().find(|entry| entry.key == *name).map(|of| &of.node)
            }
            (Step::Item(number), Value::List(items)) => items.get(*number),
            _ => None,
        })
    }

    fn exchange(&self, entry: &Entry, value: &str) -> Option<Edit> {
        let text = match (&entry.node.value, self.is_toml) {
            (Value::Null, _) => {
                // `status:` with nothing behind it.
                let at = self.source.text[entry.key_span.end as usize..].find(':')? + entry.key_span.end as usize + 1;
                return Some(Edit { span: Span::new(at..at), text: format!(" {value}") });
            }
            (Value::Scalar { .. }, true) => self.quoted(value),
            (Value::Scalar { .. }, false) => entry.node.like(value),
            _ => return None,
        };
        Some(Edit { span: entry.node.span, text })
    }

    /// A key that is not there yet goes into its map: behind the last one, in the same way.
    fn add(&self, map: &Node, entries: &[Entry], name: &str, value: &str) -> Option<Edit> {
        let text = &self.source.text;
        let pair = self.pair(name, &self.quoted(value));
        if text[map.span.range()].starts_with('{') {
            let close = map.span.start as usize + text[map.span.range()].rfind('}')?;
            let before = text[..close].trim_end().len();
            let joint = if entries.is_empty() { "" } else { ", " };
            return Some(Edit { span: Span::new(before..before), text: format!("{joint}{pair}") });
        }
        let (first, last) = (entries.first()?, entries.last()?);
        let line_start = text[..first.key_span.start as usize].rfind('\n').map_or(0, |at| at + 1);
        let indent = text[line_start..first.key_span.start as usize].chars().map(|_| ' ').collect::<String>();
        let end = last.node.span.end.max(last.key_span.end) as usize;
        let end = text[end..].find('\n').map_or(text.len(), |at| end + at);
        Some(Edit { span: Span::new(end..end), text: format!("\n{indent}{pair}") })
    }

    /// The first key of a map that is not there yet, at the end of the front matter.
    fn begin(&self, way: &[Step<'_>], value: &str) -> Option<Edit> {
        let [Step::Key(outer), Step::Key(inner)] = way else { return None };
        let map = format!("{{{}}}", self.pair(inner, &self.quoted(value)));
        Some(self.line(&self.pair(outer, &map)))
    }

    fn pair(&self, name: &str, value: &str) -> String {
        if self.is_toml { format!("{name} = {value}") } else { format!("{name}: {value}") }
    }

    fn quoted(&self, value: &str) -> String {
        written(value, self.is_toml)
    }

    /// A line of its own: behind all others in YAML, before all tables in TOML.
    fn line(&self, line: &str) -> Edit {
        let at = if self.is_toml { self.start } else { self.end };
        Edit { span: Span::new(at..at), text: format!("{line}\n") }
    }
}

/// The front matter of a record by its keys, each with its lines and the comments above it.
pub(super) struct LinesOfKeys {
    /// Key and lines, in order.
    pub keys: Vec<(String, String)>,
    /// Comments and empty lines behind the last key.
    pub rest: String,
    /// What stands behind the closing fence.
    pub body: String,
    pub is_toml: bool,
}

/// Takes front matter apart by its keys; `None` where keys do not begin lines of their own, or something is wrong with it.
pub(super) fn lines_of_keys(source: &Source) -> Option<LinesOfKeys> {
    let parts = split(source, &Sink::new(SourceId(0)))?;
    let sink = Sink::new(SourceId(0));
    let (matter, offset) = (&source.text[parts.matter.range()], parts.matter.start as usize);
    let tree = if parts.is_toml { read_toml(matter, offset, &sink) } else { read_yaml(matter, offset, &sink) }?;
    // Of a key that is there twice the tree has one: what is faulty stays as it is.
    if !sink.into_findings().is_empty() {
        return None;
    }
    let Value::Map(entries) = &tree.value else { return None };
    let text = &source.text;
    let (start, end) = (parts.matter.start as usize, parts.matter.end as usize);
    let line_of = |at: usize| text[..at].rfind('\n').map_or(0, |at| at + 1);
    // In TOML what stands below a table's name belongs to the table: only keys before all tables can be moved.
    let starts: Vec<usize> = entries.iter().map(|entry| line_of(entry.key_span.start as usize)).collect();
    let is_at_start = |(entry, line): (&Entry, &usize)| {
        let before = &text[*line..entry.key_span.start as usize];
        before.chars().all(|letter| matches!(letter, '"' | '\'' | '[' | ' '))
    };
    let is_apart =
        starts.windows(2).all(|pair| pair[0] < pair[1]) && starts.first().is_none_or(|first| *first >= start);
    if !is_apart || !entries.iter().zip(&starts).all(is_at_start) {
        return None;
    }
    // A comment belongs to the key below it.
    let above = |line: usize, from: usize| {
        let mut top = line;
        while top > from {
            let before = line_of(top - 1).max(from);
            let is_comment = text[before..top].trim_start().starts_with('#');
            if !is_comment {
                break;
            }
            top = before;
        }
        top
    };
    let mut keys = Vec::new();
    let mut from = start;
    for (number, entry) in entries.iter().enumerate() {
        let value_end = entry.node.span.end.max(entry.key_span.end) as usize;
        let own_end = text[value_end..end.max(value_end)].find('\n').map_or(end, |at| value_end + at + 1);
        let next = starts.get(number + 1).map_or(own_end, |next| above(*next, own_end.min(*next)));
        keys.push((entry.key.clone(), text[from..next].to_owned()));
        from = next;
    }
    let body = text[parts.body.range()].to_owned();
    Some(LinesOfKeys { keys, rest: text[from..end].to_owned(), body, is_toml: parts.is_toml })
}

/// Whether a text's front matter says what a tree does but for edits, and for keys that only it has.
pub(super) fn says_but_more(before: &Node, after: &Source, edits: &[Edit]) -> bool {
    let spans: Vec<Span> = edits.iter().map(|edit| edit.span).collect();
    front_matter_of(after).is_some_and(|after| has_all(before, &after, &spans))
}

fn has_all(before: &Node, after: &Node, spans: &[Span]) -> bool {
    match (&before.value, &after.value) {
        (Value::Map(one), Value::Map(other)) => one.iter().all(|entry| {
            let same = other.iter().find(|of| of.key == entry.key);
            same.is_some_and(|of| has_all(&entry.node, &of.node, spans))
        }),
        (Value::List(one), Value::List(other)) => {
            one.len() <= other.len() && one.iter().zip(other).all(|(one, other)| has_all(one, other, spans))
        }
        _ => says_the_same_but(before, after, spans),
    }
}
