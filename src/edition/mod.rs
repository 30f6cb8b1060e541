//! The book as one audience may see it: what is left out is not in it.

mod audience;
mod ranges;
mod remedy;
mod select;

pub use audience::{Audience, Edition};
pub use remedy::Remedy;
pub use select::shown_to_customers;
