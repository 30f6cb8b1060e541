//! Parts of pages that many pages have, each made once by the theme and then copied.
//!
//! A record stands in a dozen lists, the navigation on every page, the same facts and the same status strip on
//! thousands: making them anew each time took half of the build of 10,000 records. They differ from page to page only
//! in the way up to the root and, for a list, in its rows, which are put in when they are copied.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::Context;
use super::row::Row;
use crate::book::RecordIndex;
use crate::theme::TemplateFault;

/// Stands for the way up to the root until a part is copied. No text of a record holds it.
const ROOT: &str = "\0";

/// Stands for the rows of a list until it is copied. No text of a record holds it.
const ROWS: &str = "\u{1}";

/// How many parts are kept beside the rows: memory stays bounded where nearly every record has facts of its own.
const KEPT: usize = 20_000;

/// The view of `partials/row.html`.
#[derive(Serialize)]
struct RowView {
    r: Row,
}

/// The view of `partials/header.html` and `partials/links.html`.
#[derive(Serialize)]
struct FrameView {
    root: &'static str,
    section: &'static str,
}

/// What takes the place of a hole in a part.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Hole {
    Root,
    Rows,
}

/// A part of a page as the theme made it, and its holes, in order.
#[derive(Debug, PartialEq)]
struct Part {
    text: Box<str>,
    holes: Box<[(u32, Hole)]>,
    /// Why the theme could not make it: a fault of each page that has it.
    fault: Option<Box<TemplateFault>>,
}

impl Part {
    fn new(made: &str, fault: Option<TemplateFault>) -> Part {
        let mut text = String::with_capacity(made.len());
        let mut holes = Vec::new();
        for piece in made.split_inclusive([ROOT, ROWS].map(|hole| hole.as_bytes()[0] as char)) {
            let (kept, hole) = match piece.strip_suffix(ROOT) {
                Some(kept) => (kept, Some(Hole::Root)),
                None => piece.strip_suffix(ROWS).map_or((piece, None), |kept| (kept, Some(Hole::Rows))),
            };
            text.push_str(kept);
            holes.extend(hole.map(|hole| (text.len() as u32, hole)));
        }
        Part { text: text.into_boxed_str(), holes: holes.into_boxed_slice(), fault: fault.map(Box::new) }
    }

    fn push(&self, html: &mut String, context: &Context<'_>, rows: &str) {
        if let Some(fault) = &self.fault {
            context.fault.get_or_init(|| (**fault).clone());
        }
        let root = context.root;
        html.reserve(self.text.len() + self.holes.len() * root.len() + rows.len());
        let mut start = 0;
        for (end, hole) in &self.holes {
            html.push_str(&self.text[start..*end as usize]);
            html.push_str(match hole {
                Hole::Root => root,
                Hole::Rows => rows,
            });
            start = *end as usize;
        }
        html.push_str(&self.text[start..]);
    }
}

/// What tells a part from every other of its template: some texts, one behind the other.
#[derive(Debug)]
pub struct Key(String);

impl Key {
    /// The key of a part of a template, without any text yet.
    fn new(template: &'static str) -> Key {
        Key(format!("{template}:"))
    }

    /// Adds a text.
    pub fn push(&mut self, text: &str) {
        self.0.push_str(text);
        self.0.push('\0');
    }
}

/// The parts that were made so far.
pub struct Fragments {
    rows: Vec<OnceLock<Part>>,
    nodes: Vec<OnceLock<Box<str>>>,
    parts: RwLock<FxHashMap<String, Arc<Part>>>,
}

impl Fragments {
    /// No parts yet, for so many records.
    pub fn new(records: usize) -> Fragments {
        let rows = (0..records).map(|_| OnceLock::new()).collect();
        let nodes = (0..records).map(|_| OnceLock::new()).collect();
        Fragments { rows, nodes, parts: RwLock::default() }
    }

    /// The rows of some records as HTML, one behind the other.
    pub fn rows(&self, context: &Context<'_>, records: impl IntoIterator<Item = RecordIndex>) -> String {
        let mut html = String::new();
        for index in records {
            let row = self.rows[index.0 as usize]
                .get_or_init(|| make(context, "partials/row.html", &RowView { r: Row::new(&context.shared(), index) }));
            row.push(&mut html, context, "");
        }
        html
    }

    /// What a record looks like in a drawing; `draw` makes it, once for each record, with links from the root.
    pub fn node(&self, context: &Context<'_>, index: RecordIndex, draw: impl FnOnce(&Context<'_>) -> String) -> &str {
        self.nodes[index.0 as usize].get_or_init(|| draw(&Context { root: "", ..*context }).into_boxed_str())
    }

    /// A part of what stands around all pages of one part of the site, as HTML.
    pub fn frame(&self, context: &Context<'_>, template: &'static str, section: &'static str) -> String {
        let mut html = String::new();
        let view = || FrameView { root: ROOT, section };
        self.push(&mut html, context, template, |key| key.push(section), view);
        html
    }

    /// Adds a part to `html`. `key` names everything that the view depends on; the view's own links are those of a
    /// [shared](Context::shared) context.
    pub fn push<V: Serialize>(
        &self,
        html: &mut String,
        context: &Context<'_>,
        template: &'static str,
        key: impl FnOnce(&mut Key),
        view: impl FnOnce() -> V,
    ) {
        self.push_around(html, context, template, key, |_| view(), "");
    }

    /// Adds a part that stands around rows; `view` is told what stands for them.
    pub fn push_around<V: Serialize>(
        &self,
        html: &mut String,
        context: &Context<'_>,
        template: &'static str,
        key: impl FnOnce(&mut Key),
        view: impl FnOnce(&'static str) -> V,
        rows: &str,
    ) {
        let mut of_part = Key::new(template);
        key(&mut of_part);
        let known = self.parts.read().unwrap_or_else(PoisonError::into_inner).get(&of_part.0).cloned();
        let part = match known {
            Some(part) => {
                debug_assert_eq!(*part, make(context, template, &view(ROWS)), "{template}: the key does not tell all");
                part
            }
            None => {
                let part = Arc::new(make(context, template, &view(ROWS)));
                let mut parts = self.parts.write().unwrap_or_else(PoisonError::into_inner);
                if parts.len() < KEPT {
                    parts.insert(of_part.0, Arc::clone(&part));
                }
                part
            }
        };
        part.push(html, context, rows);
    }
}

fn make(context: &Context<'_>, template: &str, view: &impl Serialize) -> Part {
    let mut html = Vec::new();
    let fault = context.engine.render(template, view, &mut html).err();
    Part::new(&String::from_utf8(html).unwrap_or_default(), fault)
}

impl<'a> Context<'a> {
    /// The same context for a part that many pages share: its links begin with what stands for the way up to the
    /// root.
    pub fn shared(&self) -> Context<'a> {
        Context { root: ROOT, ..*self }
    }
}
