//! The metrics: of the whole site, of a year, of a service.

mod counts;
mod deviations;
mod page;
mod said;
mod scope;
mod spans;
mod view;

pub(crate) use page::{figures_of, metric_views};
pub use page::{metrics, metrics_services};
pub use scope::MetricsScope;
