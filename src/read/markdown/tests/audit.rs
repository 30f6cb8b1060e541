//! Reads HTML with the tokenizer alone and says what is wrong with it: an opinion of its own on what
//! a browser would make of the output.

use std::collections::HashSet;

use html5gum::{StartTag, Token, Tokenizer};

use crate::read::markdown::safe_url;

const VOID: [&str; 3] = ["br", "hr", "img"];
const BLOCKS: [&str; 32] = [
    "p",
    "div",
    "blockquote",
    "pre",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "caption",
    "thead",
    "tbody",
    "tfoot",
    "tr",
    "th",
    "td",
    "details",
    "summary",
    "hr",
    "section",
    "nav",
    "main",
    "form",
    "video",
];
const INLINE: [&str; 25] = [
    "a", "abbr", "b", "br", "cite", "code", "del", "em", "i", "img", "ins", "kbd", "mark", "q", "s", "samp", "small",
    "span", "strong", "sub", "sup", "u", "var", "wbr", "time",
];
const NEVER: [&str; 5] = ["section", "nav", "main", "form", "video"];
const ATTRIBUTES: [&str; 18] = [
    "href",
    "src",
    "title",
    "alt",
    "width",
    "height",
    "rel",
    "loading",
    "class",
    "id",
    "tabindex",
    "role",
    "aria-label",
    "colspan",
    "rowspan",
    "start",
    "value",
    "open",
];

/// What is wrong with a piece of HTML, if anything is.
pub(super) fn audit(html: &str) -> Result<(), String> {
    let mut open: Vec<String> = Vec::new();
    let mut ids = HashSet::new();
    for token in Tokenizer::new(html) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = text(&tag.name);
                element(&name, &open)?;
                attributes(&name, &tag, &mut ids)?;
                if !VOID.contains(&name.as_str()) {
                    open.push(name);
                }
            }
            Token::EndTag(tag) => {
                let name = text(&tag.name);
                let last = open.pop();
                if last.as_deref() != Some(&name) {
                    return Err(format!("</{name}> ends {last:?}"));
                }
            }
            Token::String(string) => words(&text(&string.value), &open)?,
            Token::Error(error) => return Err(format!("{error:?}")),
            Token::Comment(_) | Token::Doctype(_) => return Err("a comment or doctype".to_owned()),
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("still open: {open:?}")) }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the output is UTF-8")
}

fn element(name: &str, open: &[String]) -> Result<(), String> {
    let parent = open.last().map_or("", String::as_str);
    let is_block = BLOCKS.contains(&name) && !NEVER.contains(&name);
    let is_right = match name {
        "li" => matches!(parent, "ul" | "ol"),
        "dt" | "dd" => parent == "dl",
        "tr" => matches!(parent, "table" | "thead" | "tbody" | "tfoot"),
        "td" | "th" => parent == "tr",
        "thead" | "tbody" | "tfoot" | "caption" => parent == "table",
        "summary" => parent == "details",
        "a" => !open.iter().any(|above| above == "a") && !is_structure(parent),
        _ if is_block => {
            !INLINE.contains(&parent) && !is_structure(parent) && !matches!(parent, "p" | "summary" | "caption" | "pre")
        }
        _ => INLINE.contains(&name) && (!is_structure(parent)),
    };
    if is_right { Ok(()) } else { Err(format!("<{name}> in {open:?}")) }
}

/// Elements that hold other elements and no text.
fn is_structure(name: &str) -> bool {
    matches!(name, "ul" | "ol" | "dl" | "table" | "thead" | "tbody" | "tfoot" | "tr")
}

fn words(text: &str, open: &[String]) -> Result<(), String> {
    let parent = open.last().map_or("", String::as_str);
    if is_structure(parent) && !text.trim().is_empty() {
        return Err(format!("{text:?} in {open:?}"));
    }
    Ok(())
}

fn attributes(name: &str, tag: &StartTag<()>, ids: &mut HashSet<String>) -> Result<(), String> {
    for (attribute, value) in &tag.attributes {
        let (attribute, value) = (text(attribute), text(&value.value));
        if !ATTRIBUTES.contains(&attribute.as_str()) {
            return Err(format!("<{name} {attribute}={value:?}>"));
        }
        if matches!(attribute.as_str(), "href" | "src") && (!safe_url(&value) || value.contains([' ', '\n', '"', '<']))
        {
            return Err(format!("address {value:?}"));
        }
        if attribute == "id" && !ids.insert(value.clone()) {
            return Err(format!("a second id {value:?}"));
        }
    }
    Ok(())
}

#[test]
fn the_audit_finds_what_it_is_for() {
    for html in [
        "<p>a",
        "</p>",
        "<b><i></b></i>",
        "<p><ul></ul></p>",
        "<ul>a</ul>",
        "<a href=\"x\"><b><a href=\"y\">z</a></b></a>",
        "<script></script>",
        "<p onclick=\"x\"></p>",
        "<a href=\"javascript:x\">y</a>",
        "<!-- x -->",
        "<p id=\"a\"></p><p id=\"a\"></p>",
    ] {
        assert!(audit(html).is_err(), "{html}");
    }
    assert_eq!(audit("<p>a<br><b>c</b></p><ul>\n<li>d</li></ul>"), Ok(()));
}
