//! The sitemap (sitemaps.org 0.9): every page's full address.

use std::fmt::Write;

use jiff::Timestamp;

use crate::route::Route;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

fn escape(url: &str) -> String {
    url.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&apos;")
}

/// A sitemap of some pages, each with its last change where that is known; `base` is the site's own address with a slash at
/// its end.
pub fn sitemap<'a>(base: &str, pages: impl Iterator<Item = (&'a Route, Option<Timestamp>)>) -> String {
    let base = escape(base);
    let mut xml = format!("{HEAD}<urlset xmlns=\"{NAMESPACE}\">\n");
    for (page, changed) in pages {
        let changed = changed.map_or_else(String::new, |at| format!("<lastmod>{at}</lastmod>"));
        writeln!(xml, "<url><loc>{base}{}</loc>{changed}</url>", page.href()).unwrap_or_default();
    }
    xml + "</urlset>\n"
}

/// The index of a sitemap in parts, numbered from 1.
pub fn sitemap_index(base: &str, parts: usize) -> String {
    let base = escape(base);
    let mut xml = format!("{HEAD}<sitemapindex xmlns=\"{NAMESPACE}\">\n");
    for part in 1..=parts {
        writeln!(xml, "<sitemap><loc>{base}sitemap/{part}.xml</loc></sitemap>").unwrap_or_default();
    }
    xml + "</sitemapindex>\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_escaped() {
        let home = Route::home();
        let xml = sitemap("https://a.example/?x=1&y='2'/", [(&home, Some(Timestamp::UNIX_EPOCH))].into_iter());
        assert!(xml.contains("<loc>https://a.example/?x=1&amp;y=&apos;2&apos;/index.html</loc><lastmod>1970-01-01T00:00:00Z</lastmod>"), "{xml}");
    }
}
