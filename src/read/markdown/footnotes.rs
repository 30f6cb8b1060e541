//! Footnotes: numbered as they are referred to, and printed under the section that does so first.

use std::collections::HashMap;
use std::fmt::Write;

/// All footnotes of a body. Their ids have a colon, which no anchor of a heading has.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    notes: Vec<Note>,
    by_name: HashMap<String, usize>,
    numbered: usize,
    /// The definitions that are open, each with the page's text so far.
    open: Vec<(usize, String)>,
    /// The section, and the note that is referred to in it.
    references: Vec<(usize, usize)>,
}

#[derive(Debug, Default)]
struct Note {
    number: Option<usize>,
    html: Option<String>,
    /// The section in which its text stands.
    section: usize,
    /// The notes that it refers to.
    references: Vec<usize>,
    is_placed: bool,
}

impl Footnotes {
    /// Adds a reference to the text of a section.
    pub(super) fn refer(&mut self, out: &mut String, name: &str, section: usize, is_in_link: bool) {
        let index = self.note(name);
        let is_first = self.notes[index].number.is_none();
        let number = self.number(index);
        match self.open.last() {
            Some(&(inside, _)) => self.notes[inside].references.push(index),
            None => self.references.push((section, index)),
        }
        let id = if is_first { format!(" id=\"fnref:{number}\"") } else { String::new() };
        let _ = write!(out, "<sup class=\"footnote\"{id}>");
        let _ = if is_in_link {
            write!(out, "{number}</sup>")
        } else {
            write!(out, "<a href=\"#fn:{number}\" aria-label=\"Footnote {number}\">{number}</a></sup>")
        };
    }

    /// The text of a note begins; it goes to a page of its own.
    pub(super) fn start(&mut self, out: &mut String, name: &str, section: usize) {
        let mut index = self.note(name);
        if self.notes[index].html.is_some() || self.open.iter().any(|&(open, _)| open == index) {
            // The first definition counts; a second one is printed, but nothing refers to it.
            index = self.notes.len();
            self.notes.push(Note::default());
        }
        self.notes[index].section = section;
        self.open.push((index, std::mem::take(out)));
    }

    /// The text of a note ends.
    pub(super) fn end(&mut self, out: &mut String) {
        if let Some((index, page)) = self.open.pop() {
            self.notes[index].html = Some(std::mem::replace(out, page));
        }
    }

    /// The list for each section that has notes, by the section's number.
    pub(super) fn lists(mut self) -> HashMap<usize, String> {
        let mut lists = HashMap::new();
        for (section, index) in std::mem::take(&mut self.references) {
            self.place(&mut lists, section, index);
        }
        // What nothing refers to is text all the same.
        for index in 0..self.notes.len() {
            self.place(&mut lists, self.notes[index].section, index);
        }
        for list in lists.values_mut() {
            list.insert_str(0, "<ol class=\"footnotes\">\n");
            list.push_str("</ol>\n");
        }
        lists
    }

    fn place(&mut self, lists: &mut HashMap<usize, String>, section: usize, first: usize) {
        let mut waiting = vec![first];
        while let Some(index) = waiting.pop() {
            if std::mem::replace(&mut self.notes[index].is_placed, true) {
                continue;
            }
            waiting.extend(self.notes[index].references.iter().rev());
            let Some(html) = self.notes[index].html.take() else { continue };
            let is_referred_to = self.notes[index].number.is_some();
            let number = self.number(index);
            let list = lists.entry(section).or_default();
            let _ = write!(list, "<li id=\"fn:{number}\" value=\"{number}\">");
            let (text, end) = match html.trim_end().strip_suffix("</p>") {
                Some(text) => (text, "</p>"),
                None => (html.trim_end(), ""),
            };
            list.push_str(text);
            if is_referred_to {
                let _ = write!(list, " <a href=\"#fnref:{number}\" aria-label=\"Back to the text\">\u{21a9}</a>");
            }
            list.push_str(end);
            list.push_str("</li>\n");
        }
    }

    fn note(&mut self, name: &str) -> usize {
        if let Some(&index) = self.by_name.get(name) {
            return index;
        }
        self.notes.push(Note::default());
        self.by_name.insert(name.to_owned(), self.notes.len() - 1);
        self.notes.len() - 1
    }

    fn number(&mut self, index: usize) -> usize {
        if self.notes[index].number.is_none() {
            self.numbered += 1;
            self.notes[index].number = Some(self.numbered);
        }
        self.notes[index].number.unwrap_or(self.numbered)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }
}
