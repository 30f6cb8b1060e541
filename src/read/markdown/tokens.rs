//! Finds wiki links, bare addresses and words that look like ids in plain text.

use std::ops::Range;

use super::bare_address;

/// Ids are names of files; what is longer is none.
const LONGEST_ID: usize = 200;

/// Something found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A word with a letter, and with a digit, dash, underscore or full stop.
    Mention,
    /// `[[kind:id|label]]`.
    Wiki { kind: Option<&'a str>, id: &'a str, label: &'a str },
    /// `https://…`.
    Address,
    /// `www.…`: a web address without its scheme.
    Host,
    /// `a@b.example`.
    Mail,
    /// `[[kind:id|`, where the label is not yet at its end.
    WikiStart { kind: Option<&'a str>, id: &'a str },
}

/// What a byte is to the search.
const LETTER: u8 = 1;
/// It makes an id of a word.
const MARK: u8 = 2;
const BRACKET: u8 = 4;
const COLON: u8 = 8;
/// The first byte of a longer character, or one behind it.
const LONG: u8 = 16;
const AT: u8 = 32;

const CLASS: [u8; 256] = {
    let mut class = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        class[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' | b'-' | b'_' | b'.' => MARK,
            b'[' => BRACKET,
            b':' => COLON,
            b'@' => AT,
            0x80.. => LONG,
            _ => 0,
        };
        byte += 1;
    }
    class
};

/// The first token at or behind `from`, and where it stands.
///
/// Most bytes are letters and blanks, and most words no ids: only at a mark is a word looked at.
pub(super) fn next_token(text: &str, from: usize) -> Option<(Token<'_>, Range<usize>)> {
    let bytes = text.as_bytes();
    let mut seen = from;
    let mut at = from;
    while let Some(skipped) = bytes[at..].iter().position(|&byte| CLASS[byte as usize] > LETTER) {
        at += skipped;
        match CLASS[bytes[at] as usize] {
            BRACKET => match wiki(text, at) {
                Some(found) => return Some(found),
                None => at += 1,
            },
            COLON => {
                let rest = &text[at + 1..];
                if rest.starts_with("//") {
                    if let Some(range) = bare_address::with_scheme(text, at).filter(|range| range.start >= from) {
                        return Some((Token::Address, range));
                    }
                    at += rest.find([' ', '\t', '\n', '<', '>', '"']).unwrap_or(rest.len());
                }
                at += 1;
            }
            AT => {
                if let Some(range) = bare_address::mail(text, from, at) {
                    return Some((Token::Mail, range));
                }
                at += 1;
            }
            _ => {
                let letters = bytes[seen..at].iter().rev().take_while(|&&byte| CLASS[byte as usize] == LETTER);
                let word = at - letters.count()..word_end(text, at);
                at = word.end;
                let host = bare_address::with_www(text, word.start);
                if let Some(range) = host {
                    return Some((Token::Host, range));
                }
                if word.is_empty() {
                    at += text[at..].chars().next().map_or(1, char::len_utf8);
                } else if let Some(range) = mention(text, word) {
                    return Some((Token::Mention, range));
                }
            }
        }
        seen = at;
    }
    None
}

/// The end of the word that goes on at `start`.
fn word_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    while at < bytes.len() {
        match CLASS[bytes[at] as usize] {
            LETTER | MARK => at += 1,
            LONG => match text[at..].chars().next() {
                Some(character) if character.is_alphanumeric() => at += character.len_utf8(),
                _ => break,
            },
            _ => break,
        }
    }
    at
}

/// The word without the punctuation around it, unless it is part of an address, path or e-mail.
fn mention(text: &str, word: Range<usize>) -> Option<Range<usize>> {
    let is_joint = |byte: Option<&u8>| matches!(byte, Some(b'/' | b'@' | b'\\'));
    let bytes = text.as_bytes();
    if is_joint(bytes.get(word.end)) || is_joint(word.start.checked_sub(1).and_then(|before| bytes.get(before))) {
        return None;
    }
    let written = &text[word.clone()];
    let start = word.start + written.len() - written.trim_start_matches(['.', '-', '_']).len();
    let token = written.trim_matches(['.', '-', '_']);
    let has_mark = token.bytes().any(|byte| CLASS[byte as usize] == MARK) || token.chars().any(char::is_numeric);
    (has_mark && token.len() <= LONGEST_ID && token.chars().any(char::is_alphabetic))
        .then(|| start..start + token.len())
}

/// The wiki link that begins at `start`.
fn wiki(text: &str, start: usize) -> Option<(Token<'_>, Range<usize>)> {
    let inner = text[start..].strip_prefix("[[")?;
    // A label may be long, an id may not, and a search must not run to the end for each bracket.
    let stop = inner.bytes().take(4 * LONGEST_ID).position(|byte| matches!(byte, b']' | b'[' | b'\n'));
    let (target, label) = inner[..stop.unwrap_or(0)].split_once('|').unzip();
    if let Some(stop) = stop
        && inner[stop..].starts_with("]]")
    {
        let (kind, id) = target_of(target.unwrap_or(&inner[..stop]))?;
        let label = label.map(str::trim).filter(|label| !label.is_empty()).unwrap_or(id);
        return Some((Token::Wiki { kind, id, label }, start..start + stop + 4));
    }
    let (target, _) = inner.split_at_checked(inner.bytes().take(LONGEST_ID).position(|byte| byte == b'|')?)?;
    let (kind, id) = target_of(target)?;
    Some((Token::WikiStart { kind, id }, start..start + target.len() + 3))
}

/// Kind and id of a wiki link; in a table the bar is written `\|`.
fn target_of(target: &str) -> Option<(Option<&str>, &str)> {
    let target = target.trim_end_matches('\\').trim();
    let is_kind = |kind: &str| !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-');
    let (kind, id) = match target.split_once(':') {
        Some((kind, id)) if is_kind(kind.trim()) => (Some(kind.trim()), id.trim()),
        _ => (None, target),
    };
    let is_id = !id.is_empty() && id.len() <= LONGEST_ID && !id.contains([' ', '\t', '\n', '[', ']', '<', '>']);
    is_id.then_some((kind, id))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mentions(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some((token, range)) = next_token(text, at) {
            if token == Token::Mention {
                found.push(&text[range.clone()]);
            }
            at = range.end;
        }
        found
    }

    #[test]
    fn words_with_a_letter_and_a_mark_are_mentions() {
        for (text, expected) in [
            ("see CHG-2041, and (PRB_7).", vec!["CHG-2041", "PRB_7"]),
            ("v1.2.3... _x-1_ --y2--", vec!["v1.2.3", "x-1", "y2"]),
            ("2026-05-19 12.5 word a.", vec![]),
            ("\u{c4}nderung-7 \u{2014}\u{4e2d}1\u{2014} \u{661}a", vec!["\u{c4}nderung-7", "\u{4e2d}1", "\u{661}a"]),
            ("https://x/CHG-1?CHG-2 CHG-3", vec!["CHG-3"]),
            ("a/CHG-1 CHG-2/b c-1@d.e x\\y-1 ./CHG-4", vec![]),
            ("CHG-1: text #CHG-2", vec!["CHG-1", "CHG-2"]),
            ("[CHG-1] [[ -f x1 ]]", vec!["CHG-1", "x1"]),
        ] {
            assert_eq!(mentions(text), expected, "{text}");
        }
        assert!(mentions(&"a-".repeat(500)).is_empty());
    }

    #[test]
    fn addresses_are_found_among_words() {
        let mut found = Vec::new();
        let text = "at https://x/CHG-1?a, www.y.org or a.b@c.org; CHG-3, xhttps://z";
        let mut at = 0;
        while let Some((token, range)) = next_token(text, at) {
            found.push((token, &text[range.clone()]));
            at = range.end;
        }
        let expected = [
            (Token::Address, "https://x/CHG-1?a"),
            (Token::Host, "www.y.org"),
            (Token::Mail, "a.b@c.org"),
            (Token::Mention, "CHG-3"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn wiki_links_have_a_kind_an_id_and_a_label() {
        for (text, expected) in [
            ("[[CHG-1]]", Some((None, "CHG-1", "CHG-1"))),
            ("[[change:CHG-1|the update]]", Some((Some("change"), "CHG-1", "the update"))),
            ("[[ known-error : KE 1 ]]", None),
            ("[[known-error: KE-1 | ]]", Some((Some("known-error"), "KE-1", "KE-1"))),
            ("[[CHG-1\\|x]]", Some((None, "CHG-1", "x"))),
            ("[[]]", None),
            ("[[|x]]", None),
            ("[[a\nb]]", None),
            ("[[a]", None),
        ] {
            let found = wiki(text, 0).map(|(token, range)| {
                assert_eq!(range, 0..text.len());
                match token {
                    Token::Wiki { kind, id, label } => (kind, id, label),
                    other => panic!("{other:?}"),
                }
            });
            assert_eq!(found, expected, "{text}");
        }
        assert_eq!(wiki("[[a:b|the ", 0), Some((Token::WikiStart { kind: Some("a"), id: "b" }, 0..6)));
    }
}
