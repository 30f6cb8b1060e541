//! A former address, which leads to a record's page.

use serde::Serialize;

use super::parts::context::Context;
use crate::book::RecordIndex;

/// The view of `redirect.html`.
#[derive(Debug, Serialize)]
pub struct RedirectView {
    /// From the page up to the site's root.
    pub root: String,
    /// The record's title.
    pub title: String,
    /// The record's page.
    pub href: String,
    /// Its full address, where the site knows its own.
    pub canonical: Option<String>,
}

/// A former address. `None` where the record has no page in this edition.
pub fn redirect(context: &Context<'_>, index: RecordIndex) -> Option<RedirectView> {
    let route = context.edition.page_of(index)?;
    let header = context.edition.get(index).header();
    Some(RedirectView {
        root: context.root.to_owned(),
        title: header.title.clone(),
        href: context.href(&route),
        canonical: context.settings.base_url.as_ref().map(|base| format!("{base}{}", route.href())),
    })
}
