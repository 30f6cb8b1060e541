//! When records were changed, and which commit wrote each approval: the newest text that has it is followed back to the one whose parents have it not.

use std::path::Path;

use anyhow::Result;
use jiff::civil::Date;
use jiff::{Timestamp, Zoned};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::texts::wanted;
use crate::book::Book;
use crate::config::Settings;
use crate::diag::Sink;
use crate::pages::{Recording, Recordings};
use crate::record::{self, Approval, Decision, Defaults, Record, record_folders};
use crate::source::{Absent, History, MAX_TEXT_BYTES, Source, SourceId, Version, load_history};

/// How many records are looked into by one process of git: each begins without the texts that others have unpacked.
const PIECE: usize = 2048;

/// What makes an approval this one and no other.
type Key = (Option<String>, Option<String>, Option<Date>, Option<Timestamp>, Option<Decision>);

/// What git tells of a book's records, and which commit wrote each approval; the latter not in an edition.
///
/// # Errors
///
/// Why it is not known.
pub(super) fn past(
    folder: &Path,
    settings: &Settings,
    book: &Book,
    is_edition: bool,
    today: Date,
) -> Result<(History, Recordings), Absent> {
    let mut approved: Vec<(&Source, &Record, &[Approval])> = book
        .tables
        .iter()
        .filter_map(|(_, record)| {
            let approvals = record.plan()?.approvals.as_slice();
            let source = &book.sources[record.header().source?];
            (!approvals.is_empty() && !is_edition).then_some((source, record, approvals))
        })
        .collect();
    let folders = record_folders();
    let wanted = wanted(folder, settings, &folders);
    let paths = approved.iter().map(|(source, ..)| source.path.as_str()).collect();
    let mut history = load_history(&wanted, &paths, &book.sources, today)?;
    let defaults = Defaults::new(settings.time_zone.clone());
    approved.sort_unstable_by_key(|(source, ..)| source.path.as_str());
    let pieces = approved.par_chunks(PIECE).map(|piece| {
        let mut objects = History::objects(&wanted)?;
        let of_record = |(source, record, approvals): &(&Source, &Record, &[Approval])| {
            let path = source.path.as_str();
            let mut last = Front::new(&source.text, record);
            let mut read = |object: &str| Ok(approvals_of(objects.text(path, object)?, &defaults, &mut last));
            Ok((path.to_owned(), of_record(&history, path, approvals, &mut read)?))
        };
        piece.iter().map(of_record).collect::<Result<Vec<_>>>().map_err(Absent::Incomplete)
    });
    let of = pieces.collect::<Result<Vec<_>, Absent>>()?.into_iter().flatten().collect();
    history.drop_versions();
    Ok((history, Recordings { of }))
}

/// A front matter with its fences, and the approvals in it.
struct Front {
    text: String,
    approvals: FxHashSet<Key>,
}

impl Front {
    fn new(text: &str, record: &Record) -> Front {
        let text = text[..record.header().body.range().start].to_owned();
        Front { text, approvals: record.plan().into_iter().flat_map(|plan| &plan.approvals).map(key).collect() }
    }
}

/// The approvals of a text; nothing where it cannot be read. Most texts of a record have the front matter of the one that was
/// read before.
fn approvals_of(text: Source, defaults: &Defaults, last: &mut Front) -> Option<FxHashSet<Key>> {
    if text.text.len() > MAX_TEXT_BYTES || !text.text.starts_with(&last.text) {
        let record = record::read(&text, defaults, &Sink::new(SourceId(0)))?;
        *last = Front::new(&text.text, &record);
    }
    Some(last.approvals.clone())
}

fn key(Approval { role, by, on, at, decision, .. }: &Approval) -> Key {
    (role.clone(), by.clone(), *on, at.as_ref().map(Zoned::timestamp), *decision)
}

/// The commits that wrote a record's approvals. Of the texts that it had only those are read that are needed for that, the
/// newest first.
fn of_record(
    history: &History,
    path: &str,
    approvals: &[Approval],
    read: &mut dyn FnMut(&str) -> Result<Option<FxHashSet<Key>>>,
) -> Result<Vec<Option<Recording>>> {
    let mut found = vec![None; approvals.len()];
    let Some((newest, versions)) = history.versions(path) else { return Ok(found) };
    let keys: Vec<Key> = approvals.iter().map(key).collect();
    let mut all: Vec<usize> = (0..keys.len()).collect();
    if !history.is_as_committed(path) {
        let committed = read(newest)?.unwrap_or_default();
        all.retain(|number| committed.contains(&keys[*number]));
    }
    // Which approvals are followed through which texts.
    let mut followed = FxHashMap::from_iter([(newest, all)]);
    for version in versions {
        let Some(here) = followed.remove(version.is.as_str()).filter(|here| !here.is_empty()) else { continue };
        let (mut carried, mut is_told) = (FxHashSet::default(), !version.may_be_moved);
        for object in &version.was {
            // A file that only moved has the text that it had.
            let before = if *object == version.is {
                here.clone()
            } else {
                let before = read(object)?;
                is_told &= before.is_some();
                let before = before.unwrap_or_default();
                here.iter().copied().filter(|number| before.contains(&keys[*number])).collect()
            };
            carried.extend(before.iter().copied());
            let further: &mut Vec<usize> = followed.entry(object).or_default();
            further.extend(before);
            further.sort_unstable();
            further.dedup();
        }
        for number in here.into_iter().filter(|number| !carried.contains(number)) {
            found[number] = is_told.then(|| recording(history, version));
        }
        if followed.values().all(Vec::is_empty) {
            break;
        }
    }
    Ok(found)
}

fn recording(history: &History, version: &Version) -> Recording {
    let commit = history.commit(version);
    Recording { commit: commit.id.clone(), at: commit.at, author: commit.author.clone() }
}
