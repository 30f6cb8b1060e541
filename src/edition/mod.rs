//! The book as one audience may see it: what is left out is not in it.

mod edition;
mod select;

pub use edition::{Audience, Edition};
