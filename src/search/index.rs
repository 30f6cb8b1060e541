//! The whole index of an edition: documents in order, read on every core, and written as small files.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rayon::prelude::*;

use super::bytes::{put_number, put_text, put_texts};
use super::card::{Card, card};
use super::cards::{self, CARD_RANGE};
use super::columns::{self, COLUMN_RANGE, Facts, VALUE_RANGE, Values};
use super::dictionary::{self, Directory};
use super::document::{RecordStatus, document, is_over, status};
use super::files::{Files, Name, add, name_of, root_route};
use super::merge::merge;
use super::neighbours::SortedNeighbours;
use super::partial::{DOCUMENTS, Partial, Sorted};
use super::places::{self, Shards};
use super::within;
use crate::book::RecordIndex;
use crate::edition::Edition;
use crate::read::markdown::SearchableText;
use crate::record::{Kind, Record};

/// What the file that leads to all others begins with: a page that was opened before a new build of another format says so in
/// place of finding nothing.
pub(super) const FORMAT: &str = "relbook search 3";

/// The search index of an edition: its files by address below the site's root.
#[derive(Debug, Default)]
pub struct Index {
    /// The file that leads to all others.
    pub root: String,
    /// All files.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// The order of documents: by kind, then by service, then by status, then newest first. So the columns are short.
struct Order<'a> {
    documents: Vec<RecordIndex>,
    services: Vec<&'a str>,
    statuses: Vec<RecordStatus>,
}

impl Index {
    /// Reads all records that have a page; `texts` are the words of the bodies, in the order of the records.
    pub fn new(edition: &Edition, mut texts: Vec<SearchableText>) -> Index {
        let order = order(edition);
        let documents: Vec<(RecordIndex, SearchableText)> =
            order.documents.iter().map(|index| (*index, std::mem::take(&mut texts[index.0 as usize]))).collect();
        drop(texts);
        let facts: Vec<Facts> = order.documents.par_iter().map(|index| order.facts(edition, *index)).collect();
        let read: Vec<(Sorted, SortedNeighbours, Files, Name)> =
            documents.into_par_iter().chunks(DOCUMENTS).with_max_len(1).map(|part| read(edition, part)).collect();
        let mut index = Index::default();
        let (mut parts, mut neighbours, mut card_names) = (Vec::new(), Vec::new(), Vec::new());
        for (part, of_part, files, name) in read {
            parts.push(part);
            neighbours.push(of_part);
            index.files.extend(files);
            card_names.push(name);
        }
        let terms = merge(&parts, order.documents.len());
        drop(parts);
        let words = dictionary::write(&terms, &mut index.files);
        let endings = dictionary::write_endings(&terms, &mut index.files);
        let within = dictionary::write_texts(within::parts(&terms), &mut index.files);
        drop(terms);
        let mut directory = Vec::new();
        within.put(&mut directory);
        let within = add(&mut index.files, directory);
        let neighbours = places::write(neighbours, &mut index.files);
        let column_files: Vec<Vec<u8>> = facts.par_chunks(COLUMN_RANGE).map(columns::write).collect();
        let column_names = column_files.into_iter().map(|file| add(&mut index.files, file)).collect();
        let value_files: Vec<Vec<u8>> = order
            .documents
            .par_chunks(VALUE_RANGE)
            .map(|documents| {
                let values: Vec<Values> = documents.iter().map(|index| values(edition, *index)).collect();
                columns::write_values(&values)
            })
            .collect();
        let value_names = value_files.into_iter().map(|file| add(&mut index.files, file)).collect();
        let root = order.root(&[words, endings], &[column_names, value_names, card_names], (neighbours, within));
        index.root = root_route(&name_of([root.as_slice()]));
        index.files.insert(index.root.clone(), root);
        index
    }
}

fn read(edition: &Edition, documents: Vec<(RecordIndex, SearchableText)>) -> (Sorted, SortedNeighbours, Files, Name) {
    const { assert!(DOCUMENTS == CARD_RANGE) };
    let mut partial = Partial::default();
    let cards: Vec<Card> = documents
        .into_iter()
        .map(|(index, text)| {
            document(edition, index, &text, &mut partial);
            partial.end_document();
            card(edition, index, &text)
        })
        .collect();
    let mut files = Files::new();
    let name = cards::write(&cards, &mut files);
    let (words, neighbours) = partial.sort();
    (words, neighbours, files, name)
}

fn order(edition: &Edition) -> Order<'_> {
    let shown: Vec<RecordIndex> =
        edition.tables.iter().map(|(index, _)| index).filter(|index| edition.has_page(*index)).collect();
    let of = |index: RecordIndex| edition.get(index);
    let mut services: Vec<&str> = shown.iter().filter_map(|index| service(of(*index))).collect();
    services.sort_unstable();
    services.dedup();
    let statuses: BTreeSet<RecordStatus> = shown.iter().map(|index| status(of(*index))).collect();
    let statuses: Vec<RecordStatus> = statuses.into_iter().collect();
    let mut documents = shown;
    documents.sort_by_cached_key(|index| {
        let record = of(*index);
        (
            record.kind(),
            service(record).map(|name| services.binary_search(&name)),
            status(record),
            std::cmp::Reverse(day(record)),
            *index,
        )
    });
    Order { documents, services, statuses }
}

fn service(record: &Record) -> Option<&str> {
    match record {
        Record::Service(of) => Some(&of.header.title),
        _ => record.header().service.as_deref(),
    }
}

fn day(record: &Record) -> i32 {
    let days = |date: Date| date.since(Date::constant(1970, 1, 1)).map_or(0, |span| span.get_days());
    record.date().map_or(0, days)
}

fn values(edition: &Edition, index: RecordIndex) -> Values {
    let header = edition.get(index).header();
    let ids = |references: &[crate::record::Reference]| references.iter().map(|of| of.id.clone()).collect();
    [ids(&header.configuration_items), ids(&header.problems), header.tags.clone()]
}

fn put_names(out: &mut Vec<u8>, names: &[Name]) {
    put_number(out, names.len() as u32);
    names.iter().for_each(|name| out.extend_from_slice(name));
}

impl Order<'_> {
    fn facts(&self, edition: &Edition, index: RecordIndex) -> Facts {
        let record = edition.get(index);
        let service = service(record).and_then(|name| self.services.binary_search(&name).ok());
        let status = status(record);
        Facts {
            kind: record.kind() as u32,
            status: self.statuses.binary_search(&status).unwrap_or(0) as u32,
            service: service.map_or(0, |number| number as u32 + 1),
            day: day(record),
        }
    }

    fn root(
        &self,
        directories: &[Directory; 2],
        names: &[Vec<Name>; 3],
        (neighbours, within): (Shards, Name),
    ) -> Vec<u8> {
        let mut out = Vec::new();
        put_text(&mut out, FORMAT);
        put_number(&mut out, self.documents.len() as u32);
        put_number(&mut out, Kind::ALL.len() as u32);
        for kind in Kind::ALL {
            put_text(&mut out, kind.word());
            put_text(&mut out, kind.label());
        }
        put_number(&mut out, self.statuses.len() as u32);
        for status in &self.statuses {
            put_text(&mut out, status.word);
            put_text(&mut out, status.label);
            put_number(&mut out, u32::from(is_over(status.word)));
            put_number(&mut out, u32::from(status.was_rolled_back));
        }
        put_texts(&mut out, self.services.iter().copied());
        directories.iter().for_each(|directory| directory.put(&mut out));
        names.iter().for_each(|list| put_names(&mut out, list));
        put_number(&mut out, neighbours.bits);
        put_names(&mut out, &neighbours.names);
        out.extend_from_slice(&within);
        out
    }
}
