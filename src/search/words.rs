//! The words of a folded text.
//!
//! A word is a run of letters and digits (Unicode's Alphabetic and Number). Words joined by a single `-`, `.` or `_`
//! are words each, and with a digit among them also one word as a whole: `e-417` gives `e`, `417`, `e-417`. Scripts
//! that put no blanks between words give every two letters that adjoin. A blank line ends a paragraph.
//!
//! This is a simpler rule than that of UAX 29 on purpose: the browser must find the same words in what a reader
//! types, and browsers segment each with tables of their own.

/// What is longer is no word that a person types: digests in hexadecimal have at most 64 letters (SHA-256) and are still found.
const LONGEST: usize = 64;

/// What stands between the paragraphs of a text, across which no words follow one another.
pub(super) const PARAGRAPH: &str = "\n\n";

/// Hands out every word of a folded text, in order; the whole of joined words comes behind its parts.
pub fn each_word<'a>(folded: &'a str, mut tell: impl FnMut(&'a str)) {
    each_compound(folded, |compound| match compound.single() {
        Some(word) => tell(word),
        None => {
            compound.parts().filter(|part| is_short(part)).for_each(&mut tell);
            compound.whole().into_iter().for_each(&mut tell);
        }
    });
}

/// Whether it is looked up as a word.
pub(super) fn is_short(word: &str) -> bool {
    word.len() <= LONGEST
}

/// Words that are joined, or one that is not.
#[derive(Debug, Clone, Copy)]
pub struct Compound<'a> {
    text: &'a str,
    /// The classes of its bytes, put together.
    classes: u8,
}

impl<'a> Compound<'a> {
    /// Each word, however long.
    pub fn parts(self) -> impl Iterator<Item = &'a str> {
        let (is_joined, is_unspaced) = (self.is_joined(), self.is_unspaced());
        let joined = self.text.split(move |letter| is_joined && is_joint(letter));
        let plain = joined.clone().filter(move |_| !is_unspaced);
        plain.chain(joined.filter(move |_| is_unspaced).flat_map(unspaced))
    }

    /// All of them as one word, if there are several with a digit among them.
    pub fn whole(self) -> Option<&'a str> {
        let has_digit = self.classes & DIGIT > 0;
        (self.is_joined() && has_digit && !self.is_unspaced() && is_short(self.text)).then_some(self.text)
    }

    /// The one word that it is, as most are.
    pub(super) fn single(self) -> Option<&'a str> {
        (self.classes & (JOINT | LONG) == 0 && is_short(self.text)).then_some(self.text)
    }

    fn is_joined(self) -> bool {
        self.classes & JOINT > 0
    }

    fn is_unspaced(self) -> bool {
        self.classes & LONG > 0 && self.text.contains(is_unspaced_letter)
    }
}

fn is_joint(letter: char) -> bool {
    matches!(letter, '-' | '.' | '_')
}

/// What a byte of a folded text may be; each has a bit, so that one look tells several.
const LETTER: u8 = 1;
const DIGIT: u8 = 2;
const JOINT: u8 = 4;
/// A byte of a longer character.
const LONG: u8 = 8;

/// What each byte of a folded text is.
const CLASS: [u8; 256] = {
    let mut class = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        class[byte] = match byte as u8 {
            b'a'..=b'z' => LETTER,
            b'0'..=b'9' => DIGIT,
            b'-' | b'.' | b'_' => JOINT,
            0x80.. => LONG,
            _ => 0,
        };
        byte += 1;
    }
    class
};

/// Hands out the words of a folded text, those that are joined together.
pub fn each_compound<'a>(folded: &'a str, mut tell: impl FnMut(Compound<'a>)) {
    let bytes = folded.as_bytes();
    let mut start = 0;
    while start < bytes.len() {
        let (mut end, mut classes) = word_end(folded, start);
        if end == start {
            start += match CLASS[bytes[start] as usize] {
                LONG => folded[start..].chars().next().map_or(1, char::len_utf8),
                _ => 1,
            };
            continue;
        }
        while bytes.get(end).is_some_and(|&byte| CLASS[byte as usize] == JOINT) {
            let (next, more) = word_end(folded, end + 1);
            if next == end + 1 {
                break;
            }
            (end, classes) = (next, classes | more | JOINT);
        }
        tell(Compound { text: &folded[start..end], classes });
        start = end;
    }
}

/// The end of the letters and digits that begin at this byte, and the classes of their bytes.
#[inline]
fn word_end(folded: &str, start: usize) -> (usize, u8) {
    let bytes = folded.as_bytes();
    let (mut at, mut classes) = (start, 0);
    while let Some(&byte) = bytes.get(at) {
        match CLASS[byte as usize] {
            class @ (LETTER | DIGIT) => {
                classes |= class;
                at += 1;
            }
            LONG => match folded[at..].chars().next() {
                Some(letter) if letter.is_alphanumeric() => {
                    classes |= LONG;
                    at += letter.len_utf8();
                }
                _ => break,
            },
            _ => break,
        }
    }
    (at, classes)
}

/// Thai to Khmer, kana, Han: scripts that put no blanks between words.
pub(super) fn is_unspaced_letter(letter: char) -> bool {
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
            words.push(piece);
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
