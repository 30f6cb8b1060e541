//! The first half of the sentence: sources are read, linked and checked, by themselves or against a revision.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail, ensure};
use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::themed::{Fault, Unmade, beside, engine, for_each_page, parts, template_finding};
use super::unread::{report_passed_over, text_finding};
use crate::book::{Book, Input, link};
use crate::check::{Past, apply_allows, check as hold_process, drop_consequences, history};
use crate::config::{self, Settings};
use crate::diag::{Finding, Levels, Profile, Report, Sink};
use crate::edition::{Audience, Edition};
use crate::lints;
use crate::read::UNKNOWN_FIELD;
use crate::record::{self, Defaults, Kind, Names, Record, near_folder, record_folders};
use crate::search::Index;
use crate::site::Site;
use crate::source::{
    Folder, PassedOver, Place, Revision, SiteFile, Source, SourceId, Sources, Text, Wanted, load, load_revision,
    load_text,
};
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
    let Examined { loaded, book, levels, records, revision } = examine(request)?;
    let Loaded { settings, mut findings, mut notes, files, .. } = loaded;
    let beside = beside(&request.folder, &settings, &mut notes)?;
    let edition = Edition::new(book, files, &Audience::default(), &settings.time_zone, request.today);
    let content = settings.content.clone();
    let (edition, unmade) = match engine(&beside.layers, &edition, &settings, request.today) {
        Err(unmade) => (edition, Some(unmade)),
        Ok(engine) => {
            let parts = parts(edition, settings, engine, &beside, (&findings, &levels), request.today);
            // No page shows what is in the index.
            let site = Site::new(parts, Some(Index::default()), &mut findings);
            let unmade = first_unmade(&site, &beside.layers);
            (site.parts.edition, unmade)
        }
    };
    let mut sources = edition.into_sources();
    findings.extend(unmade.map(|unmade| template_finding(&unmade, &beside.layers, &mut sources)));
    if let Some(revision) = revision.filter(|_| request.only_changed) {
        // The settings are every record's.
        let is_new = |place: Place| place.source == SourceId(0) || revision.differs(&sources[place.source].path);
        findings.retain(|f| is_new(f.place) || f.related.iter().any(|(place, _)| is_new(*place)));
    }
    let report = Report::new(findings, &levels, &sources);
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

/// The levels of all lints in a site's folder.
///
/// # Errors
///
/// The settings cannot be read.
pub fn levels_of(folder: &Path, profile: Option<Profile>) -> Result<Levels> {
    let (_, settings, _) = read_settings(folder)?;
    Ok(levels(&settings, profile))
}

/// Records that were linked and checked.
pub(super) struct Examined {
    pub loaded: Loaded,
    pub book: Book,
    pub levels: Levels,
    pub records: usize,
    /// What the records were compared with.
    revision: Option<Revision>,
}

/// Reads, links and checks the records.
pub(super) fn examine(request: &CheckRequest) -> Result<Examined> {
    let mut loaded = read_records(&request.folder, request.profile)?;
    let records = loaded.records.len();
    let revision = match &request.since {
        Some(name) => {
            let folders = record_folders();
            Some(load_revision(&wanted(&request.folder, &loaded.settings, &folders), name, &loaded.sources)?)
        }
        None => None,
    };
    let levels = levels(&loaded.settings, request.profile);
    let input = Input {
        records: std::mem::take(&mut loaded.records),
        files: loaded.files.clone(),
        sources: std::mem::take(&mut loaded.sources),
        time_zone: loaded.settings.time_zone.clone(),
        today: request.today,
        levels: Some(levels.clone()),
        unread: std::mem::take(&mut loaded.unread),
    };
    let (mut book, found) = link(input);
    let findings = &mut loaded.findings;
    findings.extend(found);
    report_passed_over(std::mem::take(&mut loaded.passed_over), &loaded.settings, &mut book, findings);
    findings.extend(hold_process(&book, &loaded.settings, &levels, request.today));
    if let Some(revision) = &revision {
        let past = past(revision, &loaded.settings);
        findings.extend(history(&mut book, past, revision, &loaded.settings, request.today));
    }
    apply_allows(&book, lints::ALL, &levels, findings);
    drop_consequences(&book, &levels, findings);
    Ok(Examined { loaded, book, levels, records, revision })
}

/// What of all that was found concerns an edition: what is found in it too, for the rest may name what was left out.
pub(super) fn of_edition(
    findings: &[Finding],
    edition: &Edition,
    settings: &Settings,
    levels: &Levels,
    today: Date,
) -> Vec<Finding> {
    let Some(of_link) = edition.found_anew() else { return findings.to_vec() };
    let mut anew = of_link.to_vec();
    anew.extend(hold_process(edition, settings, levels, today));
    let key = |finding: &Finding| (finding.place, finding.lint.code);
    anew.sort_by_key(key);
    let sources: FxHashSet<SourceId> =
        edition.tables.iter().filter_map(|(_, record)| record.header().source).chain([SourceId(0)]).collect();
    let is_found_anew = |finding: &&Finding| {
        let start = anew.partition_point(|other| key(other) < key(finding));
        anew[start..].iter().take_while(|other| key(other) == key(finding)).any(|other| other == *finding)
    };
    // What is wrong with a file by itself names no other.
    let is_of_file = |finding: &&Finding| {
        matches!(&finding.lint.code[..3], "RB0" | "RB1") && sources.contains(&finding.place.source)
    };
    findings.iter().filter(|finding| is_of_file(finding) || is_found_anew(finding)).cloned().collect()
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

/// What was read, before it is linked.
pub(super) struct Loaded {
    pub settings: Settings,
    sources: Sources,
    records: Vec<Record>,
    /// Kinds and ids of the files that could not be read.
    unread: Vec<(Kind, String)>,
    pub files: Vec<SiteFile>,
    passed_over: Vec<PassedOver>,
    pub findings: Vec<Finding>,
    pub notes: Vec<String>,
}

/// The settings with the text that they stand in, and what is wrong with them.
fn read_settings(folder: &Path) -> Result<(Source, Settings, Vec<Finding>)> {
    ensure!(folder.is_dir(), "there is no folder {}: name the folder that holds relbook.toml", folder.display());
    let read = load_text(&folder.join("relbook.toml"), "relbook.toml")?;
    let nothing = || Text { source: Source::new("relbook.toml", String::new()), fault: None };
    let Text { source, fault } = read.unwrap_or_else(nothing);
    let sink = Sink::new(SourceId(0));
    let settings = match fault {
        None => config::read(&source, lints::ALL, &sink),
        Some(fault) => {
            sink.push(text_finding(SourceId(0), fault));
            Settings::default()
        }
    };
    Ok((source, settings, sink.into_findings()))
}

/// Which folders hold records.
fn wanted<'a>(site: &'a Path, settings: &'a Settings, folders: &'a [&'static str]) -> Wanted<'a> {
    Wanted { site, content: &settings.content, folders, near: near_folder, ignore: &settings.ignore }
}

/// How many records a thread takes at once: few enough that all threads end together.
const PIECE: usize = 64;

fn read_records(folder: &Path, profile: Option<Profile>) -> Result<Loaded> {
    let (source, settings, mut findings) = read_settings(folder)?;
    let mut sources = Sources::default();
    sources.add(source);
    let folders = record_folders();
    let Folder { records: ids, faulty, files, passed_over, missing, notes } =
        load(&wanted(folder, &settings, &folders), &mut sources)?;
    let mut unread: Vec<(Kind, String)> = faulty.iter().filter_map(|(id, _)| record::name_of(&sources[*id])).collect();
    // Settings that cannot be read may name the folder of the records.
    let has_errors = || Report::new(findings.clone(), &levels(&settings, None), &sources).has_errors();
    if let Some(missing) = missing.filter(|_| !has_errors()) {
        bail!("{missing}");
    }
    findings.extend(faulty.into_iter().map(|(id, fault)| text_finding(id, fault)));
    let levels = levels(&settings, profile);
    let mut defaults = Defaults::new(settings.time_zone.clone());
    let one = |id: SourceId, defaults: &Defaults| {
        let sink = Sink::with_levels(id, &levels);
        let record = record::read(&sources[id], defaults, &sink);
        (record, sink.into_findings())
    };
    let mut read: Vec<(Option<Record>, Vec<Finding>)> =
        ids.par_iter().with_max_len(PIECE).map(|id| one(*id, &defaults)).collect();
    // Which key is meant by an unknown one may depend on what the ids below it name.
    let is_doubtful = |findings: &[Finding]| findings.iter().any(|finding| finding.lint == &UNKNOWN_FIELD);
    if read.iter().any(|(_, findings)| is_doubtful(findings)) {
        defaults.names = Some(Names::new(read.iter().filter_map(|(record, _)| record.as_ref())));
        read.par_iter_mut()
            .zip(&ids)
            .filter(|(of, _)| is_doubtful(&of.1))
            .for_each(|(of, id)| *of = one(*id, &defaults));
    }
    let mut records = Vec::with_capacity(read.len());
    for ((record, found), id) in read.into_iter().zip(ids) {
        match record {
            Some(record) => records.push(record),
            None => unread.extend(record::name_of(&sources[id])),
        }
        findings.extend(found);
    }
    Ok(Loaded { settings, sources, records, unread, files, passed_over, findings, notes })
}

fn levels(settings: &Settings, profile: Option<Profile>) -> Levels {
    let chosen = settings.lints.iter().filter_map(|(code, _, level)| {
        let lint = lints::ALL.iter().find(|lint| lint.code == code)?;
        Some((lint.code, *level))
    });
    Levels { profile: profile.unwrap_or(settings.profile), chosen: chosen.collect() }
}
