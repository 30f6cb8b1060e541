//! YAML to a [`Node`] tree, within a budget, with every key's place.

use granit_parser::{Event, Options, Parser, ScalarStyle};

use super::curly::finding as curly_finding;
use super::lints::{CURLY_QUOTES, DUPLICATE_KEY, FRONT_MATTER_SYNTAX, TOO_LARGE};
use super::mend::{Mend, Mended};
use super::node::{Entry, Node, Value};
use crate::diag::{Finding, Sink};
use crate::source::Span;

/// Front matter is small: these bounds are far above any honest record.
const MAX_DEPTH: usize = 16;
const MAX_NODES: usize = 10_000;

/// No honest record wants more values put in quotes.
const MAX_MENDS: usize = 20;

/// Reads YAML; `offset` is where it begins in the source. `None` where it does not parse.
///
/// What only wants quotes is a finding, and read as if it had them where that stops the build.
pub fn read(text: &str, offset: usize, sink: &Sink) -> Option<Node> {
    let mut mended = Mended::new(text);
    let mut mends = Vec::new();
    loop {
        match parse(&mended, offset, sink) {
            Ok(node) => {
                mends.into_iter().for_each(|finding| sink.push(finding));
                return node;
            }
            Err((at, what)) => match mended.mend(at).filter(|_| mends.len() < MAX_MENDS) {
                Some(mend) => {
                    let span = Span::new(mended.original(mend.start)..mended.original(mend.end)).shifted(offset);
                    mends.push(mended_finding(&mend, span, &what, sink));
                    if !sink.stops(mend.lint) {
                        break;
                    }
                    mended.apply(&mend);
                }
                None => {
                    mends.push(syntax_error(text, mended.original(at), offset, &what, sink));
                    break;
                }
            },
        }
    }
    mends.into_iter().for_each(|finding| sink.push(finding));
    None
}

/// Parses once; a fault is a place in the mended text and what the parser says of it.
fn parse(mended: &Mended, offset: usize, sink: &Sink) -> Result<Option<Node>, (usize, String)> {
    let text = &mended.text;
    let mut reader = Reader { mended, offset, sink: sink.again(), open: Vec::new(), nodes: 0, root: None };
    let mut is_whole = true;
    for event in Parser::new_from_str_with_options(text, Options::default()) {
        match event {
            Ok((event, span)) => {
                let range = span.byte_range().unwrap_or(0..0);
                if reader.event(event, reader.span(range)).is_none() {
                    is_whole = false;
                    break;
                }
            }
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or_else(|| line_offset(text, error.marker().line()));
                let mut at = at.min(text.len());
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                return Err((at, error.info().to_string()));
            }
        }
    }
    reader.sink.into_findings().into_iter().for_each(|finding| sink.push(finding));
    let nothing = Node { span: Span::default().shifted(offset), value: Value::Null };
    Ok(is_whole.then_some(reader.root.unwrap_or(nothing)))
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
    mended: &'a Mended,
    offset: usize,
    sink: Sink,
    open: Vec<Open>,
    nodes: usize,
    root: Option<Node>,
}

impl Reader<'_> {
    /// A range of the mended text as it stands in the source, without the line end behind a block.
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        let written = self.mended.text.get(range.clone()).unwrap_or_default();
        let end = range.start + written.trim_end().len();
        let [start, end] = [range.start, end.max(range.start)].map(|at| self.mended.original(at));
        Span::new(start..end).shifted(self.offset)
    }

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
                        .finding(&TOO_LARGE, span, "an alias stands in the front matter")
                        .label("aliases are not expanded here")
                        .help("write the value out: a few aliases can stand for more text than a machine has memory"),
                );
                None
            }
            Event::DocumentStart(..) if self.root.is_some() => {
                let (text, at) = (&self.mended.text, span.start as usize - self.offset);
                self.sink.push(syntax_error(text, at, self.offset, "a second YAML document begins", &self.sink));
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
            report_duplicate(&self.sink, &key, again, first);
        }
        Some(())
    }

    fn too_large(&self, span: Span, message: String) -> Option<()> {
        self.sink.push(
            self.sink
                .finding(&TOO_LARGE, span, message)
                .label("the limit is passed here")
                .help("move long material into the body of the record"),
        );
        None
    }
}

/// A value that wants quotes, with them.
fn mended_finding(mend: &Mend, span: Span, what: &str, sink: &Sink) -> Finding {
    if mend.lint == &CURLY_QUOTES {
        return curly_finding(span, mend.instead.clone(), sink);
    }
    sink.finding(mend.lint, span, "the YAML does not parse")
        .label(what)
        .help("YAML takes signs of this value for its own; put the value in quotes")
        .replace_with(mend.instead.clone())
}

/// A fault of the syntax at a byte of the text.
fn syntax_error(text: &str, at: usize, offset: usize, what: &str, sink: &Sink) -> Finding {
    let at = text.floor_char_boundary(at);
    let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[line_start..].split('\n').next().unwrap_or_default();
    let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
    let finding =
        sink.finding(&FRONT_MATTER_SYNTAX, Span::new(at..end).shifted(offset), "the YAML does not parse").label(what);
    finding.help(if line.trim_start_matches(' ').starts_with('\t') {
        "YAML is indented with spaces; replace the tab"
    } else if line.matches(": ").count() > 1 {
        "put a value that holds `: ` in quotes"
    } else {
        "write `key: value` on a line, indented as its neighbours; put text with `: `, `#` or quotes in quotes"
    })
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
