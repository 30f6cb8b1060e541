//! Who a build is for.

use crate::config::EditionSettings;

/// Who a build is for.
#[derive(Debug, Clone, Default)]
pub struct Audience {
    /// The edition's name and what it may see; `None` is the company's own staff, who may see everything.
    pub edition: Option<(String, EditionSettings)>,
    /// Whether drafts are in it.
    pub with_drafts: bool,
}
