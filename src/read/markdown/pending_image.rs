//! An image that is being read.

use std::ops::Range;

use pulldown_cmark::CowStr;

/// An image whose alternative text is not yet complete.
pub(super) struct PendingImage<'a> {
    /// How many images are open inside its alternative text.
    pub(super) depth: usize,
    pub(super) destination: CowStr<'a>,
    pub(super) title: CowStr<'a>,
    pub(super) alternative: String,
    pub(super) range: Range<usize>,
}
