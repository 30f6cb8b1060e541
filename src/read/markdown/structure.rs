//! The one stack of open elements, so that what goes out is balanced and stands where HTML allows it.
//!
//! Markdown's own elements are barriers: raw HTML cannot close them, and their end closes what raw
//! HTML opened inside them.

use std::ops::Range;

use super::Reference;
use super::element::Element;
use super::visitor::{Detail, Image, Visitor};

/// Browsers, and the programs that check pages, give up on trees a few hundred elements deep.
const DEEPEST: usize = 100;

/// Who opened an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    Markdown,
    Raw,
    /// Nobody did, but what followed cannot stand without it.
    Implied,
}

#[derive(Debug)]
struct Open {
    element: Element,
    origin: Origin,
    is_shown: bool,
    /// The visitor's mark.
    mark: usize,
    /// How much text and how many things there were when it was opened.
    texts: usize,
    things: usize,
}

/// The open elements, and the visitor that is told of them.
#[derive(Debug)]
pub(super) struct Structure<V> {
    pub(super) visitor: V,
    open: Vec<Open>,
    texts: usize,
    things: usize,
    quiet: usize,
    links: usize,
    headings: usize,
}

impl<V: Visitor> Structure<V> {
    pub(super) fn new(visitor: V) -> Structure<V> {
        Structure { visitor, open: Vec::with_capacity(16), texts: 0, things: 0, quiet: 0, links: 0, headings: 0 }
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

    /// Closes everything and gives the visitor back.
    pub(super) fn finish(mut self) -> V {
        self.pop_to(0);
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
        self.ready();
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
        self.push(element, Origin::Markdown, is_shown, detail);
    }

    /// A heading of Markdown: the visitor writes its tags, once it knows the anchor.
    pub(super) fn begin_heading(&mut self, is_nested: bool) {
        self.ready_for_markdown();
        self.visitor.heading_start(is_nested);
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
        self.ready();
        self.push_link(Origin::Markdown, reference, title, range);
    }

    // What may come from either.

    /// Text, also of white space only.
    pub(super) fn text(&mut self, text: &str) {
        if text.bytes().any(|byte| !byte.is_ascii_whitespace()) {
            self.ready();
            self.texts += 1;
        }
        self.visitor.text(text);
    }

    /// A bare id.
    pub(super) fn mention(&mut self, token: &str, range: Range<usize>) {
        self.ready();
        self.texts += 1;
        self.visitor.mention(token, range);
    }

    /// Inline code.
    pub(super) fn code(&mut self, code: &str) {
        self.ready();
        self.texts += 1;
        self.visitor.code(code);
    }

    /// An image.
    pub(super) fn image(&mut self, image: &Image<'_>, range: Range<usize>) {
        self.ready();
        self.things += 1;
        let is_in_link = self.is_in_link();
        self.texts += usize::from(is_in_link || !image.alternative.is_empty());
        self.visitor.image(&Image { is_in_link, ..*image }, range);
    }

    /// Something that is not text and stands in a line.
    pub(super) fn thing(&mut self, tell: impl FnOnce(&mut V)) {
        self.ready();
        self.things += 1;
        tell(&mut self.visitor);
    }

    /// A rule of Markdown.
    pub(super) fn rule(&mut self) {
        self.ready_for_markdown();
        self.things += 1;
        self.visitor.rule();
    }

    // What raw HTML asks for.

    /// A start tag. Where the element may not stand, nothing happens.
    pub(super) fn start_tag(&mut self, element: Element, detail: Detail<'_>) {
        if !self.has_room() {
            return;
        }
        let is_placed = match element {
            Element::Item => self.ready_for_part(Element::is_list, Element::UnorderedList),
            Element::Term | Element::Description => {
                self.ready_for_part(|parent| parent == Element::DescriptionList, Element::DescriptionList)
            }
            Element::Caption => self.ready_for_table_part(|parent| parent == Element::Table),
            Element::TableHead | Element::TableBody | Element::TableFoot => {
                self.ready_for_table_part(|parent| parent == Element::Table)
            }
            Element::Row => self.ready_for_table_part(Element::holds_rows),
            Element::Cell | Element::HeaderCell => self.ready_for_cell(),
            Element::Summary => {
                self.open.last().is_some_and(|top| top.element == Element::Details && self.is_bare(top))
            }
            _ if element.is_phrasing() => {
                self.ready();
                true
            }
            _ => self.ready_for_block(element),
        };
        let is_misplaced = element == Element::Caption && !self.open.last().is_some_and(|table| self.is_bare(table));
        if is_placed && !is_misplaced {
            self.push(element, Origin::Raw, true, detail);
        } else {
            self.visitor.text(" ");
        }
    }

    /// `<a href>`: a second one ends the first.
    pub(super) fn start_link(&mut self, reference: Reference<'_>, title: &str, range: Range<usize>) {
        if self.is_in_link() {
            self.end_tag(Element::Link);
        }
        self.ready();
        self.push_link(Origin::Raw, reference, title, range);
    }

    /// `<hr>`.
    pub(super) fn rule_tag(&mut self) {
        if self.has_room() && self.ready_for_block(Element::Division) {
            self.things += 1;
            self.visitor.rule();
        }
    }

    /// An end tag; one that ends nothing is left out, and the answer is no.
    pub(super) fn end_tag(&mut self, element: Element) -> bool {
        let is_same = |open: Element| match (open, element) {
            (Element::Heading(_), Element::Heading(_)) => true,
            _ => open == element,
        };
        let found = self.open[self.barrier()..].iter().rev().position(|open| is_same(open.element));
        let Some(inside) = found else { return false };
        let index = self.open.len() - 1 - inside;
        if self.open[index + 1..].iter().any(|open| is_fence(open.element, element)) {
            return false;
        }
        self.pop_to(index);
        true
    }

    // The stack.

    /// The index behind the innermost element of Markdown.
    fn barrier(&self) -> usize {
        self.open.iter().rposition(|open| open.origin == Origin::Markdown).map_or(0, |index| index + 1)
    }

    fn has_room(&mut self) -> bool {
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
    fn is_bare(&self, open: &Open) -> bool {
        open.texts == self.texts && open.things == self.things
    }

    fn push(&mut self, element: Element, origin: Origin, is_shown: bool, detail: Detail<'_>) {
        self.things += 1;
        let mark = if is_shown { self.visitor.open(element, detail) } else { 0 };
        self.push_open(element, origin, is_shown, mark);
    }

    fn push_link(&mut self, origin: Origin, reference: Reference<'_>, title: &str, range: Range<usize>) {
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

    fn pop_to(&mut self, length: usize) {
        while self.open.len() > length {
            self.pop();
        }
    }

    fn pop(&mut self) {
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
        let is_empty_heading = matches!(open.element, Element::Heading(_)) && self.is_bare(&open);
        if is_empty_heading {
            self.visitor.cut(open.mark);
        } else {
            self.visitor.close(open.element, open.mark);
        }
    }

    /// Opens and closes what must be open or closed before text or a block may follow.
    #[inline]
    fn ready(&mut self) {
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
        while let Some(top) = self.open.last()
            && top.origin != Origin::Markdown
            && (top.element.is_phrasing() || is_leaf(top.element))
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

    /// Whether a block of raw HTML may stand here, after what it ends has been closed.
    fn ready_for_block(&mut self, element: Element) -> bool {
        let holder = self.open.iter().rposition(|open| !open.element.is_phrasing() || open.origin == Origin::Markdown);
        if let Some(index) = holder {
            let open = &self.open[index];
            let is_markdown = open.origin == Origin::Markdown;
            match open.element {
                Element::Heading(_) if !is_markdown => {
                    let is_inner = matches!(element, Element::Paragraph | Element::Division);
                    if is_inner || open.texts == self.texts {
                        return false;
                    }
                    self.pop_to(index);
                }
                Element::Paragraph if is_markdown => {
                    self.pop_to(index + 1);
                    self.widen();
                }
                Element::Paragraph => self.pop_to(index),
                other if is_leaf(other) || other.is_phrasing() => return false,
                _ => self.pop_to(index + 1),
            }
        } else {
            self.pop_to(0);
        }
        self.ready();
        true
    }

    /// The paragraph on top becomes a division.
    fn widen(&mut self) {
        if let Some(top) = self.open.last_mut() {
            top.element = Element::Division;
            if top.is_shown {
                self.visitor.widen(top.mark);
            }
        }
    }

    /// Goes back to the list that an item belongs to, or opens one.
    fn ready_for_part(&mut self, is_parent: impl Fn(Element) -> bool, implied: Element) -> bool {
        let barrier = self.barrier();
        let near = self.open[barrier..].iter().rposition(|open| {
            is_parent(open.element)
                || matches!(open.element, Element::Cell | Element::HeaderCell | Element::Quote | Element::Division)
                || matches!(open.element, Element::Table | Element::Details)
        });
        match near.map(|index| barrier + index) {
            Some(index) if is_parent(self.open[index].element) => self.pop_to(index + 1),
            _ => {
                if !self.ready_for_block(implied) {
                    return false;
                }
                self.push(implied, Origin::Implied, true, Detail::None);
            }
        }
        true
    }

    /// Goes back to the part of a table that another part belongs to.
    fn ready_for_table_part(&mut self, is_parent: impl Fn(Element) -> bool) -> bool {
        let barrier = self.barrier();
        let parent = self.open[barrier..].iter().rposition(|open| is_parent(open.element));
        let table = self.open[barrier..].iter().rposition(|open| open.element == Element::Table);
        match (parent, table) {
            (Some(parent), Some(table)) if parent >= table => {
                self.pop_to(barrier + parent + 1);
                true
            }
            _ => false,
        }
    }

    fn ready_for_cell(&mut self) -> bool {
        if self.ready_for_table_part(|parent| parent == Element::Row) {
            return true;
        }
        let has_table = self.ready_for_table_part(Element::holds_rows);
        if has_table {
            self.push(Element::Row, Origin::Implied, true, Detail::None);
        }
        has_table
    }
}

/// Blocks that hold no block.
fn is_leaf(element: Element) -> bool {
    matches!(
        element,
        Element::Paragraph
            | Element::Heading(_)
            | Element::Summary
            | Element::Caption
            | Element::Preformatted
            | Element::CodeBlock
    )
}

/// Whether an end tag must not reach through an open element.
fn is_fence(open: Element, ended: Element) -> bool {
    match ended {
        _ if ended.is_phrasing() || is_leaf(ended) => !open.is_phrasing(),
        Element::Item => open.is_list() || open == Element::Table,
        Element::Term | Element::Description => matches!(open, Element::DescriptionList | Element::Table),
        _ => open == Element::Table,
    }
}
