//! The page for addresses that lead nowhere.

use serde::Serialize;

use super::parts::context::Context;
use super::parts::frame::Frame;

/// The view of `404.html`.
#[derive(Debug, Serialize)]
pub struct NotFoundView {
    /// What stands around it.
    pub page: Frame,
}

/// The page for addresses that lead nowhere. A host shows it at any depth: the context's root is a path on the host.
pub fn not_found(context: &Context<'_>) -> NotFoundView {
    NotFoundView { page: Frame { trail: String::new(), ..Frame::new(context, "Page not found", "") } }
}
