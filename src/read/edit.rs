//! Changes of a text at places: whatever stands elsewhere stays, byte for byte.

use super::front_matter::split;
use super::node::{Node, Value};
use super::{toml, yaml};
use crate::diag::Sink;
use crate::source::{Source, SourceId, Span};

/// What stands in a span becomes another text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// Where, in the text as it is read: with LF, and without a byte-order mark. An empty span is a place between two
    /// characters.
    pub span: Span,
    /// What stands there then, with LF.
    pub text: String,
}

/// A file's text with edits. They are made in order of place; one that reaches into another is left out. New lines end as the
/// file's first line does.
pub fn edited(file: &str, edits: &[Edit]) -> String {
    let mark = if file.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    // The places of line ends that are one byte longer in the file than in the text as it is read.
    let longer: Vec<usize> =
        file[mark..].match_indices("\r\n").enumerate().map(|(before, (at, _))| at - before).collect();
    let in_file = |at: usize| mark + at + longer.partition_point(|end| *end < at);
    let has_carriage_returns = file.find('\n').is_some_and(|at| file[..at].ends_with('\r'));
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let (mut made, mut copied) = (String::with_capacity(file.len()), 0);
    for Edit { span, text } in sorted {
        let [start, end] = [span.start, span.end].map(|at| in_file(at as usize));
        if start < copied || end > file.len() {
            continue;
        }
        made.push_str(&file[copied..start]);
        match has_carriage_returns {
            true => made.push_str(&text.replace('\n', "\r\n")),
            false => made.push_str(text),
        }
        copied = end;
    }
    made + &file[copied..]
}

/// The front matter of a text as a tree, whatever is wrong with it; `None` where it has none that can be read.
pub fn front_matter_of(source: &Source) -> Option<Node> {
    let sink = Sink::new(SourceId(0));
    let parts = split(source, &sink)?;
    let (matter, offset) = (&source.text[parts.matter.range()], parts.matter.start as usize);
    if parts.is_toml { toml::read(matter, offset, &sink) } else { yaml::read(matter, offset, &sink) }
}

/// Whether two trees say the same but for what stands in some spans of the first.
pub fn says_the_same_but(before: &Node, after: &Node, changed: &[Span]) -> bool {
    let touches = |span: Span| changed.iter().any(|of| of.start < span.end.max(span.start + 1) && span.start <= of.end);
    if before.value == after.value || is_same(&before.value, &after.value) {
        return true;
    }
    match (&before.value, &after.value) {
        (Value::Map(one), Value::Map(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| {
                    (one.key == other.key || touches(one.key_span))
                        && says_the_same_but(&one.node, &other.node, changed)
                })
        }
        (Value::List(one), Value::List(other)) if one.len() == other.len() => {
            one.iter().zip(other).all(|(one, other)| says_the_same_but(one, other, changed))
        }
        _ => touches(before.span),
    }
}

/// Whether two values say the same, wherever and however they are written.
pub fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Null, Value::Null) => true,
        (Value::Scalar { text: one, .. }, Value::Scalar { text: other, .. }) => one == other,
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(&one.value, &other.value))
        }
        (Value::Map(one), Value::Map(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|(one, other)| one.key == other.key && is_same(&one.node.value, &other.node.value))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(range: std::ops::Range<usize>, text: &str) -> Edit {
        Edit { span: Span::new(range), text: text.to_owned() }
    }

    #[test]
    fn what_is_not_edited_stays_byte_for_byte() {
        let file = "\u{feff}---\r\ntitle: One\r\nstatus: draft # note\r\n---\r\nText.\n";
        let text = Source::new("x.md", file.to_owned()).text;
        let at = text.find("draft").unwrap();
        let made = edited(file, &[edit(at..at + 5, "scheduled")]);
        assert_eq!(made, file.replace("draft", "scheduled"));
        let end = text.find("---\nText").unwrap();
        let made = edited(file, &[edit(end..end, "owner: Ada\n"), edit(at..at + 5, "closed")]);
        assert_eq!(made, file.replace("draft", "closed").replace("# note\r\n", "# note\r\nowner: Ada\r\n"));
        assert_eq!(edited(file, &[]), file);
    }

    #[test]
    fn an_edit_that_reaches_into_another_is_left_out() {
        assert_eq!(edited("abcdef", &[edit(1..4, "X"), edit(2..3, "Y"), edit(4..5, "Z")]), "aXZf");
    }

    #[test]
    fn what_else_changed_is_seen() {
        let tree = |text: &str| front_matter_of(&Source::new("x.md", format!("---\n{text}\n---\n"))).unwrap();
        let before = tree("title: One\nstatus: draft\ntags: [a, b]");
        let span = |of: &str| {
            let at = "---\ntitle: One\nstatus: draft\ntags: [a, b]".find(of).unwrap();
            Span::new(at..at + of.len())
        };
        let after = tree("title: One\nstatus: \"closed\"\ntags: [a, b]");
        assert!(says_the_same_but(&before, &after, &[span("draft")]));
        assert!(!says_the_same_but(&before, &after, &[span("One")]));
        assert!(says_the_same_but(&before, &tree("title: \"One\"\nstatus: draft\ntags:\n  - a\n  - b"), &[]));
        assert!(!says_the_same_but(&before, &tree("title: One\nstatus: draft"), &[span("[a, b]")]));
    }
}
