//! The metrics: of the whole site, of a year, of a service.

use schemars::JsonSchema;
use serde::Serialize;

use super::address;
use super::reference::Named;
use crate::book::{ByType, RecordIndex, Tally};
use crate::edition::Edition;
use crate::pages::{Context, MetricsScope, figures_of, metric_views};
use crate::record::{Vocabulary, address as safe};
use crate::route::Route;

/// Figures over some records.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Metrics {
    /// The year that they are of; not there for all years.
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<i16>,
    /// The service that they are of; not there for all services.
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<Named>,
    /// What happened in each month in which something did, in order.
    months: Vec<Month>,
    /// Releases and changes without a date, which count in no month.
    undated: usize,
    /// From the harm that deployments did to the service being back, in minutes, the shortest first.
    restored_minutes: Vec<i64>,
    /// From the first message that was sent to the first day of the work, in days, the shortest first.
    notice_days: Vec<i64>,
    /// Of emergencies, from the start of the work to the first approval, in days, the shortest first.
    approved_after_days: Vec<i64>,
    /// The figures as their page shows them, each with its definition.
    figures: Vec<Figure>,
}

/// What happened in a month.
#[derive(Debug, Serialize, JsonSchema)]
struct Month {
    /// The month: `2026-11`.
    month: String,
    /// Releases, by their type; under `untyped` those without one.
    #[schemars(with = "std::collections::BTreeMap<String, usize>")]
    releases: Counts,
    /// Changes, by their type; under `untyped` those without one.
    #[schemars(with = "std::collections::BTreeMap<String, usize>")]
    changes: Counts,
    /// Releases, and changes shipped alone, that went live or were taken back.
    deployments: usize,
    /// Deployments that were taken back, caused incidents or were found unsuccessful.
    failed: usize,
    /// Deployments that were taken back at least once.
    taken_back: usize,
    /// Deployments of the type `emergency`.
    emergencies: usize,
}

/// Numbers by their words.
type Counts = std::collections::BTreeMap<&'static str, usize>;

/// A figure as a page shows it.
#[derive(Debug, Serialize, JsonSchema)]
struct Figure {
    /// Its fragment on the page.
    id: &'static str,
    /// Its name.
    heading: &'static str,
    /// What is counted.
    definition: &'static str,
    /// The figure in words.
    said: String,
    /// What is not in it, with how many there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<String>,
    /// The heads of its table.
    columns: Vec<String>,
    /// The rows of its table, each with a cell for each head.
    rows: Vec<Vec<String>>,
}

/// Where the metrics of a scope live.
pub(super) fn route(edition: &Edition, scope: MetricsScope) -> Route {
    match scope {
        MetricsScope::All => address::named("metrics"),
        MetricsScope::Year(year) => address::named(&format!("metrics/{year:04}")),
        MetricsScope::Service(index) => {
            address::named(&format!("metrics/services/{}", safe(&edition.get(index).header().id)))
        }
    }
}

/// The metrics of a scope.
pub(super) fn metrics(context: &Context<'_>, scope: MetricsScope) -> Metrics {
    let figures = figures_of(context, scope);
    let (year, service): (Option<i16>, Option<RecordIndex>) = match scope {
        MetricsScope::All => (None, None),
        MetricsScope::Year(year) => (Some(year), None),
        MetricsScope::Service(index) => (None, Some(index)),
    };
    let views = metric_views(context, scope, &figures).into_iter().map(|of| Figure {
        id: of.id,
        heading: of.heading,
        definition: of.definition,
        said: of.said,
        left_out: of.left_out,
        rows: of.rows.into_iter().map(|row| [row.name.text].into_iter().chain(row.cells).collect()).collect(),
        columns: of.columns,
    });
    Metrics {
        year,
        service: service.map(|index| Named::new(context, index)),
        months: figures.months.iter().map(|(month, tally)| self::month(*month, tally)).collect(),
        undated: figures.undated,
        figures: views.collect(),
        restored_minutes: figures.restored,
        notice_days: figures.notice,
        approved_after_days: figures.approved,
    }
}

fn month((year, month): (i16, i8), of: &Tally) -> Month {
    Month {
        month: format!("{year:04}-{month:02}"),
        releases: counts(&of.releases),
        changes: counts(&of.changes),
        deployments: of.deployments,
        failed: of.failed,
        taken_back: of.taken_back,
        emergencies: of.emergencies,
    }
}

fn counts<T: Vocabulary + Ord>(of: &ByType<T>) -> Counts {
    of.iter().map(|(of_type, count)| (of_type.map_or("untyped", |of_type| of_type.said().word), count)).collect()
}
