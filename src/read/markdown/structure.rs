//! The one stack of open elements, so that what goes out is balanced and stands where HTML allows it.
//!
//! Markdown's own elements are barriers: raw HTML cannot close them, and their end closes what raw
//! HTML opened inside them.

use std::ops::Range;

use super::element::Element;
use super::reference::Reference;
use super::visitor::{Detail, Visitor};

/// Browsers, and the programs that check pages, give up on trees a few hundred elements deep.
const DEEPEST: usize = 100;

/// Who opened an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    Markdown,
    Raw,
    /// Nobody did, but what followed cannot stand without it.
    Implied,
}

#[derive(Debug)]
pub(super) struct Open {
    pub(super) element: Element,
    pub(super) origin: Origin,
    pub(super) is_shown: bool,
    /// The visitor's mark.
    pub(super) mark: usize,
    /// How much text and how many things there were when it was opened.
    pub(super) texts: usize,
    things: usize,
}

/// The open elements, and the visitor that is told of them.
#[derive(Debug)]
pub(super) struct Structure<V> {
    pub(super) visitor: V,
    /// Whether what Markdown begins stands in a script or style of raw HTML.
    pub(super) is_hidden: bool,
    pub(super) open: Vec<Open>,
    pub(super) texts: usize,
    pub(super) things: usize,
    /// Anchors of the author's that wait for the next text.
    pub(super) waiting: Vec<String>,
    /// Whether a heading of Markdown is open that begins a section.
    pub(super) is_in_section_heading: bool,
    quiet: usize,
    links: usize,
    headings: usize,
}

impl<V: Visitor> Structure<V> {
    pub(super) fn new(visitor: V) -> Structure<V> {
        Structure {
            visitor,
            is_hidden: false,
            open: Vec::with_capacity(16),
            texts: 0,
            things: 0,
            waiting: Vec::new(),
            is_in_section_heading: false,
            quiet: 0,
            links: 0,
            headings: 0,
        }
    }

    /// Whether text is here taken as it is.
    pub(super) fn is_quiet(&self) -> bool {
        self.quiet > 0
    }

    /// Whether a heading is open.
    pub(super) fn is_in_heading(&self) -> bool {
        self.headings > 0
    }

    /// Whether a link is open, shown or not.
    pub(super) fn is_in_link(&self) -> bool {
        self.links > 0
    }

    /// Whether nothing is open that a block of Markdown would stand in.
    pub(super) fn is_at_top(&self) -> bool {
        self.open.iter().all(|open| open.element.is_phrasing() || open.element.is_leaf())
    }

    /// Closes everything and gives the visitor back.
    pub(super) fn finish(mut self) -> V {
        self.pop_to(0);
        self.settle_all();
        self.visitor
    }

    // What Markdown asks for.

    /// A block of Markdown begins.
    pub(super) fn begin_block(&mut self, element: Element, detail: Detail<'_>) {
        self.ready_for_markdown();
        self.begin(element, detail);
    }

    /// Something within a line of Markdown begins.
    pub(super) fn begin_inline(&mut self, element: Element) {
        if !self.is_hidden {
            self.ready();
            self.settle();
        }
        self.begin(element, Detail::None);
    }

    /// A part that Markdown itself put in its place: an item, a row.
    pub(super) fn begin(&mut self, element: Element, detail: Detail<'_>) {
        let is_shown = match element {
            Element::Paragraph | Element::CodeBlock | Element::Table => true,
            Element::Item | Element::Cell | Element::HeaderCell | Element::Row => self.is_top_shown(),
            Element::TableHead | Element::TableBody => self.is_top_shown(),
            _ => self.has_room(),
        };
        self.push(element, Origin::Markdown, is_shown && !self.is_hidden, detail);
    }

    /// A heading of Markdown: the visitor writes its tags, once it knows the anchor.
    pub(super) fn begin_heading(&mut self, is_nested: bool) {
        self.is_hidden = false;
        self.ready_for_markdown();
        self.visitor.heading_start(is_nested);
        self.is_in_section_heading = !is_nested;
        self.push(Element::Heading(1), Origin::Markdown, false, Detail::None);
    }

    /// A footnote: the visitor keeps its text apart, so nothing around it matters.
    pub(super) fn begin_footnote(&mut self, name: &str) {
        self.visitor.footnote_start(name);
        self.push(Element::Footnote, Origin::Markdown, false, Detail::None);
    }

    /// The innermost element of Markdown ends.
    pub(super) fn end(&mut self) {
        self.end_raw();
        if !self.open.is_empty() {
            self.pop();
        }
    }

    /// Closes what raw HTML opened inside the innermost element of Markdown.
    pub(super) fn end_raw(&mut self) {
        let barrier = self.barrier();
        self.pop_to(barrier);
    }

    /// A link of Markdown begins.
    pub(super) fn begin_link(&mut self, reference: Reference<'_>, title: &str, range: Range<usize>) {
        if self.is_hidden {
            self.push_open(Element::Link, Origin::Markdown, false, 0);
            return;
        }
        self.ready();
        self.settle();
        self.push_link(Origin::Markdown, reference, title, range);
    }

    /// A rule of Markdown.
    pub(super) fn rule(&mut self) {
        self.ready_for_markdown();
        self.things += 1;
        self.visitor.rule();
    }

    // The stack.

    /// The index behind the innermost element of Markdown.
    pub(super) fn barrier(&self) -> usize {
        self.open.iter().rposition(|open| open.origin == Origin::Markdown).map_or(0, |index| index + 1)
    }

    pub(super) fn has_room(&mut self) -> bool {
        let has_room = self.open.len() < DEEPEST;
        if !has_room {
            self.visitor.too_deep();
        }
        has_room
    }

    fn is_top_shown(&self) -> bool {
        self.open.last().is_none_or(|top| top.is_shown)
    }

    /// Whether nothing has come into it so far.
    pub(super) fn is_bare(&self, open: &Open) -> bool {
        open.texts == self.texts && open.things == self.things
    }

    pub(super) fn push(&mut self, element: Element, origin: Origin, is_shown: bool, detail: Detail<'_>) {
        self.things += 1;
        let mark = if is_shown { self.visitor.open(element, detail) } else { 0 };
        self.push_open(element, origin, is_shown, mark);
    }

    pub(super) fn push_link(&mut self, origin: Origin, reference: Reference<'_>, title: &str, range: Range<usize>) {
        self.things += 1;
        let may_show = !self.is_in_link() && self.has_room();
        let is_shown = self.visitor.link(reference, title, range, may_show);
        self.push_open(Element::Link, origin, is_shown, 0);
    }

    fn push_open(&mut self, element: Element, origin: Origin, is_shown: bool, mark: usize) {
        self.quiet += usize::from(element.is_quiet());
        self.links += usize::from(element == Element::Link);
        self.headings += usize::from(matches!(element, Element::Heading(_)));
        self.open.push(Open { element, origin, is_shown, mark, texts: self.texts, things: self.things });
    }

    pub(super) fn pop_to(&mut self, length: usize) {
        while self.open.len() > length {
            self.pop();
        }
    }

    pub(super) fn pop(&mut self) {
        let Some(open) = self.open.pop() else { return };
        self.quiet -= usize::from(open.element.is_quiet());
        self.links -= usize::from(open.element == Element::Link);
        self.headings -= usize::from(matches!(open.element, Element::Heading(_)));
        if !open.is_shown {
            return;
        }
        if open.element == Element::Link && open.texts == self.texts {
            self.texts += 1;
            self.visitor.fill_link();
        }
        if open.element == Element::Details && self.is_bare(&open) {
            self.imply_summary();
        }
        if matches!(open.element, Element::Heading(_) | Element::Paragraph) && self.is_bare(&open) {
            self.visitor.cut(open.element, open.mark);
        } else {
            self.visitor.close(open.element, open.mark);
        }
    }

    /// Opens and closes what must be open or closed before text or a block may follow.
    #[inline]
    pub(super) fn ready(&mut self) {
        while let Some(top) = self.open.last()
            && top.is_shown
        {
            if top.element == Element::Details {
                if self.is_bare(top) {
                    self.imply_summary();
                }
                return;
            }
            let Some(child) = top.element.implied_child() else { return };
            if top.origin == Origin::Implied && top.element.is_list() {
                self.pop();
            } else {
                self.push(child, Origin::Implied, true, Detail::None);
            }
        }
    }

    /// Ends what raw HTML left open and what cannot hold a block of Markdown.
    fn ready_for_markdown(&mut self) {
        if self.is_hidden {
            return;
        }
        while let Some(top) = self.open.last()
            && top.origin != Origin::Markdown
            && (top.element.is_phrasing() || top.element.is_leaf())
        {
            self.pop();
        }
        self.ready();
    }

    fn imply_summary(&mut self) {
        self.push(Element::Summary, Origin::Implied, true, Detail::None);
        self.visitor.text("Details");
        self.pop();
    }
}
