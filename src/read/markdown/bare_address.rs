//! Addresses that stand in a text without any sign that they are meant as links: `https://…`, `www.…`, `a@b.example`.
//!
//! The rules are those of GitHub's Markdown, but that the host of `http://` may have no full stop, as hosts inside a
//! house, and that quotes and brackets of other scripts end no address either.

use std::ops::Range;

/// What people have before the `@` of their address is shorter.
const LONGEST_NAME: usize = 64;

/// The names of signs that people write are shorter.
const LONGEST_ENTITY: usize = 10;

/// Names of hosts are shorter.
const LONGEST_HOST: usize = 253;

/// The web address whose `://` stands at `colon`.
pub(super) fn with_scheme(text: &str, colon: usize) -> Option<Range<usize>> {
    let before = &text.as_bytes()[..colon];
    let letters = before.iter().rev().take(6).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let start = colon - letters;
    let scheme = &text[start..colon];
    if !["http", "https"].iter().any(|known| known.eq_ignore_ascii_case(scheme)) || is_inside_word(text, start) {
        return None;
    }
    web(text, start, colon + "://".len(), false)
}

/// The web address that begins with `www.` at `start`.
pub(super) fn with_www(text: &str, start: usize) -> Option<Range<usize>> {
    let is_www = text.get(start..start + 4).is_some_and(|begin| begin.eq_ignore_ascii_case("www."));
    let is_joined = is_inside_word(text, start) || text[..start].ends_with(['/', '.', '-', '_', '@', ':', '=']);
    if !is_www || is_joined { None } else { web(text, start, start, true) }
}

/// The mail address whose `@` stands at `at`, no part of it before `from`.
pub(super) fn mail(text: &str, from: usize, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || b".-_+".contains(byte);
    let name = bytes[from..at].iter().rev().take(LONGEST_NAME + 1).take_while(|byte| is_of_name(byte)).count();
    let start = at - name;
    let start = start + text[start..at].len() - text[start..at].trim_start_matches(['.', '-', '_', '+']).len();
    if start == at
        || at - start > LONGEST_NAME
        || is_inside_word(text, start)
        || text[..start].ends_with(['/', ':', '@'])
    {
        return None;
    }
    let host = host_end(text, at + 1);
    let written = text[at + 1..host].trim_end_matches(['.', '-', '_']);
    let end = at + 1 + written.len();
    let is_remote = text[end..].starts_with(['/', '@'])
        || (text[end..].starts_with(':') && !text[end + 1..].starts_with(char::is_whitespace) && text.len() > end + 1);
    (is_host(written, true) && !is_remote).then_some(start..end)
}

/// The address from `start` on, whose host begins at `host`.
fn web(text: &str, start: usize, host: usize, wants_stop: bool) -> Option<Range<usize>> {
    let host_end = host_end(text, host);
    if !is_host(text[host..host_end].trim_end_matches(['.', '-', '_']), wants_stop) {
        return None;
    }
    // Signs that turn the direction of a text could show another address than the one that is meant.
    let is_end = |letter: char| {
        letter.is_whitespace()
            || letter.is_control()
            || matches!(letter, '<' | '>' | '"' | '\u{201c}' | '\u{201d}' | '\u{ab}' | '\u{bb}')
            || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let length = text[host_end..].find(is_end).unwrap_or(text.len() - host_end);
    let end = without_end(text, host..host_end + length);
    (end > host).then_some(start..end)
}

fn host_end(text: &str, start: usize) -> usize {
    let is_of_host = |letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '-' | '_');
    let length = text[start..].char_indices().take(LONGEST_HOST + 1).find(|(_, letter)| !is_of_host(*letter));
    length.map_or_else(|| text[start..].chars().take(LONGEST_HOST + 1).map(char::len_utf8).sum::<usize>(), |(at, _)| at)
        + start
}

/// Parts between full stops, none of them empty, no underscore in the last two.
fn is_host(host: &str, wants_stop: bool) -> bool {
    let parts = || host.split('.');
    host.len() <= LONGEST_HOST
        && parts().all(|part| !part.is_empty() && part.contains(char::is_alphanumeric))
        && (parts().nth(1).is_some() || !wants_stop)
        && host.rsplit('.').take(2).all(|part| !part.contains('_'))
}

/// Where an address ends, without the marks behind it that belong to the sentence.
fn without_end(text: &str, address: Range<usize>) -> usize {
    const PAIRS: [(char, char); 3] = [('(', ')'), ('[', ']'), ('{', '}')];
    let written = &text[address.clone()];
    let mut open = PAIRS.map(|(left, right)| {
        let count = |sign: char| written.matches(sign).count() as isize;
        count(left) - count(right)
    });
    let mut end = address.end;
    while let Some(last) = text[address.start..end].chars().next_back() {
        let pair = PAIRS.iter().position(|&(_, right)| right == last);
        let is_of_sentence = match pair {
            Some(pair) if open[pair] < 0 => {
                open[pair] += 1;
                true
            }
            Some(_) => false,
            None if last == ';' => match entity(&text[address.start..end]) {
                Some(length) => {
                    end -= length;
                    continue;
                }
                None => true,
            },
            None => is_mark(last),
        };
        if !is_of_sentence {
            break;
        }
        end -= last.len_utf8();
    }
    end
}

/// How long the entity is that a text ends with: `&lt;` that was meant as a sign.
fn entity(text: &str) -> Option<usize> {
    let name = text.bytes().rev().skip(1).take(LONGEST_ENTITY).take_while(u8::is_ascii_alphanumeric).count();
    let before = text.len() - 1 - name;
    (name > 0 && text[..before].ends_with('&')).then_some(name + 2)
}

/// Marks that end a sentence, a part of it, or a quotation.
fn is_mark(letter: char) -> bool {
    matches!(
        letter,
        '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '`' | '|' | '\u{2018}'
            ..='\u{201f}'
                | '\u{2026}'
                | '\u{203a}'
                | '\u{bb}'
                | '\u{2013}'
                | '\u{2014}'
                | '\u{3001}'
                | '\u{3002}'
                | '\u{300d}'
                | '\u{300f}'
                | '\u{3011}'
                | '\u{ff01}'
                | '\u{ff09}'
                | '\u{ff0c}'
                | '\u{ff0e}'
                | '\u{ff1a}'
                | '\u{ff1b}'
                | '\u{ff1f}'
                | '\u{60c}'
                | '\u{61b}'
                | '\u{61f}'
    )
}

fn is_inside_word(text: &str, start: usize) -> bool {
    text[..start].ends_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_addresses_end_before_the_marks_of_the_sentence() {
        for (text, expected) in [
            ("https://a.example/b", "https://a.example/b"),
            ("HTTPS://A.example", "HTTPS://A.example"),
            ("(see https://a.example/b).", "https://a.example/b"),
            ("https://a.example/b_(c), d", "https://a.example/b_(c)"),
            ("(https://a.example/b_(c))", "https://a.example/b_(c)"),
            ("https://a.example/[b]], c", "https://a.example/[b]"),
            ("https://a.example/?q=1&r=2&copy;", "https://a.example/?q=1&r=2"),
            ("https://a.example/b;c;", "https://a.example/b;c"),
            ("\u{201c}https://a.example/b\u{201d} x", "https://a.example/b"),
            ("https://a.example/\u{e9}?!", "https://a.example/\u{e9}"),
            ("https://a.example\u{3002}", "https://a.example"),
            ("https://a.example/b<br>", "https://a.example/b"),
            ("http://jenkins:8080/job/1", "http://jenkins:8080/job/1"),
            ("**https://a.example/b**", "https://a.example/b"),
            ("url=https://a.example", "https://a.example"),
            ("https://user@a.example/", "https://user@a.example/"),
            ("javascript://a.example/%0aalert(1)", ""),
            ("xhttp://a.example", ""),
            ("http://", ""),
            ("https://?a", ""),
            ("https://-/", ""),
            ("https://a_b.example", ""),
            ("https://a..example", ""),
        ] {
            let colon = text.find("://").unwrap();
            let found = with_scheme(text, colon).map_or("", |range| &text[range]);
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn hosts_with_www_and_mail_addresses_are_known_by_their_form() {
        for (text, expected) in [
            ("www.a.example/b.", "www.a.example/b"),
            ("(WWW.a.example)", "WWW.a.example"),
            ("www.", ""),
            ("www.a", "www.a"),
            ("xwww.a.example", ""),
            ("//www.a.example", ""),
        ] {
            let start = text.to_lowercase().find("www").unwrap();
            assert_eq!(with_www(text, start).map_or("", |range| &text[range]), expected, "{text}");
        }
        for (text, expected) in [
            ("ops@a.example", "ops@a.example"),
            ("to ops.team+night@a.b.example.", "ops.team+night@a.b.example"),
            ("<.ops@a.example>", "ops@a.example"),
            ("ops@a", ""),
            ("@a.example", ""),
            ("ops@a_b.example", ""),
            ("git@a.example:team/x.git", ""),
            ("mailto:ops@a.example", ""),
            ("https://u@a.example", ""),
            ("a@b@c.example", ""),
            ("write to ops@a.example: now", "ops@a.example"),
        ] {
            let at = text.rfind('@').unwrap();
            assert_eq!(mail(text, 0, at).map_or("", |range| &text[range]), expected, "{text}");
        }
    }
}
