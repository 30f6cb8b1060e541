//! The readiness panel: each part of a plan as wanted and there, missing, wanted later, or not wanted.

use serde::Serialize;

use crate::book::{Direction, Readiness, RecordIndex};
use crate::pages::parts::context::Context;
use crate::pages::parts::fragments::Key;
use crate::record::{Part, Plan, PlanKind, PlanSection, Relation, Status};

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
    /// All other parts.
    groups: Vec<PartGroup>,
}

/// Parts of which the same can be said.
#[derive(Debug, Serialize)]
struct PartGroup {
    /// `in-place`, `later` or `unwanted`.
    word: &'static str,
    /// `In place`, …
    heading: &'static str,
    /// The parts.
    parts: Vec<PartView>,
}

/// A part.
#[derive(Debug, Clone, Serialize)]
struct PartView {
    /// `impact.security`, …
    word: &'static str,
    /// Its name.
    label: &'static str,
    /// Whether it is there.
    is_there: bool,
    /// Where on the page it stands.
    fragment: Option<&'static str>,
}

/// The panel as HTML; nothing for a record without a plan, a cancelled one, and in an edition, which shows a part of
/// the plan only.
pub(in crate::pages) fn readiness(context: &Context<'_>, index: RecordIndex, plan: &Plan) -> String {
    let mut html = String::new();
    let is_whole = context.edition.name().is_none();
    let Some(status) = plan.status.filter(|status| is_whole && *status != Status::Cancelled) else { return html };
    let Some(readiness) = context.edition.readiness(index, &context.settings.process) else { return html };
    // What a change needs that a release delivers stands in the release's plan.
    let is_delivered = readiness.kind == PlanKind::DeliveredChange;
    if is_delivered && readiness.missing.is_empty() {
        return html;
    }
    let view = ReadinessView {
        status: status.label().to_lowercase(),
        wanted: readiness.wanted.len(),
        in_place: readiness.wanted.len() - readiness.missing.len(),
        missing: readiness.missing.iter().map(|part| part.label()).collect(),
        groups: groups(context, index, &readiness),
    };
    let key = |key: &mut Key| {
        key.push(&view.status);
        view.missing.iter().for_each(|part| key.push(part));
        for group in &view.groups {
            key.push(group.word);
            for part in &group.parts {
                key.push(part.label);
                key.push(if part.is_there { "there" } else { "" });
                key.push(part.fragment.unwrap_or_default());
            }
        }
    };
    context.fragments.push(&mut html, context, "partials/readiness.html", key, || &view);
    html
}

/// Every part of the plan that is not missing, in one of the groups; those without a part are left out. Of a change that
/// a release delivers, only what is in place: the rest is the release's.
fn groups(context: &Context<'_>, index: RecordIndex, readiness: &Readiness) -> Vec<PartGroup> {
    let view = |part: &Part| {
        let is_there = readiness.present.contains(part);
        let fragment = if is_there { fragment(context, index, *part) } else { None };
        PartView { word: part.word(), label: part.label(), is_there, fragment }
    };
    let group = |word, heading, is_in: &dyn Fn(&Part) -> bool| PartGroup {
        word,
        heading,
        parts: Part::ALL.iter().filter(|part| is_in(part)).map(view).collect(),
    };
    let wanted = |part: &Part| readiness.wanted.contains(part);
    let later = |part: &Part| readiness.later.contains(part);
    let is_shown = |part: &Part| readiness.kind != PlanKind::DeliveredChange && is_of_kind(readiness.kind, *part);
    // What no process but a site's own wants is not worth a word where the site does not want it.
    let is_idle = |part: &Part| part.is_of_site();
    let groups = [
        group("in-place", "In place", &|part| wanted(part) && readiness.present.contains(part)),
        group("later", "Wanted later", &|part| later(part) && is_shown(part)),
        group("unwanted", "Not wanted", &|part| !wanted(part) && !later(part) && is_shown(part) && !is_idle(part)),
    ];
    groups.into_iter().filter(|group| !group.parts.is_empty()).collect()
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
        (part, _) if is_artefact(context, index, part) => Some("artefacts"),
        (Part::KnownErrors, _) => None,
        (Part::Changes, _) => {
            let delivered = context.edition.connections.others(index, Relation::Delivers, Direction::Forward);
            (!delivered.is_empty()).then_some(part.fragment())
        }
        (_, Some(_)) => None,
        (_, None) => Some(part.fragment()),
    }
}

fn is_artefact(context: &Context<'_>, index: RecordIndex, part: Part) -> bool {
    let artefacts = context.edition.get(index).artefacts();
    part.artefact().is_some_and(|kind| artefacts.iter().any(|of| of.kind == Some(kind)))
}
