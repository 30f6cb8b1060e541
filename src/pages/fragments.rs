//! Parts of pages that many pages have, each made once by the theme and then copied.
//!
//! A record stands in a dozen lists, and the navigation on every page: making rows anew each time took a third of the
//! build of 10,000 records. They differ from page to page only in the way up to the root, which is put in when they
//! are copied.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use serde::Serialize;

use super::Context;
use super::row::Row;
use crate::book::RecordIndex;
use crate::theme::Engine;

/// Stands for the way up to the root until a part is copied. No title can hold it.
const ROOT: &str = "\0";

/// The view of `partials/row.html`.
#[derive(Serialize)]
struct RowView {
    r: Row,
}

/// The view of `partials/navigation.html`.
#[derive(Serialize)]
struct NavigationView {
    root: &'static str,
    section: &'static str,
}

/// The parts that were made so far.
pub struct Fragments<'a> {
    engine: &'a Engine,
    rows: Vec<OnceLock<Box<str>>>,
    navigation: Mutex<BTreeMap<&'static str, String>>,
    fault: OnceLock<String>,
}

impl<'a> Fragments<'a> {
    /// No parts yet, for so many records.
    pub fn new(engine: &'a Engine, records: usize) -> Fragments<'a> {
        let rows = (0..records).map(|_| OnceLock::new()).collect();
        Fragments { engine, rows, navigation: Mutex::default(), fault: OnceLock::new() }
    }

    /// What is wrong with a part's template, if anything is.
    pub fn fault(&self) -> Option<&str> {
        self.fault.get().map(String::as_str)
    }

    /// The rows of some records as HTML, one behind the other.
    pub fn rows(&self, context: &Context<'_>, records: impl IntoIterator<Item = RecordIndex>) -> String {
        let mut html = String::new();
        for index in records {
            let row = self.rows[index.0 as usize].get_or_init(|| {
                let view = RowView { r: Row::new(&Context { root: ROOT, ..*context }, index) };
                self.make("partials/row.html", &view).into_boxed_str()
            });
            push_with_root(&mut html, row, context.root);
        }
        html
    }

    /// The navigation as HTML, with one part of the site marked.
    pub fn navigation(&self, context: &Context<'_>, section: &'static str) -> String {
        let mut made = self.navigation.lock().unwrap_or_else(PoisonError::into_inner);
        let navigation = made
            .entry(section)
            .or_insert_with(|| self.make("partials/navigation.html", &NavigationView { root: ROOT, section }));
        let mut html = String::with_capacity(navigation.len() + 256);
        push_with_root(&mut html, navigation, context.root);
        html
    }

    fn make(&self, template: &str, view: &impl Serialize) -> String {
        let mut html = Vec::new();
        if let Err(error) = self.engine.render(template, view, &mut html) {
            self.fault.get_or_init(|| error);
        }
        String::from_utf8(html).unwrap_or_default()
    }
}

fn push_with_root(html: &mut String, part: &str, root: &str) {
    let mut pieces = part.split(ROOT);
    html.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        html.push_str(root);
        html.push_str(piece);
    }
}
