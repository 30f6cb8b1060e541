//! EDGE: what an auditor takes away: gathered from records, checks and git, written as a folder and as one file beside it.

#![allow(clippy::disallowed_methods, reason = "EDGE")]

use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use jiff::civil::Date;
use rustc_hash::FxHashSet;
use serde::Serialize;
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;

use super::examine::{CheckRequest, Examined, examine};
use super::recorded::past;
use super::texts::{Loaded, read_settings, wanted};
use super::themed::{beside, engine, parts};
use crate::book::{Deviations, RecordIndex};
use crate::diag::{Finding, Level, Sink};
use crate::edition::{Audience, Edition};
use crate::evidence::{
    ArtefactFile, Dossier, FindingFact, Origin, Period, Revision, changes, contents, paper, population, table,
};
use crate::output::{Output, Terms};
use crate::read::nearest;
use crate::record::{self, Data, Defaults, Record, address, record_folders};
use crate::route::Route;
use crate::search::Index;
use crate::site::Site;
use crate::source::{History, Source, SourceId, head_commit, load_history};

/// What evidence is asked for.
#[derive(Debug, Clone)]
pub struct EvidenceRequest {
    /// The site's folder.
    pub folder: PathBuf,
    /// Of which records.
    pub ids: Vec<String>,
    /// Of the work of which period.
    pub period: Option<Period>,
    /// Where it goes; beside it stands the same as one file.
    pub out: PathBuf,
    /// The day from which it counts what is overdue; that of the newest commit where none is asked for.
    pub today: Option<Date>,
    /// The day of the run, for what lies in no repository.
    pub clock: Date,
}

/// What was written.
#[derive(Debug)]
pub struct Gathered {
    /// How many records.
    pub records: usize,
    /// The one file.
    pub archive: PathBuf,
    /// Why nothing is told of former texts, where that is so.
    pub without_history: Option<String>,
    /// The commit, and the day as of which it is.
    pub as_of: (Option<String>, Date),
}

/// What kind of folder it is, for those that write into it later.
const KIND: &str = "evidence";

/// Gathers evidence, and writes it.
///
/// # Errors
///
/// Unknown ids, a period with nothing in it, a folder that holds something else, a disk that refuses. What was there stays.
pub fn evidence(request: &EvidenceRequest) -> Result<Gathered> {
    let archive = archive_of(&request.out)?;
    let folders = record_folders();
    let first = CheckRequest { folder: request.folder.clone(), today: request.clock, ..CheckRequest::default() };
    let (_, settings, _) = read_settings(&request.folder)?;
    let head = head_commit(&wanted(&request.folder, &settings, &folders));
    let day_of_head = head.as_ref().and_then(|head| Some(head.at?.to_zoned(settings.time_zone.clone()).date()));
    let today = request.today.or(day_of_head).unwrap_or(request.clock);
    let Examined { loaded, book, .. } = examine(&CheckRequest { today, ..first })?;
    let Loaded { settings, found, files, mut notes, .. } = loaded;
    let chosen = chosen(request, &book)?;
    let (history, recordings, without_history) = match past(&request.folder, &settings, &book, false, today) {
        Ok((history, recordings)) => (Some(history), recordings, None),
        Err(absent) => (None, Default::default(), Some(absent.to_string())),
    };
    let paths: FxHashSet<&str> =
        chosen.iter().filter_map(|index| Some(book.sources[book.get(*index).header().source?].path.as_str())).collect();
    let in_full = match history {
        Some(_) => load_history(&wanted(&request.folder, &settings, &folders), &paths, &book.sources, today).ok(),
        None => None,
    };
    let deviations = Deviations::new(&book, &settings.process, today);
    let beside = beside(&request.folder, &settings, &mut notes)?;
    let audience = Audience { edition: None, with_drafts: true };
    let edition = Edition::new(book, files, &audience, &settings.time_zone, today);
    let engine = engine(&beside.layers, &edition, &settings, today)
        .map_err(|unmade| anyhow::anyhow!("{}: {}", unmade.what, unmade.fault.message))?;
    let mut parts = parts(edition, settings, engine, &beside, &found, today);
    let report = found.report(&parts.edition.sources);
    (parts.history, parts.recordings) = (history.map(Into::into), recordings);
    let site = Site::new(parts, Some(Index::default()));
    let edition = &site.parts.edition;
    let origin = Origin {
        site: site.parts.settings.title.clone(),
        commit: head.as_ref().map(|head| head.id.clone()),
        day: today.to_string(),
        without_history: without_history.clone(),
        program: env!("CARGO_PKG_VERSION"),
    };
    let terms = Terms { edition: Some(KIND.to_owned()), may_replace: false, is_unsynced: false };
    let output = Output::open(&request.out, &request.folder, &terms)?;
    let mut written = Written { output: &output, routes: Vec::new() };
    let gatherer = Gatherer { request, site: &site, history: in_full.as_ref(), findings: report.findings() };
    let mut listed = Vec::new();
    for index in &chosen {
        let dossier = gatherer.dossier(*index, &mut written)?;
        written.json(&format!("{}/dossier.json", dossier.folder), &dossier)?;
        let mut keys = Vec::new();
        edition.get(*index).each_data(&mut |key, data| keys.push((key.name.to_owned(), data)));
        let page = paper(&origin, &dossier, &Data::Map(keys));
        written.bytes(&format!("{}/index.html", dossier.folder), page.as_bytes())?;
        listed.push((format!("{} {}", dossier.id, dossier.title), dossier.folder));
    }
    let period = request.period.map(|period| {
        let (records, undated) = population(edition, period);
        (records, undated, said(period))
    });
    if let Some((records, ..)) = &period {
        let folder = |index: RecordIndex| folder_of(edition.get(index));
        let process = &site.parts.settings.process;
        written.bytes("population.csv", &table(edition, records, process, &deviations, today, &folder))?;
    }
    let period = period.map(|(records, undated, said)| {
        format!(
            "The work {said}: {} releases and changes. {undated} more have no day, and are in no period.",
            records.len()
        )
    });
    written.json("index.json", &Listing { origin: &origin, period: period.as_deref(), dossiers: &listed })?;
    written.bytes("index.html", contents(&origin, period.as_deref(), &listed).as_bytes())?;
    let mut routes = written.routes;
    output.publish(&inputs(&origin))?;
    routes.push(".relbook/manifest".to_owned());
    routes.sort();
    pack(&request.out, &routes, &archive)?;
    Ok(Gathered { records: chosen.len(), archive, without_history, as_of: (origin.commit, today) })
}

/// The contents of the folder, as data.
#[derive(Serialize)]
struct Listing<'a> {
    origin: &'a Origin,
    period: Option<&'a str>,
    dossiers: &'a [(String, String)],
}

/// A digest of where the records were taken from.
fn inputs(origin: &Origin) -> String {
    let of = format!("{:?} {}", origin.commit, origin.day);
    Sha256::digest(of).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A period in words.
fn said(period: Period) -> String {
    match (period.since, period.until) {
        (Some(since), Some(until)) => format!("from {since} to {until}"),
        (Some(since), None) => format!("from {since} on"),
        (None, Some(until)) => format!("up to {until}"),
        (None, None) => "of all time".to_owned(),
    }
}

/// The one file beside a folder; it may be written where it is not there, or the folder is evidence already.
fn archive_of(out: &Path) -> Result<PathBuf> {
    let name = out.file_name().with_context(|| format!("{} has no name of its own", out.display()))?;
    let mut archive = name.to_owned();
    archive.push(".zip");
    let archive = out.with_file_name(archive);
    if archive.exists() && !out.join(".relbook/manifest").is_file() {
        bail!("{} is there already, and no evidence beside it: move it, or name another folder", archive.display());
    }
    Ok(archive)
}

/// The records of which evidence is asked for, in the order of lists.
fn chosen(request: &EvidenceRequest, book: &crate::book::Book) -> Result<Vec<RecordIndex>> {
    let mut chosen = Vec::new();
    let mut unknown = Vec::new();
    for id in &request.ids {
        let found = book.tables.with_id(id);
        chosen.extend_from_slice(found);
        if found.is_empty() {
            let ids = book.tables.iter().map(|(_, record)| record.header().id.as_str());
            unknown.push(match nearest(id, ids) {
                Some(near) => format!("there is no record `{id}`: did you mean `{near}`?"),
                None => format!("there is no record `{id}`"),
            });
        }
    }
    if !unknown.is_empty() {
        bail!("{}", unknown.join("\n"));
    }
    if let Some(period) = request.period.filter(|_| request.ids.is_empty()) {
        let (records, undated) = population(book, period);
        if records.is_empty() {
            bail!("no release and no change has its work {}; {undated} have no day", said(period));
        }
        chosen = records;
    }
    chosen.sort_unstable();
    chosen.dedup();
    Ok(chosen)
}

fn folder_of(record: &Record) -> String {
    format!("{}/{}", record.kind().folder(), address(&record.header().id))
}

/// What was written so far.
struct Written<'a> {
    output: &'a Output,
    routes: Vec<String>,
}

impl Written<'_> {
    fn bytes(&mut self, route: &str, bytes: &[u8]) -> Result<()> {
        self.output.write(route, bytes)?;
        self.routes.push(route.to_owned());
        Ok(())
    }

    fn json(&mut self, route: &str, value: &impl Serialize) -> Result<()> {
        let mut text = serde_json::to_vec_pretty(value).context("cannot write JSON")?;
        text.push(b'\n');
        self.bytes(route, &text)
    }

    fn copy(&mut self, route: &str, from: &Path) -> Result<()> {
        self.output.copy(route, from)?;
        self.routes.push(route.to_owned());
        Ok(())
    }
}

/// What dossiers are gathered from.
struct Gatherer<'a> {
    request: &'a EvidenceRequest,
    site: &'a Site,
    history: Option<&'a History>,
    findings: &'a [(Level, Finding)],
}

impl Gatherer<'_> {
    fn dossier(&self, index: RecordIndex, written: &mut Written<'_>) -> Result<Dossier> {
        let edition = &self.site.parts.edition;
        let record = edition.get(index);
        let header = record.header();
        let source = header.source.map(|source| &edition.sources[source]);
        let folder = folder_of(record);
        if let Some(source) = source {
            written.bytes(&format!("{folder}/record.md"), source.text.as_bytes())?;
        }
        let revisions = match source {
            Some(source) => self.revisions(source, &folder, written)?,
            None => None,
        };
        let is_as_committed = source.and_then(|source| Some(self.history?.is_as_committed(&source.path)));
        Ok(Dossier {
            kind: record.kind().word(),
            id: header.id.clone(),
            title: header.title.clone(),
            source: source.map(|source| source.path.clone()),
            is_as_committed,
            record: self.data(record)?,
            revisions,
            findings: self.findings_in(header.source),
            artefacts: self.artefacts(index, record, &folder, written)?,
            folder,
        })
    }

    /// The record as the site's API has it.
    fn data(&self, record: &Record) -> Result<serde_json::Value> {
        let route = Route::record_document(record.kind(), &record.header().id);
        let mut bytes = Vec::new();
        match self.site.find(route.as_str()) {
            Some((route, recipe)) => {
                self.site.render(route, recipe, &mut bytes).map_err(|fault| anyhow::anyhow!("{}", fault.message))?;
                serde_json::from_slice(&bytes).context("a document of the API is no JSON")
            }
            None => Ok(serde_json::Value::Null),
        }
    }

    /// Every text that a record had, the newest first; each is written as a file.
    fn revisions(&self, source: &Source, folder: &str, written: &mut Written<'_>) -> Result<Option<Vec<Revision>>> {
        let Some((_, versions)) = self.history.and_then(|history| history.versions(&source.path)) else {
            return Ok(None);
        };
        let history = self.history.context("there is a history")?;
        let (settings, folders) = (&self.site.parts.settings, record_folders());
        let mut objects =
            History::objects(&wanted(&self.request.folder, settings, &folders)).map_err(anyhow::Error::msg)?;
        let defaults = Defaults::new(settings.time_zone.clone());
        let mut read = |object: &str| -> Result<(Source, Option<Record>)> {
            let text = objects.text(&source.path, object)?;
            let record = record::read(&text, &defaults, &Sink::new(SourceId(0)));
            Ok((text, record))
        };
        let mut all = Vec::new();
        for (number, version) in versions.iter().enumerate() {
            let (text, is) = read(&version.is)?;
            let was = version.was.first().map(|object| read(object)).transpose()?;
            let file = format!("revisions/{:04}.md", versions.len() - number);
            written.bytes(&format!("{folder}/{file}"), text.text.as_bytes())?;
            let before = match &was {
                None => Some(None),
                Some((text, record)) => record.as_ref().map(|record| Some((record, body(text, record)))),
            };
            let changes = is.as_ref().zip(before).map(|(is, was)| changes(was, (is, body(&text, is))));
            let commit = history.commit(version);
            all.push(Revision {
                commit: commit.id.clone(),
                author: commit.author.clone(),
                at: commit.at.map(|at| at.to_string()),
                file,
                changes,
            });
        }
        Ok(Some(all))
    }

    fn findings_in(&self, source: Option<SourceId>) -> Vec<FindingFact> {
        let sources = &self.site.parts.edition.sources;
        let of_record = self.findings.iter().filter(|(_, of)| Some(of.place.source) == source);
        let fact = |(level, of): &(Level, Finding)| FindingFact {
            code: of.lint.code,
            name: of.lint.name,
            level: if *level == Level::Error { "error" } else { "warning" },
            line: sources[of.place.source].position(of.place.span.start).line,
            message: of.message.clone(),
        };
        of_record.map(fact).collect()
    }

    fn artefacts(
        &self,
        index: RecordIndex,
        record: &Record,
        folder: &str,
        written: &mut Written<'_>,
    ) -> Result<Vec<ArtefactFile>> {
        let mut files = Vec::new();
        for (number, named) in record.artefacts().iter().filter_map(|of| of.file.as_ref()).enumerate() {
            let Some((route, file)) = self.site.parts.edition.artefact(index, &named.id) else { continue };
            let name = route.as_str().rsplit('/').next().unwrap_or_default().to_owned();
            let to = format!("artefacts/{}-{name}", number + 1);
            written.copy(&format!("{folder}/{to}"), &file.from)?;
            let (size, sha256) = digest(&file.from)?;
            files.push(ArtefactFile { named: named.id.clone(), file: to, size, sha256 });
        }
        Ok(files)
    }
}

fn body<'a>(text: &'a Source, record: &Record) -> &'a str {
    &text.text[record.header().body.range()]
}

/// The length and the checksum of a file, read piece by piece.
fn digest(path: &Path) -> Result<(u64, String)> {
    let cannot = || format!("cannot read {}", path.display());
    let mut file = File::open(path).with_context(cannot)?;
    let (mut of, mut size, mut piece) = (Sha256::new(), 0, vec![0; 64 * 1024]);
    loop {
        match file.read(&mut piece).with_context(cannot)? {
            0 => break,
            length => {
                of.update(&piece[..length]);
                size += length as u64;
            }
        }
    }
    Ok((size, of.finalize().iter().map(|byte| format!("{byte:02x}")).collect()))
}

/// Writes the folder as one file: the same bytes for the same files, whole or not at all.
fn pack(folder: &Path, routes: &[String], archive: &Path) -> Result<()> {
    let mut new = archive.to_owned();
    new.as_mut_os_string().push(".new");
    let cannot = || format!("cannot write {}", new.display());
    let mut zip = zip::ZipWriter::new(BufWriter::new(File::create(&new).with_context(cannot)?));
    let options = SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644);
    for route in routes {
        let from = folder.join(route);
        let mut file = File::open(&from).with_context(|| format!("cannot read {}", from.display()))?;
        let is_large = file.metadata().is_ok_and(|of| of.len() > u64::from(u32::MAX) / 2);
        zip.start_file(route.as_str(), options.large_file(is_large)).with_context(cannot)?;
        std::io::copy(&mut file, &mut zip).with_context(cannot)?;
    }
    zip.finish().with_context(cannot)?.flush().with_context(cannot)?;
    fs::rename(&new, archive).with_context(|| format!("cannot write {}", archive.display()))
}
