//! What of a page is there for machines: the same as data, and what can be subscribed to.

use serde::Serialize;

use super::context::Context;
use super::subscribed::{has_calendar, has_feed, has_freezes};
use crate::book::RecordIndex;
use crate::record::Kind;
use crate::route::Route;

/// The same as a page in another form.
#[derive(Debug, Clone, Serialize)]
pub struct Alternate {
    /// Its media type.
    pub media_type: &'static str,
    /// What it is called: `JSON`, `CSV`, `Calendar`.
    pub label: &'static str,
    /// Where it is.
    pub href: String,
}

const JSON: (&str, &str) = ("application/json", "JSON");
const CSV: (&str, &str) = ("text/csv", "CSV");
const MARKDOWN: (&str, &str) = ("text/markdown", "Markdown");
const CALENDAR: (&str, &str) = ("text/calendar", "Subscribe: calendar");
const FREEZES: (&str, &str) = ("text/calendar", "Subscribe: freezes");
const FEED: (&str, &str) = ("application/atom+xml", "Subscribe: feed");

fn alternate(context: &Context<'_>, (media_type, label): (&'static str, &'static str), to: &Route) -> Alternate {
    Alternate { media_type, label, href: context.href(to) }
}

/// What a part of the site is there as, by its name.
pub(super) fn of_part(context: &Context<'_>, section: &str) -> Vec<Alternate> {
    let of = |form, route: Route| alternate(context, form, &route);
    let knows_address = context.settings.base_url.is_some();
    let edition = context.edition;
    let mut all = Vec::new();
    match section {
        "home" => {
            all.push(of(JSON, Route::document("index")));
            if !edition.schedule.months().is_empty() {
                all.push(of(CALENDAR, Route::root("calendar.ics")));
            }
            if knows_address && [Kind::Release, Kind::Change, Kind::KnownError].iter().any(|kind| has(context, *kind)) {
                all.push(of(FEED, Route::root("feed.xml")));
            }
        }
        "calendar" => {
            all.extend([of(JSON, Route::document(section)), of(CSV, Route::table(section))]);
            all.push(of(CALENDAR, Route::root("calendar.ics")));
            if has_freezes(edition) {
                all.push(of(FREEZES, Route::root("calendar/freezes.ics")));
            }
        }
        "lessons" | "deviations" => {
            let has_rows = section == "lessons" || !context.deviations.all().is_empty();
            if has_rows {
                all.extend([of(JSON, Route::document(section)), of(CSV, Route::table(section))]);
            }
        }
        "customers" | "metrics" => all.push(of(JSON, Route::document(section))),
        "checks" => all.push(of(JSON, Route::document("findings"))),
        folder => {
            let Some(kind) = Kind::ALL.iter().copied().find(|kind| kind.folder() == folder) else { return all };
            if !has(context, kind) {
                return all;
            }
            all.push(of(JSON, Route::document(folder)));
            if kind != Kind::Page {
                all.push(of(CSV, Route::table(folder)));
            }
            if knows_address && matches!(kind, Kind::Release | Kind::KnownError) {
                all.push(of(FEED, Route::root(&format!("{folder}/feed.xml"))));
            }
        }
    }
    all
}

/// Whether there are records of a kind with pages.
fn has(context: &Context<'_>, kind: Kind) -> bool {
    context.edition.has_pages(kind) && !context.edition.tables.of_kind(kind).is_empty()
}

/// What a record is there as.
pub(super) fn of_record(context: &Context<'_>, index: RecordIndex) -> Vec<Alternate> {
    let edition = context.edition;
    let record = edition.get(index);
    let (kind, id) = (record.kind(), &record.header().id);
    let of = |form, route: Route| alternate(context, form, &route);
    let mut all = vec![of(JSON, Route::record_document(kind, id))];
    if record.header().source.is_some() {
        all.push(of(MARKDOWN, Route::markdown(kind, id)));
    }
    if matches!(kind, Kind::ConfigurationItem | Kind::Service) {
        if has_calendar(edition, index) {
            all.push(of(CALENDAR, Route::subscribed(kind, id, "calendar.ics")));
        }
        if context.settings.base_url.is_some() && has_feed(edition, index) {
            all.push(of(FEED, Route::subscribed(kind, id, "feed.xml")));
        }
    }
    all
}
