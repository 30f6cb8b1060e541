//! The search: an index in small files beside the pages, made in the build, and how it is searched.
//!
//! A build reads every record that has a page into [`Index`]. The browser (`themes/default/assets/search.js`) and the
//! command line ([`Searcher`]) search it by the same rules, step by step.

mod bytes;
mod card;
mod cards;
mod columns;
mod dictionary;
mod document;
mod files;
mod fold;
mod index;
mod like;
mod lookup;
mod meant;
mod merge;
mod neighbours;
mod partial;
mod phrase;
mod places;
mod points;
mod query;
mod root;
mod searcher;
mod within;
mod words;

pub use card::Card;
pub use columns::Facts;
pub use fold::{fold, spell};
pub use index::Index;
pub use query::Query;
pub use searcher::{Fetch, Found, Hit, Searcher};
pub use words::{Compound, each_compound, each_word};
