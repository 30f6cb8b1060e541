//! The words of a folded text.
//!
//! A word is a run of letters and digits (Unicode's Alphabetic and Number). Words joined by a single `-`, `.` or `_`
//! are words each, and with a digit among them also one word as a whole: `e-417` gives `e`, `417`, `e-417`. Scripts
//! that put no blanks between words give every two letters that adjoin.
//!
//! This is a simpler rule than that of UAX 29 on purpose: the browser must find the same words in what a reader
//! types, and browsers segment each with tables of their own.

/// What is longer is no word that a person types.
const LONGEST: usize = 64;

/// Hands out every word of a folded text, in order; the whole of joined words comes behind its parts.
pub fn each_word<'a>(folded: &'a str, mut tell: impl FnMut(&'a str)) {
    each_compound(folded, |compound| {
        for part in compound.parts() {
            tell(part);
        }
        if let Some(whole) = compound.whole() {
            tell(whole);
        }
    });
}

/// Words that are joined, or one that is not.
#[derive(Debug, Clone, Copy)]
pub struct Compound<'a> {
    text: &'a str,
    is_joined: bool,
    has_digit: bool,
    is_unspaced: bool,
}

impl<'a> Compound<'a> {
    /// Each word.
    pub fn parts(self) -> impl Iterator<Item = &'a str> {
        let joined = self.text.split(move |letter| self.is_joined && is_joint(letter));
        let plain = joined.clone().filter(move |part| !self.is_unspaced && part.len() <= LONGEST);
        plain.chain(joined.filter(move |_| self.is_unspaced).flat_map(unspaced))
    }

    /// All of them as one word, if there are several with a digit among them.
    pub fn whole(self) -> Option<&'a str> {
        (self.is_joined && self.has_digit && !self.is_unspaced && self.text.len() <= LONGEST).then_some(self.text)
    }
}

fn is_joint(letter: char) -> bool {
    matches!(letter, '-' | '.' | '_')
}

/// Hands out the words of a folded text, those that are joined together.
pub fn each_compound<'a>(folded: &'a str, mut tell: impl FnMut(Compound<'a>)) {
    let bytes = folded.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let Some((width, _)) = word_letter(folded, at) else {
            at += 1;
            continue;
        };
        let start = at;
        let (mut is_joined, mut has_digit, mut is_unspaced) = (false, bytes[at].is_ascii_digit(), false);
        is_unspaced |= width > 1 && folded[at..].chars().next().is_some_and(is_unspaced_letter);
        at += width;
        while at < bytes.len() {
            if let Some((width, letter)) = word_letter(folded, at) {
                has_digit |= letter.is_ascii_digit();
                is_unspaced |= width > 1 && is_unspaced_letter(letter);
                at += width;
            } else if matches!(bytes[at], b'-' | b'.' | b'_') && word_letter(folded, at + 1).is_some() {
                is_joined = true;
                at += 1;
            } else {
                break;
            }
        }
        tell(Compound { text: &folded[start..at], is_joined, has_digit, is_unspaced });
    }
}

/// The letter or digit that begins at this byte, with its length.
#[inline]
fn word_letter(folded: &str, at: usize) -> Option<(usize, char)> {
    let byte = *folded.as_bytes().get(at)?;
    match byte {
        b'a'..=b'z' | b'0'..=b'9' => Some((1, byte as char)),
        0..0x80 => None,
        _ => {
            let letter = folded.get(at..)?.chars().next()?;
            letter.is_alphanumeric().then(|| (letter.len_utf8(), letter))
        }
    }
}

/// Thai to Khmer, kana, Han: scripts that put no blanks between words.
fn is_unspaced_letter(letter: char) -> bool {
    matches!(letter, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The words of a run with letters of such scripts: every two of them that adjoin, one that stands alone, and what
/// stands between as it is.
fn unspaced(run: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = run;
    while let Some(first) = rest.chars().next() {
        let is_other = |letter: char| is_unspaced_letter(letter) != is_unspaced_letter(first);
        let (piece, behind) = rest.split_at(rest.find(is_other).unwrap_or(rest.len()));
        rest = behind;
        if !is_unspaced_letter(first) {
            words.extend(Some(piece).filter(|piece| piece.len() <= LONGEST));
            continue;
        }
        let starts: Vec<usize> = piece.char_indices().map(|(at, _)| at).chain([piece.len()]).collect();
        match starts.len() {
            2 => words.push(piece),
            _ => words.extend(starts.windows(3).map(|bounds| &piece[bounds[0]..bounds[2]])),
        }
    }
    words
}
