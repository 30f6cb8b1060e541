//! A section of a rendered body.

use std::fmt::Write;
use std::ops::Range;

use super::escape::push_attribute;
use super::url::push_url;

/// A heading and the text up to the next heading that begins a section. The sections below a section
/// follow it with a greater depth.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Section {
    /// 1 for the top headings, 2 for those under them, 0 for the text before the first heading.
    pub depth: u8,
    /// The level at which the heading is shown: 2 for `<h2>`; 0 for the text before the first heading.
    pub level: u8,
    /// The heading's inner HTML.
    pub title_html: String,
    /// The heading's text without markup.
    pub title_text: String,
    /// Where the heading stands in the body; at its beginning for the text before the first heading.
    pub range: Range<usize>,
    /// The heading's anchor.
    pub anchor: String,
    /// The text under the heading; balanced by itself.
    pub html: String,
}

impl Section {
    /// The heading with its anchor and the link to it; nothing for the text before the first heading.
    pub fn heading_html(&self) -> String {
        let mut html = String::new();
        if self.level > 0 {
            push_heading(&mut html, self.level, &self.anchor, &self.title_html);
        }
        html
    }
}

/// Adds a heading with its anchor and the link to it.
pub(super) fn push_heading(out: &mut String, level: u8, anchor: &str, title_html: &str) {
    let level = level.clamp(1, 6);
    let _ = write!(out, "<h{level} id=\"");
    push_attribute(out, anchor);
    out.push_str("\">");
    out.push_str(title_html);
    out.push_str(" <a class=\"anchor\" href=\"#");
    push_url(out, anchor);
    let _ = writeln!(out, "\" aria-label=\"Link to this section\">#</a></h{level}>");
}
