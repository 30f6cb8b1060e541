//! The program in one sentence: sources are parsed to records, linked to a book, checked, made an edition,
//! planned to a site, rendered and written.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context as _, Result, bail, ensure};
use jiff::civil::Date;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::book::{Book, Input, link};
use crate::check::{apply_allows, check as hold_process, drop_consequences};
use crate::config::{self, Settings};
use crate::diag::{Finding, Levels, Report, Sink};
use crate::edition::{Audience, Edition};
use crate::lints;
use crate::output::{Output, Summary};
use crate::pages::site_view;
use crate::read::NOT_UTF8;
use crate::record::{self, Defaults, Kind, Record};
use crate::site::{Rendered, Site, SiteParts};
use crate::source::{Folder, NotUtf8, SiteFile, Source, Sources, load, load_file, load_files};
use crate::theme::{Engine, Layers, ThemeFile};

/// What a build is asked for.
#[derive(Debug, Clone)]
pub struct Request {
    /// The site's folder.
    pub folder: PathBuf,
    /// Where the site goes; the folder `site` of the site's own folder where none was named.
    pub out: Option<PathBuf>,
    /// Where it will be published, in place of what the settings say.
    pub base_url: Option<String>,
    /// The edition's name.
    pub edition: Option<String>,
    /// Whether drafts are in it.
    pub with_drafts: bool,
    /// The day of the build.
    pub today: Date,
}

/// What a build came to.
#[derive(Debug)]
pub struct Built {
    /// What was found; with an error among it, nothing was written.
    pub report: Report,
    /// The texts that it speaks of.
    pub sources: Sources,
    /// What was passed over, and why.
    pub notes: Vec<String>,
    /// How many records there are.
    pub records: usize,
    /// What is wrong with a template of the theme (RB801): its name, the line, and what was expected.
    pub template_error: Option<String>,
    /// How many pages the site has, and what was written; nothing where an error was found.
    pub written: Option<(usize, Summary)>,
}

/// Told of the pages that are done, and of all there are.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// What a check came to.
#[derive(Debug)]
pub struct Checked {
    /// What was found.
    pub report: Report,
    /// The texts that it speaks of.
    pub sources: Sources,
    /// What was passed over, and why.
    pub notes: Vec<String>,
    /// How many records there are.
    pub records: usize,
}

/// Reads, links and checks the records, and makes no page of them.
///
/// # Errors
///
/// What keeps the check from running. Faults of the records are findings and stand in the report.
pub fn check(request: &Request) -> Result<Checked> {
    let Examined { loaded, book, levels, records } = examine(request)?;
    let report = Report::new(loaded.findings, &levels, &book.sources);
    Ok(Checked { report, sources: book.sources, notes: loaded.notes, records })
}

/// Builds a site.
///
/// # Errors
///
/// What keeps the build from running: a folder that is not there, a disk that refuses, an unknown edition. Faults of
/// the records are findings and stand in the report.
pub fn build(request: &Request, progress: Progress<'_>) -> Result<Built> {
    let Examined { loaded, book, levels, records } = examine(request)?;
    if Report::new(loaded.findings.clone(), &levels, &book.sources).has_errors() {
        return Ok(loaded.stopped(book.sources, &levels, records));
    }
    let audience = audience(request, &loaded.settings)?;
    let edition = Edition::new(book, loaded.files.clone(), &audience, &loaded.settings.time_zone, request.today);
    write(request, loaded, edition, &levels, records, progress)
}

/// Records that were linked and checked.
struct Examined {
    loaded: Loaded,
    book: Book,
    levels: Levels,
    records: usize,
}

fn examine(request: &Request) -> Result<Examined> {
    let mut loaded = read_records(request)?;
    let records = loaded.records.len();
    let input = Input {
        records: std::mem::take(&mut loaded.records),
        files: loaded.files.clone(),
        sources: std::mem::take(&mut loaded.sources),
        time_zone: loaded.settings.time_zone.clone(),
        today: request.today,
    };
    let (book, found) = link(input);
    let levels = levels(&loaded.settings);
    let findings = &mut loaded.findings;
    findings.extend(found);
    findings.extend(hold_process(&book, &loaded.settings, &levels, request.today));
    apply_allows(&book, lints::ALL, &levels, findings);
    drop_consequences(&levels, findings);
    Ok(Examined { loaded, book, levels, records })
}

/// What was read, before it is linked.
struct Loaded {
    settings: Settings,
    sources: Sources,
    records: Vec<Record>,
    files: Vec<SiteFile>,
    findings: Vec<Finding>,
    notes: Vec<String>,
}

impl Loaded {
    fn stopped(self, sources: Sources, levels: &Levels, records: usize) -> Built {
        let report = Report::new(self.findings, levels, &sources);
        Built { report, sources, notes: self.notes, records, template_error: None, written: None }
    }
}

fn read_records(request: &Request) -> Result<Loaded> {
    let folder = &request.folder;
    ensure!(folder.is_dir(), "there is no folder {}: name the folder that holds relbook.toml", folder.display());
    let mut sources = Sources::default();
    let settings_file = load_file(&folder.join("relbook.toml"), "relbook.toml")?;
    let id = sources.add(settings_file.unwrap_or_else(|| Source::new("relbook.toml", String::new())));
    let sink = Sink::new(id);
    let mut settings = config::read(&sources[id], lints::ALL, &sink);
    if let Some(base_url) = &request.base_url {
        settings.base_url = Some(config::with_slash(base_url.clone()));
    }
    let mut findings = sink.into_findings();
    let root = match settings.content.as_str() {
        "" => folder.clone(),
        content => folder.join(content),
    };
    let folders: Vec<&str> =
        Kind::ALL.iter().filter(|kind| **kind != Kind::Service).map(|kind| kind.folder()).collect();
    if !folders.iter().any(|name| root.join(name).is_dir()) {
        bail!(
            "{} holds no records: expected a folder such as `releases`, `changes` or `known-errors` in it",
            root.display()
        );
    }
    let Folder { records: ids, files, not_utf8, notes } = load(&root, &folders, &mut sources)?;
    findings.extend(not_utf8.into_iter().map(encoding_finding));
    let defaults = Defaults { time_zone: settings.time_zone.clone() };
    let read: Vec<(Option<Record>, Vec<Finding>)> = ids
        .into_par_iter()
        .map(|id| {
            let sink = Sink::new(id);
            let record = record::read(&sources[id], &defaults, &sink);
            (record, sink.into_findings())
        })
        .collect();
    let mut records = Vec::with_capacity(read.len());
    for (record, found) in read {
        records.extend(record);
        findings.extend(found);
    }
    Ok(Loaded { settings, sources, records, files, findings, notes })
}

fn encoding_finding(NotUtf8 { place, byte }: NotUtf8) -> Finding {
    Finding::new(&NOT_UTF8, place, "the file is not UTF-8")
        .label(format!("the byte 0x{byte:02X} begins no character"))
        .help("save the file as UTF-8 in your editor")
}

fn levels(settings: &Settings) -> Levels {
    let chosen = settings.lints.iter().filter_map(|(code, _, level)| {
        let lint = lints::ALL.iter().find(|lint| lint.code == code)?;
        Some((lint.code, *level))
    });
    Levels { profile: settings.profile, chosen: chosen.collect() }
}

fn audience(request: &Request, settings: &Settings) -> Result<Audience> {
    let Some(name) = &request.edition else {
        return Ok(Audience { edition: None, with_drafts: request.with_drafts });
    };
    let Some(edition) = settings.editions.get(name) else {
        let mut known: Vec<&str> = settings.editions.keys().map(String::as_str).collect();
        known.sort_unstable();
        match known.is_empty() {
            true => bail!("there is no edition `{name}`: add a table [editions.{name}] to relbook.toml"),
            false => bail!("there is no edition `{name}`; relbook.toml has: {}", known.join(", ")),
        }
    };
    Ok(Audience { edition: Some((name.clone(), edition.clone())), with_drafts: request.with_drafts })
}

fn write(
    request: &Request,
    loaded: Loaded,
    edition: Edition,
    levels: &Levels,
    records: usize,
    progress: Progress<'_>,
) -> Result<Built> {
    let Loaded { settings, mut findings, mut notes, .. } = loaded;
    let folder = &request.folder;
    let own = load_files(&folder.join("theme"))?
        .into_iter()
        .map(|file| {
            let bytes = std::fs::read(&file.from).with_context(|| format!("cannot read {}", file.from.display()))?;
            Ok(ThemeFile { path: file.path, bytes })
        })
        .collect::<Result<Vec<_>>>()?;
    let layers = Layers { own };
    let engine = match Engine::new(&layers, &site_view(&edition, &settings)) {
        Ok(engine) => engine,
        Err(error) => {
            let report = Report::new(findings, levels, &edition.sources);
            let sources = edition.into_sources();
            return Ok(Built { report, sources, notes, records, template_error: Some(error), written: None });
        }
    };
    let static_files = load_files(&folder.join("static"))?;
    notes.extend(
        static_files
            .iter()
            .filter(|file| crate::route::Route::file(&file.path).is_none())
            .map(|file| format!("passed over static/{}: a name that not every host can serve", file.path)),
    );
    let assets = layers.assets();
    let parts = SiteParts {
        edition: &edition,
        settings: &settings,
        engine: &engine,
        assets,
        static_files,
        today: request.today,
    };
    let site = Site::new(parts, &mut findings);
    let out = request.out.clone().unwrap_or_else(|| folder.join("site"));
    let mut template_error = None;
    let written = match Report::new(findings.clone(), levels, &edition.sources).has_errors() {
        true => None,
        false => match publish(&site, &out, folder, progress)? {
            Ok(summary) => Some((site.page_count(), summary)),
            Err(message) => {
                template_error = Some(message);
                None
            }
        },
    };
    let report = Report::new(findings, levels, &edition.sources);
    drop(site);
    let sources = edition.into_sources();
    Ok(Built { report, sources, notes, records, template_error, written })
}

/// Renders every recipe and writes it; the inner error is a template's.
fn publish(site: &Site<'_>, out: &Path, folder: &Path, progress: Progress<'_>) -> Result<Result<Summary, String>> {
    let output = Output::open(out, folder)?;
    let total = site.recipes().len();
    let done = AtomicUsize::new(0);
    let failed = site
        .recipes()
        .par_iter()
        .map_init(Vec::new, |buffer: &mut Vec<u8>, (route, recipe)| -> Result<(), Fault> {
            match site
                .render(route, recipe, buffer)
                .map_err(|error| Fault::Template(error, route.as_str().to_owned()))?
            {
                Rendered::Bytes => output.write(route.as_str(), buffer).map_err(Fault::World)?,
                Rendered::Copy(from) => output.copy(route.as_str(), from).map_err(Fault::World)?,
            }
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
            Ok(())
        })
        .find_map_first(Result::err);
    match failed {
        Some(Fault::World(error)) => Err(error),
        Some(Fault::Template(error, route)) => Ok(Err(format!("{route} cannot be rendered\n\n{error}"))),
        None => Ok(Ok(output.publish(&digest(site.parts.edition))?)),
    }
}

/// What stops the rendering of a page.
enum Fault {
    World(anyhow::Error),
    Template(String, String),
}

/// A digest of the texts of all records that are in the edition, in order.
fn digest(book: &Book) -> String {
    let mut digest = Sha256::new();
    for header in book.tables.iter().map(|(_, record)| record.header()) {
        let Some(source) = header.source else { continue };
        let Source { path, text } = &book.sources[source];
        digest.update(path.as_bytes());
        digest.update([0]);
        digest.update(text.as_bytes());
        digest.update([0]);
    }
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
