//! The parts of words: a dictionary in which a long word is found by what stands in it, as `Zahlungsverkehr` by
//! `verkehr`.

use rayon::prelude::*;

use super::dictionary::is_plain;
use super::merge::Term;

/// What stands between a word's end and its beginning, which comes behind it; no word has it, and it comes before all
/// letters.
const TURN: char = ' ';

/// A part has at least so many letters, and as many as this stand before it, or it is none that a person would name.
pub(super) const SHORTEST_PART: usize = 4;
const FEWEST_BEFORE: usize = 3;

/// Every word from each of its letters on that may begin a part, with what comes before behind it.
pub(super) fn parts(terms: &[Term]) -> Vec<String> {
    let words = terms.par_iter().filter(|term| is_plain(&term.text));
    words.flat_map_iter(|term| turned(&term.text)).collect()
}

fn turned(word: &str) -> impl Iterator<Item = String> {
    let starts: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
    let last = (starts.len() + 1).saturating_sub(SHORTEST_PART);
    (FEWEST_BEFORE..last).map(move |at| format!("{}{TURN}{}", &word[starts[at]..], &word[..starts[at]]))
}

/// The word that was turned.
pub(super) fn word(turned: &str) -> Option<String> {
    let (end, beginning) = turned.split_once(TURN)?;
    Some(format!("{beginning}{end}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_word_is_turned_at_each_letter_that_may_begin_a_part() {
        let all: Vec<String> = turned("datenbank").collect();
        assert_eq!(all, ["enbank dat", "nbank date", "bank daten"]);
        assert_eq!(all.iter().map(|turned| word(turned).unwrap()).collect::<Vec<_>>(), ["datenbank"; 3]);
        assert_eq!(turned("report").count(), 0);
    }
}
