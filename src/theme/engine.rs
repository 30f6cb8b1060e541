//! The template engine: a template and a view make a page.

use serde::Serialize;
use tera::{Context, Tera};

use super::Layers;

/// All templates of a site, compiled.
#[derive(Debug)]
pub struct Engine {
    tera: Tera,
}

impl Engine {
    /// Compiles the templates of a theme; `site` is what every page shares.
    ///
    /// # Errors
    ///
    /// What is wrong with a template: its name, the line, and what was expected.
    pub fn new(layers: &Layers, site: &impl Serialize) -> Result<Engine, String> {
        let mut tera = Tera::new();
        let describe = |error: tera::Error| error.to_string();
        tera.set_fallback_prefixes(["default/"]).map_err(describe)?;
        tera.global_context().insert("site", site);
        tera.add_raw_templates(layers.templates()).map_err(describe)?;
        Ok(Engine { tera })
    }

    /// Renders a template with a view into `out`.
    ///
    /// # Errors
    ///
    /// What is wrong with the template: its name, the line, and the fields that there are.
    pub fn render(&self, template: &str, view: &impl Serialize, out: &mut Vec<u8>) -> Result<(), String> {
        let context = Context::from_serialize(view).map_err(|error| error.to_string())?;
        self.tera.render_to(template, &context, out).map_err(|error| error.to_string())
    }
}
