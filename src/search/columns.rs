//! What is known of every document beside its words: type, status, service and day, for facets and order; and in
//! files that are fetched only when they are asked for, its configuration items, problems and tags.

use std::collections::BTreeMap;

use super::bytes::{BitReader, BitWriter, Reader, put_number, put_text, rice_parameter, unzigzag, zigzag};
use super::fold::fold;

/// How many documents a file of columns has.
pub(super) const COLUMN_RANGE: usize = 1 << 14;
/// How many documents a file of values has.
pub(super) const VALUE_RANGE: usize = 1 << 11;

/// What is known of a document.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Facts {
    /// Number of its kind.
    pub kind: u32,
    /// Number of its status among all that occur.
    pub status: u32,
    /// Number of its service, from 1; 0 for none.
    pub service: u32,
    /// Its day, counted from 1 January 1970; 0 for none.
    pub day: i32,
}

/// Writes the facts of some neighbouring documents: runs of one kind and service, then status and day of each.
pub(super) fn write(facts: &[Facts]) -> Vec<u8> {
    let mut out = Vec::new();
    let same = |one: &Facts, other: &Facts| (one.kind, one.service) == (other.kind, other.service);
    put_number(&mut out, facts.chunk_by(same).count() as u32);
    for run in facts.chunk_by(same) {
        put_number(&mut out, run[0].kind);
        put_number(&mut out, run[0].service);
        put_number(&mut out, run.len() as u32);
    }
    let mut before = 0;
    let steps: Vec<u32> = facts.iter().map(|of| zigzag(of.day - std::mem::replace(&mut before, of.day))).collect();
    let parameter = rice_parameter(steps.iter().map(|&step| u64::from(step.min(4096))).sum(), steps.len() as u64);
    put_number(&mut out, parameter);
    let mut bits = BitWriter::default();
    for (of, step) in facts.iter().zip(steps) {
        bits.put_rice(of.status, 0);
        bits.put_rice(step, parameter);
    }
    out.extend(bits.finish());
    out
}

/// Reads the facts of some neighbouring documents.
pub(super) fn read(bytes: &[u8]) -> Option<Vec<Facts>> {
    let mut reader = Reader::new(bytes);
    let mut facts = Vec::new();
    for _ in 0..reader.number()? {
        let (kind, service, length) = (reader.number()?, reader.number()?, reader.number()? as usize);
        let length = length.min(COLUMN_RANGE - facts.len().min(COLUMN_RANGE));
        facts.extend(std::iter::repeat_n(Facts { kind, service, ..Facts::default() }, length));
    }
    let parameter = reader.number()?.min(20);
    let mut bits = BitReader::new(reader.rest());
    let mut day = 0i32;
    for of in &mut facts {
        of.status = bits.rice(0);
        day = day.wrapping_add(unzigzag(bits.rice(parameter)));
        of.day = day;
    }
    Some(facts)
}

/// Values that records share, by namespace: configuration items, problems, tags.
pub(super) const NAMESPACES: [&str; 3] = ["item", "problem", "tag"];

/// The values of a document, in the order of [`NAMESPACES`].
pub(super) type Values = [Vec<String>; 3];

/// Writes the values of some neighbouring documents: for each namespace the values there are, then which of them
/// each document has.
pub(super) fn write_values(documents: &[Values]) -> Vec<u8> {
    let mut out = Vec::new();
    for namespace in 0..NAMESPACES.len() {
        let all = documents.iter().flat_map(|values| &values[namespace]);
        let mut names: BTreeMap<String, (&str, u32)> = BTreeMap::new();
        for value in all {
            names.entry(fold(value)).or_insert((value, 0));
        }
        for (number, name) in names.values_mut().enumerate() {
            name.1 = number as u32;
        }
        put_number(&mut out, names.len() as u32);
        names.values().for_each(|(value, _)| put_text(&mut out, value));
        let width = names.len().next_power_of_two().trailing_zeros();
        let mut bits = BitWriter::default();
        for values in documents {
            let values = &values[namespace];
            bits.put_rice(values.len() as u32, 1);
            values.iter().for_each(|value| bits.put(names[&fold(value)].1, width));
        }
        let bits = bits.finish();
        put_number(&mut out, bits.len() as u32);
        out.extend(bits);
    }
    out
}
