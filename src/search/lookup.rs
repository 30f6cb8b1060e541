//! From a word of a query to the terms of the dictionary that may be meant.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use rustc_hash::FxHashMap;

use super::bytes::Reader;
use super::dictionary::{self, Directory, Entry, is_plain};
use super::meant::{Alternative, Meant};
use super::merge::decode;
use super::neighbours;
use super::places::{PLACES, decode_documents};
use super::query::{Query, Word, may_be_one};
use super::searcher::Searcher;
use super::within;

/// How sure it is that a term is meant, in sixteenths: the word itself; the same written as one, with a hyphen or as two; a
/// longer one for a beginning; one with an error. Only their order matters much: what was typed comes before what is guessed.
const EXACT: u32 = 16;
const JOINED: u32 = 14;
const LONGER: u32 = 8;
const ONE_ERROR: u32 = 12;
const TWO_ERRORS: u32 = 8;
/// A word that has this one as a part. Whole words stand before it, whatever else they give.
const PART: u32 = 1;
/// Two words count like one in the middle of all steps of how well a word describes a document.
const IMPACT_OF_TWO: u32 = 7;

/// A beginning of fewer letters is looked up only as the word that it is: half of all words would begin so.
const SHORTEST_BEGINNING: usize = 2;
/// A word of fewer letters is not looked up as two: its halves would be single letters.
const SHORTEST_OF_TWO: usize = 4;
/// Words that begin so: at most this many, and with no more bytes of postings than this. Each may take a file, and what is typed
/// next tells more.
const MOST_LONGER: usize = 24;
const MOST_LONGER_BYTES: usize = 16 << 10;
/// Words that have one within: at most this many, for each takes a file of the dictionary. A word that more than so many
/// documents have as a whole is not looked for as a part: those documents would come before all that it gives.
const MOST_WITHIN: usize = 4;
const MANY: u32 = 500;
/// Words of which one is a part take at most so many bytes of postings: they come last, and are not worth a long wait.
const MOST_PART_BYTES: usize = 4 << 10;
/// Longer postings of a word of which it is known that all results have it are not fetched for what they would add.
const LONG_POSTINGS: usize = 8 << 10;
/// From this length on a word may have two errors: of shorter ones every other word would be meant.
const LONG_WORD: usize = 8;
/// How many words may be meant by one with errors: more would be guessing, and each takes a file.
const MOST_CORRECTIONS: usize = 6;
/// How many files of a dictionary are looked through for one beginning, and for a part of words: they are fetched one behind
/// the other, and a person waits.
const MOST_BLOCKS: usize = 4;
const MOST_PART_BLOCKS: usize = 2;

impl Searcher<'_> {
    /// The terms that a word may mean: itself; what it is when it is written as one or as two; what begins with it if
    /// it is open; words of which it is a part; and where there is none of these, or with errors asked for, words that
    /// differ from it by a typing error.
    pub(super) fn lookup(&self, query: &Query, number: usize, with_errors: bool) -> Result<Meant> {
        let word = &query.words[number];
        let is_open = query.is_open && number + 1 == query.words.len();
        let is_open = is_open && word.text.chars().count() >= SHORTEST_BEGINNING;
        let may_have_parts = query.is_short() && is_plain(&word.text);
        let most = if is_open {
            MOST_BLOCKS
        } else if may_have_parts {
            MOST_PART_BLOCKS
        } else {
            1
        };
        let (exact, longer): (Vec<Entry>, Vec<Entry>) =
            self.entries(&word.text, most)?.into_iter().partition(|entry| entry.text == word.text);
        let count = exact.iter().map(|entry| entry.count).sum::<u32>();
        let has_parts = may_have_parts && count <= MANY;
        let one = |factor| move |entry| Alternative { entry, factor, is_two: false };
        let mut found: Vec<Alternative> = exact.into_iter().map(one(EXACT)).collect();
        if let Some(spelled) = &word.spelled {
            found.extend(self.exact(spelled)?.map(one(EXACT)));
        }
        for joined in &word.joined {
            found.extend(self.exact(joined)?.map(one(JOINED)));
        }
        if query.is_short() {
            found.extend(self.as_two(word)?);
        }
        match is_open {
            true => found.extend(beginning_with(longer, &word.text, MOST_LONGER_BYTES).map(one(LONGER))),
            false if has_parts => found.extend(beginning_with(longer, &word.text, MOST_PART_BYTES).map(one(PART))),
            false => {}
        }
        if has_parts {
            found.extend(self.having_within(&word.text)?.into_iter().map(one(PART)));
        }
        let is_corrected = found.is_empty();
        if (is_corrected || with_errors) && is_plain(&word.text) {
            found.extend(self.corrections(&word.text)?);
        }
        let mut seen = BTreeSet::new();
        found.retain(|of| seen.insert((of.is_two, of.entry.text.clone())));
        Ok(Meant { is_corrected: is_corrected && !found.is_empty(), alternatives: found, count: None })
    }

    /// The terms of a word that all results have, for it stands in a phrase that they have.
    pub(super) fn known(&self, word: &Word) -> Result<Meant> {
        let mut meant = self.meant(&word.text)?;
        if let Some(spelled) = &word.spelled {
            meant.alternatives.extend(self.meant(spelled)?.alternatives);
        }
        let of = |sum: fn(&Entry) -> u64| meant.alternatives.iter().map(|of| sum(&of.entry)).sum::<u64>();
        meant.count = Some(of(|entry| u64::from(entry.count)));
        if of(|entry| entry.size as u64) > LONG_POSTINGS as u64 {
            meant.alternatives.clear();
        }
        Ok(meant)
    }

    /// A term as the one that is meant.
    pub(super) fn meant(&self, term: &str) -> Result<Meant> {
        let entry = self.exact(term)?;
        let alternatives = entry.map(|entry| Alternative { entry, factor: EXACT, is_two: false }).into_iter().collect();
        Ok(Meant { alternatives, count: None, is_corrected: false })
    }

    /// The entry of exactly this term.
    pub(super) fn exact(&self, term: &str) -> Result<Option<Entry>> {
        Ok(self.entries(term, 1)?.into_iter().find(|entry| entry.text == term))
    }

    /// The entry of exactly these neighbours.
    pub(super) fn neighbours(&self, term: &str) -> Result<Option<Entry>> {
        Ok(self.neighbours_like(term)?.into_iter().find(|entry| entry.text == term))
    }

    /// The entries of the file that has the neighbours with this beginning.
    fn neighbours_like(&self, beginning: &str) -> Result<Vec<Entry>> {
        let Some(path) = self.root().neighbours.file_of(beginning) else { return Ok(Vec::new()) };
        dictionary::read(&self.fetch(&path)?).with_context(|| Self::broken(&path))
    }

    /// Two words that follow one another and give this one together.
    fn as_two(&self, word: &Word) -> Result<Vec<Alternative>> {
        let mut found = Vec::new();
        if word.text.chars().count() < SHORTEST_OF_TWO {
            return Ok(found);
        }
        for text in std::iter::once(&word.text).chain(&word.spelled) {
            let beginning = neighbours::beginning(text);
            for entry in self.neighbours_like(&beginning)? {
                let is_so = entry.text.starts_with(&beginning)
                    && !entry.text.ends_with(PLACES)
                    && neighbours::split(&entry.text, text).is_some_and(|(first, second)| may_be_one(first, second));
                if is_so {
                    found.push(Alternative { entry, factor: JOINED, is_two: true });
                }
            }
        }
        Ok(found)
    }

    /// Words that have a part within or at their end: those that are least longer.
    fn having_within(&self, part: &str) -> Result<Vec<Entry>> {
        let directory = self.directory(&self.root().within)?;
        let turned = self.blocks(&directory, part, MOST_PART_BLOCKS, dictionary::read_texts)?;
        let mut words: Vec<(usize, String)> = turned
            .iter()
            .filter(|turned| turned.starts_with(part))
            .filter_map(|turned| within::word(turned))
            .map(|word| (word.chars().count(), word))
            .collect();
        words.sort();
        words.dedup();
        words.truncate(MOST_WITHIN);
        let entries = words.iter().map(|(_, word)| self.exact(word)).collect::<Result<Vec<_>>>()?;
        Ok(entries.into_iter().flatten().collect())
    }

    /// The entries of the files that can hold terms with this beginning.
    fn entries(&self, beginning: &str, most: usize) -> Result<Vec<Entry>> {
        self.blocks(&self.root().terms, beginning, most, dictionary::read)
    }

    fn directory(&self, path: &str) -> Result<Directory> {
        Directory::read(&mut Reader::new(&self.fetch(path)?)).with_context(|| Self::broken(path))
    }

    fn blocks<T>(
        &self,
        directory: &Directory,
        beginning: &str,
        most: usize,
        read: impl Fn(&[u8]) -> Option<Vec<T>>,
    ) -> Result<Vec<T>> {
        let mut all = Vec::new();
        for path in directory.files_of(beginning).take(most) {
            all.extend(read(&self.fetch(&path)?).with_context(|| Self::broken(&path))?);
        }
        Ok(all)
    }

    /// Words that differ by a typing error: one, or two in a long word. An error in the one half of a word leaves the
    /// other half as it is; the one that does not is two letters in the middle that changed places.
    fn corrections(&self, word: &str) -> Result<Vec<Alternative>> {
        let letters: Vec<char> = word.chars().collect();
        let half = letters.len() / 2;
        let most_errors = if letters.len() >= LONG_WORD { 2 } else { 1 };
        let beginning: String = letters[..half].iter().collect();
        let exchanged: String = letters[..half - 1].iter().chain([&letters[half]]).collect();
        let ending: String = letters[half..].iter().rev().collect();
        let errors = |text: &str| strsim::osa_distance(word, text);
        let mut found: Vec<(usize, Entry)> = Vec::new();
        for beginning in [beginning, exchanged] {
            for entry in self.entries(&beginning, MOST_BLOCKS)? {
                if is_plain(&entry.text) && (1..=most_errors).contains(&errors(&entry.text)) {
                    found.push((errors(&entry.text), entry));
                }
            }
        }
        let mut others: Vec<(usize, String)> = self
            .blocks(&self.root().endings, &ending, MOST_BLOCKS, dictionary::read_endings)?
            .into_iter()
            .map(|text| (errors(&text), text))
            .filter(|(errors, _)| (1..=most_errors).contains(errors))
            .collect();
        others.sort();
        for (errors, text) in others.into_iter().take(MOST_CORRECTIONS) {
            found.extend(self.exact(&text)?.map(|entry| (errors, entry)));
        }
        found.sort_by(|(one_errors, one), (other_errors, other)| {
            one_errors.cmp(other_errors).then_with(|| commonest_first(one, other))
        });
        found.dedup_by(|one, other| one.1.text == other.1.text);
        let fewest = found.first().map_or(0, |(errors, _)| *errors);
        found.retain(|(errors, _)| *errors == fewest);
        found.truncate(MOST_CORRECTIONS);
        let factor = if fewest == 1 { ONE_ERROR } else { TWO_ERRORS };
        Ok(found.into_iter().map(|(_, entry)| Alternative { entry, factor, is_two: false }).collect())
    }

    /// The best that the terms give to each document, and how many documents have one of those that stand for the word.
    pub(super) fn best(&self, alternatives: &[Alternative]) -> Result<(FxHashMap<u32, u32>, u64)> {
        let least = alternatives.iter().map(|of| of.factor).max().unwrap_or(0).min(PART + 1);
        let stands = |of: &&Alternative| of.factor >= least;
        let count = alternatives.iter().filter(stands).map(|of| u64::from(of.entry.count)).sum();
        let mut best: FxHashMap<u32, u32> = FxHashMap::default();
        for Alternative { entry, factor, is_two } in alternatives {
            let postings = self.postings(entry)?;
            let documents = match is_two {
                true => decode_documents(entry.count, &postings).into_iter().map(|at| (at, IMPACT_OF_TWO)).collect(),
                false => decode(entry.count, &postings),
            };
            for (document, impact) in documents {
                let of_document = best.entry(document).or_default();
                *of_document = (*of_document).max(factor * (impact + 1));
            }
        }
        Ok((best, count))
    }
}

/// Those of some entries that begin with a word and are longer: the commonest, as far as they take few bytes.
fn beginning_with(mut entries: Vec<Entry>, word: &str, most_bytes: usize) -> impl Iterator<Item = Entry> {
    entries.retain(|entry| entry.text.starts_with(word) && !entry.text.contains('='));
    entries.sort_by(commonest_first);
    let mut bytes = 0;
    entries.retain(|entry| {
        bytes += entry.size;
        bytes <= most_bytes
    });
    entries.into_iter().take(MOST_LONGER)
}

fn commonest_first(one: &Entry, other: &Entry) -> std::cmp::Ordering {
    other.count.cmp(&one.count).then_with(|| one.text.cmp(&other.text))
}
