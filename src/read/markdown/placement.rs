//! Where a tag of raw HTML may stand, and what it ends before it does.

use std::ops::Range;

use super::element::Element;
use super::reference::Reference;
use super::structure::{Origin, Structure};
use super::visitor::{Detail, Visitor};

impl<V: Visitor> Structure<V> {
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
                self.settle();
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
        self.settle();
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
                other if other.is_leaf() || other.is_phrasing() => return false,
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

/// Whether an end tag must not reach through an open element.
fn is_fence(open: Element, ended: Element) -> bool {
    match ended {
        _ if ended.is_phrasing() || ended.is_leaf() => !open.is_phrasing(),
        Element::Item => open.is_list() || open == Element::Table,
        Element::Term | Element::Description => matches!(open, Element::DescriptionList | Element::Table),
        _ => open == Element::Table,
    }
}
