//! RB316: a record that was there at a revision and is gone.

use crate::book::Book;
use crate::diag::{Finding, Lint};
use crate::record::{Record, Status};
use crate::source::{Place, Revision, Source};

/// A record that is gone.
pub const DELETED_RECORD: Lint = Lint::process(
    "RB316",
    "deleted-record",
    "a record that was there at `--since REVISION` and is gone",
    include_str!("deleted_record.md"),
);

pub(super) fn deleted(book: &mut Book, was: &Record, source: Source, revision: &Revision) -> Finding {
    let header = was.header();
    let path = source.path.clone();
    let place = Place { source: book.sources.add(source), span: header.fence };
    let kind = was.kind().label().to_lowercase();
    let finding = Finding::new(&DELETED_RECORD, place, format!("the {kind} `{}` is no longer on record", header.id))
        .label(format!(
            "{} at {}",
            was.status().map_or_else(|| "there".to_owned(), |status| format!("`{}`", status.word)),
            revision.name
        ));
    match was.plan().and_then(|plan| plan.status) {
        Some(Status::RolledBack) => finding.help(format!(
            "put {path} back: what was rolled back stays on record, with its root cause and what was learned"
        )),
        Some(status) if status.says_live() => finding.help(format!("put {path} back: what went live stays on record")),
        Some(_) => finding.help(format!("put {path} back; what will not be done has the status `cancelled`")),
        None => finding.help(format!("put {path} back; what is over has a status that says so")),
    }
}
