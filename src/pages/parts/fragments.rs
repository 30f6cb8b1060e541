//! Parts of pages that many pages have, each made once by the theme and then copied.
//!
//! A record stands in a dozen lists, the navigation on every page, the same facts and the same status strip on
//! thousands: making them anew each time took half of the build of 10,000 records. They differ from page to page only
//! in the way up to the root and, for a list, in its rows, which are put in when they are copied.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use rustc_hash::FxHashMap;

use crate::book::RecordIndex;
use crate::theme::TemplateFault;

/// Stands for the way up to the root until a part is copied. No text of a record holds it.
pub(in crate::pages) const ROOT: &str = "\0";

/// Stands for the rows of a list until it is copied. No text of a record holds it.
pub(in crate::pages) const ROWS: &str = "\u{1}";

/// How many parts are kept beside the rows: memory stays bounded where nearly every record has facts of its own.
const KEPT: usize = 20_000;

/// What takes the place of a hole in a part.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Hole {
    Root,
    Rows,
}

/// A part of a page as the theme made it, and its holes, in order.
#[derive(Debug, PartialEq)]
pub(in crate::pages) struct Part {
    text: Box<str>,
    holes: Box<[(u32, Hole)]>,
    /// Why the theme could not make it: a fault of each page that has it.
    fault: Option<Box<TemplateFault>>,
}

impl Part {
    /// What the theme made, with the holes in it.
    pub(in crate::pages) fn new(made: &str, fault: Option<TemplateFault>) -> Part {
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

    /// Why the theme could not make it.
    pub(in crate::pages) fn fault(&self) -> Option<&TemplateFault> {
        self.fault.as_deref()
    }

    /// Adds it to `html` with what fills its holes.
    pub(in crate::pages) fn push(&self, html: &mut String, root: &str, rows: &str) {
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
    pub(in crate::pages) fn new(template: &'static str) -> Key {
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

    /// The row of a record, made where it is not there yet.
    pub(in crate::pages) fn row(&self, index: RecordIndex, make: impl FnOnce() -> Part) -> &Part {
        self.rows[index.0 as usize].get_or_init(make)
    }

    /// What a record looks like in a drawing, made where it is not there yet.
    pub(in crate::pages) fn drawn(&self, index: RecordIndex, draw: impl FnOnce() -> Box<str>) -> &str {
        self.nodes[index.0 as usize].get_or_init(draw)
    }

    /// The part with a key, made where it is not there yet.
    pub(in crate::pages) fn part(&self, key: Key, template: &str, make: impl Fn() -> Part) -> Arc<Part> {
        let known = self.parts.read().unwrap_or_else(PoisonError::into_inner).get(&key.0).cloned();
        if let Some(part) = known {
            debug_assert_eq!(*part, make(), "{template}: the key does not tell all");
            return part;
        }
        let part = Arc::new(make());
        let mut parts = self.parts.write().unwrap_or_else(PoisonError::into_inner);
        if parts.len() < KEPT {
            parts.insert(key.0, Arc::clone(&part));
        }
        part
    }
}
