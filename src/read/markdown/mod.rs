//! Markdown → safe HTML, headings with their sections, references, plain text.
//!
//! 1. `walk` takes pulldown-cmark's events, joins text that the parser split, finds wiki links and
//!    mentions in it, and hands raw HTML to html5gum.
//! 2. `structure` keeps the one stack of open elements, Markdown's and raw HTML's alike, and so
//!    decides what may stand where; whatever comes in, balanced elements come out.
//! 3. A `Visitor` takes them: `outline` (headings, references), `render` (HTML), `plain_text`.
//!
//! Since the three share the first two steps, they cannot disagree on anchors or references.

mod anchors;
mod bare_address;
mod captions;
mod element;
mod escape;
mod footnotes;
mod foreign;
mod fragments;
mod headings;
mod inline;
mod levels;
mod outline;
mod pending_image;
mod phrasing;
mod placement;
mod plain_text;
mod raw;
mod reference;
mod render;
mod run;
mod section;
mod structure;
mod tags;
mod title;
mod tokens;
mod url;
mod visitor;
mod walk;

#[cfg(test)]
mod tests;

pub use captions::Caption;
pub use escape::{push_attribute, push_text};
pub use foreign::{ForeignSyntax, is_contents};
pub use fragments::{FragmentTarget, Fragments};
pub use outline::{Heading, Outline, Target, outline};
pub use plain_text::{SearchableText, plain_text};
pub use reference::{Options, Reference, Resolution};
pub use render::render;
pub use section::Section;
pub use url::{is_outside_url, safe_url};
pub use walk::definitions;
