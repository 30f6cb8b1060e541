//! The edition meets the theme: what a site is planned from, and a template's fault as a finding.

use std::path::Path;

use anyhow::{Context as _, Error};
use jiff::civil::Date;
use rayon::prelude::*;

use super::concern::of_edition;
use crate::config::Settings;
use crate::diag::{Finding, Found};
use crate::edition::Edition;
use crate::pages::{Bodies, Checks, Recordings, site_view};
use crate::route::Route;
use crate::site::{Rendered, Site, SiteParts, TEMPLATE_ERROR};
use crate::source::{Place, SiteFile, SourceId, Sources, Span, load_published};
use crate::theme::{Engine, Layers, TemplateFault, ThemeFile};

/// What lies in a site's folder beside its records.
pub(super) struct Beside {
    pub layers: Layers,
    pub static_files: Vec<SiteFile>,
}

/// Reads the site's own theme and its static files; what is passed over goes to `notes`.
pub(super) fn beside(folder: &Path, settings: &Settings, notes: &mut Vec<String>) -> Result<Beside, Error> {
    let static_files = load_published(folder, "static", &settings.ignore, notes)?;
    notes.extend(
        static_files
            .iter()
            .filter(|file| Route::file(&file.path).is_none())
            .map(|file| format!("passed over static/{}: a name that not every host can serve", file.path)),
    );
    Ok(Beside { layers: layers(folder, settings, notes)?, static_files })
}

/// The built-in theme with what the site has of its own.
pub(super) fn layers(folder: &Path, settings: &Settings, notes: &mut Vec<String>) -> Result<Layers, Error> {
    let own = load_published(folder, "theme", &settings.ignore, notes)?
        .into_iter()
        .map(|file| {
            let bytes = std::fs::read(&file.from).with_context(|| format!("cannot read {}", file.from.display()))?;
            Ok(ThemeFile { path: file.path, bytes })
        })
        .collect::<Result<Vec<_>, Error>>()?;
    Ok(Layers { own })
}

/// What the site of an edition is planned from, with what was found so far.
pub(super) fn parts(
    edition: Edition,
    settings: Settings,
    engine: Engine,
    beside: &Beside,
    found: &Found,
    today: Date,
) -> SiteParts {
    // What was found concerns those who write the records, and nobody else.
    let checks = edition.name().is_none().then(|| {
        let shown = of_edition(found, &edition, &settings, today);
        Checks::new(shown.report(&edition.sources), &edition)
    });
    SiteParts {
        edition,
        checks,
        history: None,
        recordings: Recordings::default(),
        settings,
        engine,
        assets: beside.layers.assets(),
        static_files: beside.static_files.clone(),
        today,
    }
}

/// What cannot be made, and the template's fault that is the reason.
pub(super) struct Unmade {
    pub what: String,
    pub fault: TemplateFault,
}

/// The engine for a site's templates.
pub(super) fn engine(layers: &Layers, edition: &Edition, settings: &Settings, today: Date) -> Result<Engine, Unmade> {
    Engine::new(layers, &site_view(edition, settings, today))
        .map_err(|fault| Unmade { what: "the theme cannot be used".to_owned(), fault })
}

/// What stops the making of pages.
pub(super) enum Fault {
    World(Error),
    Template(Unmade),
}

/// How many pages a thread takes at once: few enough that all threads end together.
const PIECE: usize = 64;

/// Makes what stands at every address, on all threads, and hands it on.
pub(super) fn for_each_page(
    site: &Site,
    take: impl Fn(&Route, Rendered<'_>, &[u8]) -> Result<(), Error> + Sync,
) -> Result<(), Fault> {
    let order = site.by_record();
    let failed = order
        .par_iter()
        .with_max_len(PIECE)
        .map_init(<(Vec<u8>, Bodies)>::default, |(buffer, bodies), number| {
            let (route, recipe) = &site.recipes()[*number as usize];
            match site.render_beside(bodies, route, recipe, buffer) {
                Ok(rendered) => take(route, rendered, buffer).map_err(Fault::World),
                Err(fault) => {
                    let what = format!("the page {} cannot be made", route.as_str());
                    Err(Fault::Template(Unmade { what, fault }))
                }
            }
        })
        .find_map_first(Result::err);
    failed.map_or(Ok(()), Err)
}

/// A template that does not compile, or not make the page that is named; it is added to the texts, to be shown.
pub(super) fn template_finding(unmade: &Unmade, layers: &Layers, sources: &mut Sources) -> Finding {
    let Unmade { what, fault } = unmade;
    if let Some((_, source)) = layers.own_templates().find(|(name, _)| *name == fault.template) {
        let place = Place { source: sources.add(source), span: Span::new(fault.range.clone()) };
        return Finding::new(&TEMPLATE_ERROR, place, format!("{what}: {}", fault.message))
            .label("the template stops here")
            .help("mend the template, or take it out of the folder `theme`, and the built-in one is used");
    }
    let place = Place { source: SourceId::SETTINGS, span: Span::default() };
    let built_in = match (fault.template.strip_prefix("default/"), fault.line) {
        (Some(name), 0) => format!(" (in the built-in `{name}`)"),
        (Some(name), line) => format!(" (in line {line} of the built-in `{name}`)"),
        (None, _) => String::new(),
    };
    Finding::new(&TEMPLATE_ERROR, place, format!("{what}: {}{built_in}", fault.message))
        .help("a template in the folder `theme` lacks what others want of it: compare it with the built-in one")
}
