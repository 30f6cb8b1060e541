//! What is held against the whole book.

mod allow;

pub use allow::{UNUSED_ALLOW, apply_allows};
