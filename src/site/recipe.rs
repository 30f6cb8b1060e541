//! A site is recipes, not bytes: each address with what to make there.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use crate::book::{Deviations, RecordIndex};
use crate::config::Settings;
use crate::diag::{Finding, Lint};
use crate::edition::Edition;
use crate::feeds::Document;
use crate::pages::{CalendarPages, Checks, GroupKey, LessonScope, MessagesAhead, MetricsScope, Recordings, Scope};
use crate::record::Kind;
use crate::route::Route;
use crate::source::{History, SiteFile};
use crate::theme::Engine;

/// A template that does not compile or render.
pub const TEMPLATE_ERROR: Lint = Lint::error(
    "RB801",
    "template-error",
    "a template that does not compile or render",
    include_str!("template_error.md"),
)
.fixed();

/// What to make at an address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Recipe {
    Home,
    List {
        kind: Kind,
        scope: Scope,
        page: usize,
    },
    Record(RecordIndex),
    Related {
        record: RecordIndex,
        group: GroupKey,
        page: usize,
    },
    /// The notice to customers of a release.
    Notice(RecordIndex),
    Year(i16),
    Month(Date),
    Week(Date),
    Day {
        day: Date,
        page: usize,
    },
    Lessons {
        scope: LessonScope,
        page: usize,
    },
    Actions {
        page: usize,
    },
    /// A page of the messages to customers, from 1.
    Customers(usize),
    Checks,
    /// The findings of a lint, by its code.
    CheckedRule {
        code: &'static str,
        page: usize,
    },
    CheckedRecords {
        page: usize,
    },
    Waivers {
        page: usize,
    },
    Deviations,
    /// The deviations of a year, or of those without a day.
    DeviationsOfYear {
        year: Option<i16>,
        page: usize,
    },
    /// The releases of a year, or of those without a day, that were carried out.
    AuditedReleases {
        year: Option<i16>,
        page: usize,
    },
    Metrics(MetricsScope),
    /// A page of the services with metrics, from 1.
    MetricsServices(usize),
    NotFound,
    Redirect(RecordIndex),
    /// A file of the theme, by its number in [`SiteParts::assets`].
    Asset(usize),
    /// A file that is copied, by its number among those of the [`Addresses`].
    File(usize),
    /// A file for machines.
    Document(Document),
    Search,
    /// A file of the search index.
    Index,
    Robots,
    Headers,
    Redirects,
    Llms,
    Sitemap,
    /// A part of the sitemap, from 1.
    SitemapPart(usize),
}

impl Recipe {
    /// The record that it is made from, if it is a record's page, or that page in another form.
    pub fn record(&self) -> Option<RecordIndex> {
        match self {
            Recipe::Record(index) => Some(*index),
            Recipe::Document(document) => document.record(),
            _ => None,
        }
    }

    /// Whether it is a page of HTML that search engines may list.
    pub fn is_page(&self) -> bool {
        match self {
            Recipe::Home
            | Recipe::List { .. }
            | Recipe::Record(_)
            | Recipe::Related { .. }
            | Recipe::Notice(_)
            | Recipe::Year(_)
            | Recipe::Month(_)
            | Recipe::Week(_)
            | Recipe::Day { .. }
            | Recipe::Lessons { .. }
            | Recipe::Actions { .. }
            | Recipe::Customers(_)
            | Recipe::Checks
            | Recipe::CheckedRule { .. }
            | Recipe::CheckedRecords { .. }
            | Recipe::Waivers { .. }
            | Recipe::Deviations
            | Recipe::DeviationsOfYear { .. }
            | Recipe::AuditedReleases { .. }
            | Recipe::Metrics(_)
            | Recipe::MetricsServices(_) => true,
            Recipe::NotFound | Recipe::Redirect(_) | Recipe::Search => false,
            Recipe::Asset(_)
            | Recipe::Document(_)
            | Recipe::File(_)
            | Recipe::Index
            | Recipe::Robots
            | Recipe::Headers
            | Recipe::Redirects
            | Recipe::Llms
            | Recipe::Sitemap
            | Recipe::SitemapPart(_) => false,
        }
    }
}

/// What a site is made from.
pub struct SiteParts {
    /// What may be shown.
    pub edition: Edition,
    /// What the site sets.
    pub settings: Settings,
    /// What the checks found; nothing in an edition, whose readers it does not concern.
    pub checks: Option<Checks>,
    /// When the records were changed, where that is known.
    pub history: Option<Arc<History>>,
    /// Which commits wrote the approvals, where that is known; in no edition.
    pub recordings: Recordings,
    /// The templates.
    pub engine: Engine,
    /// Files of the theme, by path below `assets`.
    pub assets: Vec<(String, Vec<u8>)>,
    /// Files of the folder `static`.
    pub static_files: Vec<SiteFile>,
    /// The day of the build.
    pub today: Date,
}

impl SiteParts {
    /// What was done otherwise than the process and the calendar say; nothing in an edition, whose readers it does not
    /// concern.
    pub(super) fn deviations(&self) -> Deviations {
        match self.edition.name() {
            None => Deviations::new(&self.edition, &self.settings.process, self.today),
            Some(_) => Deviations::default(),
        }
    }
}

/// The years of a kind with the ranges of their records.
pub(super) type Years = BTreeMap<i16, Vec<Range<u32>>>;

/// Every address of a site, and what was worked out on the way.
pub struct Addresses {
    /// Each with its recipe, in order of address.
    pub(super) recipes: Vec<(Route, Recipe)>,
    /// Files that are copied: from where.
    pub(super) files: Vec<PathBuf>,
    pub(super) years: BTreeMap<Kind, Years>,
    /// Years with a release or change up to today, each with how many; none where there are no metrics.
    pub(super) measured_years: Vec<(i16, usize)>,
    pub(super) measured_services: Vec<RecordIndex>,
    pub(super) messages: MessagesAhead,
    /// What was done otherwise than the process and the calendar say; nothing in an edition.
    pub(super) deviations: Deviations,
    pub(super) calendar: CalendarPages,
    /// Addresses that are taken twice.
    pub findings: Vec<Finding>,
}
