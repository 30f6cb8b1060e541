//! RB322: a component that takes the place of another version than what was last brought there.

use super::subject::Subject;
use crate::book::{Brought, RecordIndex};
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
    let components = release.components.iter().enumerate();
    let findings = components.filter_map(|(number, component)| {
        twice(subject, &release.components, number).or_else(|| before(subject, number, component))
    });
    findings.collect()
}

/// An item that the release brings in two versions.
fn twice(subject: &Subject<'_>, components: &[Component], number: usize) -> Option<Finding> {
    let component = &components[number];
    let item = item(subject, component)?;
    let is_other = |other: &&Component| self::item(subject, other) == Some(item) && other.version != component.version;
    let other = components[..number].iter().find(is_other)?;
    let version = |of: &Component| of.version.clone().unwrap_or_else(|| "no version".to_owned());
    let message = format!("`{}` comes in {} and in {}", component.item.id, version(other), version(component));
    let finding = subject.finding(&COMPONENT_MISMATCH, &format!("components.{number}"), message);
    Some(finding.label("one item, two versions").help("leave the one that is released"))
}

/// A version that was not what ran there.
fn before(subject: &Subject<'_>, number: usize, component: &Component) -> Option<Finding> {
    let before = component.before.as_deref()?.trim();
    let brought = subject.context.book.running.of_item(item(subject, component)?);
    let own = brought.iter().position(|of| of.release == subject.index)?;
    // What is still to come may be there by then, or not.
    let earlier = &brought[..own];
    let last = earlier.iter().rfind(|of| of.is_live)?;
    let between = earlier.iter().filter(|of| !of.is_live && of.at > last.at && !brought[own].is_live);
    if between.chain([last]).any(|of| version(subject, *of).is_some_and(|version| version.trim() == before)) {
        return None;
    }
    let (runs, release) = (version(subject, *last)?, subject.context.book.get(last.release).header());
    let message = format!("`{}` ran in {runs}, not in {before}", component.item.id);
    let finding = subject.finding(&COMPONENT_MISMATCH, &format!("components.{number}.before"), message);
    let finding = finding.label(format!("{} brought {runs} last", release.id));
    let finding = match release.place() {
        Some(place) => finding.related(place, "brought it"),
        None => finding,
    };
    Some(
        finding
            .help("find out what runs there, and correct `before`, or the components of the release that brought it"),
    )
}

fn item(subject: &Subject<'_>, component: &Component) -> Option<RecordIndex> {
    subject.context.book.tables.find(Kind::ConfigurationItem, &component.item.id)
}

fn version<'a>(subject: &Subject<'a>, brought: Brought) -> Option<&'a str> {
    match subject.context.book.get(brought.release) {
        Record::Release(release) => release.components.get(brought.component as usize)?.version.as_deref(),
        _ => None,
    }
}
