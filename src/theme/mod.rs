//! Templates, styles and other files of a theme: the site's own over the built-in ones. It knows no record.

mod engine;
mod layers;
mod policy;

pub use engine::{Engine, TemplateFault, fill};
pub use layers::{Layers, ThemeFile};
pub use policy::CONTENT_SECURITY_POLICY;
