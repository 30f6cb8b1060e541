//! How the parts that many pages have are made, and put into a page.

use serde::Serialize;

use super::context::Context;
use super::fragments::{Fragments, Key, Part, ROOT, ROWS};
use super::row::Row;
use crate::book::RecordIndex;

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

impl Fragments {
    /// The rows of some records as HTML, one behind the other.
    pub fn rows(&self, context: &Context<'_>, records: impl IntoIterator<Item = RecordIndex>) -> String {
        let mut html = String::new();
        for index in records {
            let view = || RowView { r: Row::new(&context.shared(), index) };
            put(self.row(index, || make(context, "partials/row.html", &view())), &mut html, context, "");
        }
        html
    }

    /// What a record looks like in a drawing; `draw` makes it, once for each record, with links from the root.
    pub fn node(&self, context: &Context<'_>, index: RecordIndex, draw: impl FnOnce(&Context<'_>) -> String) -> &str {
        self.drawn(index, || draw(&Context { root: "", ..*context }).into_boxed_str())
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
        view: impl Fn() -> V,
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
        view: impl Fn(&'static str) -> V,
        rows: &str,
    ) {
        let mut of_part = Key::new(template);
        key(&mut of_part);
        put(&self.part(of_part, template, || make(context, template, &view(ROWS))), html, context, rows);
    }
}

fn make(context: &Context<'_>, template: &str, view: &impl Serialize) -> Part {
    let mut html = Vec::new();
    let fault = context.engine.render(template, view, &mut html).err();
    Part::new(&String::from_utf8(html).unwrap_or_default(), fault)
}

fn put(part: &Part, html: &mut String, context: &Context<'_>, rows: &str) {
    if let Some(fault) = part.fault() {
        context.fault.get_or_init(|| fault.clone());
    }
    part.push(html, context.root, rows);
}

impl<'a> Context<'a> {
    /// The same context for a part that many pages share: its links begin with what stands for the way up to the
    /// root.
    pub fn shared(&self) -> Context<'a> {
        Context { root: ROOT, ..*self }
    }
}
