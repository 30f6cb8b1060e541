//! The deviations of a year, or of no day that is recorded.

use serde::Serialize;

use super::row::{DeviationRow, row};
use crate::pages::list::YearLink;
use crate::pages::parts::context::Context;
use crate::pages::parts::frame::Frame;
use crate::pages::parts::row::{Link, Pager, slice};
use crate::route::Route;

/// The view of `deviations-year.html`.
#[derive(Debug, Serialize)]
pub struct DeviationsYearView {
    /// What stands around it.
    pub page: Frame,
    /// What it is about.
    pub heading: String,
    /// How many there are.
    pub count: usize,
    /// The page of all.
    pub all: Link,
    /// The years, the newest first.
    pub years: Vec<YearLink>,
    /// The releases of the year, as an auditor asks for them.
    pub releases: Option<Link>,
    /// This page's.
    pub rows: Vec<DeviationRow>,
    /// The way through the list.
    pub pager: Option<Pager>,
}

/// A year as it is said, or that no day is recorded.
pub(super) fn name(year: Option<i16>) -> String {
    year.map_or_else(|| "Without a day".to_owned(), |year| year.to_string())
}

/// What a page is about, of a year or of no day.
pub(super) fn heading(what: &str, year: Option<i16>) -> String {
    match year {
        Some(year) => format!("{what} of {year}"),
        None => format!("{what} without a day"),
    }
}

/// A page of the deviations of a year.
pub fn deviations_of_year(context: &Context<'_>, year: Option<i16>, page: usize) -> DeviationsYearView {
    let deviations = context.deviations;
    let all = deviations.of_year(year);
    let heading = heading("Deviations", year);
    let link = |of: &Option<i16>| YearLink {
        link: Link::new(context.href(&Route::year_deviations(*of)), name(*of)),
        count: deviations.of_year(*of).len(),
        is_current: *of == year,
    };
    let has_releases = !deviations.releases(year).is_empty();
    let releases = || Link::new(context.href(&Route::audited_releases(year)), self::heading("Releases", year));
    DeviationsYearView {
        page: Frame::new(context, heading.clone(), "deviations")
            .below(context, &[(&Route::deviations(), "Deviations")]),
        heading,
        count: all.len(),
        all: Link::new(context.href(&Route::deviations()), "All"),
        years: deviations.years().iter().map(link).collect(),
        releases: has_releases.then(releases),
        rows: slice(all, page).iter().map(|of| row(context, of)).collect(),
        pager: Pager::new(context, all.len(), page, |page| Route::year_deviations(year).page(page)),
    }
}
