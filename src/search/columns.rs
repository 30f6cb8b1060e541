//! What is known of every document beside its words: type, status, service and day, for facets and order; and in
//! files that are fetched only when they are asked for, its configuration items, problems and tags.

use std::collections::BTreeMap;

use super::bytes::{BitReader, BitWriter, Reader, put_number, put_text, rice_parameter, unzigzag, zigzag};
use super::fold::fold;

/// How many documents a file of columns has: a few bits for each make it some tens of thousands of bytes, and most sites have
/// just one.
pub(super) const COLUMN_RANGE: usize = 1 << 14;
/// How many documents a file of values has: values are longer than columns, and only facets that are opened fetch them.
pub(super) const VALUE_RANGE: usize = 1 << 11;

/// Rice's parameter of how long runs are: best where they have some four documents (Rice 1979).
const LENGTH_PARAMETER: u32 = 2;

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

/// Writes the facts of some neighbouring documents, which are in order of kind, service and status, and then newest
/// first: runs that have these in common, each with the steps from day to day.
pub(super) fn write(facts: &[Facts]) -> Vec<u8> {
    let run_of = |facts: &Facts| (facts.kind, facts.service, facts.status);
    let runs = || facts.chunk_by(|one, other| run_of(one) == run_of(other));
    let newest = facts.iter().map(|of| of.day).max().unwrap_or(0);
    let oldest = facts.iter().map(|of| of.day).filter(|day| *day != 0).min().unwrap_or(newest).min(newest);
    let width = bits_for(facts.iter().map(|of| of.status).max().unwrap_or(0));
    let mut out = Vec::new();
    put_number(&mut out, runs().count() as u32);
    put_number(&mut out, zigzag(newest));
    put_number(&mut out, newest.abs_diff(oldest));
    put_number(&mut out, width);
    let mut bits = BitWriter::default();
    let mut before = Facts::default();
    for run in runs() {
        let first = run[0];
        bits.put_rice(first.kind - before.kind, 0);
        let service = if first.kind == before.kind { before.service } else { 0 };
        bits.put_rice(first.service - service, 0);
        bits.put(first.status, width);
        bits.put_rice(run.len() as u32 - 1, LENGTH_PARAMETER);
        let parameter = rice_parameter(u64::from(newest.abs_diff(oldest)), run.len() as u64);
        let mut day = newest;
        for of in run {
            bits.put_rice(day.abs_diff(of.day), parameter);
            day = of.day;
        }
        before = first;
    }
    out.extend(bits.finish());
    out
}

/// Reads the facts of some neighbouring documents.
pub(super) fn read(bytes: &[u8]) -> Option<Vec<Facts>> {
    let mut reader = Reader::new(bytes);
    let (runs, newest, span, width) =
        (reader.number()?, unzigzag(reader.number()?), reader.number()?, reader.number()?.min(32));
    let mut bits = BitReader::new(reader.rest());
    let mut facts = Vec::new();
    let mut of = Facts::default();
    // Each run has a document at least, whatever a damaged file says.
    for _ in 0..(runs as usize).min(COLUMN_RANGE) {
        let kind_step = bits.rice(0);
        of.kind = of.kind.wrapping_add(kind_step);
        of.service = if kind_step > 0 { 0 } else { of.service }.wrapping_add(bits.rice(0));
        of.status = bits.take(width);
        of.day = newest;
        let length = bits.rice(LENGTH_PARAMETER).wrapping_add(1);
        let parameter = rice_parameter(u64::from(span), u64::from(length));
        for _ in 0..(length as usize).min(COLUMN_RANGE.saturating_sub(facts.len())) {
            of.day = of.day.wrapping_sub_unsigned(bits.rice(parameter));
            facts.push(of);
        }
    }
    Some(facts)
}

/// How many bits numbers up to this one take.
fn bits_for(most: u32) -> u32 {
    u32::BITS - most.leading_zeros()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_file_has_no_more_documents_than_a_whole_one() {
        let mut bytes = Vec::new();
        for number in [u32::MAX, 0, u32::MAX, 32] {
            put_number(&mut bytes, number);
        }
        assert!(read(&bytes).is_some_and(|facts| facts.len() <= COLUMN_RANGE));
    }
}
