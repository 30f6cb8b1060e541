//! `robots.txt` (RFC 9309) and `llms.txt`: where to begin.

use std::fmt::Write;

use crate::route::Route;

/// `robots.txt`: everything may be read; where the sitemap is, if the site knows its own address.
pub fn robots(base: Option<&str>) -> String {
    match base {
        Some(base) => format!("User-agent: *\nAllow: /\nSitemap: {base}sitemap.xml\n"),
        None => "User-agent: *\nAllow: /\n".to_owned(),
    }
}

/// `llms.txt`: the site's name and its parts, each with its address.
pub fn llms<'a>(title: &str, parts: impl Iterator<Item = (&'a str, Route)>) -> String {
    let title: String = title.chars().filter(|letter| !letter.is_control()).collect();
    let mut text = format!("# {title}\n\n> Release records, in these parts:\n\n");
    for (label, route) in parts {
        writeln!(text, "- [{label}]({})", route.href()).unwrap_or_default();
    }
    text
}
