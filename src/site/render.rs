//! A site: every address with its recipe, and from a recipe to bytes.

use std::path::Path;
use std::sync::OnceLock;

use rayon::prelude::*;
use serde::Serialize;

use super::plan::{SITEMAP_LENGTH, listed_kinds, plan};
use super::recipe::{Addresses, Recipe, SiteParts};
use crate::book::RecordIndex;
use crate::diag::Finding;
use crate::feeds::{self, Known};
use crate::pages::{self, Bodies, Context, Fragments};
use crate::record::Record;
use crate::route::Route;
use crate::search::Index;
use crate::theme::{Engine, TemplateFault};

/// A site: what it is made from, and every address.
pub struct Site {
    /// What it is made from.
    pub parts: SiteParts,
    pub(super) addresses: Addresses,
    pub(super) fragments: Fragments,
    /// The search index, where it was made or asked for.
    pub(super) index: OnceLock<Index>,
}

impl Site {
    /// Works out every address of a site. Without an `index`, the search index has no address, and is made when it is first
    /// asked for.
    pub fn new(parts: SiteParts, index: Option<Index>) -> Site {
        let addresses = plan(&parts, index.as_ref());
        let fragments = Fragments::new(parts.edition.tables.len());
        Site { parts, addresses, fragments, index: index.map_or_else(OnceLock::new, OnceLock::from) }
    }

    /// Every address with its recipe, in order of address.
    pub fn recipes(&self) -> &[(Route, Recipe)] {
        &self.addresses.recipes
    }

    /// Addresses that are taken twice.
    pub fn findings(&self) -> &[Finding] {
        &self.addresses.findings
    }

    /// How many pages of HTML it has, redirects and the page for lost readers among them.
    pub fn page_count(&self) -> usize {
        let is_html = |recipe: &Recipe| {
            recipe.is_page() || matches!(recipe, Recipe::Search | Recipe::NotFound | Recipe::Redirect(_))
        };
        self.recipes().iter().filter(|(_, recipe)| is_html(recipe)).count()
    }
}

/// What a recipe came to.
#[derive(Debug)]
pub enum Rendered<'a> {
    /// Bytes, in the buffer that was given.
    Bytes,
    /// A file to copy.
    Copy(&'a Path),
}

impl Site {
    /// Makes what stands at an address. `out` is emptied first.
    ///
    /// # Errors
    ///
    /// What is wrong with the template.
    pub fn render(&self, route: &Route, recipe: &Recipe, out: &mut Vec<u8>) -> Result<Rendered<'_>, TemplateFault> {
        self.render_beside(&Bodies::default(), route, recipe, out)
    }

    /// The same, from the body that was rendered last where it is the same record's.
    ///
    /// # Errors
    ///
    /// What is wrong with the template.
    pub fn render_beside(
        &self,
        bodies: &Bodies,
        route: &Route,
        recipe: &Recipe,
        out: &mut Vec<u8>,
    ) -> Result<Rendered<'_>, TemplateFault> {
        self.render_by((&self.parts.engine, &self.fragments, bodies), route, recipe, out)
    }

    /// The recipes in an order in which whatever is of one record stands together: by their numbers.
    pub fn by_record(&self) -> Vec<u32> {
        let mut order: Vec<(Option<RecordIndex>, u32)> =
            self.recipes().iter().zip(0..).map(|((_, recipe), number)| (recipe.record(), number)).collect();
        order.par_sort_unstable();
        order.into_iter().map(|(_, number)| number).collect()
    }

    /// The same by the templates of another theme.
    ///
    /// # Errors
    ///
    /// What is wrong with the template.
    pub fn render_otherwise(
        &self,
        engine: &Engine,
        route: &Route,
        recipe: &Recipe,
        out: &mut Vec<u8>,
    ) -> Result<Rendered<'_>, TemplateFault> {
        let fragments = Fragments::new(self.parts.edition.tables.len());
        self.render_by((engine, &fragments, &Bodies::default()), route, recipe, out)
    }

    fn render_by(
        &self,
        (engine, fragments, bodies): (&Engine, &Fragments, &Bodies),
        route: &Route,
        recipe: &Recipe,
        out: &mut Vec<u8>,
    ) -> Result<Rendered<'_>, TemplateFault> {
        out.clear();
        let SiteParts { edition, settings, history, recordings, today, .. } = &self.parts;
        let history = history.as_deref();
        let (root, fault, deviations) = (route.to_root(), OnceLock::new(), &self.addresses.deviations);
        let today = *today;
        let context = Context {
            edition,
            settings,
            deviations,
            history,
            recordings,
            bodies,
            engine,
            today,
            fragments,
            root,
            route,
            fault: &fault,
        };
        let rendered = self.rendered(&context, recipe, out);
        fault.into_inner().map_or(rendered, Err)
    }

    fn rendered(
        &self,
        context: &Context<'_>,
        recipe: &Recipe,
        out: &mut Vec<u8>,
    ) -> Result<Rendered<'_>, TemplateFault> {
        let Context { edition, settings, .. } = *context;
        match recipe {
            Recipe::Record(index) => self.record(context, *index, out),
            Recipe::Home => fill(
                context,
                "home.html",
                &pages::home(context, self.parts.checks.as_ref(), &self.addresses.messages),
                out,
            ),
            Recipe::List { kind, scope, page } => fill(
                context,
                "list.html",
                &pages::list(context, *kind, *scope, *page, &self.addresses.years[kind]),
                out,
            ),
            Recipe::Related { record, group, page } => {
                fill(context, "related.html", &pages::related(context, *record, *group, *page), out)
            }
            Recipe::Notice(index) => {
                let texts = pages::notice_texts(context.engine, edition, settings, *index)?;
                fill(context, "notice.html", &pages::notice(context, *index, texts), out)
            }
            Recipe::Year(year) => {
                fill(context, "calendar-year.html", &pages::year(context, &self.addresses.calendar, *year), out)
            }
            Recipe::Month(first) => {
                fill(context, "calendar-month.html", &pages::month(context, &self.addresses.calendar, *first), out)
            }
            Recipe::Week(monday) => {
                fill(context, "calendar-week.html", &pages::week(context, &self.addresses.calendar, *monday), out)
            }
            Recipe::Day { day, page } => {
                fill(context, "calendar-day.html", &pages::day(context, &self.addresses.calendar, *day, *page), out)
            }
            Recipe::Lessons { scope, page } => {
                fill(context, "lessons.html", &pages::lessons(context, scope, *page), out)
            }
            Recipe::Actions { page } => fill(context, "actions.html", &pages::actions(context, *page), out),
            Recipe::Deviations => fill(context, "deviations.html", &pages::deviations(context), out),
            Recipe::DeviationsOfYear { year, page } => {
                fill(context, "deviations-year.html", &pages::deviations_of_year(context, *year, *page), out)
            }
            Recipe::AuditedReleases { year, page } => {
                fill(context, "deviations-releases.html", &pages::audited_releases(context, *year, *page), out)
            }
            Recipe::Metrics(scope) => {
                let by_service = !self.addresses.measured_services.is_empty();
                fill(
                    context,
                    "metrics.html",
                    &pages::metrics(context, *scope, &self.addresses.measured_years, by_service),
                    out,
                )
            }
            Recipe::MetricsServices(page) => fill(
                context,
                "metrics-services.html",
                &pages::metrics_services(context, &self.addresses.measured_services, *page),
                out,
            ),
            Recipe::Customers(page) => {
                fill(context, "customers.html", &pages::customers(context, &self.addresses.messages, *page), out)
            }
            Recipe::Search => fill(context, "search.html", &pages::search(context, &self.index().root), out),
            Recipe::Checks | Recipe::CheckedRule { .. } | Recipe::CheckedRecords { .. } | Recipe::Waivers { .. } => {
                self.checks(context, recipe, out)
            }
            Recipe::NotFound => {
                let root = self.absolute_root();
                fill(context, "404.html", &pages::not_found(&Context { root: &root, ..*context }), out)
            }
            Recipe::Redirect(index) => match pages::redirect(context, *index) {
                Some(view) => fill(context, "redirect.html", &view, out),
                None => Ok(Rendered::Bytes),
            },
            Recipe::File(number) => Ok(Rendered::Copy(&self.addresses.files[*number])),
            Recipe::Document(document) => {
                let known = Known { checks: self.parts.checks.as_ref(), messages: &self.addresses.messages };
                document.write(context, known, out);
                Ok(Rendered::Bytes)
            }
            Recipe::Asset(number) => Ok(put(out, &self.parts.assets[*number].1)),
            Recipe::Index => {
                let file = self.index().files.get(context.route.as_str());
                Ok(put(out, file.map_or(&[], Vec::as_slice)))
            }
            Recipe::Robots => Ok(put(out, feeds::robots(settings.base_url.as_deref()).as_bytes())),
            Recipe::Headers => Ok(put(out, feeds::headers().as_bytes())),
            Recipe::Redirects => Ok(put(out, self.redirects().as_bytes())),
            Recipe::Llms => {
                let root = settings.base_url.as_deref().unwrap_or_default();
                let text = feeds::llms(&Context { root, ..*context }, &listed_kinds(edition));
                Ok(put(out, text.as_bytes()))
            }
            Recipe::Sitemap => Ok(put(out, self.sitemap(None).as_bytes())),
            Recipe::SitemapPart(part) => Ok(put(out, self.sitemap(Some(*part)).as_bytes())),
        }
    }

    fn record(
        &self,
        context: &Context<'_>,
        index: RecordIndex,
        out: &mut Vec<u8>,
    ) -> Result<Rendered<'_>, TemplateFault> {
        match context.edition.get(index) {
            Record::Release(of) => fill(context, "release.html", &pages::release(context, index, of), out),
            Record::Change(of) => fill(context, "change.html", &pages::change(context, index, of), out),
            Record::KnownError(of) => fill(context, "known-error.html", &pages::known_error(context, index, of), out),
            Record::Problem(of) => fill(context, "problem.html", &pages::problem(context, index, of), out),
            Record::ConfigurationItem(of) => {
                fill(context, "configuration-item.html", &pages::configuration_item(context, index, of), out)
            }
            Record::StandardChange(of) => {
                fill(context, "standard-change.html", &pages::standard_change(context, index, of), out)
            }
            Record::Service(of) => fill(context, "service.html", &pages::service(context, index, of), out),
            Record::Page(of) => fill(context, "page.html", &pages::page(context, index, of), out),
            // A window stands on the calendar's pages.
            Record::Window(_) => Ok(Rendered::Bytes),
        }
    }

    fn checks(&self, context: &Context<'_>, recipe: &Recipe, out: &mut Vec<u8>) -> Result<Rendered<'_>, TemplateFault> {
        let Some(checks) = &self.parts.checks else { return Ok(Rendered::Bytes) };
        match recipe {
            Recipe::CheckedRule { code, page } => match pages::checks_rule(context, checks, code, *page) {
                Some(view) => fill(context, "checks-rule.html", &view, out),
                None => Ok(Rendered::Bytes),
            },
            Recipe::CheckedRecords { page } => {
                fill(context, "checks-records.html", &pages::checks_records(context, checks, *page), out)
            }
            Recipe::Waivers { page } => fill(context, "waivers.html", &pages::waivers(context, checks, *page), out),
            _ => fill(context, "checks.html", &pages::checks(context, checks), out),
        }
    }

    /// The path of the site's root on its host.
    pub fn absolute_root(&self) -> String {
        let base = self.parts.settings.base_url.as_deref().unwrap_or("/");
        let path = base.split_once("://").map_or(base, |(_, rest)| rest.find('/').map_or("/", |at| &rest[at..]));
        path.to_owned()
    }

    /// The search index.
    pub fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(&self.parts.edition, self.parts.edition.texts()))
    }

    fn redirects(&self) -> String {
        feeds::redirects(self.recipes().iter().filter_map(|(from, recipe)| match recipe {
            Recipe::Redirect(index) => Some((from, self.parts.edition.page_of(*index)?)),
            _ => None,
        }))
    }

    /// The sitemap, or where that is too long for one file its index; or a part of it, from 1.
    fn sitemap(&self, part: Option<usize>) -> String {
        let base = self.parts.settings.base_url.as_deref().unwrap_or("/");
        let SiteParts { edition, history, today, .. } = &self.parts;
        let changed = |recipe: &Recipe| match recipe {
            Recipe::Record(index) => history.as_deref().map(|of| edition.updated(Some(of), *index, *today)),
            _ => None,
        };
        let pages = || {
            let pages = self.recipes().iter().filter(|(_, recipe)| recipe.is_page());
            pages.map(|(route, recipe)| (route, changed(recipe)))
        };
        match (part, pages().count()) {
            (Some(part), _) => feeds::sitemap(base, pages().skip((part - 1) * SITEMAP_LENGTH).take(SITEMAP_LENGTH)),
            (None, count) if count > SITEMAP_LENGTH => feeds::sitemap_index(base, count.div_ceil(SITEMAP_LENGTH)),
            (None, _) => feeds::sitemap(base, pages()),
        }
    }
}

fn put<'a>(out: &mut Vec<u8>, bytes: &[u8]) -> Rendered<'a> {
    out.extend_from_slice(bytes);
    Rendered::Bytes
}

/// Fills a template with a view.
fn fill<'a>(
    context: &Context<'_>,
    template: &str,
    view: &impl Serialize,
    out: &mut Vec<u8>,
) -> Result<Rendered<'a>, TemplateFault> {
    context.engine.render(template, view, out).map(|()| Rendered::Bytes)
}
