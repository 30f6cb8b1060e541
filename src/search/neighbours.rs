//! Words that follow one another in a text: which, in which documents, and at which places.
//!
//! Two neighbours are known by a digest of their letters put together and by where the first of them ends. So those
//! that give the same letters, `time out` and `ti meout`, stand side by side, and `timeout` finds both.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::bytes::{Reader, put_number};

/// An odd number without a pattern (the golden ratio in 64 bits, and that of SplitMix64): a base for the digest of
/// letters, and what spreads it over all bits.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
const SPREAD: u64 = 0xbf58_476d_1ce4_e5b9;
/// How many bits of the digest count: among some millions of neighbours two alike are not to be expected.
const DIGEST_BITS: u32 = 50;
/// Five bits a digit: ten for the digest, one for where the first word ends.
const DIGITS: &[u8; 32] = b"0123456789abcdefghijklmnopqrstuv";
const DIGIT_BITS: u32 = 5;
/// What ends behind here is told apart by its letters alone.
const LAST_END: usize = 31;

/// How many bits a place in a document has: a record of a megabyte has fewer words and paragraphs than that.
const PLACE_BITS: u32 = 22;

/// A word as a part of two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Letters {
    digest: u64,
    /// What the digest of the letters before it is multiplied by.
    power: u64,
    length: usize,
}

impl Letters {
    pub(super) fn of(word: &str) -> Letters {
        let start = Letters { digest: 0, power: 1, length: word.len() };
        word.bytes().fold(start, |letters, byte| Letters {
            digest: letters.digest.wrapping_mul(BASE).wrapping_add(u64::from(byte)),
            power: letters.power.wrapping_mul(BASE),
            ..letters
        })
    }

    /// The number by which this word and the one behind it are known.
    fn with(self, next: Letters) -> u64 {
        let digest = self.digest.wrapping_mul(next.power).wrapping_add(next.digest);
        spread(digest) << DIGIT_BITS | self.length.min(LAST_END) as u64
    }
}

fn spread(digest: u64) -> u64 {
    let mixed = (digest ^ digest >> 32).wrapping_mul(SPREAD);
    (mixed ^ mixed >> 29) >> (u64::BITS - DIGEST_BITS)
}

/// The term under which the index has two neighbours.
pub(super) fn term(first: &str, second: &str) -> String {
    digits(Letters::of(first).with(Letters::of(second)), DIGEST_BITS / DIGIT_BITS + 1)
}

/// How many bits a number of neighbours has.
pub(super) const KEY_BITS: u32 = DIGEST_BITS + DIGIT_BITS;

/// The number of a term, or the least of those with a beginning.
pub(super) fn number(term: &str) -> u64 {
    let digit = |byte: u8| DIGITS.iter().position(|digit| *digit == byte).unwrap_or(0) as u64;
    let digits = term.bytes().chain(std::iter::repeat(DIGITS[0])).take((KEY_BITS / DIGIT_BITS) as usize);
    digits.fold(0, |number, byte| number << DIGIT_BITS | digit(byte))
}

/// What the terms of all neighbours begin with that give this word.
pub(super) fn beginning(word: &str) -> String {
    digits(spread(Letters::of(word).digest), DIGEST_BITS / DIGIT_BITS)
}

/// Where the first of two neighbours ends that give this word.
pub(super) fn split<'a>(term: &str, word: &'a str) -> Option<(&'a str, &'a str)> {
    let end = DIGITS.iter().position(|digit| term.as_bytes().last() == Some(digit))?;
    let is_known = (1..LAST_END).contains(&end) && end < word.len();
    word.split_at_checked(end).filter(|_| is_known)
}

/// The term of a number.
pub(super) fn term_of(key: u64) -> String {
    digits(key, DIGEST_BITS / DIGIT_BITS + 1)
}

fn digits(number: u64, count: u32) -> String {
    (0..count).rev().map(|place| char::from(DIGITS[(number >> (place * DIGIT_BITS) & 31) as usize])).collect()
}

/// What may stand in place of neighbours: no neighbours at this place; that a document ends; that the places of one
/// come once more, from the one that follows.
const NONE: u32 = u32::MAX;
const END: u32 = u32::MAX - 1;
const BACK: u32 = u32::MAX - 2;

/// The neighbours of some documents that follow one another.
#[derive(Default)]
pub(super) struct Neighbours {
    numbers: HashMap<u64, u32, FxBuildHasher>,
    keys: Vec<u64>,
    /// For each place the neighbours of which the second word stands there.
    found: Vec<u32>,
    before: Option<(Letters, bool)>,
    place: u32,
}

impl Neighbours {
    /// The place of the next word.
    pub(super) fn place(&self) -> u32 {
        self.place
    }

    /// Takes a word as the next one. Neighbours of which neither is new were there before.
    #[inline]
    pub(super) fn follow(&mut self, word: Letters, is_new: bool) {
        let Neighbours { numbers, keys, .. } = self;
        let number = match self.before.filter(|(_, was_new)| *was_new || is_new) {
            Some((before, _)) => {
                let key = before.with(word);
                *numbers.entry(key).or_insert_with(|| {
                    keys.push(key);
                    keys.len() as u32 - 1
                })
            }
            None => NONE,
        };
        self.found.push(number);
        self.before = Some((word, is_new));
        self.place += 1;
    }

    /// What comes now follows nothing.
    pub(super) fn end_paragraph(&mut self) {
        self.found.push(NONE);
        self.before = None;
        self.place += 1;
    }

    /// Goes back to a place: the same text comes once more, in another spelling.
    pub(super) fn go_back(&mut self, place: u32) {
        self.found.extend([BACK, place]);
        self.before = None;
        self.place = place;
    }

    pub(super) fn end_document(&mut self) {
        self.found.push(END);
        self.before = None;
        self.place = 0;
    }

    /// Puts neighbours and places in order.
    pub(super) fn sort(self) -> SortedNeighbours {
        let Neighbours { keys, found, .. } = self;
        let mut order: Vec<(u64, u32)> = keys.into_iter().zip(0..).collect();
        order.sort_unstable();
        let mut rank = vec![0u32; order.len()];
        for (at, (_, number)) in order.iter().enumerate() {
            rank[*number as usize] = at as u32;
        }
        let mut starts = vec![0u32; order.len() + 1];
        for (number, _) in placed(&found) {
            starts[rank[number as usize] as usize + 1] += 1;
        }
        for at in 0..order.len() {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut places = vec![0u32; *starts.last().unwrap_or(&0) as usize];
        for (number, place) in placed(&found) {
            let slot = &mut next[rank[number as usize] as usize];
            places[*slot as usize] = place;
            *slot += 1;
        }
        drop(found);
        let mut bytes = Vec::with_capacity(places.len() * 3);
        let mut ends = Vec::with_capacity(order.len());
        for bounds in starts.windows(2) {
            let places = &mut places[bounds[0] as usize..bounds[1] as usize];
            places.sort_unstable();
            put_places(&mut bytes, places);
            ends.push(bytes.len() as u32);
        }
        bytes.shrink_to_fit();
        SortedNeighbours { keys: order.into_iter().map(|(key, _)| key).collect(), ends, places: bytes }
    }
}

/// Neighbours, each with the document and the place of their first word.
fn placed(found: &[u32]) -> impl Iterator<Item = (u32, u32)> {
    let (mut document, mut place) = (0, 0);
    let mut rest = found.iter();
    std::iter::from_fn(move || {
        loop {
            match *rest.next()? {
                NONE => place += 1,
                END => (document, place) = (document + 1, 0),
                BACK => place = *rest.next()?,
                number => {
                    place += 1;
                    // The place is behind the second word now.
                    let first = (place - 2).min((1 << PLACE_BITS) - 1);
                    return Some((number, document << PLACE_BITS | first));
                }
            }
        }
    })
}

/// Writes documents with their places: the step to the document, and the place, or behind one in the same document
/// the step to it.
fn put_places(out: &mut Vec<u8>, places: &[u32]) {
    let (mut document, mut place) = (0, 0);
    for of in places {
        let (next_document, next_place) = (of >> PLACE_BITS, of & ((1 << PLACE_BITS) - 1));
        put_number(out, next_document - document);
        put_number(out, if next_document == document { next_place - place } else { next_place });
        (document, place) = (next_document, next_place);
    }
}

/// The neighbours of some documents in order. They wait in few bytes until all documents are read.
pub(super) struct SortedNeighbours {
    keys: Vec<u64>,
    /// Where the places of each end.
    ends: Vec<u32>,
    places: Vec<u8>,
}

impl SortedNeighbours {
    pub(super) fn keys(&self) -> &[u64] {
        &self.keys
    }

    /// How many bytes the places take.
    pub(super) fn size(&self) -> usize {
        self.places.len()
    }

    /// Documents (counted from the first of this part) with places, in order.
    pub(super) fn places(&self, at: usize) -> impl Iterator<Item = (u32, u32)> {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        let mut reader = Reader::new(&self.places[start..self.ends[at] as usize]);
        let (mut document, mut place) = (0, 0);
        std::iter::from_fn(move || {
            let step = reader.number()?;
            place = reader.number()? + if step == 0 { place } else { 0 };
            document += step;
            Some((document, place))
        })
    }
}
