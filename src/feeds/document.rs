//! Which files for machines a site has, and how each is made.

use super::api;
use crate::pages::Context;
use crate::record::Kind;
use crate::route::Route;

/// A file for machines: the facts of the pages as data.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Document {
    /// The schema of a kind's front matter.
    Schema(Kind),
}

/// Every file for machines, with its address.
pub fn documents() -> Vec<(Route, Document)> {
    api::schemas().collect()
}

impl Document {
    /// Makes it.
    pub fn write(&self, _: &Context<'_>, out: &mut Vec<u8>) {
        match self {
            Document::Schema(kind) => api::write_schema(*kind, out),
        }
    }
}
