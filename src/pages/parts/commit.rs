//! A commit on a page: who made it, when, and its name.

use jiff::Timestamp;
use serde::Serialize;

use super::context::Context;
use super::time::Day;
use crate::book::RecordIndex;

/// How much of a commit's name is shown: as much as people type, and the same however many commits there are.
const SHOWN_LENGTH: usize = 10;

/// A commit, on a page.
#[derive(Debug, Serialize)]
pub struct CommitView {
    /// Who made it; empty where nobody is named, and in an edition.
    pub by: String,
    /// The day, in the site's zone.
    pub on: Option<Day>,
    /// The first letters of its name; empty in an edition.
    pub commit: String,
}

impl CommitView {
    /// A commit by its author and its name.
    pub fn new(context: &Context<'_>, author: &str, name: &str, at: Option<Timestamp>) -> CommitView {
        let day = |at: Timestamp| Day::new(at.to_zoned(context.settings.time_zone.clone()).date());
        CommitView { by: author.to_owned(), on: at.map(day), commit: name.chars().take(SHOWN_LENGTH).collect() }
    }

    /// The commit that changed a record last. Of a text that is not committed yet nothing is said; of the company's own
    /// repository, an edition tells no more than the day.
    pub fn last_change(context: &Context<'_>, index: RecordIndex) -> Option<CommitView> {
        let source = context.edition.get(index).header().source?;
        let change = context.history?.last(&context.edition.sources[source].path);
        let commit = change.commit?;
        Some(match context.edition.name() {
            None => CommitView::new(context, &commit.author, &commit.id, change.at),
            Some(_) => CommitView::new(context, "", "", change.at),
        })
    }
}
