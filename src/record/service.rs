//! A business service: it exists by the records that name it.

use super::header::Header;

/// A business service.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Service {
    /// Id and title are the service's name; there is no file.
    pub header: Header,
}
