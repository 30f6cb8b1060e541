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

/// Fewer postings are short as they are: bits for each document would be more.
const MANY: u32 = 1 << 10;

/// How many of the lowest bits of impacts are left out: what a common word gives is so little that its steps may be
/// longer.
fn omitted_bits(count: u32, documents: usize) -> u32 {
    match documents as u32 / count.max(1) {
        _ if count < MANY => 0,
        0..4 => 2,
        4..32 => 1,
        _ => 0,
    }
}

/// Joins the parts, whose documents follow one another; `documents` is how many there are.
pub(super) fn merge(parts: &[Sorted], documents: usize) -> Vec<Term> {
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
    groups.par_iter().map(|group| encode(parts, group, documents)).collect()
}

/// Postings are the parameter of the gaps between documents, how many bits of the impacts are left out, and then by
/// turns a gap and an impact. Where bits are left out, the impacts that are left stand in front, the commonest first,
/// and a posting has the place of its own among them: mostly one bit or two.
fn encode(parts: &[Sorted], group: &[(u64, u32, u32)], all: usize) -> Term {
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
    let omitted = omitted_bits(count, all);
    bits.put(omitted, 2);
    let places =
        if omitted > 0 { put_levels(&mut bits, omitted, documents().map(|(_, impact)| impact)) } else { [0; LEVELS] };
    let mut next = 0;
    for (document, impact) in documents() {
        bits.put_rice(document - next, parameter);
        match omitted {
            0 => bits.put(impact, IMPACT_BITS),
            _ => bits.put_rice(places[(impact >> omitted) as usize], 0),
        }
        next = document + 1;
    }
    let text = String::from_utf8_lossy(parts[group[0].1 as usize].term(group[0].2)).into();
    Term { text, count, postings: bits.finish().into_boxed_slice() }
}

const LEVELS: usize = 1 << IMPACT_BITS;

/// Writes the impacts without the bits that are left out, the commonest first, and gives the place of each.
fn put_levels(bits: &mut BitWriter, omitted: u32, impacts: impl Iterator<Item = u32>) -> [u32; LEVELS] {
    let mut counts = [0u32; LEVELS];
    impacts.for_each(|impact| counts[(impact >> omitted) as usize] += 1);
    let mut levels: Vec<usize> = (0..LEVELS >> omitted).collect();
    levels.sort_by_key(|&level| std::cmp::Reverse(counts[level]));
    let mut places = [0; LEVELS];
    for (place, level) in levels.into_iter().enumerate() {
        bits.put(level as u32, IMPACT_BITS - omitted);
        places[level] = place as u32;
    }
    places
}

/// The documents of a term, in order, each with its impact; where bits of it were left out, in the middle.
pub(super) fn decode(count: u32, postings: &[u8]) -> Vec<(u32, u32)> {
    let mut bits = BitReader::new(postings);
    let parameter = bits.take(5);
    let omitted = bits.take(2);
    let middle = (1 << omitted) >> 1;
    let levels: Vec<u32> = match omitted {
        0 => Vec::new(),
        _ => (0..LEVELS >> omitted).map(|_| bits.take(IMPACT_BITS - omitted) << omitted | middle).collect(),
    };
    let mut next = 0u32;
    let count = (count as usize).min(postings.len() * 8);
    (0..count)
        .map(|_| {
            let document = next.saturating_add(bits.rice(parameter));
            next = document.saturating_add(1);
            let impact = match omitted {
                0 => bits.take(IMPACT_BITS),
                _ => levels.get(bits.rice(0) as usize).copied().unwrap_or(0),
            };
            (document, impact)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::partial::Partial;

    /// So many documents with the same word, in some of them oftener than in others.
    fn part(documents: usize) -> Sorted {
        let mut partial = Partial::default();
        for document in 0..documents {
            partial.add(0, &"word ".repeat(1 + document * document % 9));
            partial.end_document();
        }
        partial.sort().0
    }

    #[test]
    fn the_commoner_a_word_the_longer_the_steps_of_its_impacts() {
        let parts = [part(DOCUMENTS), part(10)];
        let count = DOCUMENTS + 10;
        let second = parts[1].postings(0).map(|(document, impact)| (DOCUMENTS as u32 + document, impact));
        let exact: Vec<(u32, u32)> = parts[0].postings(0).chain(second).collect();
        for (documents, farthest) in [(count * 32, 0), (count * 4, 1), (count, 2)] {
            let term = merge(&parts, documents).remove(0);
            let read = decode(term.count, &term.postings);
            assert_eq!(read.len(), count);
            let is_near = |((document, impact), exact): (&(u32, u32), &(u32, u32))| {
                *document == exact.0 && impact.abs_diff(exact.1) <= farthest
            };
            assert!(read.iter().zip(&exact).all(is_near), "{documents}");
            assert_eq!(read == exact, farthest == 0, "{documents}");
        }
    }
}
