//! The template engine: a template and a view make a page.

use std::io::{self, Write};
use std::ops::Range;

use serde::Serialize;
use tera::{Context, ErrorKind, Tera};

use super::layers::Layers;

/// The most that a template may make of a page. The largest of the built-in theme are of some hundred kilobytes; a loop in a
/// loop would fill the disk.
const MOST_BYTES: usize = 16 << 20;

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
}

/// Fills a template that stands alone and makes no HTML, such as that of a new record.
///
/// # Errors
///
/// What is wrong with it.
pub fn fill(name: &str, template: &str, values: &[(&str, String)]) -> Result<String, TemplateFault> {
    let mut tera = Tera::default();
    tera.add_raw_template(name, template)?;
    let mut context = Context::new();
    values.iter().for_each(|(name, value)| context.insert((*name).to_owned(), value));
    Ok(tera.render(name, &context)?)
}

impl From<tera::Error> for TemplateFault {
    fn from(error: tera::Error) -> TemplateFault {
        let report = error.to_string();
        let of = |template: &str, message: &str| TemplateFault {
            template: template.to_owned(),
            range: 0..0,
            line: 0,
            message: message.to_owned(),
        };
        match error.kind() {
            ErrorKind::SyntaxError(at) | ErrorKind::RenderingError(at) => TemplateFault {
                range: at.span().range.clone(),
                line: at.span().start_line,
                ..of(at.filename(), at.message())
            },
            ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => of(tpl, &report),
            ErrorKind::MissingParent { current, .. } => of(current, &report),
            _ => of("", &report),
        }
    }
}

impl TemplateFault {
    /// What is wrong with templates as a whole: the engine prints all faults of names into one text, each as
    /// ``error: Unknown filter `x` `` over `--> release.html:3:7`, the built-in templates first.
    fn of_all(error: tera::Error, templates: &[(String, String)]) -> TemplateFault {
        let ErrorKind::Msg(text) = error.kind() else { return error.into() };
        let mut named = text.split("error: ").filter_map(|report| {
            let mut lines = report.lines();
            let (message, place) = (lines.next()?, lines.next()?.trim().strip_prefix("--> ")?);
            let mut place = place.rsplitn(3, ':');
            let (column, line) = (place.next()?.parse::<usize>().ok()?, place.next()?.parse::<usize>().ok()?);
            let (name, template) = templates.iter().find(|(name, _)| Some(name.as_str()) == place.clone().next())?;
            let before: usize = template.split_inclusive('\n').take(line - 1).map(str::len).sum();
            let start = template[before..].char_indices().nth(column - 1).map_or(before, |(at, _)| before + at);
            Some(TemplateFault { template: name.clone(), range: start..start, line, message: message.to_owned() })
        });
        let first = named.next();
        let is_own = |fault: &TemplateFault| !fault.template.starts_with("default/");
        let own = first.clone().filter(is_own).or_else(|| named.find(is_own));
        own.or(first).unwrap_or_else(|| error.into())
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
        let templates = layers.templates();
        let added = tera.add_raw_templates(templates.iter().map(|(name, text)| (name, text)));
        added.map_err(|error| TemplateFault::of_all(error, &templates))?;
        Ok(Engine { tera })
    }

    /// Puts another thing in the place of what every page shares.
    pub fn share(&mut self, site: &impl Serialize) {
        self.tera.global_context().insert("site", site);
    }

    /// Renders a template with a view into `out`.
    ///
    /// # Errors
    ///
    /// What is wrong with the template: its name, the line, and the fields that there are.
    pub fn render(&self, template: &str, view: &impl Serialize, out: &mut Vec<u8>) -> Result<(), TemplateFault> {
        let context = Context::from_serialize(view)?;
        let mut limited = Limited { out, is_full: false };
        match self.tera.render_to(template, &context, &mut limited) {
            Err(_) if limited.is_full => Err(TemplateFault {
                template: template.to_owned(),
                range: 0..0,
                line: 0,
                message: format!("it makes a page of more than {} MiB: look for a loop in it", MOST_BYTES >> 20),
            }),
            rendered => Ok(rendered?),
        }
    }
}

/// A page that takes no more than [`MOST_BYTES`].
struct Limited<'a> {
    out: &'a mut Vec<u8>,
    is_full: bool,
}

impl Write for Limited<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.is_full |= self.out.len() + bytes.len() > MOST_BYTES;
        if self.is_full {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.out.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
