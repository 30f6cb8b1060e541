//! What became of the records since a revision.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::approval_outdated::{APPROVAL_OUTDATED, outdated};
use super::changed_id::{CHANGED_ID, changed_id};
use super::contents_then::NamedByChanges;
use super::deleted_record::{DELETED_RECORD, deleted};
use super::illegal_transition::{ILLEGAL_TRANSITION, transition};
use super::plan_changes::former_ids;
use super::subject::{Context, Subject};
use crate::book::{Book, RecordIndex};
use crate::config::Settings;
use crate::diag::{Finding, Lint};
use crate::record::{Kind, Record, Status};
use crate::source::{Revision, Source};

/// The lints that compare with a revision: a run that names none cannot tell whether an `allow` of them is wanted.
pub(super) const OF_HISTORY: [&Lint; 4] = [&ILLEGAL_TRANSITION, &APPROVAL_OUTDATED, &CHANGED_ID, &DELETED_RECORD];

/// A record as it was, with its text.
pub type Past = (Record, Source);

/// Holds the records against those of a revision that have changed or gone since. The texts of deleted records are
/// added to the book's, for the findings to show.
pub fn history(
    book: &mut Book,
    past: Vec<Past>,
    revision: &Revision,
    settings: &Settings,
    today: Date,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut gone = Vec::new();
    let context = Context { book, settings, today };
    let former = former_ids(book);
    let named = NamedByChanges::new(book, &past, revision, &former);
    // A release whose file is as it was may deliver something else, by the word of a change.
    for (index, record) in book.tables.iter().filter(|(_, record)| record.kind() == Kind::Release) {
        let Some(subject) = Subject::new(&context, index) else { continue };
        let Some(source) = record.header().source.map(|source| &book.sources[source]) else { continue };
        let [then, now] = named.of(record, record, &former);
        if then != now && !revision.differs(&source.path) {
            let moved = then.symmetric_difference(&now).filter_map(|id| book.tables.find(Kind::Change, id));
            let moved: Vec<Subject<'_>> = moved.filter_map(|index| Subject::new(&context, index)).collect();
            let told = |finding: Finding| {
                let related = |finding: Finding, of: &Subject<'_>| {
                    finding.related(of.key("releases"), format!("`releases` of {} changed", of.header().id))
                };
                moved.iter().fold(finding, related)
            };
            findings.extend(outdated(&subject, (record, source), &former, &named, revision).into_iter().map(told));
        }
    }
    for (was, source) in past {
        let header = was.header();
        match book.tables.find(was.kind(), &header.id).and_then(|index| Subject::new(&context, index)) {
            Some(subject) => {
                findings.extend(transition(&subject, &was, revision));
                findings.extend(outdated(&subject, (&was, &source), &former, &named, revision));
            }
            None => gone.push((was, source)),
        }
    }
    gone.retain(|(was, _)| has_lifecycle(was.kind()));
    let successors = successors(book, &gone, revision);
    for ((was, source), successor) in gone.iter().zip(&successors) {
        let is_same_kind = |index: &RecordIndex| book.get(*index).kind() == was.kind();
        let subject = successor.filter(is_same_kind).and_then(|index| Subject::new(&context, index));
        findings.extend(subject.iter().flat_map(|subject| outdated(subject, (was, source), &former, &named, revision)));
    }
    for ((was, source), successor) in gone.into_iter().zip(successors) {
        // A file that is there and cannot be read has findings of its own.
        let is_unreadable = book.sources.iter().any(|(_, other)| other.path == source.path);
        match successor {
            Some(index) => findings.extend(changed_id(book, index, &was, revision)),
            None if is_unreadable || is_unfinished(&was) => {}
            None => findings.push(deleted(book, &was, source, revision)),
        }
    }
    findings
}

/// What each record that is gone has become: the record in its file, else one with its title in a new file.
fn successors(book: &Book, gone: &[Past], revision: &Revision) -> Vec<Option<RecordIndex>> {
    let titles = new_titles(book, revision);
    let successor = |(was, source): &Past| {
        let same_title = || titles.get(&(was.kind(), was.header().title.as_str())).copied().flatten();
        book.tables.at_path(&source.path).or_else(same_title)
    };
    gone.iter().map(successor).collect()
}

fn has_lifecycle(kind: Kind) -> bool {
    matches!(kind, Kind::Release | Kind::Change | Kind::KnownError | Kind::Problem)
}

/// What nobody has agreed to may go without a trace.
fn is_unfinished(was: &Record) -> bool {
    let is_draft = was.plan().is_some_and(|plan| plan.status.is_none_or(|status| status == Status::Draft));
    was.header().draft || is_draft
}

/// Records whose files are new, by kind and title; nothing where two share both.
fn new_titles<'a>(book: &'a Book, revision: &Revision) -> FxHashMap<(Kind, &'a str), Option<RecordIndex>> {
    let mut titles = FxHashMap::default();
    for (index, record) in book.tables.iter() {
        let header = record.header();
        let Some(source) = header.source else { continue };
        if !revision.has(&book.sources[source].path) && header.title != header.id {
            titles
                .entry((record.kind(), header.title.as_str()))
                .and_modify(|found| *found = None)
                .or_insert(Some(index));
        }
    }
    titles
}
