//! YAML to a [`Node`] tree, within a budget, with every key's place.

use granit_parser::{Event, Options, Parser, ScalarStyle};

use super::{DUPLICATE_KEY, Entry, FRONT_MATTER_SYNTAX, Node, TOO_LARGE, Value};
use crate::diag::Sink;
use crate::source::Span;

/// Front matter is small: these bounds are far above any honest record.
const MAX_DEPTH: usize = 16;
const MAX_NODES: usize = 10_000;

/// Reads YAML; `offset` is where it begins in the source. `None` where it does not parse.
pub fn read(text: &str, offset: usize, sink: &Sink) -> Option<Node> {
    let mut reader = Reader { text, offset, sink, open: Vec::new(), nodes: 0, root: None };
    for event in Parser::new_from_str_with_options(text, Options::default()) {
        match event {
            Ok((event, span)) => {
                let range = span.byte_range().unwrap_or(0..0);
                reader.event(event, Span::new(range))?;
            }
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or_else(|| line_offset(text, error.marker().line()));
                reader.syntax_error(at.min(text.len()), &error.info());
                return None;
            }
        }
    }
    Some(reader.root.unwrap_or(Node { span: Span::default().shifted(offset), value: Value::Null }))
}

fn line_offset(text: &str, line: usize) -> usize {
    text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum()
}

/// A list or a map whose end has not come yet.
enum Open {
    List { span: Span, items: Vec<Node> },
    Map { span: Span, entries: Vec<Entry>, key: Option<(String, Span)> },
}

struct Reader<'a> {
    text: &'a str,
    offset: usize,
    sink: &'a Sink,
    open: Vec<Open>,
    nodes: usize,
    root: Option<Node>,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) -> Option<()> {
        match event {
            Event::Scalar(text, style, ..) => {
                let quoted = style != ScalarStyle::Plain;
                let value = match text.as_ref() {
                    "" | "~" | "null" | "Null" | "NULL" if !quoted => Value::Null,
                    _ => Value::Scalar { text: text.trim_end_matches('\n').to_owned(), quoted },
                };
                self.complete(Node { span, value })
            }
            Event::SequenceStart(..) => self.open(Open::List { span, items: Vec::new() }, span),
            Event::MappingStart(..) => self.open(Open::Map { span, entries: Vec::new(), key: None }, span),
            Event::SequenceEnd | Event::MappingEnd => {
                let node = match self.open.pop()? {
                    Open::List { span: start, items } => {
                        Node { span: Span { start: start.start, end: span.end }, value: Value::List(items) }
                    }
                    Open::Map { span: start, entries, .. } => {
                        Node { span: Span { start: start.start, end: span.end }, value: Value::Map(entries) }
                    }
                };
                self.complete(node)
            }
            Event::Alias(..) => {
                self.sink.push(
                    self.sink
                        .finding(&TOO_LARGE, span.shifted(self.offset), "an alias stands in the front matter")
                        .label("aliases are not expanded here")
                        .help("write the value out: a few aliases can stand for more text than a machine has memory"),
                );
                None
            }
            Event::DocumentStart(..) if self.root.is_some() => {
                self.syntax_error(span.start as usize, "a second YAML document begins");
                None
            }
            _ => Some(()),
        }
    }

    fn open(&mut self, open: Open, span: Span) -> Option<()> {
        if self.open.len() >= MAX_DEPTH {
            return self.too_large(span, format!("the front matter is nested deeper than {MAX_DEPTH} levels"));
        }
        self.open.push(open);
        Some(())
    }

    fn complete(&mut self, node: Node) -> Option<()> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return self.too_large(node.span, format!("the front matter has more than {MAX_NODES} values"));
        }
        let node = Node { span: node.span.shifted(self.offset), ..node };
        let mut duplicate = None;
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { entries, key, .. }) => match key.take() {
                Some((key, key_span)) => match entries.iter().find(|entry| entry.key == key) {
                    Some(first) => duplicate = Some((key, key_span, first.key_span)),
                    None => entries.push(Entry { key, key_span, node }),
                },
                None => *key = Some((scalar_key(&node), node.span)),
            },
        }
        if let Some((key, again, first)) = duplicate {
            report_duplicate(self.sink, &key, again, first);
        }
        Some(())
    }

    fn too_large(&self, span: Span, message: String) -> Option<()> {
        self.sink.push(
            self.sink
                .finding(&TOO_LARGE, span.shifted(self.offset), message)
                .label("the limit is passed here")
                .help("move long material into the body of the record"),
        );
        None
    }

    fn syntax_error(&self, at: usize, what: &str) {
        let mut at = at;
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let line_start = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let line = self.text[line_start..].split('\n').next().unwrap_or_default();
        let end = at + self.text[at..].chars().next().map_or(0, char::len_utf8);
        let finding = self
            .sink
            .finding(&FRONT_MATTER_SYNTAX, Span::new(at..end).shifted(self.offset), "the YAML does not parse")
            .label(what);
        self.sink.push(finding.help(if line.trim_start_matches(' ').starts_with('\t') {
            "YAML is indented with spaces; replace the tab"
        } else if line.matches(": ").count() > 1 {
            "put a value that holds `: ` in quotes"
        } else {
            "write `key: value` on a line, indented as its neighbours; put text with `: `, `#` or quotes in quotes"
        }));
    }
}

fn scalar_key(node: &Node) -> String {
    match &node.value {
        Value::Scalar { text, .. } => text.clone(),
        _ => String::new(),
    }
}

/// Reports a key that stands twice in one map.
pub(super) fn report_duplicate(sink: &Sink, key: &str, again: Span, first: Span) {
    sink.push(
        sink.finding(&DUPLICATE_KEY, again, format!("the key `{key}` is given twice"))
            .label("given again here")
            .related(sink.place(first), "first given here")
            .help("keep one of the two; the second would silently win"),
    );
}
