//! The site: a sorted table from route to recipe, and how a recipe becomes bytes.

mod kept;
mod plan;
mod recipe;
mod render;

pub use plan::ADDRESS_TAKEN;
pub use recipe::{Addresses, Recipe, SiteParts, TEMPLATE_ERROR};
pub use render::{Rendered, Site};
