//! A free page.

use serde::Serialize;

use super::parts::body::{BodyView, sections};
use super::parts::context::Context;
use super::parts::frame::Frame;
use super::parts::groups::{Groups, groups};
use crate::book::RecordIndex;
use crate::record::{Page, Relation};

/// The view of `page.html`.
#[derive(Debug, Serialize)]
pub struct PageView {
    /// What stands around it.
    pub page: Frame,
    /// Its title.
    pub title: String,
    /// Its summary.
    pub summary: Option<String>,
    /// The body.
    pub body: BodyView,
    /// Connected records.
    pub groups: Groups,
}

/// A free page.
pub fn page(context: &Context<'_>, index: RecordIndex, page: &Page) -> PageView {
    let mut frame = Frame::of_record(context, index);
    frame.title.clone_from(&page.header.title);
    PageView {
        page: frame,
        title: page.header.title.clone(),
        summary: page.header.summary.clone(),
        body: BodyView::new(&sections(context, index)),
        groups: groups(context, index, |key| key.relation == Relation::Service),
    }
}
