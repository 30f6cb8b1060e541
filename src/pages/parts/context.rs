//! What every page is made from.

use std::sync::OnceLock;

use jiff::civil::Date;

use super::bodies::Bodies;
use super::fragments::Fragments;
use super::recordings::Recordings;
use crate::book::{Deviations, RecordIndex};
use crate::config::Settings;
use crate::edition::Edition;
use crate::route::Route;
use crate::source::History;
use crate::theme::{Engine, TemplateFault};

/// What every page is made from, and the page's own address.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// What may be shown.
    pub edition: &'a Edition,
    /// What the site sets.
    pub settings: &'a Settings,
    /// What was done otherwise than the process and the calendar say; nothing in an edition.
    pub deviations: &'a Deviations,
    /// The day of the build.
    pub today: Date,
    /// When the records were changed, where that is known.
    pub history: Option<&'a History>,
    /// Which commits wrote the approvals, where that is known.
    pub recordings: &'a Recordings,
    /// Parts of pages that many pages have.
    pub fragments: &'a Fragments,
    /// The body that was rendered last.
    pub bodies: &'a Bodies,
    /// The templates.
    pub engine: &'a Engine,
    /// From the page up to the site's root: empty, `../`, `../../`, …; for the page that stands at any depth, the
    /// root's path on its host.
    pub root: &'a str,
    /// The page that is made.
    pub route: &'a Route,
    /// What is wrong with the template of a part that the page has, if anything is.
    pub fault: &'a OnceLock<TemplateFault>,
}

impl Context<'_> {
    /// The link from this page to another.
    pub fn href(&self, to: &Route) -> String {
        to.href_from(self.root)
    }

    /// The link from this page to a record's, if it has one in this edition.
    pub fn href_of(&self, index: RecordIndex) -> Option<String> {
        self.edition.page_of(index).map(|route| self.href(&route))
    }
}
