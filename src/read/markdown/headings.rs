//! Headings of Markdown: which begin sections, which only say the page's title again, and their anchors.

use std::ops::Range;

use pulldown_cmark::{Event, TagEnd};

use super::element::Element;
use super::reference::Options;
use super::title::{attributes, is_page_title};
use super::visitor::{Detail, Title, Visitor};
use super::walk::Walk;

impl<'a, V: Visitor> Walk<'a, V> {
    /// A heading outside all containers begins a section, whatever raw HTML is still open.
    pub(super) fn start_heading(&mut self, written: u8, range: Range<usize>) {
        let is_nested = self.containers > 0;
        if !is_nested {
            self.structure.end_raw();
        }
        self.leaf = range.clone();
        if is_nested && self.structure.is_hidden {
            self.structure.begin(Element::Paragraph, Detail::None);
            return;
        }
        self.structure.begin_heading(is_nested);
        self.is_before_headings &= is_nested;
        self.title_end = attributes(self.body, range.clone()).map_or(usize::MAX, |(_, end)| end);
        self.title = Some((String::with_capacity(range.len()), written, range));
    }

    pub(super) fn end_heading(&mut self) {
        self.structure.end();
        self.structure.is_in_section_heading = false;
        self.title_end = usize::MAX;
        let Some((text, written, range)) = self.title.take() else { return };
        let is_nested = self.containers > 0;
        let place = if is_nested { self.levels.nested(written) } else { self.levels.section(written) };
        let text = match text.trim() {
            trimmed if trimmed.len() == text.len() => text,
            trimmed => trimmed.to_owned(),
        };
        let id = attributes(self.body, range.clone()).map(|(id, _)| id);
        let (anchor, is_of_id) = self.anchors.next(&text, id, is_nested);
        let own = id.filter(|_| is_of_id).map(str::to_owned);
        let title = Title { depth: place.depth, level: place.level, text, anchor, id: own, is_nested, range };
        self.structure.visitor.heading_end(title);
        // A part of the plan keeps its own anchor, and gets the author's beside it.
        if let Some(id) = id.filter(|_| !is_of_id)
            && let Some(anchor) = self.anchors.of_id(id)
        {
            self.structure.visitor.id(id, &anchor);
            self.structure.wait(anchor);
        }
    }

    /// The first heading that begins a section: left out where the page has it already.
    pub(super) fn first_heading(
        &mut self,
        start: Event<'a>,
        range: Range<usize>,
        events: &mut impl Iterator<Item = (Event<'a>, Range<usize>)>,
        options: &Options<'_>,
    ) {
        let mut text = String::new();
        let mut inner = Vec::new();
        for (event, range) in events {
            let is_end = matches!(event, Event::End(TagEnd::Heading(_)));
            match &event {
                Event::Text(words) | Event::Code(words) => text.push_str(words),
                Event::SoftBreak | Event::HardBreak => text.push(' '),
                _ => {}
            }
            inner.push((event, range));
            if is_end {
                break;
            }
        }
        let id = attributes(self.body, range.clone()).map(|(id, _)| id);
        if id.is_some() {
            text.truncate(text.rfind('{').unwrap_or(text.len()));
        }
        let is_of_plan = (options.fixed_anchor)(&text).is_some();
        if !is_of_plan && is_page_title(&text, options.page_title, options.page_id) {
            self.flush();
            self.structure.end_raw();
            self.is_before_headings = false;
            self.structure.visitor.title_again(text.trim().to_owned(), id, range);
            return;
        }
        self.event(start, range);
        inner.into_iter().for_each(|(event, range)| self.event(event, range));
    }
}
