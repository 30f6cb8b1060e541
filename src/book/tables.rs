//! All records in the order of lists, found by kind, by id and by path.

use std::cmp::Reverse;
use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::files::composed;
use crate::record::{Kind, Record, Version, fold};
use crate::source::Sources;

/// The number of a record in its [`Tables`]. Its order is the order of lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordIndex(pub u32);

/// All records: by kind, and within it newest first, open known errors before resolved ones, of releases of one day the
/// greater version first, then by id.
#[derive(Debug, Default)]
pub struct Tables {
    records: Vec<Record>,
    ids: FxHashMap<String, Vec<RecordIndex>>,
    paths: FxHashMap<String, RecordIndex>,
}

impl Tables {
    /// Puts records in order and indexes them. Of several with one kind and id, the first in order of path stays.
    pub fn new(records: Vec<Record>, sources: &Sources) -> Tables {
        let mut keyed: Vec<_> = records.into_par_iter().map(|record| (order(&record), record)).collect();
        keyed.par_sort_by(|one, other| one.0.cmp(&other.0));
        let mut tables = Tables::default();
        tables.records.reserve(keyed.len());
        for ((kind, .., id), record) in keyed {
            let index = RecordIndex(tables.records.len() as u32);
            let same_id = tables.ids.entry(id).or_default();
            if same_id.iter().any(|other| tables.records[other.0 as usize].kind() == kind) {
                continue;
            }
            same_id.push(index);
            if let Some(source) = record.header().source {
                tables.paths.entry(composed(&sources[source].path).into_owned()).or_insert(index);
            }
            tables.records.push(record);
        }
        tables
    }

    /// A record.
    pub fn get(&self, index: RecordIndex) -> &Record {
        &self.records[index.0 as usize]
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// All records with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (RecordIndex, &Record)> {
        self.records.iter().enumerate().map(|(index, record)| (RecordIndex(index as u32), record))
    }

    /// The numbers of a kind's records, in the order of lists.
    pub fn of_kind(&self, kind: Kind) -> Range<u32> {
        let start = self.records.partition_point(|record| record.kind() < kind);
        let end = self.records.partition_point(|record| record.kind() <= kind);
        start as u32..end as u32
    }

    /// Every record with this id, whatever its kind; at most one of each.
    pub fn with_id(&self, id: &str) -> &[RecordIndex] {
        match self.ids.get(id) {
            Some(found) => found,
            None => self.ids.get(&fold(id)).map_or(&[], Vec::as_slice),
        }
    }

    /// The record of a kind with this id.
    pub fn find(&self, kind: Kind, id: &str) -> Option<RecordIndex> {
        self.with_id(id).iter().copied().find(|index| self.get(*index).kind() == kind)
    }

    /// The record whose file has this path below the site's folder.
    pub fn at_path(&self, path: &str) -> Option<RecordIndex> {
        self.paths.get(&*composed(path)).copied()
    }

    /// Whether a record in the place of another would have the same name, and the same place in the order of lists.
    pub(super) fn would_stay(&self, index: RecordIndex, record: &Record) -> bool {
        let before = self.get(index);
        before.header().id == record.header().id && order(before) == order(record)
    }

    /// Puts a record in the place of one that [stays](Tables::would_stay), and gives that one.
    pub(super) fn replace(&mut self, index: RecordIndex, record: Record) -> Record {
        std::mem::replace(&mut self.records[index.0 as usize], record)
    }

    /// All records, out of the tables.
    pub fn into_records(self) -> Vec<Record> {
        self.records
    }
}

type Order = (Kind, bool, Reverse<Option<jiff::civil::Date>>, Reverse<Option<Version>>, String);

fn order(record: &Record) -> Order {
    let is_done = matches!(record, Record::KnownError(known_error) if !known_error.is_open());
    let version = match record {
        Record::Release(release) => release.version.as_deref().and_then(Version::new),
        _ => None,
    };
    (record.kind(), is_done, Reverse(record.date()), Reverse(version), fold(&record.header().id))
}
