//! The metrics: of the whole site, of a year, of a service; every chart with its table and its definition.

use serde::Serialize;

use super::counts::{by_month, failures, items, months};
use super::deviations::deviations;
use super::scope::MetricsScope;
use super::spans::{actions, approved, known_errors, lengths, notice, restored};
use super::view::MetricView;
use crate::book::{Figures, RecordIndex};
use crate::pages::list::YearLink;
use crate::pages::parts::measured::records_of;
use crate::pages::parts::row::{Link, Pager, slice};
use crate::pages::{Context, Frame};
use crate::record::{ChangeType, ReleaseType};
use crate::route::Route;

/// The view of `metrics.html`.
#[derive(Debug, Serialize)]
pub struct MetricsView {
    /// What stands around it.
    pub page: Frame,
    /// What it is about.
    pub heading: String,
    /// The metrics of all records, and whether this is that page.
    pub all: Link,
    /// Whether this is the page of all records.
    pub is_all: bool,
    /// The years, newest first.
    pub years: Vec<YearLink>,
    /// The list of services.
    pub services: Option<Link>,
    /// The page of the service that it is about.
    pub service: Option<Link>,
    /// Releases and changes without a date.
    pub undated: usize,
    /// The figures.
    pub sections: Vec<MetricView>,
}

/// The view of `metrics-services.html`.
#[derive(Debug, Serialize)]
pub struct MetricsServicesView {
    /// What stands around it.
    pub page: Frame,
    /// How many services there are.
    pub count: usize,
    /// This page's services.
    pub services: Vec<Link>,
    /// The way through the list.
    pub pager: Option<Pager>,
}

/// A page of the list of services with metrics.
pub fn metrics_services(context: &Context<'_>, services: &[RecordIndex], page: usize) -> MetricsServicesView {
    let link = |index: &RecordIndex| {
        let header = context.edition.get(*index).header();
        Link::new(context.href(&Route::service_metrics(&header.id)), header.title.clone())
    };
    MetricsServicesView {
        page: Frame::new(context, "Metrics by service", "metrics").below(context, &[(&Route::metrics(), "Metrics")]),
        count: services.len(),
        services: slice(services, page).iter().map(link).collect(),
        pager: Pager::new(context, services.len(), page, |page| Route::metrics_services().page(page)),
    }
}

/// The figures over the records of a scope.
pub(crate) fn figures_of(context: &Context<'_>, scope: MetricsScope) -> Figures {
    let edition = context.edition;
    let date = |index: RecordIndex| edition.counted_on(index).or_else(|| edition.get(index).date());
    let of_year = |year: i16| move |index: &RecordIndex| date(*index).is_some_and(|date| date.year() == year);
    let all = || (0..edition.tables.len() as u32).map(RecordIndex);
    let of = |records: &mut dyn Iterator<Item = RecordIndex>| {
        edition.figures(records, &context.settings.time_zone, context.today)
    };
    match scope {
        MetricsScope::All => of(&mut all()),
        MetricsScope::Year(year) => of(&mut all().filter(of_year(year))),
        MetricsScope::Service(service) => of(&mut records_of(edition, service)),
    }
}

/// A page of metrics. `years` are those with a release or change, each with how many there are.
pub fn metrics(context: &Context<'_>, scope: MetricsScope, years: &[(i16, usize)], by_service: bool) -> MetricsView {
    let edition = context.edition;
    let figures = figures_of(context, scope);
    let heading = match scope {
        MetricsScope::All => "Metrics".to_owned(),
        MetricsScope::Year(year) => format!("Metrics of {year}"),
        MetricsScope::Service(service) => format!("Metrics: {}", edition.get(service).header().title),
    };
    let mut page = Frame::new(context, heading.clone(), "metrics");
    if scope != MetricsScope::All {
        page = page.below(context, &[(&Route::metrics(), "Metrics")]);
    }
    let service = match scope {
        MetricsScope::Service(service) => Some(service),
        _ => None,
    };
    MetricsView {
        page,
        heading,
        all: Link::new(context.href(&Route::metrics()), "All years"),
        is_all: scope == MetricsScope::All,
        years: years
            .iter()
            .rev()
            .map(|(year, count)| YearLink {
                link: Link::new(context.href(&Route::year_metrics(*year)), year.to_string()),
                count: *count,
                is_current: scope == MetricsScope::Year(*year),
            })
            .collect(),
        services: by_service.then(|| Link::new(context.href(&Route::metrics_services()), "By service")),
        service: service
            .map(|index| Link { href: context.href_of(index), text: edition.get(index).header().title.clone() }),
        undated: figures.undated,
        sections: metric_views(context, scope, &figures),
    }
}

/// The figures of a scope as its page shows them.
pub(crate) fn metric_views(context: &Context<'_>, scope: MetricsScope, figures: &Figures) -> Vec<MetricView> {
    let months = months(context, scope);
    let types = ReleaseType::ALL;
    let releases = by_month("releases", "Releases a month, by type", figures, &months, types, |t| &t.releases);
    let types = ChangeType::ALL;
    let changes = by_month("changes", "Changes a month, by type", figures, &months, types, |t| &t.changes);
    vec![
        releases,
        changes,
        failures(scope, figures, &months),
        deviations(context, scope, &months),
        restored(figures),
        notice(figures),
        approved(figures),
        lengths(figures),
        items(context, figures),
        known_errors(figures),
        actions(figures),
    ]
}
