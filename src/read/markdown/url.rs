//! Which addresses may be linked, and how they are written into an attribute.

/// Whether a link may lead there: `http`, `https`, `mailto`, `tel` or relative.
///
/// The address is judged as a browser reads it, without white space around it and without the tabs
/// and line breaks inside it. Entities must have been decoded. Backslashes and control characters are
/// refused, since browsers take `/\host` for `//host`.
pub fn safe_url(url: &str) -> bool {
    let url = trimmed(url);
    if url.bytes().any(|byte| byte == b'\\' || (byte < 0x20 && !is_dropped(byte)) || byte == 0x7f) {
        return false;
    }
    scheme(url).is_none_or(|scheme| {
        ["https", "http", "mailto", "tel"].iter().any(|known| {
            let written = scheme.bytes().filter(|&byte| !is_dropped(byte));
            written.map(|byte| byte.to_ascii_lowercase()).eq(known.bytes())
        })
    })
}

/// Whether a safe address leads away from the site: it names a scheme or a host.
pub fn is_outside_url(url: &str) -> bool {
    let url = trimmed(url);
    let mut bytes = url.bytes().filter(|&byte| !is_dropped(byte));
    scheme(url).is_some() || (bytes.next() == Some(b'/') && bytes.next() == Some(b'/'))
}

/// Whether an image may be loaded from there.
pub(super) fn is_image_url(url: &str) -> bool {
    let url = trimmed(url);
    safe_url(url) && scheme(url).is_none_or(|scheme| scheme.as_bytes()[0].eq_ignore_ascii_case(&b'h'))
}

/// Words for a link that has none: the last part of the address.
pub(super) fn last_part(url: &str) -> &str {
    let path = url.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let part = path.rsplit('/').next().unwrap_or_default();
    if part.trim().is_empty() { url } else { part }
}

/// Adds an address as the value of an attribute in double quotes.
pub(super) fn push_url(out: &mut String, url: &str) {
    let url = trimmed(url);
    let fragment = url.find('#').unwrap_or(url.len());
    for (at, character) in url.char_indices() {
        match character {
            '#' if at > fragment => out.push_str("%23"),
            '&' => out.push_str("&amp;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => {}
            '%' if !url.as_bytes()[at + 1..].iter().take(2).filter(|byte| byte.is_ascii_hexdigit()).count().eq(&2) => {
                out.push_str("%25");
            }
            '\0'..=' ' | '"' | '<' | '>' | '[' | ']' | '\\' | '^' | '`' | '{' | '|' | '}' | '\x7f' => {
                out.push('%');
                out.extend(char::from_digit(character as u32 >> 4, 16).map(|digit| digit.to_ascii_uppercase()));
                out.extend(char::from_digit(character as u32 & 15, 16).map(|digit| digit.to_ascii_uppercase()));
            }
            '\u{80}'..='\u{9f}' => {}
            _ => out.push(character),
        }
    }
}

/// What stands before the first colon, unless the colon belongs to a path, query or fragment.
fn scheme(url: &str) -> Option<&str> {
    let end = url.find([':', '/', '?', '#'])?;
    (url.as_bytes()[end] == b':').then(|| if end == 0 { ":" } else { &url[..end] })
}

fn trimmed(url: &str) -> &str {
    url.trim_matches(|character: char| character <= ' ')
}

/// Browsers drop these wherever they stand.
fn is_dropped(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_four_schemes_and_relative_addresses_are_safe() {
        for url in [
            "",
            "a.md",
            "../a.md#b",
            "#b",
            "?a:b",
            "/a:b",
            "//example.org",
            "HTTPS://example.org",
            " http://a",
            "h\nttp://a",
            "mailto:a@b.c",
            "tel:+1",
            "a/b:c",
            "%6aavascript:",
        ] {
            assert_eq!(safe_url(url), url != "%6aavascript:", "{url:?}");
        }
        for url in [
            "javascript:x",
            "JaVaScRiPt:x",
            " \u{1}javascript:x",
            "java\nscript:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "blob:x",
            ":x",
            "\\\\host",
            "/\\host",
            "a\u{0}b",
            "java\u{ad}script:x",
            "\u{a0}javascript:x",
            "view-source:http://a",
            "httpsx://a",
        ] {
            assert!(!safe_url(url), "{url:?}");
        }
    }

    #[test]
    fn outside_is_whatever_names_a_host_or_scheme() {
        for (url, expected) in [
            ("//a", true),
            ("/\n/a", true),
            ("http://a", true),
            ("mailto:a", true),
            ("/a", false),
            ("a//b", false),
            ("#a:b", false),
        ] {
            assert_eq!(is_outside_url(url), expected, "{url:?}");
        }
        assert!(is_image_url("a.png") && is_image_url("HTTP://a/b") && !is_image_url("mailto:a"));
        assert_eq!(last_part("https://a.b/c/d.png?x#y"), "d.png");
        assert_eq!(last_part("https://a.b/"), "a.b");
        assert_eq!(last_part("?q"), "?q");
    }

    #[test]
    fn a_fragment_has_one_hash() {
        let mut out = String::new();
        push_url(&mut out, "?#/a/#b");
        assert_eq!(out, "?#/a/%23b");
    }

    #[test]
    fn written_addresses_stay_inside_their_attribute() {
        let mut out = String::new();
        push_url(&mut out, " a b\"<>'&%41%zz%\t[{\u{e9}");
        assert_eq!(out, "a%20b%22%3C%3E&#39;&amp;%41%25zz%25%5B%7B\u{e9}");
    }
}
