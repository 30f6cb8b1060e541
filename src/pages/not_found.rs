//! The page for addresses that lead nowhere.

use serde::Serialize;

use super::{Context, Frame};

/// The view of `404.html`.
#[derive(Debug, Serialize)]
pub struct NotFoundView {
    /// What stands around it.
    pub page: Frame,
}

/// The page for addresses that lead nowhere. A host shows it at any depth, so that its links begin at `root`, the
/// site's path on its host.
pub fn not_found(context: &Context<'_>, root: String) -> NotFoundView {
    let page = Frame::new(context, "Page not found", "");
    NotFoundView { page: Frame { root, trail: Vec::new(), ..page } }
}
