//! From text to typed fields, and from Markdown to safe HTML.

mod curly;
mod edit;
mod fields;
mod front_matter;
mod lints;
mod lists;
pub mod markdown;
mod meanings;
mod mend;
mod moment;
mod node;
mod shape;
mod spelling;
mod term;
mod toml;
mod unknown_key;
mod yaml;
mod zone;

pub use curly::straighten;
pub use edit::{Edit, edited, front_matter_of, is_same, says_the_same_but};
pub use fields::Fields;
pub use front_matter::{FrontMatter, split};
pub use lints::*;
pub use meanings::{Advice, Meanings};
pub use moment::{DayEdge, Moment, instant};
pub use node::{Entry, Node, Value, written};
pub use shape::IsKnown;
pub use spelling::nearest;
pub use term::{Said, Term, understand};
pub use toml::read as read_toml;

pub use yaml::read as read_yaml;
