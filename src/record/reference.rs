//! The id of another record, where it was written.

use crate::source::Span;

/// The id of another record, or the path of a file, where it was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reference {
    /// The id as written.
    pub id: String,
    /// Where it stands.
    pub span: Span,
}
