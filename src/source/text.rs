//! One text with its path, and places in it.

use std::sync::Arc;

/// A range of bytes in a [`Source`]'s text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// The span of a byte range; texts are far below four gigabytes.
    pub fn new(range: std::ops::Range<usize>) -> Span {
        Span { start: range.start as u32, end: range.end as u32 }
    }

    /// The span as a range for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The same span in a text that this one's text begins at `offset` of.
    pub fn shifted(self, offset: usize) -> Span {
        Span { start: self.start + offset as u32, end: self.end + offset as u32 }
    }
}

/// The number of a [`Source`] among [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub u32);

impl SourceId {
    /// `relbook.toml`: the first text of every site, and an empty one where it has none.
    pub const SETTINGS: SourceId = SourceId(0);
}

/// A span in one of the sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The text.
    pub source: SourceId,
    /// Where in it.
    pub span: Span,
}

/// One text with its path below the site's folder, `/` between its parts.
///
/// Line ends are LF and there is no byte-order mark, whatever the file has; lines and columns are
/// the file's own all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path below the site's folder.
    pub path: String,
    /// The text. Whoever needs another set of texts shares those that stay the same.
    pub text: Arc<str>,
}

/// A place as people count: from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Source {
    /// A source from a file's text: without byte-order mark, CRLF and CR read as LF.
    pub fn new(path: impl Into<String>, text: String) -> Source {
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        };
        let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
        Source { path: path.into(), text: text.into() }
    }

    /// Line and column of a byte offset; an offset beyond the text is its end.
    pub fn position(&self, offset: u32) -> Position {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &self.text[..offset];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Position {
            line: before.bytes().filter(|&byte| byte == b'\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

/// All texts of a run, each with a number.
#[derive(Debug, Clone, Default)]
pub struct Sources(Vec<Source>);

impl Sources {
    /// Adds a text and gives its number.
    pub fn add(&mut self, source: Source) -> SourceId {
        self.0.push(source);
        SourceId(self.0.len() as u32 - 1)
    }

    /// Puts a text in the place of another, and gives that one.
    pub fn replace(&mut self, id: SourceId, source: Source) -> Source {
        std::mem::replace(&mut self.0[id.0 as usize], source)
    }

    /// All texts with their numbers, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.0.iter().enumerate().map(|(index, source)| (SourceId(index as u32), source))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::ops::Index<SourceId> for Sources {
    type Output = Source;

    fn index(&self, id: SourceId) -> &Source {
        &self.0[id.0 as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_every_kind_of_line_end() {
        let source = Source::new("a.md", "\u{feff}eins\r\nzw\u{f6}lf\rdrei\n".to_owned());
        assert_eq!(&*source.text, "eins\nzw\u{f6}lf\ndrei\n");
        let offset = source.text.find("lf").unwrap() as u32;
        assert_eq!(source.position(offset), Position { line: 2, column: 4 });
        assert_eq!(source.position(9999), Position { line: 4, column: 1 });
    }
}
