//! EDGE: one file a verb: it talks to the person and decides nothing.

#![allow(clippy::disallowed_methods, reason = "EDGE")]

mod build;
mod check;
mod editions;
mod evidence;
mod explain;
mod faulty;
mod fmt;
mod folders;
mod init;
mod list;
mod manual;
mod new;
mod notice;
mod number;
mod program;
mod rename;
mod reports;
mod schema;
mod search;
mod serve;
mod show;
mod speech;
mod status;
mod verify;

pub use build::{BuildOptions, build};
pub use check::{CheckOptions, check};
pub use editions::{EditionsOptions, editions};
pub use evidence::{EvidenceOptions, evidence};
pub use explain::{ExplainOptions, explain};
pub use fmt::{FmtOptions, fmt};
pub use init::{InitOptions, init};
pub use list::{ListOptions, list};
pub use manual::{ManualOptions, manual};
pub use new::{NewOptions, new};
pub use notice::{NoticeOptions, notice};
pub use program::{Command, Options, verbs};
pub use rename::{RenameOptions, rename};
pub use reports::Reports;
pub use schema::{SchemaOptions, schema};
pub use search::{SearchOptions, search};
pub use serve::{ServeOptions, serve};
pub use show::{ShowOptions, show};
pub use speech::{print, say};
pub use status::{StatusOptions, status};
pub use verify::{VerifyOptions, verify};
