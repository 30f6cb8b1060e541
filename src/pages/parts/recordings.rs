//! Which commits wrote approvals, where history is at hand.

use jiff::Timestamp;
use rustc_hash::FxHashMap;

/// The commit that wrote an approval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// Its whole name.
    pub commit: String,
    /// When its author made it, where that is known.
    pub at: Option<Timestamp>,
    /// Who made it; empty where nobody is named.
    pub author: String,
}

/// The commits that wrote the approvals of records. What is not in it is not known, and nothing is said of it.
#[derive(Debug, Default)]
pub struct Recordings {
    /// By the path of the record's text, in the order of its approvals.
    pub of: FxHashMap<String, Vec<Option<Recording>>>,
}
