//! A record's text in Markdown: as it was written, or made from what is shown of it.

use crate::book::RecordIndex;
use crate::pages::{Context, leads_nowhere};

/// Whether a record's text may stand there as it was written. In an edition it may not: comments, and what links name, are
/// the company's own business; nor where it names a draft that was left out.
pub(super) fn is_as_written(context: &Context<'_>, index: RecordIndex) -> bool {
    let edition = context.edition;
    edition.name().is_none() && (edition.found_anew().is_none() || !leads_nowhere(context, index))
}

/// The Markdown of some HTML that was rendered.
pub(super) fn markdown_of(html: &str) -> String {
    htmd::convert(html).unwrap_or_default().trim().to_owned()
}
