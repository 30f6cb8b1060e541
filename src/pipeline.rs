//! EDGE: the program in one sentence: sources are parsed to records, linked to a book, checked, made an edition,
//! planned to a site, rendered and written.

#![allow(clippy::disallowed_methods, reason = "EDGE")]

mod answering;
mod asked;
mod component_list;
mod components;
mod concern;
mod evidence;
mod examine;
mod followed;
mod made;
mod notice;
mod opened;
mod preview;
mod recorded;
mod texts;
mod themed;
mod unread;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Result, bail};
use jiff::civil::Date;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

pub use self::asked::{Answer, Change, PreviewRequest, Wait};
pub use self::components::{Compared, compare_components};
pub use self::evidence::{EvidenceRequest, Gathered, evidence};
pub use self::examine::{CheckRequest, Checked, check};
use self::examine::{Examined, examine};
pub use self::followed::Followed;
pub use self::notice::{Noticed, notice};
pub use self::opened::{Opened, ids_at, open};
pub use self::preview::Preview;
use self::recorded::past;
use self::texts::Loaded;
pub use self::texts::{content_of, levels_of, paths_of};
use self::themed::{Fault, Unmade, beside, engine, for_each_page, parts, template_finding};
use crate::book::{Book, RecordIndex};
use crate::config::Settings;
use crate::diag::{Found, Report};
use crate::edition::{Audience, Edition};
use crate::output::{Output, Summary, Terms};
use crate::pages::Recordings;
use crate::search::Index;
use crate::site::{Rendered, Site};
use crate::source::{Absent, History, Source, Sources};

/// What a build is asked for.
#[derive(Debug, Clone)]
pub struct Request {
    /// The site's folder.
    pub folder: PathBuf,
    /// Where the site goes; by default the folder `site` of the site's own folder, and `site-NAME` for an edition.
    pub out: Option<PathBuf>,
    /// Whether it may be written over another edition in the folder that is named.
    pub may_replace: bool,
    /// Where it will be published, in place of what the settings say; as [`base_url`](crate::config::base_url) gives it.
    pub base_url: Option<String>,
    /// The edition's name.
    pub edition: Option<String>,
    /// Whether drafts are in it.
    pub with_drafts: bool,
    /// Whether it is left to the system when what was written comes to disk.
    pub is_unsynced: bool,
    /// The day of the build.
    pub today: Date,
}

impl Request {
    /// Where the site goes.
    pub fn out(&self) -> PathBuf {
        match (&self.out, &self.edition) {
            (Some(out), _) => out.clone(),
            (None, Some(edition)) => self.folder.join(format!("site-{edition}")),
            (None, None) => self.folder.join("site"),
        }
    }
}

/// What a build came to.
#[derive(Debug)]
pub struct Built {
    /// What was found; with an error among it, nothing was written.
    pub report: Report,
    /// The texts that it speaks of.
    pub sources: Sources,
    /// The folder of the records below the site's.
    pub content: String,
    /// What was passed over, and why.
    pub notes: Vec<String>,
    /// How many records there are.
    pub records: usize,
    /// How many pages the site has, and what was written; nothing where an error was found.
    pub written: Option<(usize, Summary)>,
}

/// Told of the pages that are done, and of all there are.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// Builds a site.
///
/// # Errors
///
/// What keeps the build from running: a folder that is not there, a disk that refuses, an unknown edition. Faults of
/// the records are findings and stand in the report.
pub fn build(request: &Request, progress: Progress<'_>) -> Result<Built> {
    let of_site = CheckRequest { folder: request.folder.clone(), today: request.today, ..CheckRequest::default() };
    let Examined { mut loaded, book, records, .. } = examine(&of_site)?;
    if loaded.found.has_errors() {
        return Ok(stopped(loaded, book.sources, records));
    }
    let audience = audience(request.edition.as_deref(), request.with_drafts, &loaded.settings)?;
    let known = known(request, &mut loaded, &book);
    let edition = Edition::new(book, loaded.files.clone(), &audience, &loaded.settings.time_zone, request.today);
    write(request, Basis::new(loaded, records), edition, known, progress)
}

/// Builds a site and each of its editions, from records that are read once: the editions by name, then the whole site. Each
/// comes with what was asked for it; what was found in the records stands with the whole site.
///
/// # Errors
///
/// As of [`build`]; what was written before stays.
pub fn build_all(request: &Request, progress: Progress<'_>) -> Result<Vec<(Request, Built)>> {
    let of_site = CheckRequest { folder: request.folder.clone(), today: request.today, ..CheckRequest::default() };
    let Examined { mut loaded, book, records, .. } = examine(&of_site)?;
    if loaded.found.has_errors() {
        return Ok(vec![(request.clone(), stopped(loaded, book.sources, records))]);
    }
    let mut names: Vec<String> = loaded.settings.editions.keys().cloned().collect();
    names.sort_unstable();
    let known = known(request, &mut loaded, &book);
    let mut built = Vec::new();
    for name in names {
        let request = Request { edition: Some(name), ..request.clone() };
        let audience = audience(request.edition.as_deref(), request.with_drafts, &loaded.settings)?;
        let (files, zone) = (loaded.files.clone(), loaded.settings.time_zone.clone());
        let edition = Edition::of(&book, files, &audience, &zone, request.today);
        let (settings, found) = (loaded.settings.clone(), Found::new(loaded.found.levels().clone()));
        let basis = Basis { settings, found, notes: Vec::new(), records };
        let known = (known.0.clone(), Recordings::default());
        let of = write(&request, basis, edition, known, progress)?;
        built.push((request, of));
    }
    let audience = Audience { edition: None, with_drafts: request.with_drafts };
    let edition = Edition::new(book, loaded.files.clone(), &audience, &loaded.settings.time_zone, request.today);
    let of = write(request, Basis::new(loaded, records), edition, known, progress)?;
    built.push((request.clone(), of));
    Ok(built)
}

/// What git tells of the records; a note says where it tells nothing.
fn known(request: &Request, loaded: &mut Loaded, book: &Book) -> Known {
    match past(&request.folder, &loaded.settings, book, request.edition.is_some(), request.today) {
        Ok((history, recordings)) => return (Some(Arc::new(history)), recordings),
        // Who keeps no history wants none of it, unless somebody approved what nobody can trace.
        Err(Absent::NoRepository | Absent::NoCommit) if !has_approvals(book) => {}
        Err(absent) => loaded
            .notes
            .push(format!("the site does not tell when its records were changed, nor by which commit: {absent}")),
    }
    (None, Recordings::default())
}

/// Why a site has no feeds.
const NO_FEED: &str = "no feed is written, for the site does not know its own address: set `base_url`";

/// What a site is written by, besides what it shows.
struct Basis {
    settings: Settings,
    found: Found,
    notes: Vec<String>,
    records: usize,
}

impl Basis {
    fn new(loaded: Loaded, records: usize) -> Basis {
        let Loaded { settings, found, notes, .. } = loaded;
        Basis { settings, found, notes, records }
    }
}

/// When records were changed, and which commits wrote their approvals.
type Known = (Option<Arc<History>>, Recordings);

fn stopped(loaded: Loaded, sources: Sources, records: usize) -> Built {
    let report = loaded.found.report(&sources);
    let content = loaded.settings.content;
    Built { report, sources, content, notes: loaded.notes, records, written: None }
}

/// Who an edition of this name is for; nobody but the company's own staff where there is no name.
fn audience(edition: Option<&str>, with_drafts: bool, settings: &Settings) -> Result<Audience> {
    let Some(name) = edition else { return Ok(Audience { edition: None, with_drafts }) };
    let Some(edition) = settings.editions.get(name) else {
        let mut known: Vec<&str> = settings.editions.keys().map(String::as_str).collect();
        known.sort_unstable();
        match known.is_empty() {
            true => bail!("there is no edition `{name}`: add a table [editions.{name}] to relbook.toml"),
            false => bail!("there is no edition `{name}`; relbook.toml has: {}", known.join(", ")),
        }
    };
    Ok(Audience { edition: Some((name.to_owned(), edition.clone())), with_drafts })
}

fn write(request: &Request, basis: Basis, mut edition: Edition, known: Known, progress: Progress<'_>) -> Result<Built> {
    let Basis { mut settings, mut found, mut notes, records } = basis;
    if let Some(own) = request.edition.as_ref().and_then(|name| settings.editions.get(name)).cloned() {
        settings.take_edition(&own);
    }
    if let Some(base_url) = &request.base_url {
        settings.base_url = Some(base_url.clone());
    }
    if settings.base_url.is_none() && !edition.tables.is_empty() {
        notes.push(NO_FEED.to_owned());
    }
    let folder = &request.folder;
    let beside = beside(folder, &settings, &mut notes)?;
    let content = settings.content.clone();
    let texts = edition.take_texts();
    let (edition, published) = match engine(&beside.layers, &edition, &settings, request.today) {
        Err(unmade) => (edition, Some(Err(unmade))),
        Ok(engine) => {
            let index = Index::new(&edition, texts);
            let mut parts = parts(edition, settings, engine, &beside, &found, request.today);
            (parts.history, parts.recordings) = known;
            let site = Site::new(parts, Some(index));
            found.extend(site.findings().iter().cloned());
            let published = match found.has_errors() {
                true => None,
                false => Some(publish(&site, request, progress)?.map(|summary| (site.page_count(), summary))),
            };
            (site.parts.edition, published)
        }
    };
    let mut sources = edition.into_sources();
    let written = match published {
        Some(Ok(written)) => Some(written),
        Some(Err(unmade)) => {
            found.push(template_finding(&unmade, &beside.layers, &mut sources));
            None
        }
        None => None,
    };
    let report = found.report(&sources);
    Ok(Built { report, sources, content, notes, records, written })
}

fn has_approvals(book: &Book) -> bool {
    book.tables.iter().any(|(_, record)| record.plan().is_some_and(|plan| !plan.approvals.is_empty()))
}

/// Renders every recipe and writes it; the inner error is a template's.
fn publish(site: &Site, request: &Request, progress: Progress<'_>) -> Result<Result<Summary, Unmade>> {
    let terms = Terms {
        edition: request.edition.clone(),
        may_replace: request.may_replace && request.out.is_some(),
        is_unsynced: request.is_unsynced,
    };
    let output = Output::open(&request.out(), &request.folder, &terms)?;
    let total = site.recipes().len();
    let done = AtomicUsize::new(0);
    let made = for_each_page(site, |route, rendered, bytes| {
        match rendered {
            Rendered::Bytes => output.write(route.as_str(), bytes)?,
            Rendered::Copy(from) => output.copy(route.as_str(), from)?,
        }
        progress(done.fetch_add(1, Ordering::Relaxed) + 1, total);
        Ok(())
    });
    match made {
        Ok(()) => Ok(Ok(output.publish(&digest(&site.parts.edition))?)),
        Err(Fault::World(error)) => Err(error),
        Err(Fault::Template(unmade)) => Ok(Err(unmade)),
    }
}

/// A digest over the digests of all records that are in the edition, in order.
fn digest(book: &Book) -> String {
    let of_record = |index: u32| {
        let Source { path, text } = &book.sources[book.tables.get(RecordIndex(index)).header().source?];
        Some(Sha256::new().chain_update(path).chain_update([0]).chain_update(text.as_bytes()).finalize())
    };
    let digests: Vec<_> = (0..book.tables.len() as u32).into_par_iter().filter_map(of_record).collect();
    let all = digests.iter().fold(Sha256::new(), |all, digest| all.chain_update(digest));
    all.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
