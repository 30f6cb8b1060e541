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

/// What runs on the items to which a release of a service brought something last.
pub(in crate::pages) fn runs_in(context: &Context<'_>, releases: &[RecordIndex]) -> RunsView {
    let edition = context.edition;
    let mut items: Vec<(RecordIndex, Brought)> = Vec::new();
    for release in releases {
        let Record::Release(of) = edition.get(*release) else { continue };
        for component in &of.components {
            let item = edition.tables.find(Kind::ConfigurationItem, &component.item.id);
            let now = item.and_then(|item| Some((item, edition.running.now(item)?)));
            items.extend(now.filter(|(_, brought)| brought.release == *release));
        }
    }
    items.sort_by_key(|(item, _)| *item);
    items.dedup();
    let rows = items.iter().take(PAGE_LENGTH).filter_map(|(item, brought)| row(context, *item, *brought));
    RunsView { rows: rows.collect(), count: items.len() }
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
