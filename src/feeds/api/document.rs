//! Which documents the API can have.

use crate::book::{Move, RecordIndex};
use crate::pages::MetricsScope;
use crate::record::Kind;

/// A document of the API. Parts of lists count from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ApiDocument {
    /// What the API has.
    Index(Vec<(&'static str, usize)>),
    /// The cards of a kind.
    Cards(Kind, usize),
    /// A record.
    Record(RecordIndex),
    /// References of a record that do not stand in its own document.
    References(RecordIndex, usize),
    /// The entries of the calendar.
    Calendar(usize),
    /// Lessons learned.
    Lessons(usize),
    /// The register of actions.
    Actions(usize),
    /// What was done otherwise than the process and the calendar say.
    Deviations(usize),
    /// What the checks found.
    Findings(usize),
    /// The messages to customers of all that is ahead.
    Messages(usize),
    /// Figures.
    Metrics(MetricsScope),
    /// The description of the API.
    OpenApi,
    /// The schema of a kind's front matter.
    Schema(Kind),
}

impl ApiDocument {
    /// The same when a record has another number.
    pub(in crate::feeds) fn move_record(&mut self, of: Move) {
        if let ApiDocument::Record(index) | ApiDocument::References(index, _) = self {
            *index = of.number(*index);
        }
    }
}
