//! The book as one audience may see it: what is left out is not in it.

mod audience;
mod explained;
mod ranges;
mod remedy;
mod select;
mod shown;

pub use audience::Audience;
pub use explained::{Explained, LeftOut};
pub use remedy::Remedy;
pub use select::shown_to_customers;
pub use shown::Edition;
