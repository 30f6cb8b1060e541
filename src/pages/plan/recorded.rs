//! The commit that wrote an approval, on the page of its record.

use crate::book::RecordIndex;
use crate::pages::parts::commit::CommitView;
use crate::pages::parts::context::Context;
use crate::pages::parts::recordings::Recording;

/// The commit that wrote one of a record's approvals. An edition tells of none.
pub(super) fn recorded(context: &Context<'_>, index: RecordIndex, approval: usize) -> Option<CommitView> {
    if context.edition.name().is_some() {
        return None;
    }
    let source = context.edition.get(index).header().source?;
    let recordings = context.recordings.of.get(&context.edition.sources[source].path)?;
    let Recording { commit, at, author } = recordings.get(approval)?.as_ref()?;
    Some(CommitView::new(context, author, commit, *at))
}
