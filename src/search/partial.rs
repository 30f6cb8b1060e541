//! The index of some neighbouring documents, made by one thread.

use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::hash::Hasher;

use super::fold::{fold_into, spell};
use super::neighbours::{Letters, Neighbours, SortedNeighbours};
use super::words::{PARAGRAPH, each_compound, is_short};

/// How many documents a partial index has: with the step of its impact a posting then fits into 16 bits.
pub(super) const DOCUMENTS: usize = 1024;

/// Steps of how well a word describes a document: 4 bits, the rest of the 16 of a posting.
pub(super) const IMPACTS: u32 = 16;
pub(super) const IMPACT_BITS: u32 = 4;

/// A document of so many words of running text is neither long nor short. A fixed number, so that one record's text
/// does not change what is written of all the others.
const USUAL_LENGTH: f32 = 200.0;
/// How much length counts, and how soon more of a word adds nothing: BM25's b and k1, within the usual 0.5 to 0.8 and 1.2 to 2
/// (Robertson and Zaragoza 2009, 3.4).
const LENGTH_INFLUENCE: f32 = 0.6;
const SATURATION: f32 = 1.2;

/// One word of one document, as long as the document is read.
#[derive(Clone, Copy)]
struct Count {
    term: u32,
    weighted: u16,
    running: u16,
}

/// The index of some neighbouring documents.
#[derive(Default)]
pub(super) struct Partial {
    table: HashTable<u32>,
    letters: Vec<u8>,
    /// Where each term ends in `letters`.
    ends: Vec<u32>,
    /// The same as parts of two.
    parts: Vec<Letters>,
    neighbours: Neighbours,
    /// The last document that has each term, with its number among the counts.
    seen: Vec<(u32, u32)>,
    counts: Vec<Count>,
    running: u32,
    document: u32,
    folded: String,
    /// Term, and document with impact, in the order of documents.
    postings: Vec<(u32, u16)>,
}

/// A finished partial index: its terms in order, each with its postings.
pub(super) struct Sorted {
    letters: Vec<u8>,
    ends: Vec<u32>,
    /// Terms in order.
    order: Vec<u32>,
    /// Where each term's postings begin; one more than there are terms.
    starts: Vec<u32>,
    postings: Vec<u16>,
}

fn hash(term: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(term);
    hasher.finish()
}

fn term_of<'a>(letters: &'a [u8], ends: &[u32], term: u32) -> &'a [u8] {
    let start = term.checked_sub(1).map_or(0, |before| ends[before as usize] as usize);
    &letters[start..ends[term as usize] as usize]
}

impl Partial {
    /// Counts the words of a text of the present document; without a weight they are running text.
    pub(super) fn add(&mut self, weight: u8, text: &str) {
        let mut folded = std::mem::take(&mut self.folded);
        folded.clear();
        let has_umlauts = fold_into(text, &mut folded);
        let start = self.neighbours.place();
        for paragraph in folded.split(PARAGRAPH) {
            each_compound(paragraph, |compound| match compound.single() {
                Some(word) => self.word(word, weight),
                None => {
                    compound.parts().for_each(|word| self.word(word, weight));
                    if let Some(whole) = compound.whole() {
                        self.count(whole, weight);
                    }
                }
            });
            self.neighbours.end_paragraph();
        }
        if has_umlauts {
            self.neighbours.go_back(start);
            self.add_spelled(weight, &folded, &spell(text));
        }
        self.folded = folded;
    }

    /// Counts those words of the same text that are others with their umlauts as two letters.
    fn add_spelled(&mut self, weight: u8, folded: &str, spelled: &str) {
        for (folded, spelled) in folded.split(PARAGRAPH).zip(spelled.split(PARAGRAPH)) {
            let mut words = Vec::new();
            each_compound(folded, |compound| words.extend(compound.parts()));
            let mut words = words.into_iter();
            each_compound(spelled, |compound| {
                for (word, as_folded) in compound.parts().zip(&mut words) {
                    match word == as_folded {
                        true => self.neighbours.follow(Letters::of(word), false),
                        false => self.word(word, weight),
                    }
                }
            });
            self.neighbours.end_paragraph();
        }
    }

    #[inline]
    fn word(&mut self, word: &str, weight: u8) {
        let letters = match is_short(word) {
            true => {
                let term = self.count(word, weight);
                self.parts[term as usize]
            }
            false => Letters::of(word),
        };
        self.neighbours.follow(letters, true);
    }

    /// Notes a value that records share, or an id: it is found as a whole, in its namespace.
    pub(super) fn mark(&mut self, namespace: &str, value: &str) {
        let mut folded = std::mem::take(&mut self.folded);
        folded.clear();
        folded.push_str(namespace);
        folded.push('=');
        fold_into(value, &mut folded);
        self.count(&folded, 1);
        self.folded = folded;
    }

    fn count(&mut self, word: &str, weight: u8) -> u32 {
        let term = self.term(word);
        self.running += u32::from(weight == 0);
        let (document, number) = self.seen[term as usize];
        let number = match document == self.document + 1 {
            true => number as usize,
            false => {
                self.seen[term as usize] = (self.document + 1, self.counts.len() as u32);
                self.counts.push(Count { term, weighted: 0, running: 0 });
                self.counts.len() - 1
            }
        };
        let count = &mut self.counts[number];
        match weight {
            0 => count.running = count.running.saturating_add(1),
            _ => count.weighted = count.weighted.saturating_add(u16::from(weight)),
        }
        term
    }

    fn term(&mut self, word: &str) -> u32 {
        let Partial { table, letters, ends, .. } = self;
        let hash_of_word = hash(word.as_bytes());
        if let Some(term) = table.find(hash_of_word, |term| term_of(letters, ends, *term) == word.as_bytes()) {
            return *term;
        }
        let term = ends.len() as u32;
        letters.extend_from_slice(word.as_bytes());
        ends.push(letters.len() as u32);
        table.insert_unique(hash_of_word, term, |term| hash(term_of(letters, ends, *term)));
        self.seen.push((0, 0));
        self.parts.push(Letters::of(word));
        term
    }

    /// Takes in what was counted since the last call as the next document.
    pub(super) fn end_document(&mut self) {
        let length = 1.0 - LENGTH_INFLUENCE + LENGTH_INFLUENCE * self.running as f32 / USUAL_LENGTH;
        for count in self.counts.drain(..) {
            let frequency = f32::from(count.weighted) + f32::from(count.running) / length;
            let impact = (frequency / (frequency + SATURATION) * IMPACTS as f32) as u32;
            let posting = self.document << IMPACT_BITS | impact.min(IMPACTS - 1);
            self.postings.push((count.term, posting as u16));
        }
        self.running = 0;
        self.document += 1;
        self.neighbours.end_document();
    }

    /// Puts terms and postings in order, and neighbours.
    pub(super) fn sort(self) -> (Sorted, SortedNeighbours) {
        let Partial { letters, ends, postings, neighbours, .. } = self;
        let mut keyed: Vec<(u64, u32)> =
            (0..ends.len() as u32).map(|term| (key(term_of(&letters, &ends, term)), term)).collect();
        keyed.sort_unstable_by(|one, other| {
            let rest = || term_of(&letters, &ends, one.1).cmp(term_of(&letters, &ends, other.1));
            one.0.cmp(&other.0).then_with(rest)
        });
        let mut starts = vec![0u32; ends.len() + 1];
        for (term, _) in &postings {
            starts[*term as usize + 1] += 1;
        }
        for term in 0..ends.len() {
            starts[term + 1] += starts[term];
        }
        let mut next = starts.clone();
        let mut of_terms = vec![0u16; postings.len()];
        for (term, posting) in postings {
            let slot = &mut next[term as usize];
            of_terms[*slot as usize] = posting;
            *slot += 1;
        }
        let order = keyed.into_iter().map(|(_, term)| term).collect();
        (Sorted { letters, ends, order, starts, postings: of_terms }, neighbours.sort())
    }
}

/// The first eight bytes as a number, so that most comparisons want no more.
pub(super) fn key(term: &[u8]) -> u64 {
    let mut first = [0; 8];
    let length = term.len().min(8);
    first[..length].copy_from_slice(&term[..length]);
    u64::from_be_bytes(first)
}

impl Sorted {
    /// The numbers of the terms in order.
    pub(super) fn order(&self) -> &[u32] {
        &self.order
    }

    pub(super) fn term(&self, term: u32) -> &[u8] {
        term_of(&self.letters, &self.ends, term)
    }

    /// Documents (counted from the first of this part) with their impacts.
    pub(super) fn postings(&self, term: u32) -> impl Iterator<Item = (u32, u32)> {
        let range = self.starts[term as usize] as usize..self.starts[term as usize + 1] as usize;
        self.postings[range].iter().map(|posting| (u32::from(posting >> IMPACT_BITS), u32::from(posting & 15)))
    }

    pub(super) fn postings_count(&self, term: u32) -> u32 {
        self.starts[term as usize + 1] - self.starts[term as usize]
    }
}
