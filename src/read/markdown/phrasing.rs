//! What stands within a line, and the ids that an author gave to elements: each id waits for the next text, and stands
//! before it.

use std::ops::Range;

use super::structure::Structure;
use super::visitor::{Image, Visitor};

impl<V: Visitor> Structure<V> {
    /// Text, also of white space only.
    pub(super) fn text(&mut self, text: &str) {
        if text.bytes().any(|byte| !byte.is_ascii_whitespace()) {
            self.ready();
            self.settle();
            self.texts += 1;
        }
        self.visitor.text(text);
    }

    /// A bare id.
    pub(super) fn mention(&mut self, token: &str, range: Range<usize>) {
        self.ready();
        self.settle();
        self.texts += 1;
        self.visitor.mention(token, range);
    }

    /// Inline code.
    pub(super) fn code(&mut self, code: &str) {
        self.ready();
        self.settle();
        self.texts += 1;
        self.visitor.code(code);
    }

    /// An image.
    pub(super) fn image(&mut self, image: &Image<'_>, range: Range<usize>) {
        self.ready();
        self.settle();
        self.things += 1;
        let is_in_link = self.is_in_link();
        self.texts += usize::from(is_in_link || !image.alternative.is_empty());
        self.visitor.image(&Image { is_in_link, ..*image }, range);
    }

    /// Something that is not text and stands in a line.
    pub(super) fn thing(&mut self, tell: impl FnOnce(&mut V)) {
        self.ready();
        self.settle();
        self.things += 1;
        tell(&mut self.visitor);
    }

    /// An anchor leads to what follows.
    pub(super) fn wait(&mut self, anchor: String) {
        self.waiting.push(anchor);
    }

    /// Something within a line is about to be told: what waits stands before it. A heading that begins a section keeps
    /// its own anchor, so that there it goes on to the text.
    #[inline]
    pub(super) fn settle(&mut self) {
        if !self.waiting.is_empty() && !self.is_in_section_heading {
            self.settle_all();
        }
    }

    pub(super) fn settle_all(&mut self) {
        for anchor in std::mem::take(&mut self.waiting) {
            self.visitor.landmark(&anchor);
        }
    }
}
