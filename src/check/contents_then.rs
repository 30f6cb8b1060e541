//! What releases deliver by the word of their changes, at a revision and now: `releases` in the file of a change.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::plan_changes::{FormerIds, current};
use crate::book::Book;
use crate::record::{Change, Kind, Record, fold};
use crate::source::{Revision, Source};

/// Ids of changes, by the release that they name.
type Named = FxHashMap<String, BTreeSet<String>>;

/// What changes say of releases, at a revision and now.
#[derive(Default)]
pub(super) struct NamedByChanges {
    then: Named,
    now: Named,
}

impl NamedByChanges {
    /// What the changes of a book say, and what those that have changed or gone since said. A file that has not changed says
    /// what it said.
    pub(super) fn new(
        book: &Book,
        past: &[(Record, Source)],
        revision: &Revision,
        former: &FormerIds,
    ) -> NamedByChanges {
        let mut named = NamedByChanges::default();
        for (_, record) in book.tables.iter() {
            let (Record::Change(change), Some(source)) = (record, record.header().source) else { continue };
            add(&mut named.now, change, former);
            if !revision.differs(&book.sources[source].path) {
                add(&mut named.then, change, former);
            }
        }
        for (was, _) in past {
            if let Record::Change(change) = was {
                add(&mut named.then, change, former);
            }
        }
        named
    }

    /// The changes that named a release then, and those that name it now.
    pub(super) fn of(&self, then: &Record, now: &Record, former: &FormerIds) -> [BTreeSet<String>; 2] {
        let then = current(Kind::Release, &then.header().id, former);
        [(&self.then, &then), (&self.now, &fold(&now.header().id))]
            .map(|(named, id)| named.get(id).cloned().unwrap_or_default())
    }
}

fn add(named: &mut Named, change: &Change, former: &FormerIds) {
    let id = current(Kind::Change, &change.header.id, former);
    for release in &change.releases {
        named.entry(current(Kind::Release, &release.id, former)).or_default().insert(id.clone());
    }
}
