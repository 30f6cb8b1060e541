//! Components: which version of what a release brings, and what runs now.

use serde::Serialize;

use super::context::Context;
use super::row::{Link, PAGE_LENGTH};
use super::time::Day;
use crate::book::{Brought, RecordIndex};
use crate::record::{Component, Digest, Kind, Record};

/// A component of a release.
#[derive(Debug, Serialize)]
pub struct ComponentRow {
    /// The configuration item.
    pub item: Link,
    /// The version that it brings.
    pub version: Option<String>,
    /// The version that it takes the place of.
    pub before: Option<String>,
    /// What identifies its bytes.
    pub digest: Option<DigestView>,
}

/// What identifies the bytes of a component.
#[derive(Debug, Serialize)]
pub struct DigestView {
    /// Its beginning.
    pub short: String,
    /// The whole of it.
    pub whole: String,
}

/// A version that runs somewhere.
#[derive(Debug, Serialize)]
pub struct RunsRow {
    /// The configuration item.
    pub item: Link,
    /// The version.
    pub version: String,
    /// What identifies its bytes.
    pub digest: Option<DigestView>,
    /// The release that brought it.
    pub release: Link,
    /// The day on which it did.
    pub day: Day,
}

/// What runs on the items of a service.
#[derive(Debug, Serialize)]
pub struct RunsView {
    /// The first of them, in the order of items.
    pub rows: Vec<RunsRow>,
    /// How many there are.
    pub count: usize,
}

/// The components of a release.
pub(in crate::pages) fn component_rows(context: &Context<'_>, components: &[Component]) -> Vec<ComponentRow> {
    let row = |component: &Component| {
        let item = context.edition.tables.find(Kind::ConfigurationItem, &component.item.id);
        ComponentRow {
            item: Link { href: item.and_then(|item| context.href_of(item)), text: component.item.id.clone() },
            version: component.version.clone(),
            before: component.before.clone(),
            digest: component.digest.as_ref().map(digest),
        }
    };
    components.iter().map(row).collect()
}

/// What runs on an item, if the records say so.
pub(in crate::pages) fn runs_on(context: &Context<'_>, item: RecordIndex) -> Option<RunsRow> {
    row(context, item, context.edition.running.now(item)?)
}

/// What runs on the items of a service: those that say so, and those to which a release of it brings something. `records`
/// are those that belong to it.
pub(in crate::pages) fn runs_in(context: &Context<'_>, records: &[RecordIndex]) -> RunsView {
    let running = running_in(context, records);
    let rows = running.iter().take(PAGE_LENGTH).filter_map(|(item, brought)| row(context, *item, *brought));
    RunsView { rows: rows.collect(), count: running.len() }
}

/// The items of a service on which something is known to run, each with what was brought to it.
pub(crate) fn running_in(context: &Context<'_>, records: &[RecordIndex]) -> Vec<(RecordIndex, Brought)> {
    let edition = context.edition;
    let mut items: Vec<RecordIndex> = Vec::new();
    for index in records {
        match edition.get(*index) {
            Record::ConfigurationItem(_) => items.push(*index),
            Record::Release(release) => {
                let named = release.components.iter();
                items.extend(named.filter_map(|of| edition.tables.find(Kind::ConfigurationItem, &of.item.id)));
            }
            _ => {}
        }
    }
    items.sort();
    items.dedup();
    items.into_iter().filter_map(|item| Some((item, edition.running.now(item)?))).collect()
}

fn row(context: &Context<'_>, item: RecordIndex, brought: Brought) -> Option<RunsRow> {
    let edition = context.edition;
    let Record::Release(release) = edition.get(brought.release) else { return None };
    let component = release.components.get(brought.component as usize)?;
    let link = |index: RecordIndex| Link { href: context.href_of(index), text: edition.get(index).header().id.clone() };
    Some(RunsRow {
        item: link(item),
        version: component.version.clone()?,
        digest: component.digest.as_ref().map(digest),
        release: link(brought.release),
        day: Day::new(brought.at.to_zoned(context.settings.time_zone.clone()).date()),
    })
}

fn digest(digest: &Digest) -> DigestView {
    DigestView { short: digest.short().to_owned(), whole: digest.text().to_owned() }
}
