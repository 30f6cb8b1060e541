//! The words of a body, without markup: the beginning for a description, all for the search.

use super::element::Element;
use super::reference::Options;
use super::visitor::{Detail, Image, Title, Visitor};
use super::walk::walk;

/// The first `limit` characters of a body's prose, cut between words and then with an ellipsis.
/// Headings, code blocks and tables do not count as prose.
pub fn plain_text(body: &str, limit: usize) -> String {
    let mut words = walk(body, &Options::default(), Words::new(Some(limit))).words;
    if let Some((end, _)) = words.char_indices().nth(limit) {
        let cut = words[..end].rfind(' ').filter(|&space| space > end / 2).unwrap_or(end);
        words.truncate(cut);
        words.truncate(words.trim_end_matches([' ', ',', ';', ':', '.']).len());
        words.push('\u{2026}');
    }
    words
}

/// All words of a body, headings, code, tables and alternative texts too, with a blank line between paragraphs, and
/// where its headings stand among them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchableText {
    /// The words.
    pub text: Box<str>,
    /// The headings outside quotations and lists, in order.
    pub headings: Box<[std::ops::Range<usize>]>,
}

/// What comes before the next word.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Paragraph,
}

pub(super) struct Words {
    words: String,
    /// How many characters are wanted; then headings, code blocks and tables are left out.
    limit: Option<usize>,
    count: usize,
    gap: Gap,
    skipped: usize,
    headings: Vec<std::ops::Range<usize>>,
    heading_start: usize,
}

impl Words {
    pub(super) fn new(limit: Option<usize>) -> Words {
        Words {
            words: String::new(),
            limit,
            count: 0,
            gap: Gap::None,
            skipped: 0,
            headings: Vec::new(),
            heading_start: 0,
        }
    }

    /// What was gathered, copied to its exact size: it is kept for a while, and shrinking in place gives nothing back.
    pub(super) fn into_searchable(self) -> SearchableText {
        SearchableText { text: self.words.as_str().into(), headings: self.headings.as_slice().into() }
    }

    fn is_skipped(&self, element: Element) -> bool {
        self.limit.is_some() && matches!(element, Element::CodeBlock | Element::Table | Element::Heading(_))
    }

    fn want(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn push(&mut self, text: &str) {
        if self.skipped > 0 || self.is_done() {
            return;
        }
        if self.limit.is_none() {
            return self.push_all(text);
        }
        for letter in text.chars() {
            if letter.is_whitespace() {
                self.want(Gap::Space);
            } else if !letter.is_control() {
                if std::mem::take(&mut self.gap) > Gap::None && !self.words.is_empty() {
                    self.words.push(' ');
                    self.count += 1;
                }
                self.words.push(letter);
                self.count += 1;
                if self.is_done() {
                    return;
                }
            }
        }
    }
}

impl Words {
    /// As the visitor's, for those who still want the title.
    pub(super) fn end_heading(&mut self, is_nested: bool) {
        self.want(Gap::Paragraph);
        if !is_nested {
            self.headings.push(self.heading_start..self.words.len());
        }
        self.skipped -= usize::from(self.is_skipped(Element::Heading(1)));
    }

    /// As [`Words::push`], for a text that is wanted whole: what lies between blanks is copied at once.
    fn push_all(&mut self, text: &str) {
        let is_gap = |byte: u8| byte <= b' ' || byte == 0x7f;
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.bytes().position(is_gap).unwrap_or(rest.len());
            if end > 0 {
                match std::mem::take(&mut self.gap) {
                    Gap::None => {}
                    _ if self.words.is_empty() => {}
                    Gap::Space => self.words.push(' '),
                    Gap::Paragraph => self.words.push_str("\n\n"),
                }
                self.words.push_str(&rest[..end]);
            }
            let Some(gap) = rest.as_bytes().get(end) else { break };
            if gap.is_ascii_whitespace() {
                self.want(Gap::Space);
            }
            rest = &rest[end + 1..];
        }
    }
}

impl Visitor for Words {
    fn open(&mut self, element: Element, _: Detail<'_>) -> usize {
        if !element.is_phrasing() {
            self.want(Gap::Paragraph);
        }
        self.skipped += usize::from(self.is_skipped(element));
        0
    }

    fn close(&mut self, element: Element, _: usize) {
        if !element.is_phrasing() {
            self.want(Gap::Paragraph);
        }
        self.skipped -= usize::from(self.is_skipped(element));
    }

    fn cut(&mut self, element: Element, _: usize) {
        self.skipped -= usize::from(self.is_skipped(element));
    }

    fn text(&mut self, text: &str) {
        self.push(text);
    }

    fn code(&mut self, code: &str) {
        self.push(code);
    }

    fn mention(&mut self, token: &str, _: std::ops::Range<usize>) {
        self.push(token);
    }

    fn image(&mut self, image: &Image<'_>, _: std::ops::Range<usize>) {
        if self.limit.is_none() {
            self.push(image.alternative);
        }
    }

    fn line_break(&mut self) {
        self.want(Gap::Space);
    }

    fn rule(&mut self) {
        self.want(Gap::Paragraph);
    }

    fn heading_start(&mut self, _: bool) {
        self.want(Gap::Paragraph);
        self.heading_start = self.words.len();
        self.skipped += usize::from(self.is_skipped(Element::Heading(1)));
    }

    fn heading_end(&mut self, title: Title) {
        self.end_heading(title.is_nested);
    }

    fn is_done(&self) -> bool {
        self.limit.is_some_and(|limit| self.count > limit)
    }
}
