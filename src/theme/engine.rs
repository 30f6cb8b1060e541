//! The template engine: a template and a view make a page.

use std::fmt;
use std::ops::Range;

use serde::Serialize;
use tera::{Context, ErrorKind, Tera};

use super::Layers;

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFault {
    /// The template by its name, such as `release.html`, or `default/release.html` for a built-in one; empty where no
    /// single one is at fault.
    pub template: String,
    /// Where in the template, in bytes.
    pub range: Range<usize>,
    /// The line that it begins on, from 1; 0 where no place is known.
    pub line: usize,
    /// What was expected, and for a field that is not there those that are.
    pub message: String,
    /// All of it with the line, for a terminal.
    report: String,
}

impl fmt::Display for TemplateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.report)
    }
}

impl From<tera::Error> for TemplateFault {
    fn from(error: tera::Error) -> TemplateFault {
        let report = error.to_string();
        let (template, range, line, message) = match error.kind() {
            ErrorKind::SyntaxError(at) | ErrorKind::RenderingError(at) => {
                (at.filename(), at.span().range.clone(), at.span().start_line, at.message())
            }
            ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
                (tpl.as_str(), 0..0, 0, report.as_str())
            }
            ErrorKind::MissingParent { current, .. } => (current.as_str(), 0..0, 0, report.as_str()),
            _ => ("", 0..0, 0, report.as_str()),
        };
        TemplateFault { template: template.to_owned(), range, line, message: message.to_owned(), report }
    }
}

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
    pub fn new(layers: &Layers, site: &impl Serialize) -> Result<Engine, TemplateFault> {
        let mut tera = Tera::new();
        tera.set_fallback_prefixes(["default/"])?;
        tera.global_context().insert("site", site);
        tera.add_raw_templates(layers.templates())?;
        Ok(Engine { tera })
    }

    /// Renders a template with a view into `out`.
    ///
    /// # Errors
    ///
    /// What is wrong with the template: its name, the line, and the fields that there are.
    pub fn render(&self, template: &str, view: &impl Serialize, out: &mut Vec<u8>) -> Result<(), TemplateFault> {
        let context = Context::from_serialize(view)?;
        Ok(self.tera.render_to(template, &context, out)?)
    }
}
