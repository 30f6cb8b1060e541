//! A further page of a list beneath a record's page.

use serde::Serialize;

use super::parts::context::Context;
use super::parts::frame::Frame;
use super::parts::groups::{GroupKey, groups_of};
use super::parts::row::{Link, Pager, slice};
use crate::book::RecordIndex;
use crate::route::Route;

/// The view of `related.html`.
#[derive(Debug, Serialize)]
pub struct RelatedView {
    /// What stands around it.
    pub page: Frame,
    /// The list's heading.
    pub heading: &'static str,
    /// The record that the list belongs to.
    pub record: Link,
    /// The record's title; empty where it is the id.
    pub record_title: String,
    /// How many rows there are in all.
    pub count: usize,
    /// This page's rows, as HTML.
    pub rows: String,
    /// The way through the list.
    pub pager: Option<Pager>,
}

/// A further page of a list; `page` counts from 1, and the first one stands on the record's own page.
pub fn related(context: &Context<'_>, index: RecordIndex, key: GroupKey, page: usize) -> RelatedView {
    let edition = context.edition;
    let record = edition.get(index);
    let header = record.header();
    let rows = groups_of(edition, index)
        .into_iter()
        .find(|(of_run, _)| *of_run == key)
        .map_or(&[][..], |(_, connections)| connections);
    let own = edition.route(index);
    let title = format!("{}: {}, page {page}", header.id, key.heading());
    let list = Route::list(record.kind());
    let above = [(&list, record.kind().plural()), (&own, header.id.as_str())];
    RelatedView {
        page: Frame::new(context, title, record.kind().folder()).below(context, &above),
        heading: key.heading(),
        record: Link::new(context.href(&own), header.id.clone()),
        record_title: if header.title == header.id { String::new() } else { header.title.clone() },
        count: rows.len(),
        rows: context.fragments.rows(context, slice(rows, page).iter().map(|connection| connection.other)),
        pager: Pager::new(context, rows.len(), page, |page| match page {
            1 => own.clone(),
            page => Route::related(record.kind(), &header.id, &key.slug(), page),
        }),
    }
}
