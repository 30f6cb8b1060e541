//! What was done otherwise than the process and the calendar say: all of it, of a year, and the releases of a year as an
//! auditor asks for them.
//!
//! These pages are for the company's own staff. An edition has none of them.

mod index;
mod releases;
pub(super) mod row;
mod year;

pub use index::deviations;
pub use releases::audited_releases;
pub use year::deviations_of_year;
