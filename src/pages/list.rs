//! The list of a kind, of all years or of one.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize;

use super::parts::context::Context;
use super::parts::frame::Frame;
use super::parts::row::{Link, PAGE_LENGTH, Pager};
use crate::book::RecordIndex;
use crate::edition::Edition;
use crate::record::{Kind, Record};
use crate::route::Route;

/// Which records of a kind are in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// All of them.
    All,
    /// Those of one year.
    Year(i16),
}

/// A year of a dated kind.
#[derive(Debug, Serialize)]
pub struct YearLink {
    /// The year and where its list is.
    pub link: Link,
    /// How many records there are.
    pub count: usize,
    /// Whether this list is the year's.
    pub is_current: bool,
}

/// The view of `list.html`.
#[derive(Debug, Serialize)]
pub struct ListView {
    /// What stands around it.
    pub page: Frame,
    /// `Releases`, …
    pub heading: String,
    /// How many there are in all.
    pub count: usize,
    /// Whether any of them has a day.
    pub is_dated: bool,
    /// Of known errors: how many are still open; nothing where this audience is not told.
    pub open: Option<usize>,
    /// The list of all years.
    pub all: Link,
    /// Whether this is it.
    pub is_all: bool,
    /// The years, newest first.
    pub years: Vec<YearLink>,
    /// This page's rows, as HTML.
    pub rows: String,
    /// The way through the list.
    pub pager: Option<Pager>,
}

/// The years of a kind, newest first, each with its records.
///
/// Lists stand in order of date, so that a year's records are one range, and of known errors two: open, resolved.
pub fn years(edition: &Edition, kind: Kind) -> BTreeMap<i16, Vec<Range<u32>>> {
    let mut years: BTreeMap<i16, Vec<Range<u32>>> = BTreeMap::new();
    for index in edition.tables.of_kind(kind) {
        let Some(date) = edition.get(RecordIndex(index)).date() else { continue };
        let ranges = years.entry(date.year()).or_default();
        match ranges.last_mut() {
            Some(range) if range.end == index => range.end += 1,
            _ => ranges.push(index..index + 1),
        }
    }
    years
}

/// A page of the list of a kind; `page` counts from 1, `years` are those of [`years`].
pub fn list(
    context: &Context<'_>,
    kind: Kind,
    scope: Scope,
    page: usize,
    years: &BTreeMap<i16, Vec<Range<u32>>>,
) -> ListView {
    let edition = context.edition;
    let (route, heading, ranges) = match scope {
        Scope::All => (Route::list(kind), kind.plural().to_owned(), vec![edition.tables.of_kind(kind)]),
        Scope::Year(year) => (
            Route::year_list(kind, year),
            format!("{} of {year}", kind.plural()),
            years.get(&year).cloned().unwrap_or_default(),
        ),
    };
    let count = ranges.iter().map(|range| range.len()).sum();
    let rows = ranges.into_iter().flatten().skip((page - 1) * PAGE_LENGTH).take(PAGE_LENGTH);
    let mut frame =
        Frame::new(context, if page > 1 { format!("{heading}, page {page}") } else { heading.clone() }, kind.folder());
    let all = Link::new(context.href(&Route::list(kind)), kind.plural());
    if scope != Scope::All {
        frame = frame.below(context, &[(&Route::list(kind), kind.plural())]);
    }
    ListView {
        page: frame,
        heading,
        count,
        is_dated: !years.is_empty(),
        open: (kind == Kind::KnownError && scope == Scope::All && edition.shows("status"))
            .then(|| open_known_errors(edition)),
        all,
        is_all: scope == Scope::All,
        years: years
            .iter()
            .rev()
            .map(|(year, ranges)| YearLink {
                link: Link::new(context.href(&Route::year_list(kind, *year)), year.to_string()),
                count: ranges.iter().map(|range| range.len()).sum(),
                is_current: scope == Scope::Year(*year),
            })
            .collect(),
        rows: context.fragments.rows(context, rows.map(RecordIndex)),
        pager: Pager::new(context, count, page, |page| route.page(page)),
    }
}

/// Open known errors stand before resolved ones, so that they are counted without walking all.
pub(super) fn open_known_errors(edition: &Edition) -> usize {
    let all = edition.tables.of_kind(Kind::KnownError);
    let is_open = |index: u32| matches!(edition.get(RecordIndex(index)), Record::KnownError(known) if known.is_open());
    let (mut low, mut high) = (all.start, all.end);
    while low < high {
        let middle = low + (high - low) / 2;
        if is_open(middle) { low = middle + 1 } else { high = middle }
    }
    (low - all.start) as usize
}
