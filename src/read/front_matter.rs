//! Finds the front matter of a text and the body behind it.

use gray_matter::engine::Engine;
use gray_matter::{Matter, Pod};

use super::lints::UNCLOSED_FRONT_MATTER;
use crate::diag::Sink;
use crate::source::{Source, Span};

/// Where the front matter and the body of a text stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontMatter {
    /// Whether it is TOML between `+++` lines, and not YAML between `---` lines.
    pub is_toml: bool,
    /// The opening fence.
    pub fence: Span,
    /// What stands between the fences.
    pub matter: Span,
    /// What stands behind them.
    pub body: Span,
}

/// Splits without parsing: gray_matter's own parsers lose places and exact lexemes.
struct Raw;

impl Engine for Raw {
    fn parse(_: &str) -> gray_matter::Result<Pod> {
        Ok(Pod::Null)
    }
}

/// Finds the front matter of a text; a finding and `None` where there is none or its end is missing.
pub fn split(source: &Source, sink: &Sink) -> Option<FrontMatter> {
    let text = &source.text;
    let first_line = text.split('\n').next().unwrap_or_default();
    let (fence, is_toml) = match first_line.trim_end() {
        "---" => ("---", false),
        "+++" => ("+++", true),
        _ => {
            sink.push(
                sink.finding(&UNCLOSED_FRONT_MATTER, Span::new(0..first_line.len()), "the file has no front matter")
                    .label("expected `---` (YAML) or `+++` (TOML) here")
                    .help("begin the file with a `---` line, the record's keys, and another `---` line"),
            );
            return None;
        }
    };
    let fence_span = Span::new(0..first_line.len());
    let Some((close, body)) = closing_fence(text, first_line.len() + 1, fence) else {
        sink.push(
            sink.finding(&UNCLOSED_FRONT_MATTER, fence_span, format!("the front matter has no closing `{fence}`"))
                .label("opened here")
                .help(format!("put a line with only `{fence}` behind the last key")),
        );
        return None;
    };
    let mut matter = Matter::<Raw>::new();
    matter.delimiter = fence.to_owned();
    let head = &text[..close];
    let found = matter.parse::<Pod>(&format!("{head}{fence}\n")).map(|parsed| parsed.matter).unwrap_or_default();
    // It comes back trimmed: the exact lines are between the fences that it accepted.
    let matter = if found.is_empty() { close..close } else { (first_line.len() + 1).min(close)..close };
    Some(FrontMatter { is_toml, fence: fence_span, matter: Span::new(matter), body: Span::new(body..text.len()) })
}

/// The offset of the closing fence's line, and the one behind it.
fn closing_fence(text: &str, from: usize, fence: &str) -> Option<(usize, usize)> {
    let mut offset = from;
    for line in text.get(from..)?.split_inclusive('\n') {
        if line.trim_end() == fence {
            return Some((offset, offset + line.len()));
        }
        offset += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceId;

    fn parts(text: &str) -> Result<(String, String), String> {
        let sink = Sink::new(SourceId(0));
        let source = Source::new("a.md", text.to_owned());
        match split(&source, &sink) {
            Some(found) => {
                Ok((source.text[found.matter.range()].to_owned(), source.text[found.body.range()].to_owned()))
            }
            None => Err(sink.into_findings().remove(0).message),
        }
    }

    #[test]
    fn keeps_first_indent_marks_and_line_ends() {
        assert_eq!(parts("---\n  a: 1\n---\nb\n"), Ok(("  a: 1\n".into(), "b\n".into())));
        assert_eq!(parts("\u{feff}---\r\na: 1\r\n---\r\nb"), Ok(("a: 1\n".into(), "b".into())));
        assert_eq!(parts("+++\na = 1\n+++\n"), Ok(("a = 1\n".into(), String::new())));
        assert_eq!(parts("---\n---\nb"), Ok((String::new(), "b".into())));
        assert_eq!(
            parts("---\na: 1\n---\n| x |\n| --- |\n---\nz"),
            Ok(("a: 1\n".into(), "| x |\n| --- |\n---\nz".into()))
        );
    }

    #[test]
    fn says_what_is_missing() {
        assert_eq!(parts("---\na: 1\nbody"), Err("the front matter has no closing `---`".into()));
        assert_eq!(parts("body"), Err("the file has no front matter".into()));
        assert_eq!(parts(""), Err("the file has no front matter".into()));
    }
}
