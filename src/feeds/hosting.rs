//! Files that static hosts read: `_headers` and `_redirects`.

use std::fmt::Write;

use crate::route::Route;
use crate::theme::CONTENT_SECURITY_POLICY;

/// `_headers`: the headers that every answer should bear.
pub fn headers() -> String {
    format!(
        "/*\n  Content-Security-Policy: {CONTENT_SECURITY_POLICY}; frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: same-origin\n"
    )
}

/// `_redirects`: former addresses, each with the one that it leads to. Routes hold no line break and no space.
pub fn redirects<'a>(all: impl Iterator<Item = (&'a Route, Route)>) -> String {
    let mut text = String::new();
    for (from, to) in all {
        let from = from.href();
        let from = from.strip_suffix("/index.html").unwrap_or(&from);
        writeln!(text, "/{from} /{} 301", to.href()).unwrap_or_default();
    }
    text
}
