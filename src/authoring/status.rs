//! How far a record is, and what its next status would want.

use anyhow::{Context, Result, bail, ensure};
use jiff::civil::Date;

use super::file;
use super::find::find;
use super::set::{Matter, Step, says_but_more};
use crate::book::RecordIndex;
use crate::pipeline::Opened;
use crate::read::{Edit, Said, Term, edited, understand};
use crate::record::{KnownErrorStatus, Part, ProblemStatus, Record, Status, Word};
use crate::source::Source;

/// A status that may be the next, with what it wants and is not there.
#[derive(Debug)]
pub struct Next {
    /// Its word.
    pub word: &'static str,
    /// What it wants of the plan that is not there yet.
    pub missing: Vec<Part>,
}

/// Where a record is.
#[derive(Debug)]
pub struct Whereabouts {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its file, below the folder of the records.
    pub path: String,
    /// Its status, if it has one.
    pub status: Option<&'static Word>,
    /// What its own status wants and is not there.
    pub missing: Vec<Part>,
    /// What may follow.
    pub next: Vec<Next>,
}

/// What was written.
#[derive(Debug)]
pub struct Advanced {
    /// The record's file, below the folder of the records.
    pub path: String,
    /// The status that it has now.
    pub word: &'static str,
    /// What that wants and is not there.
    pub missing: Vec<Part>,
}

/// Tells where a record is.
///
/// # Errors
///
/// There is no such record, or its kind has no status.
pub fn whereabouts(opened: &Opened, id: &str) -> Result<Whereabouts> {
    let index = find(&opened.book, id)?;
    let record = opened.book.get(index);
    ensure!(!words(record).is_empty(), "{} has no status", record.kind().with_article());
    let next =
        opened.settings.lifecycle.after(record).iter().map(|word| Next { word, missing: missing(opened, index, word) });
    let header = record.header();
    Ok(Whereabouts {
        id: header.id.clone(),
        title: header.title.clone(),
        path: path(opened, index).unwrap_or_default(),
        status: record.status(),
        missing: record.status().map(|status| missing(opened, index, status.word)).unwrap_or_default(),
        next: next.collect(),
    })
}

/// Gives a record a status, and where a day is given, that day to what the status is about.
///
/// # Errors
///
/// There is no such record, the lifecycle does not lead there, or the file cannot be changed without changing more.
pub fn advance(opened: &Opened, id: &str, wanted: &str, on: Option<Date>) -> Result<Result<Advanced, String>> {
    let index = find(&opened.book, id)?;
    let record = opened.book.get(index);
    let Some(word) = meant(record, wanted) else {
        let words = words(record).join(", ");
        return Ok(Err(format!("`{wanted}` is no status of {}; allowed: {words}", record.kind().with_article())));
    };
    let allowed = opened.settings.lifecycle.after(record);
    let own = record.status().map(|status| status.word);
    if own.is_some_and(|own| own != word) && !allowed.contains(&word) {
        let allowed = if allowed.is_empty() { "nothing".to_owned() } else { allowed.join(", ") };
        return Ok(Err(format!("`{}` cannot become `{word}`; it may become: {allowed}", own.unwrap_or_default())));
    }
    let mut ways: Vec<(Vec<Step<'_>>, String)> = vec![(vec![Step::Key("status")], word.to_owned())];
    if let Some(on) = on {
        ways.push((way_of_day(record, word)?, on.to_string()));
    }
    write(opened, index, &ways)?;
    Ok(Ok(Advanced { path: path(opened, index).unwrap_or_default(), word, missing: missing(opened, index, word) }))
}

/// The status of a record's kind that a word means.
fn meant(record: &Record, written: &str) -> Option<&'static str> {
    fn of<T: Term>(written: &str, word: fn(T) -> &'static str) -> Option<&'static str> {
        match understand::<T>(written) {
            Said::Term(status) | Said::Meant(_, status) => Some(word(status)),
            Said::Nothing => None,
        }
    }
    match record {
        Record::Release(_) | Record::Change(_) => of(written, Status::word),
        Record::KnownError(_) => of(written, KnownErrorStatus::word),
        Record::Problem(_) => of(written, ProblemStatus::word),
        _ => None,
    }
}

/// The words of the statuses that a record's kind has.
fn words(record: &Record) -> Vec<&'static str> {
    match record {
        Record::Release(_) | Record::Change(_) => Status::ALL.iter().map(|status| status.word()).collect(),
        Record::KnownError(_) => KnownErrorStatus::ALL.iter().map(|status| status.word()).collect(),
        Record::Problem(_) => ProblemStatus::ALL.iter().map(|status| status.word()).collect(),
        _ => Vec::new(),
    }
}

fn missing(opened: &Opened, index: RecordIndex, word: &str) -> Vec<Part> {
    let status = Status::ALL.iter().copied().find(|status| status.word() == word);
    let readiness = status.and_then(|status| opened.book.readiness_in(index, &opened.settings.process, status));
    readiness.map(|readiness| readiness.missing).unwrap_or_default()
}

fn path(opened: &Opened, index: RecordIndex) -> Option<String> {
    Some(opened.book.sources[opened.book.get(index).header().source?].path.clone())
}

/// Where the day of a status stands.
fn way_of_day(record: &Record, word: &str) -> Result<Vec<Step<'static>>> {
    let windows = || record.plan().map_or(&[][..], |plan| &plan.windows);
    let way = match (record, word) {
        (Record::Release(_) | Record::Change(_), "in-progress") => windows()
            .iter()
            .position(|window| window.actual_start.is_none() && window.outcome.is_none())
            .map(|number| vec![Step::Key("windows"), Step::Item(number), Step::Key("actual_start")]),
        (Record::Release(_) | Record::Change(_), "deployed" | "rolled-back") => windows()
            .iter()
            .position(|window| window.actual_end.is_none() && window.outcome.is_none())
            .map(|number| vec![Step::Key("windows"), Step::Item(number), Step::Key("actual_end")]),
        (Record::Release(_) | Record::Change(_), "closed") => Some(vec![Step::Key("review"), Step::Key("on")]),
        (Record::KnownError(_), "resolved") => Some(vec![Step::Key("resolved")]),
        _ => bail!("no key of {} takes the day of `{word}`: leave `--on` out", record.kind().with_article()),
    };
    way.context("there is no window left to take the day: add one under `windows` first")
}

/// Writes values into a record's file, and nothing else.
fn write(opened: &Opened, index: RecordIndex, ways: &[(Vec<Step<'_>>, String)]) -> Result<()> {
    let header = opened.book.get(index).header();
    let source = &opened.book.sources[header.source.context("the record has no file")?];
    let matter = Matter::of(source).with_context(|| format!("{}: the front matter cannot be read", source.path))?;
    let edits: Vec<Edit> = ways
        .iter()
        .map(|(way, value)| matter.set(way, value).with_context(|| format!("{}: cannot be written there", source.path)))
        .collect::<Result<_>>()?;
    let path = opened.content.join(&source.path);
    let on_disk = file::load(&path)?;
    let text = edited(&on_disk, &edits);
    let is_right = says_but_more(&matter.tree, &Source::new(source.path.as_str(), text.clone()), &edits);
    ensure!(is_right, "{}: cannot be written without changing more: edit it by hand", source.path);
    file::replace(&path, &text)
}
