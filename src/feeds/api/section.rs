//! The sections of a record's body.

use schemars::JsonSchema;
use serde::Serialize;

use crate::book::RecordIndex;
use crate::feeds::written::{is_as_written, markdown_of};
use crate::pages::{Context, rendered};
use crate::read::markdown;
use crate::record::{Plan, PlanSection};

/// A section: a heading and the text up to the next heading.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Section {
    /// Its heading, without markup; empty for what stands before the first heading.
    heading: String,
    /// Its fragment on the record's page; empty for what stands before the first heading.
    id: String,
    /// The level of its heading on the record's page, from 2; 0 for what stands before the first heading.
    level: u8,
    /// Whether it belongs to the installation guide of what was taken back, and is not to be followed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    withdrawn: bool,
    /// What stands under it, as it was written; in an edition, and where it names a draft that was left out, made from the
    /// HTML.
    markdown: String,
    /// The same as safe HTML. Its links begin at the record's page, `url`.
    html: String,
    /// The same in words, without markup.
    text: String,
}

/// The sections of a record's body, in their order.
pub(super) fn sections(context: &Context<'_>, index: RecordIndex) -> Vec<Section> {
    let body = context.edition.body(index);
    let page = context.edition.route(index);
    let rendered = rendered(&Context { root: page.to_root(), ..*context }, index);
    let ends = rendered.iter().skip(1).map(|next| next.range.start).chain([body.len()]);
    let is_as_written = is_as_written(context, index);
    let is_taken_back = context.edition.get(index).plan().is_some_and(Plan::is_rolled_back);
    // The level of the guide's heading, while its own sub-headings last.
    let mut guide = None;
    let section = |(of, end): (&markdown::Section, usize)| Section {
        withdrawn: is_taken_back && {
            guide = match guide {
                Some(level) if of.level > level => Some(level),
                _ => (of.anchor == PlanSection::InstallationGuide.word()).then_some(of.level),
            };
            guide.is_some()
        },
        text: words(&of.html),
        heading: of.title_text.clone(),
        id: of.anchor.clone(),
        level: of.level,
        markdown: match is_as_written {
            true => body.get(of.range.end..end).unwrap_or_default().trim().to_owned(),
            false => markdown_of(&of.html),
        },
        html: of.html.clone(),
    };
    rendered.iter().zip(ends).map(section).collect()
}

/// Elements behind which a line ends.
const BLOCKS: [&str; 18] = [
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "pre",
    "tr",
    "blockquote",
    "dt",
    "dd",
    "div",
    "table",
    "ul",
    "ol",
    "summary",
];

/// The words of a section's HTML, with a line for each of its blocks. What was rendered has no `<` and no `>` but those of
/// its tags, and in its text no entities but three.
fn words(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    for (number, piece) in html.split('<').enumerate() {
        let (tag, words) = if number == 0 { ("", piece) } else { piece.split_once('>').unwrap_or((piece, "")) };
        match tag.strip_prefix('/') {
            Some(name) if BLOCKS.contains(&name) => text.push('\n'),
            Some("td" | "th") => text.push('\t'),
            None if tag == "br" || tag.starts_with("br ") => text.push('\n'),
            _ => {}
        }
        match words.contains('&') {
            true => text.push_str(&words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")),
            false => text.push_str(words),
        }
    }
    let mut lines = String::with_capacity(text.len());
    for line in text.lines().map(str::trim_end).filter(|line| !line.trim_start().is_empty()) {
        lines.push_str(if lines.is_empty() { "" } else { "\n" });
        lines.push_str(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_are_without_tags_and_entities_and_each_block_is_a_line() {
        let html = "<p>One &amp; <em>two</em> &amp;lt; &lt;b&gt;</p>\n<ul>\n<li>a</li>\n<li><p>b<br>c</p></li>\n</ul>\n\
            <table><tr><td>1</td>\n<td>2</td></tr></table>";
        assert_eq!(words(html), "One & two &lt; <b>\na\nb\nc\n1\n2");
        assert_eq!(words(""), "");
    }
}
