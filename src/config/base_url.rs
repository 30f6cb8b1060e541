//! The address where a site is published: what everything that needs full addresses begins with.

use std::net::Ipv6Addr;

use crate::read::markdown::safe_url;
use crate::read::{Fields, UNKNOWN_VALUE, UNSAFE_URL};

/// Reads an address and gives it with a slash at its end; else what is wrong with it.
///
/// It is stricter than browsers are, which mend blanks, backslashes and what not, each in its own way: this one is put
/// into sitemaps, feeds and files of hosts, that others read (RFC 3986; the host as DNS has it, RFC 1123).
///
/// # Errors
///
/// What is wrong, for the end of a sentence that begins with the address.
pub fn base_url(text: &str) -> Result<String, String> {
    if let Some(odd) = text.chars().find(|letter| letter.is_whitespace() || letter.is_control()) {
        return Err(format!("holds a blank or a character that cannot be seen (U+{:04X})", u32::from(odd)));
    }
    for (sign, what) in [('?', "a query"), ('#', "a fragment")] {
        if text.contains(sign) {
            return Err(format!("has {what} (`{sign}`), behind which no page can lie"));
        }
    }
    let (scheme, rest) = text.split_once("://").ok_or("does not begin with `https://` or `http://`")?;
    let scheme = scheme.to_ascii_lowercase();
    if !matches!(scheme.as_str(), "http" | "https") {
        return Err("does not begin with `https://` or `http://`".to_owned());
    }
    let (authority, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    let authority = authority_of(authority)?;
    check_path(path)?;
    let end = if path.ends_with('/') { "" } else { "/" };
    Ok(format!("{scheme}://{authority}{path}{end}"))
}

/// The host in small letters, with its port.
fn authority_of(text: &str) -> Result<String, String> {
    if text.contains('@') {
        return Err("names a user, whom every reader of the site would see".to_owned());
    }
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (text, None),
    };
    if let Some(port) = port.filter(|port| !port.parse::<u16>().is_ok_and(|port| port > 0)) {
        return Err(format!("has the port `{port}`, which is no number from 1 to 65535"));
    }
    let six = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let is_host = match six {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => host.len() <= 253 && host.split('.').all(is_label),
    };
    match is_host {
        true => Ok(text.to_ascii_lowercase()),
        false if !host.is_ascii() => Err("has letters in its host that DNS has not: write it as `xn--…`".to_owned()),
        false => Err(format!("has the host `{host}`, which is none")),
    }
}

fn is_label(label: &str) -> bool {
    let is_plain = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (1..=63).contains(&label.len()) && is_plain && !label.starts_with('-') && !label.ends_with('-')
}

/// The characters of a path (RFC 3986, 3.3), no empty part and none that leads elsewhere.
fn check_path(path: &str) -> Result<(), String> {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/%".contains(letter);
    if let Some(odd) = path.chars().find(|letter| !is_plain(*letter)) {
        return Err(format!("holds `{odd}` in its path: write it in percents, as in `%20`"));
    }
    let is_escape = |rest: &str| rest.len() >= 2 && rest.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
    if path.split('%').skip(1).any(|rest| !is_escape(rest)) {
        return Err("holds a `%` without two digits behind it".to_owned());
    }
    let parts = path.trim_end_matches('/').split('/').skip(1);
    match parts.into_iter().find(|part| matches!(*part, "" | "." | "..")) {
        Some(part) => Err(format!("has the part `{part}` in its path, which leads elsewhere")),
        None => Ok(()),
    }
}

/// `base_url = "https://releases.example.com/"`
pub(super) fn published_at(fields: &Fields<'_>) -> Option<String> {
    let (text, span) = fields.spanned_text("base_url")?;
    let sink = fields.sink();
    base_url(&text)
        .map_err(|fault| {
            let lint = if safe_url(&text) { &UNKNOWN_VALUE } else { &UNSAFE_URL };
            let finding = sink.finding(lint, span, format!("this address {fault}"));
            sink.push(finding.help("write the site's own address, such as \"https://releases.example.com/docs/\""));
        })
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_scheme_a_host_and_a_path() {
        for (text, expected) in [
            ("https://releases.example.com", "https://releases.example.com/"),
            ("http://localhost:8080/docs", "http://localhost:8080/docs/"),
            ("HTTPS://Releases.Example.com/Docs/", "https://releases.example.com/Docs/"),
            ("https://[::1]:8443/", "https://[::1]:8443/"),
            ("https://192.0.2.7/a/b", "https://192.0.2.7/a/b/"),
            ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"),
            ("https://example.com/R&D/it's/", "https://example.com/R&D/it's/"),
            ("https://example.com/a%20b/~x/", "https://example.com/a%20b/~x/"),
        ] {
            assert_eq!(base_url(text), Ok(expected.to_owned()), "{text}");
        }
    }

    /// What is no address, and a word of why. A line more is a case more.
    #[test]
    fn what_is_none_is_told_why() {
        for (text, word) in [
            ("", "begin with"),
            ("releases.example.com", "begin with"),
            ("/docs/", "begin with"),
            ("//example.com/", "begin with"),
            ("https:example.com", "begin with"),
            ("ftp://example.com/", "begin with"),
            ("javascript://example.com/%0aalert(1)", "begin with"),
            ("file:///etc/", "begin with"),
            ("https://", "host"),
            ("https:///docs", "host"),
            ("https://exa_mple.com/", "host"),
            ("https://-a.example/", "host"),
            ("https://a..example/", "host"),
            ("https://[::zz]/", "host"),
            ("https://b\u{fc}cher.example/", "xn--"),
            ("https://example.com:0/", "port"),
            ("https://example.com:99999/", "port"),
            ("https://example.com:80a/", "port"),
            ("https://me:secret@example.com/", "user"),
            ("https://example.com/?x=1", "query"),
            ("https://example.com/#top", "fragment"),
            ("https://example.com/a b/", "blank"),
            (" https://example.com/", "blank"),
            ("https://example.com/\u{a0}", "blank"),
            ("https://example.com/a\nb", "U+000A"),
            ("https://example.com/\u{1b}[31m", "U+001B"),
            ("https://example.com\\docs", "host"),
            ("https://example.com/a\"b", "path"),
            ("https://example.com/<b>", "path"),
            ("https://example.com/\u{e9}t\u{e9}/", "path"),
            ("https://example.com/100%/", "two digits"),
            ("https://example.com/%zz/", "two digits"),
            ("https://example.com/a/../b/", "elsewhere"),
            ("https://example.com/./", "elsewhere"),
            ("https://example.com/a//b", "elsewhere"),
        ] {
            let error = base_url(text).expect_err(text);
            assert!(error.contains(word), "{text}: {error}");
        }
    }
}
