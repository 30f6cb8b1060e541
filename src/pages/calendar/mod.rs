//! The release calendar: year, month, week and day, in the site's zone.

mod clash;
mod day;
mod entry;
mod filter;
mod links;
mod month;
mod timeline;
mod week;
mod year;

pub(super) use clash::{Exempt, exemptions};
pub use day::{day, day_pages};
pub(super) use entry::{Entry, entry};
pub use links::CalendarPages;
pub use month::month;
pub use week::week;
pub use year::year;
