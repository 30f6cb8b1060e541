//! What a reader typed, taken apart.

use std::collections::BTreeSet;

use super::fold::{fold, spell};
use super::words::{Compound, each_compound, is_short, is_unspaced_letter};

/// More words than this add nothing but files to fetch: a pasted message of 32 words is told from all others by then.
const MOST_WORDS: usize = 32;
/// With more words, each is looked for as it is typed: an error in one does not hide the record that has the others.
const FEW_WORDS: usize = 6;

/// A query.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Query {
    /// All of it, folded: perhaps an id.
    pub whole: String,
    /// The words that are looked for, each once.
    pub words: Vec<Word>,
    /// Joined words with a digit, which count more where they stand as they are.
    pub compounds: Vec<String>,
    /// Words that must follow one another.
    pub phrases: Vec<Phrase>,
    /// Whether the last word may be the beginning of one.
    pub is_open: bool,
    /// Whether there were too many words, and the last of them are not looked for.
    pub is_cut: bool,
}

/// A word that is looked for.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Word {
    /// The word.
    pub text: String,
    /// The same with its umlauts as two letters, if it has any.
    pub spelled: Option<String>,
    /// What it is together with the word before it or behind it: `timeout` for `time-out` and `time out`.
    pub joined: Vec<String>,
    /// Whether it stands in a phrase.
    pub is_quoted: bool,
}

/// Words between quotation marks, of any length.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// The words.
    pub words: Vec<String>,
    /// The same with umlauts as two letters.
    pub spelled: Vec<String>,
}

/// A part of the query between quotation marks or between blanks.
struct Part {
    text: String,
    spelled: String,
    /// Which piece between quotation marks, and which joined words it belongs to.
    piece: usize,
    compound: usize,
}

impl Query {
    /// Takes a query apart. A phrase is what stands between two quotation marks.
    pub fn new(text: &str) -> Query {
        let folded = fold(text);
        let mut query = Query { whole: folded.trim().to_owned(), ..Query::default() };
        let parts = query.take_apart(&folded, &spell(text));
        query.take_words(&parts);
        query.is_open = folded.chars().last().is_some_and(char::is_alphanumeric)
            && !query.is_cut
            && parts.last().map(|part| &part.text) == query.words.last().map(|word| &word.text);
        query
    }

    /// Whether so few words are looked for that what is like them is looked for too.
    pub fn is_short(&self) -> bool {
        self.words.len() <= FEW_WORDS
    }

    /// The parts in order; phrases and joined words go where they belong.
    fn take_apart(&mut self, folded: &str, spelled: &str) -> Vec<Part> {
        let quotes = |letter: char| matches!(letter, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}');
        let last = folded.matches(quotes).count();
        let mut parts: Vec<Part> = Vec::new();
        let mut compound = 0;
        for (piece, (folded, spelled)) in folded.split(quotes).zip(spelled.split(quotes)).enumerate() {
            let start = parts.len();
            let spelled: Vec<Vec<String>> = compounds(spelled, |of| of.parts().map(str::to_owned).collect());
            let mut spelled = spelled.into_iter().flatten();
            each_compound(folded, |of| {
                compound += 1;
                self.compounds.extend(of.whole().map(str::to_owned));
                for text in of.parts() {
                    let spelled = spelled.next().unwrap_or_default();
                    parts.push(Part { text: text.to_owned(), spelled, piece, compound });
                }
            });
            let is_phrase = piece % 2 == 1 && piece < last && start < parts.len();
            if is_phrase {
                let words = |of: fn(&Part) -> &String| parts[start..].iter().map(of).cloned().collect();
                self.phrases.push(Phrase { words: words(|part| &part.text), spelled: words(|part| &part.spelled) });
            }
        }
        parts
    }

    fn take_words(&mut self, parts: &[Part]) {
        let mut seen = BTreeSet::new();
        let words = || parts.iter().filter(|part| is_short(&part.text));
        let is_few = words().map(|part| &part.text).collect::<BTreeSet<_>>().len() <= FEW_WORDS;
        for part in words().filter(|part| seen.insert(part.text.clone())) {
            let spelled = Some(&part.spelled).filter(|spelled| **spelled != part.text && is_short(spelled));
            let is_quoted = self.phrases.iter().any(|phrase| phrase.words.contains(&part.text));
            self.words.push(Word { text: part.text.clone(), spelled: spelled.cloned(), joined: Vec::new(), is_quoted });
        }
        self.is_cut = self.words.len() > MOST_WORDS;
        self.words.truncate(MOST_WORDS);
        for two in parts.windows(2) {
            let [first, second] = two else { continue };
            let is_near = first.compound == second.compound || (is_few && first.piece == second.piece);
            if is_near && may_be_one(&first.text, &second.text) {
                let joined = format!("{}{}", first.text, second.text);
                for word in self.words.iter_mut().filter(|word| word.text == first.text || word.text == second.text) {
                    if is_short(&joined) && !word.joined.contains(&joined) {
                        word.joined.push(joined.clone());
                    }
                }
            }
        }
        self.compounds.retain(|word| seen.insert(word.clone()));
        self.compounds.truncate(MOST_WORDS);
    }
}

fn compounds<T>(folded: &str, of: impl Fn(Compound<'_>) -> T) -> Vec<T> {
    let mut all = Vec::new();
    each_compound(folded, |compound| all.push(of(compound)));
    all
}

/// Whether two words can also be written as one: two numbers cannot, nor can words of a script without blanks.
pub(super) fn may_be_one(first: &str, second: &str) -> bool {
    let (before, behind) = (first.chars().last(), second.chars().next());
    let are = |test: fn(char) -> bool| before.is_some_and(test) && behind.is_some_and(test);
    !are(char::is_numeric) && !before.is_some_and(is_unspaced_letter) && !behind.is_some_and(is_unspaced_letter)
}
