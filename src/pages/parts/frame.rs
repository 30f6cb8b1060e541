//! What stands around every page: title, way back, source, and what the whole site shares.

use jiff::civil::Date;
use serde::Serialize;

use super::alternates::{self, Alternate};
use super::commit::CommitView;
use super::context::Context;
use super::direction::is_right_to_left;
use super::fragments::Key;
use super::measured::{has_deviations, measured_years};
use super::messages::has_messages_ahead;
use super::row::Link;
use crate::book::RecordIndex;
use crate::config::Settings;
use crate::edition::Edition;
use crate::record::Kind;
use crate::route::Route;
use crate::theme::CONTENT_SECURITY_POLICY;

/// What stands around a page.
#[derive(Debug, Serialize)]
pub struct Frame {
    /// Its title, without the site's.
    pub title: String,
    /// Its description for search engines and previews.
    pub description: Option<String>,
    /// From the page up to the site's root: empty, `../`, `../../`, …; for the page that stands at any depth, the
    /// root's path on its host.
    pub root: String,
    /// The styles and icons that it loads, as HTML.
    pub links: String,
    /// The header with the way to the parts of the site, as HTML.
    pub header: String,
    /// Its full address, where the site knows its own.
    pub canonical: Option<String>,
    /// The part of the site that it belongs to: `releases`, `calendar`, …
    pub section: &'static str,
    /// The way back, from the home page on, without the page itself, as HTML.
    pub trail: String,
    /// The record's file below the site's folder.
    pub source: Option<String>,
    /// Where the record is edited.
    pub edit: Option<String>,
    /// The commit that changed the record last.
    pub changed: Option<CommitView>,
    /// The same as data, and what can be subscribed to.
    pub alternates: Vec<Alternate>,
}

impl Frame {
    /// The frame of a page with a title in a part of the site.
    pub fn new(context: &Context<'_>, title: impl Into<String>, section: &'static str) -> Frame {
        Frame {
            title: title.into(),
            description: None,
            root: context.root.to_owned(),
            links: context.fragments.frame(context, "partials/links.html", ""),
            header: context.fragments.frame(context, "partials/header.html", section),
            canonical: context.settings.base_url.as_ref().map(|base| format!("{base}{}", context.route.href())),
            section,
            trail: trail_html(context, &[]),
            source: None,
            edit: None,
            changed: None,
            alternates: alternates::of_part(context, section),
        }
    }

    /// The same frame, of a page that stands below others: their addresses and names, from the home page on.
    pub fn below(self, context: &Context<'_>, pages: &[(&Route, &str)]) -> Frame {
        Frame { trail: trail_html(context, pages), ..self }
    }

    /// The frame of a record's page.
    pub fn of_record(context: &Context<'_>, index: RecordIndex) -> Frame {
        let record = context.edition.get(index);
        let (kind, header) = (record.kind(), record.header());
        let title = match header.title == header.id {
            true => header.id.clone(),
            false => format!("{} {}", header.id, header.title),
        };
        let mut frame = Frame::new(context, title, kind.folder());
        frame.description = header.summary.clone();
        if kind != Kind::Page {
            frame = frame.below(context, &[(&Route::list(kind), kind.plural())]);
        }
        frame.alternates = alternates::of_record(context, index);
        frame.changed = CommitView::last_change(context, index);
        // A path in the repository is the company's own business.
        if context.edition.name().is_none() {
            frame.source = header.source.map(|source| context.edition.sources[source].path.clone());
            frame.edit = frame.source.as_ref().and_then(|path| edit_url(context.settings, path));
        }
        frame
    }
}

fn trail_html(context: &Context<'_>, below: &[(&Route, &str)]) -> String {
    let mut html = String::new();
    let key = |part: &mut Key| {
        for (route, text) in below {
            part.push(route.as_str());
            part.push(text);
        }
    };
    let view = || {
        let link = |route: &Route, text: &str| Link::new(context.shared().href(route), text);
        let below = below.iter().map(|(route, text)| link(route, text));
        TrailView { trail: [link(&Route::home(), "Home")].into_iter().chain(below).collect() }
    };
    context.fragments.push(&mut html, context, "partials/trail.html", key, view);
    html
}

fn edit_url(settings: &Settings, path: &str) -> Option<String> {
    const SET: &percent_encoding::AsciiSet =
        &percent_encoding::NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_');
    let path = percent_encoding::utf8_percent_encode(path, SET).to_string();
    settings.edit_url.as_ref().map(|url| url.replace("{path}", &path))
}

/// The view of `partials/trail.html`.
#[derive(Debug, Serialize)]
struct TrailView {
    trail: Vec<Link>,
}

/// What every page shares.
#[derive(Debug, Serialize)]
pub struct SiteView {
    /// The site's name.
    pub title: String,
    /// Language of the records (BCP 47).
    pub language: String,
    /// Whether that language runs from right to left.
    pub is_right_to_left: bool,
    /// The edition's name; nothing for the company's own staff.
    pub edition: Option<String>,
    /// What a page may load and do, for its meta element.
    pub policy: &'static str,
    /// The parts of the site.
    pub navigation: Vec<NavigationItem>,
}

/// A part of the site.
#[derive(Debug, Serialize)]
pub struct NavigationItem {
    /// `releases`, `calendar`, …
    pub section: &'static str,
    /// Its address below the root.
    pub path: String,
    /// Its name.
    pub label: String,
}

/// What every page shares: the parts of the site that have something in them, and the free pages.
pub fn site_view(edition: &Edition, settings: &Settings, today: Date) -> SiteView {
    let mut navigation = Vec::new();
    let mut add = |section, path: &Route, label: &str| {
        navigation.push(NavigationItem { section, path: path.href(), label: label.to_owned() });
    };
    for kind in Kind::ALL.iter().copied().filter(|kind| !matches!(kind, Kind::Window | Kind::Page)) {
        if edition.has_pages(kind) && !edition.tables.of_kind(kind).is_empty() {
            add(kind.folder(), &Route::list(kind), kind.plural());
        }
    }
    if !edition.schedule.months().is_empty() {
        add("calendar", &Route::root("calendar/index.html"), "Calendar");
    }
    if has_messages_ahead(edition, settings, today) {
        add("customers", &Route::customers(), "Customers");
    }
    if !edition.lessons.lessons.is_empty() {
        add("lessons", &Route::lessons(), "Lessons");
    }
    if !measured_years(edition, today).is_empty() {
        add("metrics", &Route::metrics(), "Metrics");
    }
    if has_deviations(edition, today) {
        add("deviations", &Route::deviations(), "Deviations");
    }
    if edition.has_pages(Kind::Page) {
        for index in edition.tables.of_kind(Kind::Page).take(5).map(RecordIndex) {
            add("pages", &edition.route(index), &edition.get(index).header().title);
        }
    }
    SiteView {
        title: settings.title.clone(),
        language: settings.language.clone(),
        is_right_to_left: is_right_to_left(&settings.language),
        edition: edition.name().map(str::to_owned),
        policy: CONTENT_SECURITY_POLICY,
        navigation,
    }
}
