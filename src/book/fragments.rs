//! Where the fragments of each body lead: found when a link first asks, and kept.

use std::sync::OnceLock;

use super::tables::{Move, RecordIndex};
use crate::read::markdown::{FragmentTarget, Fragments};

/// The page's own part that its title stands in.
const TITLE: &str = "main";

/// The fragments of the bodies that links with a fragment lead to.
#[derive(Debug, Default)]
pub struct BodyFragments {
    of: Vec<OnceLock<Box<Fragments>>>,
}

impl BodyFragments {
    /// None known yet, for so many records.
    pub fn new(records: usize) -> BodyFragments {
        BodyFragments { of: (0..records).map(|_| OnceLock::new()).collect() }
    }

    /// The fragments of a record's body, if a link has asked for them.
    pub fn known(&self, record: RecordIndex) -> Option<&Fragments> {
        self.of[record.0 as usize].get().map(|of| &**of)
    }

    /// Forgets the fragments of a body that is another now.
    pub fn forget(&mut self, record: RecordIndex) {
        self.of[record.0 as usize] = OnceLock::new();
    }

    /// The same once a record has another place in the order of lists.
    pub(super) fn move_record(&mut self, of: Move) {
        of.rotate(&mut self.of);
    }

    /// The fragments of a record's body; `find` reads it.
    pub fn of(&self, record: RecordIndex, find: impl FnOnce() -> Fragments) -> &Fragments {
        self.of[record.0 as usize].get_or_init(|| Box::new(find()))
    }
}

/// The id on the page that a fragment leads to.
pub(super) fn id_on_page(target: FragmentTarget<'_>) -> &str {
    match target {
        FragmentTarget::Anchor(anchor) => anchor,
        FragmentTarget::Title => TITLE,
    }
}
