//! Text as it is compared: compatibility forms, accents and case are one (UAX 15, NFKD), and apostrophes are gone.
//!
//! `themes/default/assets/search.js` folds what a reader types in the very same way, character by character; a test
//! holds the two together.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Letters that NFKD leaves as they are although people type them in another way.
const SPELLINGS: &[(char, &str)] = &[
    ('\u{df}', "ss"),
    ('\u{e6}', "ae"),
    ('\u{f8}', "o"),
    ('\u{111}', "d"),
    ('\u{131}', "i"),
    ('\u{142}', "l"),
    ('\u{153}', "oe"),
    ('\u{3c2}', "\u{3c3}"),
];

/// Puts a text in the form in which texts are compared at the end of `folded`. Says whether it has letters that
/// [`spell`] writes in another way.
pub(super) fn fold_into(text: &str, folded: &mut String) -> bool {
    fold_as(text, folded, false)
}

/// The text in the form in which texts are compared.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// As [`fold`], with umlauts written as two letters, as those do whose keyboard has none: `ae`, `oe`, `ue`, `aa`.
pub fn spell(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_as(text, &mut folded, true);
    folded
}

fn fold_as(text: &str, folded: &mut String, is_spelled: bool) -> bool {
    let mut has_umlauts = false;
    let mut rest = text;
    while !rest.is_empty() {
        let plain = rest.bytes().position(|byte| byte >= 0x80 || byte == b'\'').unwrap_or(rest.len());
        let start = folded.len();
        folded.push_str(&rest[..plain]);
        folded[start..].make_ascii_lowercase();
        rest = &rest[plain..];
        let long = rest.bytes().position(|byte| byte < 0x80 && byte != b'\'').unwrap_or(rest.len());
        for letter in rest[..long].nfkd().flat_map(char::to_lowercase) {
            let second = second_letter(letter, folded);
            has_umlauts |= second.is_some();
            fold_letter(letter, folded);
            folded.extend(second.filter(|_| is_spelled));
        }
        rest = &rest[long..];
    }
    has_umlauts
}

/// The second letter of an umlaut: two dots on `a`, `o` or `u`, a ring on `a`, and `o` with its stroke.
fn second_letter(letter: char, before: &str) -> Option<char> {
    match letter {
        '\u{308}' if before.ends_with(['a', 'o', 'u']) => Some('e'),
        '\u{30a}' if before.ends_with('a') => Some('a'),
        '\u{f8}' => Some('e'),
        _ => None,
    }
}

fn fold_letter(letter: char, folded: &mut String) {
    match letter {
        '\'' | '\u{2019}' => {}
        '\u{2010}'..='\u{2015}' | '\u{2212}' => folded.push('-'),
        _ if letter.is_ascii() => folded.push(letter),
        _ if is_combining_mark(letter) => {}
        _ => match SPELLINGS.iter().find(|(written, _)| *written == letter) {
            Some((_, spelling)) => folded.push_str(spelling),
            None => folded.push(letter),
        },
    }
}
