//! Whether an SVG file is a drawing and nothing else: no script, no handler, nothing of HTML, nothing from elsewhere.
//!
//! Elements of the SVG namespace must be among those that draw; elements of other namespaces mean nothing to a browser,
//! but for those of HTML and MathML. A reference leads to a part of the drawing itself, or holds a picture of pixels.
//! The file must be whole by the rules of XML, so that a browser reads just what was read here.

use roxmltree::{Document, Node, ParsingOptions};

/// What speaks against a file, and the byte at which it stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NotADrawing {
    /// What there is that no drawing needs.
    pub why: String,
    /// Where it begins.
    pub at: u32,
}

const SVG: &str = "http://www.w3.org/2000/svg";
const HTML: &str = "http://www.w3.org/1999/xhtml";
const MATHML: &str = "http://www.w3.org/1998/Math/MathML";

/// The elements of SVG 2 and 1.1 that draw, or tell how. Not: `script`, `foreignObject`, `feImage`, media, and
/// animations, which can change what a link leads to.
const DRAWING: &[&str] = &[
    "a",
    "circle",
    "clipPath",
    "color-profile",
    "defs",
    "desc",
    "ellipse",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDistantLight",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feSpotLight",
    "feTile",
    "feTurbulence",
    "filter",
    "g",
    "image",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "metadata",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "textPath",
    "title",
    "tspan",
    "use",
    "view",
];

/// Pictures that may be inside a drawing.
const PIXELS: &[&str] = &["data:image/png", "data:image/jpeg", "data:image/jpg", "data:image/gif", "data:image/webp"];

/// More parts than this are withheld: each takes some hundred bytes while the file is read.
const MOST_PARTS: u32 = 500_000;

/// Holds a text against what a drawing may be.
///
/// # Errors
///
/// The first thing that it must not have.
pub(super) fn check(text: &str) -> Result<(), NotADrawing> {
    if let Some(at) = own_declarations(text) {
        return not("a document type with declarations of its own", at);
    }
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MOST_PARTS, entity_resolver: None };
    let document = match Document::parse_with_options(text, options) {
        Ok(document) => document,
        Err(error) => return not(&format!("it is not well-formed XML ({error})"), byte_at(text, error.pos())),
    };
    declaration(text)?;
    let root = document.root_element();
    if root.tag_name().namespace() != Some(SVG) || root.tag_name().name() != "svg" {
        return not("its outermost element is not `svg`", root.range().start);
    }
    document.descendants().try_for_each(part)
}

fn not<T>(why: &str, at: usize) -> Result<T, NotADrawing> {
    Err(NotADrawing { why: why.to_owned(), at: at as u32 })
}

/// Where a document type begins that declares entities or attributes: these may make anything of what follows.
fn own_declarations(text: &str) -> Option<usize> {
    let at = text.find("<!DOCTYPE")?;
    let end = text[at..].find('>').map_or(text.len(), |end| at + end);
    text[at..end].contains('[').then_some(at)
}

/// A browser would read another encoding's letters from the same bytes.
fn declaration(text: &str) -> Result<(), NotADrawing> {
    let Some(end) = text.strip_prefix("<?xml").and_then(|rest| rest.find("?>")) else { return Ok(()) };
    let words = text[..end + 5].to_lowercase();
    match words.split_once("encoding") {
        Some((_, rest)) if !rest.contains("utf-8") && !rest.contains("us-ascii") => {
            not("it declares an encoding other than UTF-8", 0)
        }
        _ => Ok(()),
    }
}

fn byte_at(text: &str, position: roxmltree::TextPos) -> usize {
    let line = text.split('\n').take(position.row.saturating_sub(1) as usize).map(|line| line.len() + 1).sum::<usize>();
    let rest = text.get(line..).unwrap_or_default();
    line + rest.chars().take(position.col.saturating_sub(1) as usize).map(char::len_utf8).sum::<usize>()
}

fn part(node: Node<'_, '_>) -> Result<(), NotADrawing> {
    let at = node.range().start;
    if let Some(instruction) = node.pi() {
        return not(&format!("the processing instruction `{}`", instruction.target), at);
    }
    if !node.is_element() {
        return Ok(());
    }
    let name = node.tag_name().name();
    match node.tag_name().namespace() {
        Some(SVG) if !DRAWING.contains(&name) => return not(&format!("the element `{name}`"), at),
        Some(HTML) => return not(&format!("the element `{name}` of HTML"), at),
        Some(MATHML) => return not(&format!("the element `{name}` of MathML"), at),
        _ => {}
    }
    if name == "style" {
        for child in node.children() {
            match child.text() {
                Some(styles) => style(styles, child.range().start)?,
                None if child.is_comment() => {}
                None => return not("an element in a style sheet", child.range().start),
            }
        }
    }
    node.attributes().try_for_each(|attribute| {
        let at = attribute.range().start;
        value(name, attribute.name(), attribute.value(), at)
    })
}

fn value(element: &str, attribute: &str, value: &str, at: usize) -> Result<(), NotADrawing> {
    let name = attribute.to_lowercase();
    if name.starts_with("on") {
        return not(&format!("the handler `{attribute}`"), at);
    }
    if name == "base" || name == "src" {
        return not(&format!("the attribute `{attribute}`"), at);
    }
    if name == "href" && !is_within(element, value) {
        return not("a reference to something outside of the drawing", at);
    }
    style(value, at)
}

/// A reference to a part of the drawing, or a picture of pixels where one is shown.
fn is_within(element: &str, reference: &str) -> bool {
    let reference = reference.trim().to_lowercase();
    let is_picture = || {
        let kind = reference.split([';', ',']).next().unwrap_or_default();
        element == "image" && PIXELS.contains(&kind)
    };
    reference.is_empty() || reference.starts_with('#') || is_picture()
}

/// A style sheet, or a value that may hold a part of one, that loads nothing.
fn style(text: &str, at: usize) -> Result<(), NotADrawing> {
    let text = text.to_lowercase();
    // A letter that is written by its number could be part of any of these words.
    let is_escaped = text.contains('\\') && text.contains(['(', '@', '{']);
    let loads = ["@import", "@namespace", "image-set(", "image(", "src(", "cross-fade(", "element(", "javascript:"];
    if is_escaped || loads.iter().any(|word| text.contains(word)) {
        return not("a style that may load something from elsewhere", at);
    }
    let is_outside = |reference: &str| {
        !reference.trim_start_matches(|c: char| c.is_whitespace() || "\"'".contains(c)).starts_with('#')
    };
    match text.split("url(").skip(1).any(is_outside) {
        true => not("a style with a reference to something outside of the drawing", at),
        false => Ok(()),
    }
}
