//! Whether words follow one another in a text, or in the text of a page.

use html5gum::{Token, Tokenizer};

use super::fold::fold;
use super::words::each_compound;

/// Elements that stand within a word or sentence.
const INLINE: [&str; 13] = ["a", "abbr", "b", "code", "del", "em", "i", "kbd", "mark", "span", "strong", "sub", "sup"];

/// Whether a text has every one of these rows of words.
pub(super) fn has_phrases(text: &str, phrases: &[Vec<String>]) -> bool {
    let folded = fold(text);
    let mut words: Vec<&str> = Vec::new();
    each_compound(&folded, |compound| words.extend(compound.parts()));
    phrases.iter().all(|phrase| words.windows(phrase.len()).any(|row| row == phrase.as_slice()))
}

/// The text of a page's main part.
pub(super) fn words_of_page(html: &[u8]) -> String {
    let mut text = Vec::new();
    let mut is_main = false;
    for token in Tokenizer::new(html) {
        let Ok(token) = token;
        let name = match &token {
            Token::StartTag(tag) => &tag.name,
            Token::EndTag(tag) => &tag.name,
            Token::String(letters) if is_main => {
                text.extend_from_slice(letters);
                continue;
            }
            _ => continue,
        };
        if name.as_slice() == b"main" {
            is_main = matches!(token, Token::StartTag(_));
        }
        if !INLINE.iter().any(|inline| inline.as_bytes() == name.as_slice()) {
            text.push(b' ');
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}
