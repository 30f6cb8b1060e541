//! The readiness panel: each part of a plan as present, missing, or not needed in its status.

use serde::Serialize;

use super::Context;
use super::fragments::Key;
use crate::book::{Direction, Readiness, RecordIndex, Relation};
use crate::record::{Part, Plan, PlanKind, PlanSection, Status};

/// The view of `partials/readiness.html`.
#[derive(Debug, Serialize)]
struct ReadinessView {
    /// `scheduled`, …
    status: String,
    /// How many parts the status wants.
    wanted: usize,
    /// How many of them are there.
    in_place: usize,
    /// Those that are not.
    missing: Vec<&'static str>,
    /// Every part that is there, wanted or not.
    present: Vec<PartView>,
    /// Parts that are neither wanted nor there.
    unneeded: Vec<&'static str>,
}

/// A part that is there.
#[derive(Debug, Serialize)]
struct PartView {
    /// Its name.
    label: &'static str,
    /// Where on the page it stands.
    fragment: Option<&'static str>,
}

/// The panel as HTML; nothing for a record without a plan, a cancelled one, and in an edition, which shows a part of
/// the plan only.
pub(super) fn readiness(context: &Context<'_>, index: RecordIndex, plan: &Plan) -> String {
    let mut html = String::new();
    let is_whole = context.edition.name().is_none();
    let Some(status) = plan.status.filter(|status| is_whole && *status != Status::Cancelled) else { return html };
    let Some(readiness) = context.edition.readiness(index, &context.settings.process) else { return html };
    // What a change needs that a release delivers stands in the release's plan.
    let is_delivered = readiness.kind == PlanKind::DeliveredChange;
    if is_delivered && readiness.missing.is_empty() {
        return html;
    }
    let present: Vec<(Part, Option<&'static str>)> =
        present(&readiness).map(|part| (part, fragment(context, index, part))).collect();
    let key = |key: &mut Key| {
        key.push(status.word());
        key.push(readiness.kind.word());
        readiness.wanted.iter().for_each(|part| key.push(part.word()));
        key.push("");
        for (part, fragment) in &present {
            key.push(part.word());
            key.push(fragment.unwrap_or_default());
        }
    };
    let view = || ReadinessView {
        status: status.label().to_lowercase(),
        wanted: readiness.wanted.len(),
        in_place: readiness.wanted.len() - readiness.missing.len(),
        missing: readiness.missing.iter().map(|part| part.label()).collect(),
        present: present.iter().map(|(part, fragment)| PartView { label: part.label(), fragment: *fragment }).collect(),
        unneeded: if is_delivered { Vec::new() } else { unneeded(&readiness) },
    };
    context.fragments.push(&mut html, context, "partials/readiness.html", key, view);
    html
}

fn present(readiness: &Readiness) -> impl Iterator<Item = Part> {
    readiness.present.iter().copied().filter(|part| is_of_kind(readiness.kind, *part))
}

fn unneeded(readiness: &Readiness) -> Vec<&'static str> {
    let is_other = |part: &&Part| !readiness.wanted.contains(part) && !readiness.present.contains(part);
    Part::ALL
        .iter()
        .filter(is_other)
        .filter(|part| is_of_kind(readiness.kind, **part))
        .map(|part| part.label())
        .collect()
}

/// A change delivers no other, and its release has the notes.
fn is_of_kind(kind: PlanKind, part: Part) -> bool {
    kind == PlanKind::Release || !matches!(part, Part::Changes | Part::ReleaseNotes)
}

/// Where on the record's page a part that is there stands; nothing where that is a word in the head.
fn fragment(context: &Context<'_>, index: RecordIndex, part: Part) -> Option<&'static str> {
    let sections = &context.edition.bodies[index.0 as usize].sections;
    let is_written = |section: &PlanSection| sections.contains(section);
    let as_section = PlanSection::ALL.iter().find(|section| section.word() == part.fragment());
    match (part, as_section) {
        (_, Some(section)) if is_written(section) => Some(part.fragment()),
        (Part::BusinessCase, _) => Some("reason"),
        (Part::ReleaseNotes, _) => Some("artefacts"),
        (Part::Changes, _) => {
            let delivered = context.edition.connections.others(index, Relation::Delivers, Direction::Forward);
            (!delivered.is_empty()).then_some(part.fragment())
        }
        (_, Some(_)) => None,
        (_, None) => Some(part.fragment()),
    }
}
