//! The search. Its results come by script; without, the page leads to the lists.

use serde::Serialize;

use super::parts::context::Context;
use super::parts::frame::Frame;

/// The view of `search.html`.
#[derive(Debug, Serialize)]
pub struct SearchView {
    /// What stands around it.
    pub page: Frame,
    /// The file that leads to all others of the index, below the site's root.
    pub index: String,
}

/// The search page.
pub fn search(context: &Context<'_>, index: &str) -> SearchView {
    SearchView { page: Frame::new(context, "Search", "search"), index: index.to_owned() }
}
