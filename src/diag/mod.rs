//! Findings: what is wrong with the records, as data, and how it is printed.

mod finding;
mod human;
mod lint;
mod report;

pub use finding::{Finding, Sink};
pub use human::{harmless, print};
pub use lint::{Level, Levels, Lint, Profile};
pub use report::Report;
