//! What is meant by keys of other tools and houses.

use super::node::Entry;

/// What is meant by keys of other tools and houses.
pub struct Meanings {
    /// A key, and words for it that are not read.
    pub keys: &'static [(&'static str, &'static [&'static str])],
    /// Words that no one key stands for, and what to write.
    pub advice: &'static [(&'static [&'static str], Advice)],
}

/// What to write for some keys of a map: given the key as it was written, and all entries of its map.
pub type Advice = fn(&Entry, &[Entry]) -> String;
