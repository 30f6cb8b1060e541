//! What lies in a site's folder: its settings and texts as they are read, and the records that these hold.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail, ensure};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::unread::text_finding;
use crate::config::{self, Settings};
use crate::diag::{Finding, Found, Levels, Profile, Sink};
use crate::lints;
use crate::read::UNKNOWN_FIELD;
use crate::record::{self, Defaults, Kind, Names, Record, near_folder, record_folders};
use crate::source::{Folder, PassedOver, SiteFile, Source, SourceId, Sources, Text, Wanted, load, load_text};

/// The levels of all lints in a site's folder.
///
/// # Errors
///
/// The settings cannot be read.
pub fn levels_of(folder: &Path, profile: Option<Profile>) -> Result<Levels> {
    let (_, settings, _) = read_settings(folder)?;
    Ok(levels(&settings, profile))
}

/// The folder of a site's records.
///
/// # Errors
///
/// The settings cannot be read.
pub fn content_of(folder: &Path) -> Result<PathBuf> {
    let (_, settings, _) = read_settings(folder)?;
    Ok(if settings.content.is_empty() { folder.to_owned() } else { folder.join(&settings.content) })
}

/// The paths of all records of a site's folder that are text, below the folder of the records.
///
/// # Errors
///
/// The folder, or a text in it, cannot be read.
pub fn paths_of(folder: &Path) -> Result<Vec<String>> {
    let Texts { sources, folder, .. } = Texts::load(folder, None)?;
    Ok(folder.records.iter().map(|id| sources[*id].path.clone()).collect())
}

/// A site's folder as it was read, before its texts are understood.
pub(super) struct Texts {
    settings: Settings,
    sources: Sources,
    folder: Folder,
    /// What is wrong with the settings.
    findings: Vec<Finding>,
}

/// What was read, before it is linked.
pub(super) struct Loaded {
    pub settings: Settings,
    pub found: Found,
    pub sources: Sources,
    pub records: Vec<Record>,
    /// Kinds and ids of the files that could not be read.
    pub unread: Vec<(Kind, String)>,
    pub files: Vec<SiteFile>,
    pub passed_over: Vec<PassedOver>,
    pub notes: Vec<String>,
}

/// Records that were read before, by the paths of their texts: a text that is still the same is not read again, and where
/// one can no longer be read, the record that it held stays.
#[derive(Default)]
pub(super) struct Former {
    of: FxHashMap<String, FormerRecord>,
}

struct FormerRecord {
    source: Source,
    record: Record,
    /// Whether nothing was found in it.
    is_clean: bool,
}

impl Former {
    /// The records of a book with their texts, and what was found in them.
    pub(super) fn new(records: Vec<Record>, sources: &Sources, found: &[Finding]) -> Former {
        let faulty: FxHashSet<SourceId> = found.iter().map(|finding| finding.place.source).collect();
        let of = records.into_iter().filter_map(|record| {
            let id = record.header().source?;
            let source = sources[id].clone();
            Some((source.path.clone(), FormerRecord { source, record, is_clean: !faulty.contains(&id) }))
        });
        Former { of: of.collect() }
    }

    /// The same, of which each text is read again whether it has changed or not: the settings may have.
    pub(super) fn read_anew(mut self) -> Former {
        self.of.values_mut().for_each(|record| record.is_clean = false);
        self
    }
}

impl Texts {
    /// Reads a site's folder. Where the settings have an error, `kept` holds in their place, if there is any.
    ///
    /// # Errors
    ///
    /// The folder, or a text in it, cannot be read, or there is no folder of records.
    pub(super) fn load(folder: &Path, kept: Option<&Settings>) -> Result<Texts> {
        let (source, mut settings, findings) = read_settings(folder)?;
        let mut sources = Sources::default();
        sources.add(source);
        // Settings that cannot be read may name the folder of the records.
        let mut found = Found::new(levels(&settings, None));
        found.extend(findings.iter().cloned());
        let has_errors = found.has_errors();
        if let Some(kept) = kept.filter(|_| has_errors) {
            settings.clone_from(kept);
        }
        let folders = record_folders();
        let read = load(&wanted(folder, &settings, &folders), &mut sources)?;
        if let Some(missing) = read.missing.as_ref().filter(|_| !has_errors) {
            bail!("{missing}");
        }
        Ok(Texts { settings, sources, folder: read, findings })
    }

    /// Puts a text in the place of a record's, or beside the records where there is none of its path.
    pub(super) fn put(&mut self, source: Source) {
        let known = self.folder.records.iter().copied().find(|id| self.sources[*id].path == source.path);
        match known {
            Some(id) => {
                self.sources.replace(id, source);
            }
            None => {
                let path = source.path.clone();
                self.folder.faulty.retain(|(id, _)| self.sources[*id].path != path);
                self.folder.records.push(self.sources.add(source));
            }
        }
    }

    /// The settings.
    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Reads the records out of the texts.
    pub(super) fn into_records(self, profile: Option<Profile>, mut former: Former) -> Loaded {
        let Texts { settings, mut sources, folder, findings } = self;
        let Folder { records: ids, faulty, files, passed_over, notes, .. } = folder;
        let levels = levels(&settings, profile);
        let mut found = Found::new(levels.clone());
        found.extend(findings);
        let mut kept: Vec<FormerRecord> = Vec::new();
        let mut unread = Vec::new();
        for (id, fault) in faulty {
            found.push(text_finding(id, fault));
            match former.of.remove(&sources[id].path) {
                Some(record) => kept.push(record),
                None => unread.extend(record::name_of(&sources[id])),
            }
        }
        let mut defaults = Defaults::new(settings.time_zone.clone());
        let former: Vec<Option<FormerRecord>> = ids.iter().map(|id| former.of.remove(&sources[*id].path)).collect();
        let mut read: Vec<ReadRecord> = ids
            .par_iter()
            .zip(former)
            .with_max_len(PIECE)
            .map(|(id, former)| ReadRecord::new(*id, former, &sources, &defaults, &levels))
            .collect();
        // Which key is meant by an unknown one may depend on what the ids below it name.
        let is_doubtful = |of: &ReadRecord| of.findings.iter().any(|finding| finding.lint == &UNKNOWN_FIELD);
        if read.iter().any(is_doubtful) {
            defaults.names = Some(Names::new(read.iter().filter_map(|of| of.record.as_ref())));
            read.par_iter_mut().zip(&ids).filter(|(of, _)| is_doubtful(of)).for_each(|(of, id)| {
                *of = ReadRecord::new(*id, of.former.take(), &sources, &defaults, &levels);
            });
        }
        let mut records = Vec::with_capacity(read.len());
        for (ReadRecord { record, former, findings }, id) in read.into_iter().zip(ids) {
            match (record, former) {
                (Some(record), _) => records.push(record),
                (None, Some(former)) => kept.push(former),
                (None, None) => unread.extend(record::name_of(&sources[id])),
            }
            found.extend(findings);
        }
        for FormerRecord { source, mut record, .. } in kept {
            record.header_mut().source = Some(sources.add(source));
            records.push(record);
        }
        Loaded { settings, found, sources, records, unread, files, passed_over, notes }
    }
}

/// What the reading of one text came to.
struct ReadRecord {
    record: Option<Record>,
    /// The record that it held before, where it holds none now.
    former: Option<FormerRecord>,
    findings: Vec<Finding>,
}

impl ReadRecord {
    fn new(
        id: SourceId,
        former: Option<FormerRecord>,
        sources: &Sources,
        defaults: &Defaults,
        levels: &Levels,
    ) -> ReadRecord {
        let source = &sources[id];
        match former {
            Some(FormerRecord { source: before, mut record, is_clean: true }) if before == *source => {
                record.header_mut().source = Some(id);
                ReadRecord { record: Some(record), former: None, findings: Vec::new() }
            }
            former => {
                let sink = Sink::with_levels(id, levels);
                let record = record::read(source, defaults, &sink);
                ReadRecord { record, former, findings: sink.into_findings() }
            }
        }
    }
}

/// The settings with the text that they stand in, and what is wrong with them.
pub(super) fn read_settings(folder: &Path) -> Result<(Source, Settings, Vec<Finding>)> {
    ensure!(folder.is_dir(), "there is no folder {}: name the folder that holds relbook.toml", folder.display());
    let read = load_text(&folder.join("relbook.toml"), "relbook.toml")?;
    let nothing = || Text { source: Source::new("relbook.toml", String::new()), fault: None };
    let Text { source, fault } = read.unwrap_or_else(nothing);
    let sink = Sink::new(SourceId::SETTINGS);
    let settings = match fault {
        None => config::read(&source, lints::ALL, &sink),
        Some(fault) => {
            sink.push(text_finding(SourceId::SETTINGS, fault));
            Settings::default()
        }
    };
    Ok((source, settings, sink.into_findings()))
}

/// Which folders hold records.
pub(super) fn wanted<'a>(site: &'a Path, settings: &'a Settings, folders: &'a [&'static str]) -> Wanted<'a> {
    Wanted { site, content: &settings.content, folders, near: near_folder, ignore: &settings.ignore }
}

/// How many records a thread takes at once: few enough that all threads end together.
const PIECE: usize = 64;

pub(super) fn levels(settings: &Settings, profile: Option<Profile>) -> Levels {
    let chosen = settings.lints.iter().filter_map(|(code, _, level)| {
        let lint = lints::ALL.iter().find(|lint| lint.code == code)?;
        Some((lint.code, *level))
    });
    let code = |code: &String| lints::ALL.iter().find(|lint| lint.code == code).map(|lint| lint.code);
    Levels {
        profile: profile.unwrap_or(settings.profile),
        chosen: chosen.collect(),
        never_allowed: settings.never_allow.as_ref().map(|codes| codes.iter().filter_map(code).collect()),
    }
}
