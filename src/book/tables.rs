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

    /// Where a record comes to stand that takes the place of one of the same name: there, or before or behind others of its
    /// kind. Nowhere if its name is another.
    pub(super) fn move_of(&self, index: RecordIndex, record: &Record) -> Option<Move> {
        let before = self.get(index);
        if before.kind() != record.kind() || before.header().id != record.header().id {
            return None;
        }
        let key = order(record);
        let others = self.of_kind(record.kind());
        let (front, back) = (others.start..index.0, index.0 + 1..others.end);
        let is_before = |at: &u32| order(self.get(RecordIndex(*at))) < key;
        let to = match partition_point(front.clone(), is_before) {
            to if to < front.end => to,
            _ => partition_point(back, is_before) - 1,
        };
        Some(Move { from: index.0, to })
    }

    /// Moves a record that was put in the place of another to where it belongs.
    pub(super) fn move_record(&mut self, of: Move) {
        of.rotate(&mut self.records);
        let numbers = self.ids.values_mut().flatten().chain(self.paths.values_mut());
        numbers.for_each(|number| *number = of.number(*number));
    }

    /// Puts a record in the place of one, and gives that one. It may have to be [moved](Tables::move_record) then.
    pub(super) fn replace(&mut self, index: RecordIndex, record: Record) -> Record {
        std::mem::replace(&mut self.records[index.0 as usize], record)
    }

    /// All records, out of the tables.
    pub fn into_records(self) -> Vec<Record> {
        self.records
    }
}

/// A record takes another place in the order of lists, and those between move up or down by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    from: u32,
    to: u32,
}

impl Move {
    /// Whether everything stays where it is.
    pub fn is_none(self) -> bool {
        self.from == self.to
    }

    /// The number that a record has after it.
    pub fn number(self, RecordIndex(before): RecordIndex) -> RecordIndex {
        let Move { from, to } = self;
        RecordIndex(match before {
            _ if before == from => to,
            _ if from < before && before <= to => before - 1,
            _ if to <= before && before < from => before + 1,
            _ => before,
        })
    }

    /// Does it with what there is for each record.
    pub fn rotate<T>(self, of_records: &mut [T]) {
        let (from, to) = (self.from as usize, self.to as usize);
        match from <= to {
            true => of_records[from..=to].rotate_left(1),
            false => of_records[to..=from].rotate_right(1),
        }
    }
}

/// The first number of a range for which something does not hold that holds for those before it.
fn partition_point(range: Range<u32>, holds: impl Fn(&u32) -> bool) -> u32 {
    let (mut start, mut end) = (range.start, range.end);
    while start < end {
        let middle = start + (end - start) / 2;
        match holds(&middle) {
            true => start = middle + 1,
            false => end = middle,
        }
    }
    start
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
