//! Findings: what is wrong with the records, as data, and how it is printed.

mod finding;
mod findings;
mod fingerprint;
mod format;
mod found;
mod github;
mod gitlab;
mod harmless;
mod human;
mod json;
mod junit;
mod lint;
mod report;
mod sarif;
mod short;

pub use finding::{Finding, Sink};
pub use findings::{Findings, Folders};
pub use format::Format;
pub use found::Found;
pub use harmless::{harmless, harmless_line};
pub use lint::{Group, Level, Levels, Lint, Profile};
pub use report::Report;
