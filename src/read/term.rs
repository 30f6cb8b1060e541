//! Closed sets of words, and what a word means that is in none of them.

use super::spelling::nearest;

/// A closed set of words that a key may hold.
pub trait Term: Sized + Copy + PartialEq + 'static {
    /// Every word with what it means; the first word of each meaning is its own, others are read as well.
    const WORDS: &'static [(&'static str, Self)];

    /// Words of other tools and houses that are not read, each with what is meant by it.
    const MEANT: &'static [(&'static str, Self)] = &[];
}

/// What a written word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said<T> {
    /// A word of the set.
    Term(T),
    /// Another word for one of the set: the set's own word, and what it means.
    Meant(&'static str, T),
    /// Nothing that is known.
    Nothing,
}

/// What a word says in a set: one of its words, else by its meaning, else by its spelling.
pub fn understand<T: Term>(written: &str) -> Said<T> {
    let plain = written.to_lowercase().replace([' ', '_'], "-");
    if let Some((_, term)) = T::WORDS.iter().find(|(word, _)| *word == plain) {
        return Said::Term(*term);
    }
    let bare = bare(written);
    // Selection lists are exported with their numbers: `1 - Critical`.
    let unnumbered = bare.trim_start_matches(|letter: char| letter.is_ascii_digit()).trim_start_matches('-');
    let meant = |word: &str| {
        let found = T::MEANT.iter().chain(T::WORDS).find(|(known, _)| *known == word);
        found.map(|(_, term)| *term)
    };
    let own = |term: T| T::WORDS.iter().find(|(_, other)| *other == term).map(|(word, _)| *word);
    let by_meaning = meant(&bare).or_else(|| meant(unnumbered).filter(|_| !unnumbered.is_empty()));
    let by_spelling = || {
        let near = nearest(written, T::WORDS.iter().map(|(word, _)| *word))?;
        T::WORDS.iter().find(|(word, _)| *word == near).map(|(_, term)| *term)
    };
    match by_meaning.or_else(by_spelling).and_then(|term| Some((own(term)?, term))) {
        Some((word, term)) => Said::Meant(word, term),
        None => Said::Nothing,
    }
}

/// Letters and digits in lower case, one `-` between each two words; apostrophes are no ends of words.
fn bare(written: &str) -> String {
    let joined = written.to_lowercase().replace(['\'', '\u{2019}'], "");
    let words = joined.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}
