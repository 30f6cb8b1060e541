//! What is held against the whole book: one rule a file, with its explanation beside it.

mod accountable;
mod allow;
mod plan_incomplete;
mod rules;
mod subject;
mod words;

pub use accountable::ACCOUNTABLE;
pub use allow::{UNUSED_ALLOW, apply_allows};
pub use plan_incomplete::PLAN_INCOMPLETE;
pub use rules::{check, drop_consequences};
