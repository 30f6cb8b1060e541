//! From text to typed fields, and from Markdown to safe HTML.

mod fields;
mod front_matter;
mod lints;
pub mod markdown;
mod moment;
mod node;
mod toml;
mod yaml;

pub use fields::{Fields, Term, nearest};
pub use front_matter::{FrontMatter, split};
pub use lints::*;
pub use moment::{DayEdge, Moment, instant};
pub use node::{Entry, Node, Value};
pub use toml::read as read_toml;
pub use yaml::read as read_yaml;
