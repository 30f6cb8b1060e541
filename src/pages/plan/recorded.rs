//! The commit that wrote an approval, on the page of its record.

use jiff::Timestamp;
use serde::Serialize;

use crate::book::RecordIndex;
use crate::pages::parts::context::Context;
use crate::pages::parts::recordings::Recording;
use crate::pages::parts::time::Day;

/// How much of a commit's name is shown: as much as people type, and the same however many commits there are.
const SHOWN_LENGTH: usize = 10;

/// The commit that wrote an approval, on a page.
#[derive(Debug, Serialize)]
pub struct RecordedView {
    /// Who made it; empty where nobody is named.
    pub by: String,
    /// The day, in the site's zone.
    pub on: Option<Day>,
    /// The first letters of its name.
    pub commit: String,
}

/// The commit that wrote one of a record's approvals. An edition tells of none.
pub(super) fn recorded(context: &Context<'_>, index: RecordIndex, approval: usize) -> Option<RecordedView> {
    if context.edition.name().is_some() {
        return None;
    }
    let source = context.edition.get(index).header().source?;
    let recordings = context.recordings.of.get(&context.edition.sources[source].path)?;
    let Recording { commit, at, author } = recordings.get(approval)?.as_ref()?;
    let day = |at: &Timestamp| Day::new(at.to_zoned(context.settings.time_zone.clone()).date());
    Some(RecordedView {
        by: author.clone(),
        on: at.as_ref().map(day),
        commit: commit.chars().take(SHOWN_LENGTH).collect(),
    })
}
