//! What a reader typed, taken apart.

use super::fold::fold;
use super::words::each_compound;

/// More words than this add nothing but files to fetch.
const MOST_WORDS: usize = 32;

/// A query.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Query {
    /// All of it, folded: perhaps an id.
    pub whole: String,
    /// The words that are looked for, each once.
    pub words: Vec<String>,
    /// Joined words with a digit, which count more where they stand as they are.
    pub compounds: Vec<String>,
    /// Words that must follow one another.
    pub phrases: Vec<Vec<String>>,
    /// Whether the last word may be the beginning of one.
    pub is_open: bool,
}

impl Query {
    /// Takes a query apart. A phrase is what stands between two quotation marks.
    pub fn new(text: &str) -> Query {
        let folded = fold(text);
        let quotes = |letter: char| matches!(letter, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}');
        let pieces: Vec<&str> = folded.split(quotes).collect();
        let mut query = Query { whole: folded.trim().to_owned(), ..Query::default() };
        for (number, piece) in pieces.iter().enumerate() {
            let is_phrase = number % 2 == 1 && number + 1 < pieces.len();
            let mut phrase = Vec::new();
            each_compound(piece, |compound| {
                phrase.extend(compound.parts().map(str::to_owned));
                query.compounds.extend(compound.whole().map(str::to_owned));
            });
            query.words.extend(phrase.iter().cloned());
            if is_phrase && phrase.len() > 1 {
                query.phrases.push(phrase);
            }
        }
        query.is_open = folded.chars().last().is_some_and(char::is_alphanumeric);
        let last = query.words.last().cloned();
        let mut seen = std::collections::BTreeSet::new();
        query.words.retain(|word| seen.insert(word.clone()));
        query.words.truncate(MOST_WORDS);
        query.compounds.retain(|word| seen.insert(word.clone()));
        query.compounds.truncate(MOST_WORDS);
        query.is_open &= last == query.words.last().cloned();
        query
    }
}
