//! What a page of metrics is about.

use crate::book::RecordIndex;

/// What a page of metrics is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MetricsScope {
    /// All records.
    All,
    /// Records of one year.
    Year(i16),
    /// Records of one service.
    Service(RecordIndex),
}
