//! From an edition to all addresses of its site.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::recipe::{Addresses, Recipe, SiteParts, Years};
use crate::book::{Deviations, RecordIndex};
use crate::diag::{Finding, Lint};
use crate::edition::Edition;
use crate::feeds::{Machines, documents, found};
use crate::pages::{
    CalendarPages, Checks, GroupKey, MessagesAhead, MetricsScope, PAGE_LENGTH, Scope, day_pages, groups_of, has_notice,
    lesson_scopes, measured_services, measured_years, messages_ahead, years,
};
use crate::record::{Kind, Record};
use crate::route::Route;
use crate::search::Index;
use crate::source::{Place, SourceId, Span};

/// Two pages, aliases or static files with one address.
pub const ADDRESS_TAKEN: Lint = Lint::error(
    "RB802",
    "address-taken",
    "two pages, aliases or static files with one address",
    include_str!("address_taken.md"),
)
.fixed();

/// The most addresses in one sitemap (sitemaps.org).
pub(super) const SITEMAP_LENGTH: usize = 50_000;

/// Works out every address of a site.
pub(super) fn plan(parts: &SiteParts, index: Option<&Index>) -> Addresses {
    let mut plan = Plan {
        parts,
        files: Vec::new(),
        recipes: Vec::new(),
        years: BTreeMap::default(),
        calendar: CalendarPages::new(&parts.edition),
        measured_years: Vec::new(),
        messages: MessagesAhead::default(),
        measured_services: Vec::new(),
        deviations: parts.deviations(),
    };
    let mut findings = Vec::new();
    plan.add_lists();
    plan.add_records();
    plan.add_calendar();
    plan.add_customers();
    plan.add_lessons();
    plan.add_checks();
    plan.add_metrics();
    plan.add_deviations();
    plan.add_search(index);
    plan.add_files();
    let aliases = plan.add_aliases(&mut findings);
    plan.add_machine_files();
    plan.recipes.par_sort_unstable();
    plan.report_taken(&aliases, &mut findings);
    let Plan { files, recipes, years, calendar, measured_years, measured_services, messages, deviations, .. } = plan;
    Addresses { recipes, files, years, measured_years, measured_services, messages, deviations, calendar, findings }
}

/// What is worked out of a site so far.
struct Plan<'a> {
    parts: &'a SiteParts,
    files: Vec<PathBuf>,
    recipes: Vec<(Route, Recipe)>,
    years: BTreeMap<Kind, Years>,
    calendar: CalendarPages,
    measured_years: Vec<(i16, usize)>,
    measured_services: Vec<RecordIndex>,
    messages: MessagesAhead,
    deviations: Deviations,
}

impl Plan<'_> {
    fn add(&mut self, route: Route, recipe: Recipe) {
        self.recipes.push((route, recipe));
    }

    fn add_pages(&mut self, first: &Route, count: usize, recipe: impl Fn(usize) -> Recipe) {
        self.recipes.extend(pages_of(first, count, recipe));
    }

    fn add_lists(&mut self) {
        let SiteParts { edition, .. } = self.parts;
        self.add(Route::home(), Recipe::Home);
        self.add(Route::root("404.html"), Recipe::NotFound);
        for kind in listed_kinds(edition) {
            let scope = Scope::All;
            let count = edition.tables.of_kind(kind).len();
            self.add_pages(&Route::list(kind), count, |page| Recipe::List { kind, scope, page });
            let by_year = years(edition, kind);
            for (year, ranges) in &by_year {
                let count = ranges.iter().map(|range| range.len()).sum();
                let scope = Scope::Year(*year);
                self.add_pages(&Route::year_list(kind, *year), count, |page| Recipe::List { kind, scope, page });
            }
            self.years.insert(kind, by_year);
        }
    }

    fn add_records(&mut self) {
        let SiteParts { edition, .. } = self.parts;
        for (index, record) in edition.tables.iter() {
            let kind = record.kind();
            if kind == Kind::Window || !edition.has_pages(kind) {
                continue;
            }
            self.add(edition.route(index), Recipe::Record(index));
            if matches!(record, Record::Release(release) if has_notice(edition, release)) {
                self.add(Route::notice(&record.header().id), Recipe::Notice(index));
            }
            for (group, connections) in groups_of(edition, index) {
                for page in 2..=connections.len().div_ceil(PAGE_LENGTH) {
                    let route = Route::related(kind, &record.header().id, &GroupKey::slug(group), page);
                    self.add(route, Recipe::Related { record: index, group, page });
                }
            }
        }
    }

    fn add_calendar(&mut self) {
        let today = self.parts.today.year();
        let pages = std::mem::take(&mut self.calendar);
        if let Some(year) = pages.years.iter().copied().min_by_key(|year| (year - today).abs()) {
            self.add(Route::root("calendar/index.html"), Recipe::Year(year));
        }
        pages.years.iter().for_each(|year| self.add(Route::year(*year), Recipe::Year(*year)));
        pages.months.iter().for_each(|first| self.add(Route::month(*first), Recipe::Month(*first)));
        pages.weeks.iter().for_each(|monday| self.add(Route::week(*monday), Recipe::Week(*monday)));
        for day in pages.days.iter().copied() {
            for page in 1..=day_pages(&self.parts.edition, day) {
                self.add(Route::day(day).page(page), Recipe::Day { day, page });
            }
        }
        self.calendar = pages;
    }

    fn add_customers(&mut self) {
        let SiteParts { edition, settings, today, .. } = self.parts;
        self.messages = messages_ahead(edition, settings, *today);
        let count = self.messages.all.len();
        if count > 0 {
            self.add_pages(&Route::customers(), count, Recipe::Customers);
        }
    }

    fn add_lessons(&mut self) {
        let SiteParts { edition, .. } = self.parts;
        let index = &edition.lessons;
        if index.lessons.is_empty() {
            return;
        }
        self.add_pages(&Route::actions(), index.actions.len(), |page| Recipe::Actions { page });
        for scope in lesson_scopes(index) {
            let (route, count) = (scope.route(edition), scope.places(index).len());
            self.add_pages(&route, count, |page| Recipe::Lessons { scope: scope.clone(), page });
        }
    }

    fn add_checks(&mut self) {
        if let Some(checks) = &self.parts.checks {
            self.recipes.extend(of_checks(checks));
        }
    }

    fn add_metrics(&mut self) {
        let SiteParts { edition, .. } = self.parts;
        self.measured_years = measured_years(edition, self.parts.today);
        if self.measured_years.is_empty() {
            return;
        }
        self.measured_services = measured_services(edition);
        self.add(Route::metrics(), Recipe::Metrics(MetricsScope::All));
        for place in 0..self.measured_years.len() {
            let year = self.measured_years[place].0;
            self.add(Route::year_metrics(year), Recipe::Metrics(MetricsScope::Year(year)));
        }
        if self.measured_services.is_empty() {
            return;
        }
        self.add_pages(&Route::metrics_services(), self.measured_services.len(), Recipe::MetricsServices);
        for place in 0..self.measured_services.len() {
            let service = self.measured_services[place];
            let route = Route::service_metrics(&edition.get(service).header().id);
            self.add(route, Recipe::Metrics(MetricsScope::Service(service)));
        }
    }

    fn add_deviations(&mut self) {
        if self.deviations.carried_out() == 0 {
            return;
        }
        self.add(Route::deviations(), Recipe::Deviations);
        for year in self.deviations.years() {
            let (count, releases) = (self.deviations.of_year(year).len(), self.deviations.releases(year).len());
            self.add_pages(&Route::year_deviations(year), count, |page| Recipe::DeviationsOfYear { year, page });
            if releases > 0 {
                let route = Route::audited_releases(year);
                self.add_pages(&route, releases, |page| Recipe::AuditedReleases { year, page });
            }
        }
    }

    fn add_search(&mut self, index: Option<&Index>) {
        self.add(Route::search(), Recipe::Search);
        for path in index.iter().flat_map(|index| index.files.keys()) {
            self.add(Route::root(path), Recipe::Index);
        }
    }

    fn add_files(&mut self) {
        for number in 0..self.parts.assets.len() {
            let route = Route::asset(&self.parts.assets[number].0);
            self.add(route, Recipe::Asset(number));
        }
        let SiteParts { edition, .. } = self.parts;
        for (record, path) in &edition.named_files {
            if let Some((route, file)) = edition.file_route(*record, path) {
                self.files.push(file.from.clone());
                let number = self.files.len() - 1;
                self.add(route, Recipe::File(number));
            }
        }
        for file in &self.parts.static_files {
            // What no host could serve was reported when the folder was read.
            if let Some(route) = Route::file(&file.path) {
                self.files.push(file.from.clone());
                let number = self.files.len() - 1;
                self.add(route, Recipe::File(number));
            }
        }
    }

    /// Adds the redirects, and gives the place where each was asked for.
    fn add_aliases(&mut self, findings: &mut Vec<Finding>) -> Aliases {
        let SiteParts { edition, .. } = self.parts;
        let mut places = Aliases::default();
        for (index, record) in edition.tables.iter() {
            let header = record.header();
            let Some(source) = header.source.filter(|_| edition.has_page(index)) else { continue };
            for (alias, span) in &header.aliases {
                let place = Place { source, span: *span };
                match Route::alias(alias) {
                    Some(route) => {
                        places.insert((route.clone(), index), place);
                        self.add(route, Recipe::Redirect(index));
                    }
                    None => findings.push(
                        Finding::new(&ADDRESS_TAKEN, place, format!("`{alias}` is no address of this site"))
                            .label("a former address is a path below the site\u{2019}s root")
                            .help("write it as `old/rel-1.html` or `old/rel-1/`, of letters, digits, `.`, `_`, `-` and `/`"),
                    ),
                }
            }
        }
        places
    }

    fn add_machine_files(&mut self) {
        let machines = Machines {
            edition: &self.parts.edition,
            settings: &self.parts.settings,
            deviations: &self.deviations,
            messages: &self.messages,
            measured_years: &self.measured_years,
            measured_services: &self.measured_services,
        };
        let documents = documents(&machines).into_iter();
        self.recipes.extend(documents.map(|(route, document)| (route, Recipe::Document(document))));
        for (name, recipe) in
            [("robots.txt", Recipe::Robots), ("llms.txt", Recipe::Llms), ("_headers", Recipe::Headers)]
        {
            self.add(Route::root(name), recipe);
        }
        if self.recipes.iter().any(|(_, recipe)| matches!(recipe, Recipe::Redirect(_))) {
            self.add(Route::root("_redirects"), Recipe::Redirects);
        }
        if self.parts.settings.base_url.is_none() {
            return;
        }
        self.add(Route::root("sitemap.xml"), Recipe::Sitemap);
        let pages = self.recipes.iter().filter(|(_, recipe)| recipe.is_page()).count();
        if pages > SITEMAP_LENGTH {
            for part in 1..=pages.div_ceil(SITEMAP_LENGTH) {
                self.add(Route::root(&format!("sitemap/{part}.xml")), Recipe::SitemapPart(part));
            }
        }
    }

    /// Finds addresses that are equal without regard to case, and files that would stand where a folder must.
    fn report_taken(&mut self, aliases: &Aliases, findings: &mut Vec<Finding>) {
        let mut taken: FxHashMap<String, usize> = FxHashMap::default();
        for (number, (route, recipe)) in self.recipes.iter().enumerate() {
            let Some(first) = taken.insert(route.as_str().to_lowercase(), number) else { continue };
            let (first_route, first_recipe) = &self.recipes[first];
            let one = self.claim(first_route, first_recipe, aliases);
            let other = self.claim(route, recipe, aliases);
            // An alias is moved more easily than a page, and what a record asks for more easily than what is made.
            let is_first = match (first_recipe, recipe) {
                (Recipe::Redirect(_), Recipe::Redirect(_)) => false,
                (Recipe::Redirect(_), _) => true,
                _ => other.1.is_none(),
            };
            let (mover, keeper) = if is_first { (one, other) } else { (other, one) };
            let settings = Place { source: SourceId::SETTINGS, span: Span::default() };
            let message = format!("two things want the address `{}`: {} and {}", route.as_str(), keeper.0, mover.0);
            let finding = Finding::new(&ADDRESS_TAKEN, mover.1.unwrap_or(settings), message).help(
                "addresses are compared without regard to case; rename the static file, the attached file or the alias",
            );
            findings.push(match keeper.1 {
                Some(place) => finding.related(place, format!("{} stands here", keeper.0)),
                None => finding,
            });
        }
    }

    /// What wants an address, in words, and the place that asks for it.
    fn claim(&self, route: &Route, recipe: &Recipe, aliases: &Aliases) -> (String, Option<Place>) {
        let SiteParts { edition, .. } = self.parts;
        let of_record = |what: &str, index: RecordIndex| {
            let header = edition.get(index).header();
            let place = header.source.map(|source| Place { source, span: Span::default() });
            (format!("{what} `{}`", header.id), place)
        };
        match recipe {
            Recipe::Redirect(index) => {
                (of_record("the alias of", *index).0, aliases.get(&(route.clone(), *index)).copied())
            }
            Recipe::Record(index) => of_record("the page of", *index),
            Recipe::Notice(index) => of_record("the customer notice of", *index),
            Recipe::Related { record, .. } => of_record("a list of", *record),
            Recipe::File(_) => ("a static or attached file".to_owned(), None),
            _ => ("a page or file that relbook makes".to_owned(), None),
        }
    }
}

/// Where the redirect at an address to a record was asked for.
type Aliases = FxHashMap<(Route, RecordIndex), Place>;

/// All pages of a list of `count` rows; the first is there even if it is empty.
fn pages_of(first: &Route, count: usize, recipe: impl Fn(usize) -> Recipe) -> impl Iterator<Item = (Route, Recipe)> {
    (1..=count.div_ceil(PAGE_LENGTH).max(1)).map(move |page| (first.page(page), recipe(page)))
}

/// The pages of what the checks found.
pub(super) fn of_checks(checks: &Checks) -> Vec<(Route, Recipe)> {
    let mut pages = vec![(Route::checks(), Recipe::Checks)];
    if checks.count() > 0 {
        let records = Route::checked_records();
        pages.extend(pages_of(&records, checks.count(), |page| Recipe::CheckedRecords { page }));
    }
    if checks.waivers() > 0 {
        pages.extend(pages_of(&Route::waivers(), checks.waivers(), |page| Recipe::Waivers { page }));
    }
    pages.extend(found(checks).map(|(route, document)| (route, Recipe::Document(document))));
    for (code, count) in checks.rules() {
        pages.extend(pages_of(&Route::rule(code), count, |page| Recipe::CheckedRule { code, page }));
    }
    pages
}

/// The kinds that have a list: those with records that have pages.
pub(super) fn listed_kinds(edition: &Edition) -> Vec<Kind> {
    Kind::ALL
        .iter()
        .copied()
        .filter(|kind| !matches!(kind, Kind::Window | Kind::Page))
        .filter(|kind| edition.has_pages(*kind) && !edition.tables.of_kind(*kind).is_empty())
        .collect()
}
