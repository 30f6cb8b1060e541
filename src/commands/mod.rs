//! EDGE: one file a verb: it talks to the person and decides nothing.

#![allow(clippy::disallowed_methods, reason = "EDGE")]

mod build;
mod check;
mod explain;
mod folders;
mod notice;
mod number;
mod reports;
mod schema;
mod search;
mod serve;
mod speech;
mod verify;

pub use build::{BuildOptions, build};
pub use check::{CheckOptions, check};
pub use explain::{ExplainOptions, explain};
pub use notice::{NoticeOptions, notice};
pub use reports::Reports;
pub use schema::{SchemaOptions, schema};
pub use search::{SearchOptions, search};
pub use serve::{ServeOptions, serve};
pub use speech::{print, say};
pub use verify::{VerifyOptions, verify};
