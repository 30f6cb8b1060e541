//! EDGE: what helps to write records: it begins a site, makes and changes records, and lists what is there.

#![allow(clippy::disallowed_methods, reason = "EDGE")]

mod editions;
mod file;
mod find;
mod fix;
mod format;
mod ids;
mod init;
mod list;
mod new;
mod rename;
mod set;
mod show;
mod status;

pub use editions::{EditionListed, RecordExplained, explain_editions, list_editions};
pub use fix::{Fixed, fix};
pub use format::{Changed, Formatted, format, format_all};
pub use init::{Begun, Ci, NewSite, init};
pub use list::{Filter, Listed, list};
pub use new::{Made, NewRecord, new, new_review};
pub use rename::{Renamed, rename};
pub use show::{Connected, Shown, Value, show};
pub use status::{Advanced, Next, Whereabouts, advance, whereabouts};
