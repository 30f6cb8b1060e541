//! From a word of a query to the terms of the dictionary that may be meant.

use anyhow::{Context, Result};

use super::dictionary::{self, Directory, Entry, takes_errors};
use super::searcher::Searcher;

/// A term that may be meant, and how sure that is, in sixteenths.
pub(super) type Alternative = (Entry, u32);

const EXACT: u32 = 16;
const LONGER: u32 = 8;
const ONE_ERROR: u32 = 12;
const TWO_ERRORS: u32 = 8;

/// A beginning of fewer letters is looked up only as the word that it is.
const SHORTEST_BEGINNING: usize = 2;
/// Words that begin so: at most this many, and with no more bytes of postings than this.
const MOST_LONGER: usize = 24;
const MOST_LONGER_BYTES: usize = 16 << 10;
/// From this length on a word may have two errors.
const LONG_WORD: usize = 8;
/// How many words may be meant by one with errors.
const MOST_CORRECTIONS: usize = 6;
/// How many files of a dictionary are looked through for one beginning.
const MOST_BLOCKS: usize = 4;

impl Searcher<'_> {
    /// The terms that a word may mean: itself, what begins with it if it is open, and where there is none of these,
    /// or with errors asked for, words that differ from it by a typing error.
    pub(super) fn lookup(&self, word: &str, is_open: bool, with_errors: bool) -> Result<Vec<Alternative>> {
        let is_open = is_open && word.chars().count() >= SHORTEST_BEGINNING;
        let entries = self.entries(word, if is_open { MOST_BLOCKS } else { 1 })?;
        let (exact, mut longer): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(|entry| entry.text == word);
        let mut found: Vec<Alternative> = exact.into_iter().map(|entry| (entry, EXACT)).collect();
        if is_open {
            longer.retain(|entry| entry.text.starts_with(word) && !entry.text.contains('='));
            longer.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.text.cmp(&other.text)));
            let mut bytes = 0;
            longer.retain(|entry| {
                bytes += entry.size;
                bytes <= MOST_LONGER_BYTES
            });
            found.extend(longer.into_iter().take(MOST_LONGER).map(|entry| (entry, LONGER)));
        }
        if (found.is_empty() || with_errors) && takes_errors(word) {
            found.extend(self.corrections(word)?);
        }
        Ok(found)
    }

    /// The entry of exactly this term.
    pub(super) fn exact(&self, term: &str) -> Result<Option<Entry>> {
        Ok(self.entries(term, 1)?.into_iter().find(|entry| entry.text == term))
    }

    /// The entries of the files that can hold terms with this beginning.
    fn entries(&self, beginning: &str, most: usize) -> Result<Vec<Entry>> {
        self.blocks(&self.root().terms, beginning, most, dictionary::read)
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
                if takes_errors(&entry.text) && (1..=most_errors).contains(&errors(&entry.text)) {
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
            let rest = || other.count.cmp(&one.count).then_with(|| one.text.cmp(&other.text));
            one_errors.cmp(other_errors).then_with(rest)
        });
        found.dedup_by(|one, other| one.1.text == other.1.text);
        let fewest = found.first().map_or(0, |(errors, _)| *errors);
        found.retain(|(errors, _)| *errors == fewest);
        found.truncate(MOST_CORRECTIONS);
        let factor = if fewest == 1 { ONE_ERROR } else { TWO_ERRORS };
        Ok(found.into_iter().map(|(_, entry)| (entry, factor)).collect())
    }
}
