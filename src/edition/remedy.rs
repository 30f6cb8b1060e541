//! Whether a known error has a workaround, as far as its record says so to this audience.

use super::shown::Edition;
use crate::book::RecordIndex;
use crate::record::{PlanSection, Record, WorkaroundStatus};

/// What a known error's record says of a workaround.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// In a word: that there is none, a partial or a full one.
    Said(WorkaroundStatus),
    /// In a text alone.
    Described,
    /// Not at all.
    NotRecorded,
}

impl Remedy {
    /// A word for style and for templates.
    pub fn word(self) -> &'static str {
        match self {
            Remedy::Said(status) => status.word(),
            Remedy::Described => "described",
            Remedy::NotRecorded => "not-recorded",
        }
    }

    /// The words on a page.
    pub fn label(self) -> &'static str {
        match self {
            Remedy::Said(status) => status.label(),
            Remedy::Described => "Workaround",
            Remedy::NotRecorded => "No workaround recorded",
        }
    }
}

impl Edition {
    /// What a known error's record says of a workaround; `None` for other records, and where this audience does not
    /// see every place in which one could stand and sees none.
    pub fn remedy(&self, index: RecordIndex) -> Option<Remedy> {
        use PlanSection::{Workaround, Workarounds};
        let Record::KnownError(known) = self.get(index) else { return None };
        let sections = &self.bodies[index.0 as usize].sections;
        if let Some(status) = known.workaround_status {
            return Some(Remedy::Said(status));
        }
        if known.workaround.is_some() || sections.contains(&Workaround) || sections.contains(&Workarounds) {
            return Some(Remedy::Described);
        }
        self.shows_all(&["workaround", "workaround_status"], &[Workaround, Workarounds]).then_some(Remedy::NotRecorded)
    }
}
