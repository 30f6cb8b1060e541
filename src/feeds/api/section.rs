//! The sections of a record's body.

use html5gum::{Token, Tokenizer};
use schemars::JsonSchema;
use serde::Serialize;

use crate::book::RecordIndex;
use crate::pages::{Context, rendered};

/// A section: a heading and the text up to the next heading.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Section {
    /// Its heading, without markup; empty for what stands before the first heading.
    heading: String,
    /// Its fragment on the record's page; empty for what stands before the first heading.
    id: String,
    /// The level of its heading on the record's page, from 2; 0 for what stands before the first heading.
    level: u8,
    /// What stands under it, as it was written.
    markdown: String,
    /// The same as safe HTML.
    html: String,
    /// The same in words, without markup.
    text: String,
}

/// The sections of a record's body, in their order.
pub(super) fn sections(context: &Context<'_>, index: RecordIndex) -> Vec<Section> {
    let body = context.edition.body(index);
    let rendered: Vec<_> = rendered(context, index).collect();
    let ends = rendered.iter().skip(1).map(|next| next.range.start).chain([body.len()]);
    let written: Vec<&str> =
        rendered.iter().zip(ends).map(|(of, end)| body.get(of.range.end..end).unwrap_or_default().trim()).collect();
    let section = |(of, markdown): (crate::read::markdown::Section, &str)| Section {
        text: words(&of.html),
        heading: of.title_text,
        id: of.anchor,
        level: of.level,
        markdown: markdown.to_owned(),
        html: of.html,
    };
    rendered.into_iter().zip(written).map(section).collect()
}

/// Elements behind which a line ends.
const BLOCKS: [&[u8]; 18] = [
    b"p",
    b"li",
    b"h1",
    b"h2",
    b"h3",
    b"h4",
    b"h5",
    b"h6",
    b"pre",
    b"tr",
    b"blockquote",
    b"dt",
    b"dd",
    b"div",
    b"table",
    b"ul",
    b"ol",
    b"summary",
];

/// The words of HTML, with a line for each of its blocks.
fn words(html: &str) -> String {
    let mut text: Vec<u8> = Vec::with_capacity(html.len());
    for Ok(token) in Tokenizer::new(html) {
        match token {
            Token::String(letters) => text.extend_from_slice(&letters.value),
            Token::EndTag(tag) if BLOCKS.contains(&tag.name.as_slice()) && !text.ends_with(b"\n") => text.push(b'\n'),
            Token::EndTag(tag) if matches!(tag.name.as_slice(), b"td" | b"th") => text.push(b'\t'),
            Token::StartTag(tag) if tag.name.as_slice() == b"br" => text.push(b'\n'),
            _ => {}
        }
    }
    let text = String::from_utf8_lossy(&text);
    let lines = text.lines().map(str::trim_end).filter(|line| !line.trim().is_empty());
    lines.collect::<Vec<_>>().join("\n")
}
