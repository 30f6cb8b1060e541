//! From the neighbours of all parts to terms: for each two words the documents in which they follow one another, and,
//! as a term of its own, the places there.

use std::ops::Range;

use rayon::prelude::*;

use super::bytes::{BitReader, BitWriter, rice_parameter};
use super::dictionary::{self, BLOCK, NAMED};
use super::files::{Files, Name, add_parts, part_route};
use super::merge::Term;
use super::neighbours::{KEY_BITS, SortedNeighbours, number, term_of};
use super::partial::DOCUMENTS;

/// What the term of the places has behind that of the documents: no word has it, for words are letters and digits.
pub(super) const PLACES: char = '+';

/// About how many bytes of places are worked out by one core at a time: they stay in its cache.
const AT_ONCE: usize = 1 << 18;
/// So that a query fetches little, neighbours are worked out in at most two to this power pieces, and written in as many files of each.
const MOST_BITS: u32 = 10;

/// The files of the neighbours: two to a power, each with those whose numbers begin with its own.
#[derive(Debug, Default)]
pub(super) struct Shards {
    pub bits: u32,
    /// The names of the files, [`NAMED`] by [`NAMED`].
    pub names: Vec<Name>,
}

/// Joins the neighbours of the parts, whose documents follow one another, and writes them: for each two words two terms.
/// They are worked out piece by piece, so that never all of them are in memory as terms; how many files the pieces
/// take is told by the first one, for numbers are spread evenly.
pub(super) fn write(parts: Vec<SortedNeighbours>, files: &mut Files) -> Shards {
    let size: usize = parts.iter().map(SortedNeighbours::size).sum();
    let piece_bits = power(size / AT_ONCE);
    let file_bits = power(dictionary::size(&merge(&parts, range(0, piece_bits))) / BLOCK);
    let bits = piece_bits + file_bits;
    let pieces: Vec<(Vec<Vec<u8>>, Files)> = (0..1u32 << piece_bits)
        .into_par_iter()
        .with_max_len(1)
        .map(|piece| {
            let piece = u64::from(piece);
            let terms = merge(&parts, range(piece, piece_bits));
            let mut far = Files::new();
            let mut rest = &terms[..];
            let mut blocks = Vec::new();
            for file in piece << file_bits..(piece + 1) << file_bits {
                let end = rest.partition_point(|term| number(&term.text) >> (KEY_BITS - bits) <= file);
                blocks.push(dictionary::block(&rest[..end], &mut far));
                rest = &rest[end..];
            }
            (blocks, far)
        })
        .collect();
    drop(parts);
    let mut blocks = Vec::new();
    for (of_piece, far) in pieces {
        blocks.extend(of_piece);
        files.extend(far);
    }
    let mut shards = Shards { bits, names: Vec::new() };
    while !blocks.is_empty() {
        let rest = blocks.split_off(blocks.len().min(NAMED));
        shards.names.push(add_parts(files, blocks));
        blocks = rest;
    }
    shards
}

/// The power of two that is next to a number.
fn power(number: usize) -> u32 {
    number.next_power_of_two().trailing_zeros().min(MOST_BITS)
}

/// The numbers that begin so.
fn range(beginning: u64, bits: u32) -> Range<u64> {
    beginning << (KEY_BITS - bits)..(beginning + 1) << (KEY_BITS - bits)
}

impl Shards {
    /// The address of the file that has the terms with this beginning.
    pub(super) fn file_of(&self, term: &str) -> Option<String> {
        let file = (number(term) >> (KEY_BITS - self.bits)) as usize;
        Some(part_route(self.names.get(file / NAMED)?, (file % NAMED) as u32))
    }
}

/// The terms of the neighbours whose numbers are in a range.
fn merge(parts: &[SortedNeighbours], range: Range<u64>) -> Vec<Term> {
    let mut all: Vec<(u64, u32, usize)> = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        let start = part.keys().partition_point(|key| *key < range.start);
        let keys = part.keys()[start..].iter().take_while(|key| **key < range.end);
        all.extend(keys.enumerate().map(|(at, key)| (*key, number as u32, start + at)));
    }
    all.sort_unstable();
    all.chunk_by(|one, other| one.0 == other.0).flat_map(|group| encode(parts, group)).collect()
}

fn encode(parts: &[SortedNeighbours], group: &[(u64, u32, usize)]) -> [Term; 2] {
    let all: Vec<(u32, u32)> = group
        .iter()
        .flat_map(|(_, part, at)| {
            let first = *part * DOCUMENTS as u32;
            parts[*part as usize].places(*at).map(move |(document, place)| (first + document, place))
        })
        .collect();
    let documents = || all.chunk_by(|one, other| one.0 == other.0);
    let count = documents().count() as u32;
    let text = term_of(group[0].0);
    let places = Term {
        text: format!("{text}{PLACES}").into(),
        count,
        postings: encode_places(documents().map(|of| of.iter().map(|(_, place)| *place))),
    };
    [Term { text: text.into(), count, postings: encode_documents(count, documents().map(|of| of[0].0)) }, places]
}

/// The parameter of the gaps between documents, and the gaps.
fn encode_documents(count: u32, documents: impl Iterator<Item = u32> + Clone) -> Box<[u8]> {
    let last = documents.clone().last().unwrap_or(0);
    let parameter = rice_parameter(u64::from(last + 1 - count), u64::from(count));
    let mut bits = BitWriter::default();
    bits.put(parameter, 5);
    let mut next = 0;
    for document in documents {
        bits.put_rice(document - next, parameter);
        next = document + 1;
    }
    bits.finish().into_boxed_slice()
}

/// The parameter of the gaps between places, and for each document how many places it has beside one, and the gaps.
fn encode_places<Places: Iterator<Item = u32> + Clone>(documents: impl Iterator<Item = Places> + Clone) -> Box<[u8]> {
    let gaps = |places: Places| {
        places.scan(0, |next, place| {
            let gap = place - *next;
            *next = place + 1;
            Some(gap)
        })
    };
    let all = documents.clone().flat_map(gaps);
    let parameter = rice_parameter(all.clone().map(u64::from).sum(), all.count() as u64);
    let mut bits = BitWriter::default();
    bits.put(parameter, 5);
    for places in documents {
        bits.put_rice(places.clone().count() as u32 - 1, 0);
        gaps(places).for_each(|gap| bits.put_rice(gap, parameter));
    }
    bits.finish().into_boxed_slice()
}

/// The documents of two neighbours, in order.
pub(super) fn decode_documents(count: u32, postings: &[u8]) -> Vec<u32> {
    let mut bits = BitReader::new(postings);
    let parameter = bits.take(5);
    let mut next = 0u32;
    let count = (count as usize).min(postings.len() * 8);
    (0..count)
        .map(|_| {
            let document = next.saturating_add(bits.rice(parameter));
            next = document.saturating_add(1);
            document
        })
        .collect()
}

/// The places of two neighbours, for each of their documents.
pub(super) fn decode_places(count: u32, postings: &[u8]) -> Vec<Vec<u32>> {
    let mut bits = BitReader::new(postings);
    let parameter = bits.take(5);
    // Of a damaged file each number takes a bit at least; else every document could have all of them.
    let most = postings.len() * 8;
    let mut left = most;
    (0..(count as usize).min(most))
        .map(|_| {
            let of_document = (bits.rice(0) as usize + 1).min(left);
            left -= of_document;
            let mut next = 0u32;
            (0..of_document)
                .map(|_| {
                    let place = next.saturating_add(bits.rice(parameter));
                    next = place.saturating_add(1);
                    place
                })
                .collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::neighbours::term;
    use crate::search::partial::Partial;

    fn part(texts: &[&str]) -> SortedNeighbours {
        let mut partial = Partial::default();
        for text in texts {
            partial.add(0, text);
            partial.end_document();
        }
        partial.sort().1
    }

    #[test]
    fn neighbours_are_where_they_follow_one_another() {
        let mut texts = vec!["none"; DOCUMENTS];
        texts[3] = "free royalty";
        texts[1000] = "a royalty free\n\nroyalty, free royalty";
        let parts = [part(&texts), part(&["royalty free royalty"])];
        let terms = merge(&parts, 0..1 << KEY_BITS);
        let of = |text: &str| terms.iter().find(|term| *term.text == *text);
        let (documents, places) = (term("free", "royalty"), term("free", "royalty") + "+");
        let found = of(&documents).unwrap();
        assert_eq!(decode_documents(found.count, &found.postings), [3, 1000, DOCUMENTS as u32]);
        // Two words, then three, a paragraph, and one more word before the fourth.
        let found = of(&places).unwrap();
        assert_eq!(decode_places(found.count, &found.postings), [vec![0], vec![5], vec![1]]);
        assert!(of(&term("free", "free")).is_none());
        assert!(terms.is_sorted_by(|one, other| one.text < other.text));
    }
}
