//! Raw HTML, tokenised as browsers do it: what each tag asks for, and what is no text at all.

use std::borrow::Cow;
use std::ops::Range;

use html5gum::{DefaultEmitter, Span, StartTag, Token, Tokenizer};

use super::element::{Tag, present_name, tag};

/// One thing in raw HTML; offsets are into the HTML.
pub(super) enum Piece<'a> {
    /// Text, with its place if it stands there as it is.
    Text { text: Cow<'a, str>, range: Range<usize> },
    /// A start tag.
    Start { asks_for: Tag, tag: StartTag<usize>, range: Range<usize>, name: &'a str },
    /// An end tag.
    End { asks_for: Tag, name: &'a str },
    /// A script or style; the answer of the callback says where to go on.
    Hidden { range: Range<usize>, name: &'a str },
    /// A comment or the like that does not end.
    Unclosed { range: Range<usize> },
}

/// Hands out the pieces of raw HTML. `tell` may answer with an offset at which to go on.
pub(super) fn each_piece<'a>(html: &'a str, mut tell: impl FnMut(Piece<'a>) -> Option<usize>) {
    let mut base = 0;
    'again: loop {
        let rest = html.get(base..).unwrap_or_default();
        for token in Tokenizer::new_with_emitter(rest, DefaultEmitter::<usize>::new_with_span()) {
            let Ok(token) = token;
            let go_on = match token {
                Token::Comment(comment) => {
                    let range = place(&comment.span, base, html);
                    let end = match html.get(range.start..) {
                        Some(text) if text.starts_with("<?") => end_of(html, range.start, "?>"),
                        Some(text) if text.starts_with("<![CDATA[") => end_of(html, range.start, "]]>"),
                        Some(text) if text.starts_with("<!--") && !is_ended_comment(&text[..range.len()]) => {
                            tell(Piece::Unclosed { range: range.start..html.len() })
                        }
                        _ => None,
                    };
                    end.filter(|&end| end > range.end)
                }
                other => piece(other, base, html).and_then(&mut tell),
            };
            if let Some(go_on) = go_on {
                base = go_on.max(base + 1);
                if base >= html.len() {
                    return;
                }
                continue 'again;
            }
        }
        return;
    }
}

fn piece(token: Token<usize>, base: usize, html: &str) -> Option<Piece<'_>> {
    match token {
        Token::String(text) => {
            let range = place(&text.span, base, html);
            let written = &html[range.clone()];
            let text = if written.as_bytes() == text.value.as_slice() {
                Cow::Borrowed(written)
            } else {
                Cow::Owned(String::from_utf8_lossy(&text.value).into_owned())
            };
            Some(Piece::Text { text, range })
        }
        Token::StartTag(start) => {
            let range = place(&start.span, base, html);
            let name = name_in(&html[range.clone()], 1);
            Some(match tag(present_name(&start.name)) {
                Tag::Hidden => Piece::Hidden { range, name },
                asks_for => Piece::Start { asks_for, tag: start, range, name },
            })
        }
        Token::EndTag(end) => {
            let name = name_in(&html[place(&end.span, base, html)], 2);
            Some(Piece::End { asks_for: tag(present_name(&end.name)), name })
        }
        Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => None,
    }
}

/// A token's place in the whole HTML, cut to what can be sliced.
fn place(span: &Span<usize>, base: usize, html: &str) -> Range<usize> {
    let end = (base + span.end).min(html.len());
    let range = (base + span.start).min(end)..end;
    if html.get(range.clone()).is_some() { range } else { 0..0 }
}

/// The letters of a tag's name as they were typed.
fn name_in(tag: &str, from: usize) -> &str {
    let name = tag.get(from..).unwrap_or_default();
    let end = name.find(|letter: char| !(letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | ':')));
    &name[..end.unwrap_or(name.len())]
}

fn is_ended_comment(comment: &str) -> bool {
    comment.ends_with("-->") || comment.ends_with("--!>") || comment == "<!-->" || comment == "<!--->"
}

fn end_of(html: &str, from: usize, end: &str) -> Option<usize> {
    Some(html[from..].find(end).map_or(html.len(), |length| from + length + end.len()))
}

/// The value of an attribute.
pub(super) fn attribute<'t>(tag: &'t StartTag<usize>, name: &str) -> Option<Cow<'t, str>> {
    tag.attributes.get(name.as_bytes()).map(|value| String::from_utf8_lossy(&value.value))
}

/// The value of an attribute that is a number.
pub(super) fn number<T: std::str::FromStr>(tag: &StartTag<usize>, name: &str) -> Option<T> {
    attribute(tag, name).and_then(|value| value.trim().parse().ok())
}

/// Where the end tag of an element ends, searched from `from` on.
pub(super) fn end_tag(text: &str, from: usize, name: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(found) = text.get(at..)?.find("</") {
        let start = at + found + 2;
        let end = start + name.len();
        let is_name = bytes.get(start..end).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()));
        if is_name && bytes.get(end).is_some_and(|next| next.is_ascii_whitespace() || matches!(next, b'/' | b'>')) {
            return text[end..].find('>').map(|length| end + length + 1);
        }
        at = start;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_end_tags_whatever_their_case() {
        assert_eq!(end_tag("a</SCRIPT\n>b", 0, "script"), Some(11));
        assert_eq!(end_tag("a</scripts></", 0, "script"), None);
        assert_eq!(end_tag("</script", 0, "script"), None);
    }
}
