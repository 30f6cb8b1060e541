//! The editions of a site: what is in each, and why.

use anyhow::Result;

use super::find::find;
use crate::config::EditionSettings;
use crate::edition::{Explained, LeftOut};
use crate::pipeline::Opened;
use crate::record::{Kind, Record};

/// An edition of a site.
#[derive(Debug, PartialEq, Eq)]
pub struct EditionListed<'a> {
    /// Its name.
    pub name: &'a str,
    /// The name of its site.
    pub title: &'a str,
    /// Where it is published, where that is known.
    pub base_url: Option<&'a str>,
    /// How many records of each kind are in it, but for kinds of which there is none.
    pub counts: Vec<(Kind, usize)>,
}

/// A record, and what each edition shows of it.
#[derive(Debug)]
pub struct RecordExplained<'a> {
    /// The record.
    pub record: &'a Record,
    /// By the edition's name: why it leaves the record out, or what it shows.
    pub of: Vec<(&'a str, Result<Explained, Vec<LeftOut>>)>,
}

fn editions(opened: &Opened) -> Vec<(&str, &EditionSettings)> {
    let mut all: Vec<_> = opened.settings.editions.iter().map(|(name, edition)| (name.as_str(), edition)).collect();
    all.sort_unstable_by_key(|(name, _)| *name);
    all
}

/// Lists a site's editions by name. Drafts are in none.
pub fn list_editions(opened: &Opened) -> Vec<EditionListed<'_>> {
    let records = || opened.book.tables.iter().map(|(_, record)| record).filter(|of| of.header().source.is_some());
    let count = |edition: &EditionSettings, kind: Kind| {
        records().filter(|record| record.kind() == kind && LeftOut::of(record, edition).is_empty()).count()
    };
    let listed = editions(opened).into_iter().map(|(name, edition)| {
        let counts = Kind::ALL.iter().map(|kind| (*kind, count(edition, *kind))).filter(|(_, count)| *count > 0);
        EditionListed {
            name,
            title: edition.title.as_deref().unwrap_or(&opened.settings.title),
            base_url: edition.base_url.as_deref().or(opened.settings.base_url.as_deref()),
            counts: counts.collect(),
        }
    });
    listed.collect()
}

/// Says for each edition whether a record is in it, and what it shows of it.
///
/// # Errors
///
/// There is no such record, or several have the id.
pub fn explain_editions<'a>(opened: &'a Opened, id: &str) -> Result<RecordExplained<'a>> {
    let index = find(&opened.book, id)?;
    let record = opened.book.get(index);
    let of = editions(opened).into_iter().map(|(name, edition)| {
        let reasons = LeftOut::of(record, edition);
        let of_record = match reasons.is_empty() {
            true => Ok(Explained::new(record, opened.book.body(index), edition)),
            false => Err(reasons),
        };
        (name, of_record)
    });
    Ok(RecordExplained { record, of: of.collect() })
}
