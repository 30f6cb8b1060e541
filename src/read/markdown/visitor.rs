//! What the walk tells: balanced elements, text, references.

use std::ops::Range;

use super::element::Element;
use super::foreign::ForeignSyntax;
use super::reference::Reference;

/// What an element's start tag says beside its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail<'a> {
    /// Nothing.
    None,
    /// The first number of a list.
    Start(u64),
    /// The extent and the alignment of a cell.
    Cell { columns: u16, rows: u16, alignment: Option<&'static str> },
    /// `<details open>`.
    IsOpen,
    /// The long form of an abbreviation.
    Title(&'a str),
    /// The language of a code block.
    Language(&'a str),
    /// The kind of a quotation that warns or hints.
    Alert(&'static str),
}

/// An image; its alternative text is plain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Image<'a> {
    pub(super) destination: &'a str,
    pub(super) title: &'a str,
    pub(super) alternative: &'a str,
    pub(super) width: Option<u32>,
    pub(super) height: Option<u32>,
    /// Whether it stands in a link, and so can be none itself.
    pub(super) is_in_link: bool,
}

/// A heading at its end.
#[derive(Debug)]
pub(super) struct Title {
    pub(super) depth: u8,
    pub(super) level: u8,
    pub(super) text: String,
    pub(super) anchor: String,
    /// The id that its author gave it, where that is its anchor, perhaps with a number.
    pub(super) id: Option<String>,
    /// Whether it stands in a quotation, list or footnote, and so begins no section.
    pub(super) is_nested: bool,
    /// The heading in the body.
    pub(super) range: Range<usize>,
}

/// Takes what a body holds, in its order. What it does not care for, it leaves out.
pub(super) trait Visitor {
    /// Whether it wants to be told of notations of other programs.
    const WANTS_FOREIGN: bool = false;

    /// What another program would replace.
    fn foreign(&mut self, _: ForeignSyntax, _: Range<usize>) {}
    /// An element begins; the answer is given back when it ends.
    fn open(&mut self, _: Element, _: Detail<'_>) -> usize {
        0
    }
    /// The element that was opened last and is not yet closed ends.
    fn close(&mut self, _: Element, _mark: usize) {}
    /// The paragraph with this mark holds a block and must be a division.
    fn widen(&mut self, _mark: usize) {}
    /// The element that was opened last is empty and is to be forgotten.
    fn cut(&mut self, _: Element, _mark: usize) {}
    /// Text, also a soft line break.
    fn text(&mut self, _: &str) {}
    /// Inline code.
    fn code(&mut self, _: &str) {}
    /// A link begins: whether it is shown as one. Where it may not, the answer must be no.
    fn link(&mut self, _: Reference<'_>, _title: &str, _: Range<usize>, _may_show: bool) -> bool {
        false
    }
    /// The open link has no text so far, and ends.
    fn fill_link(&mut self) {}
    /// A bare id; it is text as well.
    fn mention(&mut self, _token: &str, _: Range<usize>) {}
    /// An image.
    fn image(&mut self, _: &Image<'_>, _: Range<usize>) {}
    /// A hard line break.
    fn line_break(&mut self) {}
    /// A rule.
    fn rule(&mut self) {}
    /// A task's check box.
    fn task(&mut self, _is_done: bool) {}
    /// A footnote's number in the text; inside a link it can be none itself.
    fn footnote_reference(&mut self, _name: &str, _is_in_link: bool) {}
    /// A footnote's text begins.
    fn footnote_start(&mut self, _name: &str) {}
    /// A footnote's text ends.
    fn footnote_end(&mut self) {}
    /// A heading of Markdown begins; text follows up to its end.
    fn heading_start(&mut self, _is_nested: bool) {}
    /// A heading of Markdown ends.
    fn heading_end(&mut self, _: Title) {}
    /// The first heading said the page's title again, perhaps with an id of the author's, and is left out.
    fn title_again(&mut self, _text: String, _id: Option<&str>, _: Range<usize>) {}
    /// An element of the author's has an id: as written, and the anchor that stands for it.
    fn id(&mut self, _written: &str, _anchor: &str) {}
    /// The place to which an anchor leads, between other things within a line.
    fn landmark(&mut self, _anchor: &str) {}
    /// A block that stands in no other, or something in it that has lines of its own, begins here.
    fn place(&mut self, _: Range<usize>, _is_outermost: bool) {}
    /// A comment, script or the like begins and never ends.
    fn unclosed(&mut self, _: Range<usize>) {}
    /// An element is nested too deeply to be shown.
    fn too_deep(&mut self) {}
    /// Whether it has all it wants.
    fn is_done(&self) -> bool {
        false
    }
}
