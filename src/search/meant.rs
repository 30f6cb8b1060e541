//! What a word of a query may mean.

use super::dictionary::Entry;

/// A term that may be meant.
pub(super) struct Alternative {
    pub entry: Entry,
    /// How sure that is, in sixteenths.
    pub factor: u32,
    /// Whether these are two words that follow one another, and not one.
    pub is_two: bool,
}

/// What a word of a query may mean.
#[derive(Default)]
pub(super) struct Meant {
    pub alternatives: Vec<Alternative>,
    /// How many documents have it, where that is all that is wanted to know.
    pub count: Option<u64>,
    /// Whether no word is as it was typed, and these have a typing error less.
    pub is_corrected: bool,
}
