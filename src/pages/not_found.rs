//! The page for addresses that lead nowhere.

use serde::Serialize;

use super::{Context, Frame};

/// The view of `404.html`.
#[derive(Debug, Serialize)]
pub struct NotFoundView<'a> {
    /// What stands around it.
    pub page: Frame,
    /// The site's root: the path of `base_url`, else `/`.
    pub absolute_root: &'a str,
}

/// The page for addresses that lead nowhere. A host shows it at any depth, so that its links begin at the root.
pub fn not_found<'a>(context: &Context<'_>, absolute_root: &'a str) -> NotFoundView<'a> {
    NotFoundView { page: Frame::new(context, "Page not found", ""), absolute_root }
}
