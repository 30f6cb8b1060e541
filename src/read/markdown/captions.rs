//! Lines that could be meant as headings and begin no section: in raw HTML, quotations, lists and tables, in bold type,
//! before a colon.

use std::ops::Range;

use super::element::Element;

/// What is longer is no heading.
const LONGEST: usize = 80;

/// A line, or its beginning, that could be meant as a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caption {
    /// Its text without markup.
    pub text: String,
    /// Whether it is set apart as headings are: by an element, or in bold or italic type.
    pub is_marked: bool,
    /// The place in the body of the innermost block that it stands in.
    pub place: Range<usize>,
    /// Where the outermost block begins that it stands in.
    pub block: usize,
}

/// Gathers captions while a body is told.
#[derive(Debug, Default)]
pub(super) struct Captions {
    /// Whether lines are wanted that nothing sets apart.
    wants_plain: bool,
    found: Vec<Caption>,
    line: Line,
    /// The lines of the open block, as one.
    block: Line,
    marks: usize,
    links: usize,
    is_in_title: bool,
    place: Range<usize>,
    outermost: usize,
}

/// A line as far as it is needed.
#[derive(Debug, Default)]
struct Line {
    text: String,
    is_cut: bool,
    /// Where the first letter stands that nothing sets apart.
    plain_from: Option<usize>,
    /// Whether anything stands outside of links.
    is_said: bool,
}

impl Captions {
    pub(super) fn new(wants_plain: bool) -> Captions {
        Captions { wants_plain, ..Captions::default() }
    }

    pub(super) fn finish(mut self) -> Vec<Caption> {
        self.end_block();
        self.found
    }

    pub(super) fn place(&mut self, range: Range<usize>, is_outermost: bool) {
        if is_outermost {
            self.outermost = range.start;
        }
        self.place = range;
    }

    pub(super) fn link(&mut self) {
        self.links += 1;
    }

    pub(super) fn open(&mut self, element: Element) {
        if !element.is_phrasing() {
            self.end_block();
        }
        self.marks += usize::from(is_mark(element));
    }

    pub(super) fn close(&mut self, element: Element) {
        if !element.is_phrasing() {
            self.end_block();
        }
        self.marks -= usize::from(is_mark(element));
        self.links -= usize::from(element == Element::Link);
    }

    pub(super) fn heading_start(&mut self, is_nested: bool) {
        self.end_block();
        self.is_in_title = !is_nested;
        self.marks += 1;
    }

    pub(super) fn heading_end(&mut self) {
        self.end_block();
        self.is_in_title = false;
        self.marks -= 1;
    }

    pub(super) fn text(&mut self, text: &str) {
        if self.is_in_title {
            return;
        }
        for (number, part) in text.split('\n').enumerate() {
            if number > 0 {
                self.end_line();
            }
            let (is_marked, is_linked) = (self.marks > 0, self.links > 0);
            self.line.push(part, is_marked, is_linked);
            self.block.push(part, is_marked, is_linked);
        }
    }

    pub(super) fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        self.take(&line);
        self.block.push(" ", true, true);
    }

    pub(super) fn end_block(&mut self) {
        let line = std::mem::take(&mut self.line);
        self.take(&line);
        let block = std::mem::take(&mut self.block);
        self.take(&block);
    }

    /// A line as a whole, what it sets apart at its beginning, and what stands before its colon.
    fn take(&mut self, line: &Line) {
        // Most lines are prose from their first letter on.
        if !self.wants_plain && line.plain_from == Some(0) {
            return;
        }
        let is_heading = |end: usize| line.plain_from.is_none_or(|plain| plain >= end);
        let whole = (!line.is_cut).then_some(line.text.len());
        for end in
            [whole, line.plain_from.filter(|&end| end > 0), line.text.find([':', '\u{ff1a}'])].into_iter().flatten()
        {
            let is_marked = is_heading(end);
            let is_sought = is_marked || (self.wants_plain && line.is_said);
            if !is_sought {
                continue;
            }
            let text = without_tags(&line.text[..end]);
            let text = text.trim();
            let is_new = self.found.last().is_none_or(|last| last.text != text || last.place != self.place);
            if is_new && text.contains(char::is_alphabetic) {
                let (place, block) = (self.place.clone(), self.outermost);
                self.found.push(Caption { text: text.to_owned(), is_marked, place, block });
            }
        }
    }
}

impl Line {
    fn push(&mut self, text: &str, is_marked: bool, is_linked: bool) {
        if self.is_cut {
            return;
        }
        let letter = || text.find(char::is_alphanumeric);
        if !is_marked && self.plain_from.is_none() {
            self.plain_from = letter().map(|at| self.text.len() + at);
        }
        self.is_said |= !is_linked && letter().is_some();
        self.text.push_str(text);
        if self.text.len() > LONGEST {
            self.is_cut = true;
            let mut end = LONGEST;
            while !self.text.is_char_boundary(end) {
                end -= 1;
            }
            self.text.truncate(end);
            self.plain_from = self.plain_from.filter(|&plain| plain <= end);
        }
    }
}

/// Elements whose text looks like a heading.
fn is_mark(element: Element) -> bool {
    matches!(
        element,
        Element::Heading(_)
            | Element::Summary
            | Element::Term
            | Element::Inline("strong" | "b" | "em" | "i" | "u" | "mark")
    )
}

/// Without the names of elements that are printed as text.
fn without_tags(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    while let Some((before, tag)) = rest.split_once('<') {
        kept.push_str(before);
        match tag.split_once('>') {
            Some((_, behind)) => rest = behind,
            None => {
                rest = tag;
                break;
            }
        }
    }
    kept.push_str(rest);
    kept
}
