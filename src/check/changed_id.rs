//! RB315: a record that had another id at a revision.

use crate::book::{Book, RecordIndex};
use crate::diag::{Finding, Level, Lint};
use crate::record::{Record, fold};
use crate::source::Revision;

/// A record that had another id.
pub const CHANGED_ID: Lint = Lint::error(
    "RB315",
    "changed-id",
    "a record that had another id at `--since REVISION`",
    include_str!("changed_id.md"),
)
.in_records(Level::Warn);

pub(super) fn changed_id(book: &Book, index: RecordIndex, was: &Record, revision: &Revision) -> Option<Finding> {
    let is = book.get(index);
    let (kind, id) = (was.kind(), &was.header().id);
    if is.kind() == kind && is.header().former_ids.iter().any(|former| fold(former) == fold(id)) {
        return None;
    }
    let message = match is.kind() == kind {
        true => format!("the id `{id}` has become `{}`", is.header().id),
        false => format!("{} has become {}", kind.with_article(), is.kind().with_article()),
    };
    Some(
        Finding::new(&CHANGED_ID, is.header().place()?, message)
            .label(format!("`{id}`, {} at {}", kind.with_article(), revision.name))
            .help(format!("give the record its id back: add `id: {id}`, or name the file so; where it is meant, add `former_ids: [{id}]`"))
            .help("tickets, feeds and other records find it by its id, and its page has the address that the id makes"),
    )
}
