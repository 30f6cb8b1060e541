//! From the partial indexes to one list of terms, each with its encoded postings.

use rayon::prelude::*;

use super::bytes::{BitReader, BitWriter, rice_parameter};
use super::partial::{DOCUMENTS, IMPACT_BITS, Sorted, key};

/// A term with its postings.
pub(super) struct Term {
    pub text: Box<str>,
    /// How many documents have it.
    pub count: u32,
    /// Documents and impacts, encoded.
    pub postings: Box<[u8]>,
}

/// Joins the parts, whose documents follow one another.
pub(super) fn merge(parts: &[Sorted]) -> Vec<Term> {
    let mut all: Vec<(u64, u32, u32)> = parts
        .par_iter()
        .enumerate()
        .flat_map_iter(|(number, part)| {
            part.order().iter().map(move |&term| (key(part.term(term)), number as u32, term))
        })
        .collect();
    let text = |entry: &(u64, u32, u32)| parts[entry.1 as usize].term(entry.2);
    // Stable, so that the parts of one term keep the order of their documents.
    all.par_sort_by(|one, other| one.0.cmp(&other.0).then_with(|| text(one).cmp(text(other))));
    let mut groups: Vec<&[(u64, u32, u32)]> = Vec::new();
    groups.extend(all.chunk_by(|one, other| one.0 == other.0 && text(one) == text(other)));
    groups.par_iter().map(|group| encode(parts, group)).collect()
}

fn encode(parts: &[Sorted], group: &[(u64, u32, u32)]) -> Term {
    let count: u32 = group.iter().map(|(_, part, term)| parts[*part as usize].postings_count(*term)).sum();
    let documents = || {
        group.iter().flat_map(|(_, part, term)| {
            let first = *part * DOCUMENTS as u32;
            parts[*part as usize].postings(*term).map(move |(document, impact)| (first + document, impact))
        })
    };
    let last = documents().last().map_or(0, |(document, _)| document);
    let parameter = rice_parameter(u64::from(last + 1 - count), u64::from(count));
    let mut bits = BitWriter::default();
    bits.put(parameter, 5);
    let mut next = 0;
    for (document, impact) in documents() {
        bits.put_rice(document - next, parameter);
        bits.put(impact, IMPACT_BITS);
        next = document + 1;
    }
    let text = String::from_utf8_lossy(parts[group[0].1 as usize].term(group[0].2)).into();
    Term { text, count, postings: bits.finish().into_boxed_slice() }
}

/// The documents of a term, in order, each with its impact.
pub(super) fn decode(count: u32, postings: &[u8]) -> Vec<(u32, u32)> {
    let mut bits = BitReader::new(postings);
    let parameter = bits.take(5);
    let mut next = 0u32;
    let count = (count as usize).min(postings.len() * 8);
    (0..count)
        .map(|_| {
            let document = next.saturating_add(bits.rice(parameter));
            next = document.saturating_add(1);
            (document, bits.take(IMPACT_BITS))
        })
        .collect()
}
