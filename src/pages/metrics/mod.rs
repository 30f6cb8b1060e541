//! The metrics: of the whole site, of a year, of a service.

mod counts;
mod page;
mod said;
mod spans;

pub use page::{MetricsScope, measured_services, measured_years, metrics, metrics_services};
