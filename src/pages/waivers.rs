//! What the records silence: which finding, why, by whom, and until when.
//!
//! The page is for the company's own staff. An edition has none.

use serde::Serialize;

use super::checks::Checks;
use super::parts::context::Context;
use super::parts::frame::Frame;
use super::parts::row::{Link, Pager, slice};
use super::parts::time::Day;
use crate::book::RecordIndex;
use crate::record::Allow;
use crate::route::Route;

/// A finding that a record silences.
#[derive(Debug, Serialize)]
pub struct WaiverRow {
    /// The record.
    pub record: Link,
    /// The record's title, where it is not its id.
    pub title: Option<String>,
    /// The lint, by its code or its name.
    pub lint: String,
    /// Why.
    pub reason: String,
    /// Who agreed to it.
    pub by: Option<String>,
    /// The last day on which it holds.
    pub until: Option<Day>,
    /// Whether that day is over.
    pub is_over: bool,
}

/// The view of `waivers.html`.
#[derive(Debug, Serialize)]
pub struct WaiversView {
    /// What stands around it.
    pub page: Frame,
    /// The day of the checks.
    pub today: Day,
    /// How many there are.
    pub count: usize,
    /// This page's.
    pub rows: Vec<WaiverRow>,
    /// The way through the list.
    pub pager: Option<Pager>,
}

/// A page of what the records silence: what ends first comes first.
pub fn waivers(context: &Context<'_>, checks: &Checks, page: usize) -> WaiversView {
    let all = checks.silenced();
    let row = |(index, number): &(RecordIndex, usize)| {
        let header = context.edition.get(*index).header();
        let Allow { lint, waiver, .. } = &header.allow[*number];
        WaiverRow {
            record: Link { href: context.href_of(*index), text: header.id.clone() },
            title: (header.title != header.id).then(|| header.title.clone()),
            lint: lint.clone(),
            reason: waiver.reason.clone(),
            by: waiver.by.clone(),
            until: waiver.until.map(Day::new),
            is_over: waiver.is_over(context.today),
        }
    };
    WaiversView {
        page: Frame::new(context, "Waivers", "checks").below(context, &[(&Route::checks(), "Checks")]),
        today: Day::new(context.today),
        count: all.len(),
        rows: slice(all, page).iter().map(row).collect(),
        pager: Pager::new(context, all.len(), page, |page| Route::waivers().page(page)),
    }
}
