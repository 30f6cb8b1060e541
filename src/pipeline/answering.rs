//! What a preview answers: pages, documents, and what is wrong with them.

use std::mem::discriminant;
use std::path::PathBuf;

use anyhow::Result;

use super::asked::{Answer, Wait};
use super::preview::Preview;
use super::themed::{Unmade, template_finding};
use crate::diag::{Finding, Level, Report};
use crate::route::Route;
use crate::site::{Recipe, Rendered};
use crate::source::{Source, Sources, load_file};

/// Whether a page or document tells what the checks found.
fn tells_of_checks(path: &str) -> bool {
    path == Route::home().as_str()
        || path == "api/v1/index.json"
        || ["checks/", "api/v1/findings"].iter().any(|of| path.starts_with(of))
}

impl Preview {
    /// What a page waits for. That of a record does not, for no exchange of a record gives it another address.
    pub fn waits_for(&self, path: &str) -> Wait {
        if self.report.is_none() && tells_of_checks(path) {
            return Wait::Checks;
        }
        match self.site().find(path) {
            Some((_, Recipe::Record(_))) => Wait::Nothing,
            _ if self.has_former_addresses => Wait::Addresses,
            _ => Wait::Nothing,
        }
    }

    /// What was found, once the checks are done, and the texts that it speaks of.
    pub fn report(&self) -> Option<(&Report, &Sources)> {
        Some((self.report.as_ref()?, &self.site().parts.edition.sources))
    }

    /// The text of the record that a page is about.
    pub fn source_of(&self, path: &str) -> Option<&Source> {
        let edition = &self.site().parts.edition;
        let (Recipe::Record(index) | Recipe::Notice(index)) = self.site().find(path)?.1 else { return None };
        Some(&edition.sources[edition.get(index).header().source?])
    }

    /// Where a text lies on disk.
    pub fn file_of(&self, source: &Source) -> PathBuf {
        let is_of_site = source.path == "relbook.toml" || source.path.starts_with("theme/");
        let content = if is_of_site { "" } else { self.site().parts.settings.content.as_str() };
        let folder = self.request.folder.canonicalize().unwrap_or_else(|_| self.request.folder.clone());
        folder.join(content).join(&source.path)
    }

    /// What kept the folder from being read.
    pub fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    /// The fault of the site's own theme that keeps it, or its page at a path, from being used; with its text.
    pub fn theme_fault(&self, path: &str) -> Option<(Level, Finding, Sources)> {
        let of_page = || {
            self.beside.layers.own_templates().next()?;
            let (route, recipe) = self.site().find(path)?;
            let fault = self.site().render(route, recipe, &mut Vec::new()).err()?;
            Some(Unmade { what: "this page cannot be made".to_owned(), fault })
        };
        let of_page = of_page();
        let unmade = self.unthemed.as_ref().or(of_page.as_ref())?;
        let mut sources = Sources::default();
        sources.add(Source::new("relbook.toml", String::new()));
        let finding = template_finding(unmade, &self.beside.layers, &mut sources);
        Some((Level::Error, finding, sources))
    }

    /// Whether the site's own theme fails: as a whole, or at the first page of a kind.
    pub fn has_theme_fault(&self) -> bool {
        let mut seen = Vec::new();
        let mut fails = |(route, recipe): &(Route, Recipe)| {
            let kind = match recipe {
                Recipe::Record(index) => Some(self.site().parts.edition.get(*index).kind()),
                _ => None,
            };
            let is_first = !seen.contains(&(discriminant(recipe), kind));
            if is_first {
                seen.push((discriminant(recipe), kind));
            }
            is_first && self.site().render(route, recipe, &mut Vec::new()).is_err()
        };
        let has_own = self.beside.layers.own_templates().next().is_some();
        self.unthemed.is_some() || (has_own && self.site().recipes().iter().any(&mut fails))
    }

    /// What stands at a path below the root.
    ///
    /// # Errors
    ///
    /// A file that is published as it is cannot be read.
    pub fn answer(&self, path: &str) -> Result<Answer> {
        let site = self.site();
        let mut out = Vec::new();
        let Some((route, recipe)) = site.find(path) else {
            if let Some(file) = site.index_file(path) {
                return Ok(Answer::Document(file.to_vec()));
            }
            if let Some((route, recipe)) = site.find("404.html") {
                self.render(route, recipe, &mut out)?;
            }
            return Ok(Answer::Missing(out));
        };
        self.render(route, recipe, &mut out)?;
        Ok(if path.ends_with(".html") { Answer::Page(out) } else { Answer::Document(out) })
    }

    /// Makes what stands at an address: by the site's theme, else by the one before it, else by the built-in one.
    fn render(&self, route: &Route, recipe: &Recipe, out: &mut Vec<u8>) -> Result<()> {
        let site = self.site();
        let rendered =
            site.render(route, recipe, out).or_else(|_| site.render_otherwise(&self.fallback, route, recipe, out));
        if let Ok(Rendered::Copy(from)) = rendered {
            *out = load_file(from)?;
        }
        Ok(())
    }

    /// Whether a file of the theme at a path is one that the site has in the place of the built-in one.
    pub fn has_own_asset(&self, path: &str) -> bool {
        self.beside.layers.has_own(path)
    }

    /// Whether there is a page or file at a path.
    pub fn has(&self, path: &str) -> bool {
        self.site().find(path).is_some()
    }
}
