//! The first half of the sentence: sources are read, linked and checked, by themselves or against a revision.

use std::path::PathBuf;

use anyhow::Result;
use jiff::civil::Date;
use rayon::prelude::*;

use super::texts::{Former, Loaded, Texts, levels, wanted};
use super::themed::{Fault, Unmade, beside, engine, for_each_page, parts, template_finding};
use super::unread::report_passed_over;
use crate::book::{Book, Input, link};
use crate::check::{
    Past, Rules, SETTINGS_WEAKENED, apply_allows, check as hold_process, drop_consequences, history, weakened,
};
use crate::config::{self, Settings};
use crate::diag::{Found, Profile, Report, Sink};
use crate::edition::{Audience, Edition};
use crate::lints;
use crate::record::{self, Defaults, record_folders};
use crate::search::Index;
use crate::site::Site;
use crate::source::{Place, Revision, Source, SourceId, Sources, Wanted, load_revision, settings_at};
use crate::theme::Layers;

/// What a check is asked for.
#[derive(Debug, Clone, Default)]
pub struct CheckRequest {
    /// The site's folder.
    pub folder: PathBuf,
    /// The set of levels, in place of what the settings say.
    pub profile: Option<Profile>,
    /// The revision that the records are compared with.
    pub since: Option<String>,
    /// Whether only findings about files that have changed since are reported.
    pub only_changed: bool,
    /// The day of the check.
    pub today: Date,
    /// The files of which findings are reported, by their paths below the folder of the records; all where none is named.
    pub only: Vec<String>,
    /// A text to take in the place of a file's, by its path below the folder of the records.
    pub instead: Option<(String, String)>,
}

/// What a check came to.
#[derive(Debug)]
pub struct Checked {
    /// What was found.
    pub report: Report,
    /// The texts that it speaks of.
    pub sources: Sources,
    /// The folder of the records below the site's.
    pub content: String,
    /// What was passed over, and why.
    pub notes: Vec<String>,
    /// How many records there are.
    pub records: usize,
}

/// Reads, links and checks the records, and makes pages of them only to try the site's own templates.
///
/// # Errors
///
/// What keeps the check from running: a folder that is not there, a revision that git does not know. Faults of the
/// records are findings and stand in the report.
pub fn check(request: &CheckRequest) -> Result<Checked> {
    let Examined { loaded, book, records, revision } = examine(request)?;
    let Loaded { settings, mut found, mut notes, files, .. } = loaded;
    let beside = beside(&request.folder, &settings, &mut notes)?;
    let edition = Edition::new(book, files, &Audience::default(), &settings.time_zone, request.today);
    let content = settings.content.clone();
    let (edition, unmade) = match engine(&beside.layers, &edition, &settings, request.today) {
        Err(unmade) => (edition, Some(unmade)),
        Ok(engine) => {
            let parts = parts(edition, settings, engine, &beside, &found, request.today);
            // No page shows what is in the index.
            let site = Site::new(parts, Some(Index::default()));
            found.extend(site.findings().iter().cloned());
            let unmade = first_unmade(&site, &beside.layers);
            (site.parts.edition, unmade)
        }
    };
    let mut sources = edition.into_sources();
    found.extend(unmade.map(|unmade| template_finding(&unmade, &beside.layers, &mut sources)));
    if let Some(revision) = revision.filter(|_| request.only_changed) {
        // The settings are every record's.
        let is_new = |place: Place| place.source == SourceId::SETTINGS || revision.differs(&sources[place.source].path);
        found.parts_mut().1.retain(|f| is_new(f.place) || f.related.iter().any(|(place, _)| is_new(*place)));
    }
    if !request.only.is_empty() {
        let is_named = |place: Place| request.only.contains(&sources[place.source].path);
        let (_, findings) = found.parts_mut();
        findings.retain(|of| is_named(of.place) || of.related.iter().any(|(place, _)| is_named(*place)));
    }
    let report = found.report(&sources);
    Ok(Checked { report, sources, content, notes, records })
}

/// The first page that a template of the site's own keeps from being made. The built-in templates make them all.
fn first_unmade(site: &Site, layers: &Layers) -> Option<Unmade> {
    layers.own_templates().next()?;
    match for_each_page(site, |_, _, _| Ok(())) {
        Err(Fault::Template(unmade)) => Some(unmade),
        _ => None,
    }
}

/// Records that were linked and checked.
pub(super) struct Examined {
    pub loaded: Loaded,
    pub book: Book,
    pub records: usize,
    /// What the records were compared with.
    revision: Option<Revision>,
}

/// Reads, links and checks the records.
pub(super) fn examine(request: &CheckRequest) -> Result<Examined> {
    let mut texts = Texts::load(&request.folder, None)?;
    if let Some((path, text)) = &request.instead {
        texts.put(Source::new(path.as_str(), text.clone()));
    }
    let mut loaded = texts.into_records(request.profile, Former::default());
    let records = loaded.records.len();
    let (revision, past) = match &request.since {
        Some(name) => {
            let folders = record_folders();
            let wanted_now = wanted(&request.folder, &loaded.settings, &folders);
            let source = settings_at(&wanted_now, name)?;
            let had_settings = source.is_some();
            let former = former_settings(source);
            // Git is asked from within the folder of the records: where the former one is gone, that of now has to do.
            let is_there = request.folder.join(&former.content).is_dir();
            let content = if is_there { former.content.as_str() } else { wanted_now.content };
            let wanted = Wanted { content, ignore: &former.ignore, ..wanted_now };
            let mut revision = load_revision(&wanted, name, &loaded.sources)?;
            let past = past(&revision, &loaded.settings);
            // When a record was written tells which of its approvals can be of what stands there now.
            let is_approved = |(was, _): &&Past| was.plan().is_some_and(|plan| !plan.approvals.is_empty());
            revision.date_changes(&wanted, &past.iter().filter(is_approved).map(|of| of.1.path.as_str()).collect())?;
            // What was no site yet had no rules.
            if had_settings || revision.has_any() {
                let (was, is) = (levels(&former, None), levels(&loaded.settings, None));
                let text = &loaded.sources[SourceId::SETTINGS];
                let was = Rules { settings: &former, levels: &was };
                let is = Rules { settings: &loaded.settings, levels: &is };
                let findings = weakened(was, is, text, &revision, lints::ALL);
                loaded.found.raise(&SETTINGS_WEAKENED, levels(&former, request.profile).of(&SETTINGS_WEAKENED));
                loaded.found.extend(findings);
            }
            (Some(revision), past)
        }
        None => (None, Vec::new()),
    };
    let mut book = link_records(&mut loaded, request.today);
    let Loaded { settings, found, .. } = &mut loaded;
    let of_process = hold_process(&book, settings, found.levels(), request.today);
    found.extend(of_process);
    if let Some(revision) = &revision {
        found.extend(history(&mut book, past, revision, settings, request.today));
    }
    settle(&book, request.today, found);
    Ok(Examined { loaded, book, records, revision })
}

/// Links what was read to a book; the records and texts move into it.
pub(super) fn link_records(loaded: &mut Loaded, today: Date) -> Book {
    let input = Input {
        records: std::mem::take(&mut loaded.records),
        files: loaded.files.clone(),
        sources: std::mem::take(&mut loaded.sources),
        time_zone: loaded.settings.time_zone.clone(),
        today,
        levels: Some(loaded.found.levels().clone()),
        unread: loaded.unread.clone(),
    };
    let (mut book, found) = link(input);
    loaded.found.extend(found);
    let passed_over = std::mem::take(&mut loaded.passed_over);
    report_passed_over(passed_over, &loaded.settings, &mut book, &mut loaded.found);
    book
}

/// Takes out of all that was found what the records silence, and what only follows from other faults.
pub(super) fn settle(book: &Book, today: Date, found: &mut Found) {
    let (levels, findings) = found.parts_mut();
    apply_allows(book, lints::ALL, levels, today, findings);
    drop_consequences(book, levels, findings);
}

/// The settings of a revision, the defaults where there were none; what was wrong with them then is nobody's concern now.
fn former_settings(source: Option<Source>) -> Settings {
    let sink = Sink::new(SourceId::SETTINGS);
    source.map_or_else(Settings::default, |source| config::read(&source, lints::ALL, &sink))
}

/// The records of a revision; what was wrong with them then is nobody's concern now.
fn past(revision: &Revision, settings: &Settings) -> Vec<Past> {
    let defaults = Defaults::new(settings.time_zone.clone());
    let of_then = |source: &Source| {
        let record = record::read(source, &defaults, &Sink::new(SourceId(0)))?;
        Some((record, source.clone()))
    };
    revision.texts.par_iter().filter_map(of_then).collect()
}
