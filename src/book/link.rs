//! From records to the book: ids become indices, every reference is known from both its ends.
//!
//! 1. Report ids and addresses that are taken twice.
//! 2. Make the problems, configuration items and services that exist only because others name them.
//! 3. Resolve the references of front matter and bodies, in parallel.
//! 4. Follow what the whole implies: carry-forward, calendar, lessons.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::body::examine;
use super::connections::Connections;
use super::files::Files;
use super::fragments::BodyFragments;
use super::lints::{DUPLICATE_ID, MISSING_ARTEFACT, NO_CONFIGURATION_ITEM, SELF_REFERENCE};
use super::model::Book;
use super::references::{Guide, Resolved, outgoing, suggest};
use super::schedule::Schedule;
use super::tables::{RecordIndex, Tables};
use super::target::Resolver;
use crate::diag::{Finding, Levels};
use crate::record::{ConfigurationItem, Header, Kind, Problem, Record, Relation, Service, address, fold};
use crate::source::{Place, SiteFile, SourceId, Sources, Span, bundle, is_left_alone};

/// How many records a thread takes at once: few enough that all threads end together.
const PIECE: usize = 64;

/// What the link stage is given.
pub struct Input {
    /// All records, in order of path.
    pub records: Vec<Record>,
    /// Files beside them.
    pub files: Vec<SiteFile>,
    /// Their texts.
    pub sources: Sources,
    /// The site's zone.
    pub time_zone: TimeZone,
    /// The day of the build.
    pub today: Date,
    /// The site's levels, where a reference may be followed to what is meant: its finding stops the build.
    pub levels: Option<Levels>,
    /// Kinds and ids of files that could not be read: what refers to them is no fault.
    pub unread: Vec<(Kind, String)>,
}

/// Links records to a book. What did not resolve is reported and dropped.
pub fn link(input: Input) -> (Book, Vec<Finding>) {
    link_but(input, &FxHashSet::default())
}

/// The same; of known errors, releases and services that are untold, by kind and folded id, it is not worked out which
/// release has what.
pub fn link_but(input: Input, untold: &FxHashSet<(Kind, String)>) -> (Book, Vec<Finding>) {
    let Input { mut records, files, sources, time_zone, today, levels, unread } = input;
    let mut findings = Vec::new();
    report_duplicates(&records, &mut findings);
    add_implied(&mut records);
    let tables = Tables::new(records, &sources);
    let files = Files::new(files);
    let fragments = BodyFragments::new(tables.len());
    let resolver = Resolver { tables: &tables, files: &files, sources: &sources, fragments: &fragments };
    let guide = Guide::new(&tables, &sources, levels, unread);
    let rows: Vec<Row> = (0..tables.len() as u32)
        .into_par_iter()
        .with_max_len(PIECE)
        .map(|index| resolve_record(&resolver, &guide, RecordIndex(index)))
        .collect();
    let mut references = Vec::with_capacity(rows.iter().map(|row| row.resolved.references.len()).sum());
    let (mut bodies, mut named_files) = (Vec::with_capacity(rows.len()), Vec::new());
    let mut unknown = Vec::new();
    for (index, row) in rows.into_iter().enumerate() {
        references.extend(row.resolved.references);
        bodies.push(row.body);
        named_files.extend(row.named.into_iter().map(|path| (RecordIndex(index as u32), path)));
        findings.extend(row.resolved.findings);
        unknown.extend(row.resolved.unknown);
    }
    suggest(&tables, unknown, &mut findings);
    named_files.sort();
    named_files.dedup();
    report_unnamed_files(&tables, &files, &sources, &named_files, &mut findings);
    let connections = Connections::new(tables.len(), references);
    report_circles(&tables, &connections, &mut findings);
    let schedule = Schedule::new(&tables, &connections, &time_zone, today, &mut findings);
    let mut book =
        Book { tables, connections, bodies, fragments, schedule, files, named_files, sources, ..Book::default() };
    book.follow(&time_zone, today, untold);
    (book, findings)
}

fn report_duplicates(records: &[Record], findings: &mut Vec<Finding>) {
    let mut taken: FxHashMap<(Kind, String), Place> = FxHashMap::default();
    for record in records {
        let header = record.header();
        let Some(place) = header.place() else { continue };
        let by_id = (record.kind(), fold(&header.id));
        let mut by_address = (record.kind(), format!("/{}", address(&header.id).to_lowercase()));
        if by_address.1 == "/index" {
            by_address.1 = "/index.html".to_owned();
            findings.push(
                Finding::new(&DUPLICATE_ID, place, "the id `index` would take the address of the list")
                    .help("give the record another id"),
            );
        }
        let first = taken.get(&by_id).or_else(|| taken.get(&by_address)).copied();
        match first {
            Some(first) => findings.push(
                Finding::new(
                    &DUPLICATE_ID,
                    place,
                    format!("the id `{}` of {} is taken", header.id, record.kind().with_article()),
                )
                .label("taken again by this record")
                .related(first, "first taken here")
                .help("ids are compared without regard to case, and by the address that they make; give one of the two another id"),
            ),
            None => {
                taken.insert(by_id, place);
                taken.insert(by_address, place);
            }
        }
    }
}

/// Adds the problems, configuration items and services that have no file.
fn add_implied(records: &mut Vec<Record>) {
    let mut names: BTreeMap<(Kind, String), &str> = BTreeMap::new();
    for (kind, id) in records.iter().flat_map(implied) {
        let written = names.entry((kind, fold(id))).or_insert(id);
        *written = id.min(written);
    }
    let present: FxHashSet<(Kind, String)> =
        records.iter().map(|record| (record.kind(), fold(&record.header().id))).collect();
    let is_wanted =
        |((kind, key), id): &((Kind, String), &str)| !present.contains(&(*kind, key.clone())) && !id.trim().is_empty();
    let added: Vec<Record> = names
        .into_iter()
        .filter(is_wanted)
        .map(|((kind, _), id)| {
            let header = Header { id: id.to_owned(), title: id.to_owned(), ..Header::default() };
            match kind {
                Kind::Problem => Record::Problem(Box::new(Problem { header, ..Problem::default() })),
                Kind::Service => Record::Service(Box::new(Service { header })),
                _ => Record::ConfigurationItem(Box::new(ConfigurationItem { header, ..ConfigurationItem::default() })),
            }
        })
        .collect();
    records.extend(added);
}

/// The problems, configuration items and services that a record names, as it writes them: each is there, with a file or
/// without.
pub(super) fn implied(record: &Record) -> Vec<(Kind, &str)> {
    let mut names = Vec::new();
    record.each(&mut |key, piece| {
        let named = key.refers.and_then(|refers| refers.kinds.first()).filter(|kind| kind.exists_by_name());
        names.extend(named.and_then(|kind| Some((*kind, piece.text()?))));
    });
    names
}

/// What one record refers to.
pub(super) struct Row {
    pub resolved: Resolved,
    pub body: super::Body,
    pub named: Vec<String>,
}

pub(super) fn resolve_record(resolver: &Resolver<'_>, guide: &Guide<'_>, index: RecordIndex) -> Row {
    let record = resolver.tables.get(index);
    let (mut named, mut resolved) = (Vec::new(), Resolved::default());
    let (body, references) = examine(resolver, guide, index, &mut named, &mut resolved.findings);
    resolved.references = references;
    outgoing(record).into_iter().for_each(|reference| guide.resolve(index, reference, &mut resolved));
    let mut row = Row { resolved, body, named };
    let services = implied(record).into_iter().filter(|(kind, _)| *kind == Kind::Service);
    let services = services.filter_map(|(kind, name)| resolver.tables.find(kind, name));
    row.resolved.references.extend(services.map(|service| (index, Relation::Service, service)));
    row.resolved.references.extend(services_of_known_errors(resolver.tables, index, record));
    name_artefacts(resolver, index, &mut row);
    let names_item = !record.header().configuration_items.is_empty();
    if let (false, true, Some(place)) = (names_item, record.plan().is_some(), record.header().place()) {
        row.resolved.findings.push(
            Finding::new(
                &NO_CONFIGURATION_ITEM,
                place,
                format!("{} names no configuration item", record.kind().with_article()),
            )
            .help("add `configuration_items: [...]`: without it, nobody sees what the work collides with"),
        );
    }
    row
}

/// A known error belongs to the services of the releases that have it by name, whichever of the two says so.
fn services_of_known_errors(
    tables: &Tables,
    index: RecordIndex,
    record: &Record,
) -> Vec<(RecordIndex, Relation, RecordIndex)> {
    let service = |of: &Record| tables.find(Kind::Service, of.header().service.as_deref()?);
    match record {
        Record::KnownError(known) => {
            let named = known.introduced_in.iter().chain(&known.affects);
            let releases = named.filter_map(|id| tables.find(Kind::Release, &id.id));
            let services = releases.filter_map(|release| service(tables.get(release)));
            services.map(|service| (index, Relation::Service, service)).collect()
        }
        Record::Release(release) => {
            let known_errors = release.known_errors.iter().filter_map(|id| tables.find(Kind::KnownError, &id.id));
            let service = service(record);
            known_errors.filter_map(|known| Some((known, Relation::Service, service?))).collect()
        }
        _ => Vec::new(),
    }
}

fn name_artefacts(resolver: &Resolver<'_>, index: RecordIndex, row: &mut Row) {
    let record = resolver.tables.get(index);
    let Some(source) = record.header().source else { return };
    let path = &resolver.sources[source].path;
    for file in record.artefacts().iter().filter_map(|artefact| artefact.file.as_ref()) {
        let place = Place { source, span: file.span };
        match resolver.files.find(path, &file.id) {
            Some(found) => {
                row.named.push(found.path.clone());
                row.resolved.findings.extend(resolver.files.withheld_finding(&found.path, &file.id, place));
            }
            None => row.resolved.findings.push(
                Finding::new(&MISSING_ARTEFACT, place, format!("the file `{}` is not there", file.id))
                    .label("paths are relative to the record\u{2019}s folder")
                    .help("commit the file beside the record, correct the name, or see whether `ignore` in relbook.toml leaves it out"),
            ),
        }
    }
}

/// A file that lies in a record's own folder and that nothing names.
fn report_unnamed_files(
    tables: &Tables,
    files: &Files,
    sources: &Sources,
    named: &[(RecordIndex, String)],
    findings: &mut Vec<Finding>,
) {
    let named: FxHashSet<&str> = named.iter().map(|(_, path)| path.as_str()).collect();
    let of_record = |(_, record): (RecordIndex, &Record)| {
        let source = record.header().source?;
        Some((bundle(&sources[source].path)?, (record.header().fence, source)))
    };
    let bundles: FxHashMap<&str, (Span, SourceId)> = tables.iter().filter_map(of_record).collect();
    let is_unnamed = |file: &&SiteFile| !named.contains(file.path.as_str()) && !is_left_alone(&file.path);
    for file in files.iter().filter(is_unnamed) {
        let folders = file.path.match_indices('/').rev().map(|(at, _)| &file.path[..at]);
        let found = folders.filter_map(|folder| Some((folder, bundles.get(folder)?))).next();
        let Some((folder, (fence, source))) = found else { continue };
        let name = file.path[folder.len()..].trim_start_matches('/');
        findings.push(
            Finding::new(
                &MISSING_ARTEFACT,
                Place { source: *source, span: *fence },
                format!("the file `{name}` lies beside the record, and nothing names it"),
            )
            .help("name it under `artefacts` or link to it in the body, or take it away; it is not published"),
        );
    }
}

/// Circles of what replaces, needs or is a part of what.
fn report_circles(tables: &Tables, connections: &Connections, findings: &mut Vec<Finding>) {
    for relation in [Relation::Supersedes, Relation::DependsOn, Relation::PartOf] {
        // 0: not seen, 1: on the path, 2: done.
        let mut state = vec![0u8; tables.len()];
        for start in 0..tables.len() as u32 {
            let mut path = vec![(RecordIndex(start), 0usize)];
            if state[start as usize] != 0 {
                continue;
            }
            state[start as usize] = 1;
            while let Some((at, next)) = path.last_mut() {
                let others = connections.others(*at, relation, super::Direction::Forward);
                let Some(connection) = others.get(*next) else {
                    state[at.0 as usize] = 2;
                    path.pop();
                    continue;
                };
                *next += 1;
                let other = connection.other;
                match state[other.0 as usize] {
                    0 => {
                        state[other.0 as usize] = 1;
                        path.push((other, 0));
                    }
                    1 => findings.extend(circle(tables, &path, other)),
                    _ => {}
                }
            }
        }
    }
}

fn circle(tables: &Tables, path: &[(RecordIndex, usize)], closes_at: RecordIndex) -> Option<Finding> {
    let from = path.iter().position(|(index, _)| *index == closes_at)?;
    let ids: Vec<&str> = path[from..]
        .iter()
        .map(|(index, _)| *index)
        .chain([closes_at])
        .map(|index| tables.get(index).header().id.as_str())
        .collect();
    let place = tables.get(path.last()?.0).header().place()?;
    Some(
        Finding::new(
            &SELF_REFERENCE,
            place,
            format!("records refer to each other in a circle: {}", ids.join(" \u{2192} ")),
        )
        .help("take one of these references out"),
    )
}
