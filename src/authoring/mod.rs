//! EDGE: what helps to write records: it begins a site, makes and changes records, and lists what is there.

#![allow(clippy::disallowed_methods, reason = "EDGE")]

mod file;
mod find;
mod fix;
mod set;
mod status;

pub use fix::{Fixed, fix};
pub use status::{Advanced, Next, Whereabouts, advance, whereabouts};
