//! A free page: the release policy, how to escalate.

use super::Header;

/// A free page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// What every record has.
    pub header: Header,
}
