//! The site: a sorted table from route to recipe, and how a recipe becomes bytes.

mod plan;
mod render;
mod site;

pub use plan::ADDRESS_TAKEN;
pub use render::Rendered;
pub use site::{Recipe, Site, SiteParts, TEMPLATE_ERROR};
