//! RB322: a component that takes the place of another version than what was last brought there, or has none itself.

use rustc_hash::FxHashMap;

use super::subject::Subject;
use crate::book::RecordIndex;
use crate::diag::{Finding, Lint};
use crate::record::{Component, Kind, Record, Status};

/// A component that takes the place of another version than what was last brought there.
pub const COMPONENT_MISMATCH: Lint = Lint::process(
    "RB322",
    "component-mismatch",
    "a component that takes the place of another version than what was last brought there",
    include_str!("component_mismatch.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let Record::Release(release) = subject.record else { return Vec::new() };
    if release.plan.status == Some(Status::Cancelled) {
        return Vec::new();
    }
    let mut versions: FxHashMap<RecordIndex, &str> = FxHashMap::default();
    let components = release.components.iter().enumerate();
    let findings = components.filter_map(|(number, component)| {
        let unsaid = || unsaid(subject, number, component);
        twice(subject, &mut versions, number, component).or_else(|| before(subject, number, component)).or_else(unsaid)
    });
    findings.collect()
}

/// An item that the release brings in two versions; the first of each item is kept.
fn twice<'a>(
    subject: &Subject<'_>,
    versions: &mut FxHashMap<RecordIndex, &'a str>,
    number: usize,
    component: &'a Component,
) -> Option<Finding> {
    let item = subject.context.book.tables.find(Kind::ConfigurationItem, &component.item.id)?;
    let version = component.version.as_deref().map(str::trim).filter(|version| !version.is_empty())?;
    let first = *versions.entry(item).or_insert(version);
    if first == version {
        return None;
    }
    let message = format!("`{}` comes in {first} and in {version}", component.item.id);
    let finding = subject.finding(&COMPONENT_MISMATCH, &format!("components.{number}"), message);
    Some(finding.label("one item, two versions").help("leave the one that is released"))
}

/// A component of which nobody can tell what it is.
fn unsaid(subject: &Subject<'_>, number: usize, component: &Component) -> Option<Finding> {
    if component.version.is_some() || component.digest.is_some() {
        return None;
    }
    let message = format!("`{}` is brought in no version, and with no digest", component.item.id);
    let finding = subject.finding(&COMPONENT_MISMATCH, &format!("components.{number}"), message);
    Some(finding.label("which one?").help("add `version: …`, or the `digest` of what is released"))
}

/// A version that was not what ran there.
fn before(subject: &Subject<'_>, number: usize, component: &Component) -> Option<Finding> {
    let book = subject.context.book;
    let last = book.running.contradicting(subject.index, number as u32)?;
    let Record::Release(release) = book.get(last.release) else { return None };
    let runs = release.components.get(last.component as usize)?.version.as_deref()?.trim();
    let before = component.before.as_deref()?.trim();
    let message = format!("`{}` ran in {runs}, not in {before}", component.item.id);
    let finding = subject.finding(&COMPONENT_MISMATCH, &format!("components.{number}.before"), message);
    let finding = finding.label(format!("{} brought {runs} last", release.header.id));
    let finding = match release.header.place() {
        Some(place) => finding.related(place, "brought it"),
        None => finding,
    };
    Some(
        finding
            .help("find out what runs there, and correct `before`, or the components of the release that brought it"),
    )
}
