//! The facts of a record: a word, and what it holds.

use serde::Serialize;

use super::context::Context;
use super::fragments;
use super::row::ticket_link;
use super::row::{Link, link_to};
use super::time::{Day, When};
use crate::book::RecordIndex;
use crate::record::{Allow, Incident, Key, Kind, Piece, Plan, Record};
use crate::route::Route;

/// The view of `partials/fact.html`.
#[derive(Debug, Serialize)]
struct FactView {
    f: Fact,
}

/// A line of the facts: a word, and what it holds.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Fact {
    /// Its name for templates: the label in small letters, its words joined by hyphens.
    pub word: String,
    /// Its name for people.
    pub label: &'static str,
    /// Texts, each perhaps a link.
    pub values: Vec<Link>,
    /// When what each text names was detected; nothing at all where that is not asked.
    pub detected: Vec<Option<When>>,
    /// A day in place of a text.
    pub day: Option<Day>,
}

impl Fact {
    /// A fact that is one text.
    pub(crate) fn text(label: &'static str, value: Option<impl Into<String>>) -> Option<Fact> {
        let value = value?.into();
        Fact::links(label, vec![Link { href: None, text: value }])
    }

    /// A fact that is a day.
    pub(crate) fn day(label: &'static str, date: Option<jiff::civil::Date>) -> Option<Fact> {
        Some(Fact { day: Some(Day::new(date?)), ..Fact::named(label) })
    }

    /// A fact that is some links; nothing where there is none.
    pub(crate) fn links(label: &'static str, values: Vec<Link>) -> Option<Fact> {
        (!values.is_empty()).then(|| Fact { values, ..Fact::named(label) })
    }

    fn named(label: &'static str) -> Fact {
        let word = label.to_lowercase().replace(' ', "-");
        Fact { word, label, values: Vec::new(), detected: Vec::new(), day: None }
    }
}

/// Facts as HTML. Their links are those of a [shared](Context::shared) context.
pub(crate) fn facts_html(context: &Context<'_>, facts: Vec<Option<Fact>>) -> String {
    let mut html = String::new();
    for f in facts.into_iter().flatten() {
        let key = |part: &mut fragments::Key| {
            part.push(f.label);
            part.push(f.day.as_ref().map_or("", |day| &day.iso));
            for value in &f.values {
                part.push(value.href.as_deref().unwrap_or_default());
                part.push(&value.text);
            }
            for at in f.detected.iter().flatten() {
                part.push(&at.from.iso);
                part.push(&at.zone);
            }
        };
        context.fragments.push(&mut html, context, "partials/fact.html", key, || FactView { f: f.clone() });
    }
    html
}

/// The facts that every record has. Their links are those of a [shared](Context::shared) context.
pub(crate) fn common_facts(context: &Context<'_>, index: RecordIndex) -> Vec<Option<Fact>> {
    let context = &context.shared();
    let header = context.edition.get(index).header();
    let service = header.service.as_ref().map(|name| vec![link_to(context, Kind::Service, name)]);
    let links = header.links.iter().map(|link| Link::new(link.url.clone(), link.title.clone())).collect();
    let tickets: Vec<Link> = context
        .settings
        .tickets
        .iter()
        .filter(|_| context.edition.name().is_none())
        .filter_map(|tickets| tickets.url(&header.id))
        .map(|url| Link::new(url, header.id.clone()))
        .collect();
    let waivers = match context.edition.name() {
        None => header.allow.iter().map(|allow| waiver_link(context, allow)).collect(),
        Some(_) => Vec::new(),
    };
    let plain = context.edition.plain.get(&index).into_iter().flatten();
    let plain = plain.map(|(label, id)| Fact::text(label, Some(id.clone())));
    let facts = [
        Fact::links("Service", service.unwrap_or_default()),
        Fact::text("Owner", header.owner.clone()),
        Fact::text(
            "Audience",
            (header.source.is_some() && context.edition.name().is_none()).then(|| header.audience.label()),
        ),
        Fact::text("Tags", (!header.tags.is_empty()).then(|| header.tags.join(", "))),
        Fact::links("Waivers", waivers),
        Fact::links("Ticket", tickets),
        Fact::links("Links", links),
    ];
    facts.into_iter().chain(further_facts(context, index)).chain(plain).collect()
}

/// What a record silences, in a line that leads to all waivers.
fn waiver_link(context: &Context<'_>, allow: &Allow) -> Link {
    let Allow { lint, waiver, .. } = allow;
    let by = waiver.by.as_ref().map_or_else(|| "by nobody who is named".to_owned(), |by| format!("by {by}"));
    let until = match waiver.until.map(|until| (Day::new(until).text, waiver.is_over(context.today))) {
        None => "without an end".to_owned(),
        Some((until, true)) => format!("ran out on {until}"),
        Some((until, false)) => format!("until {until}"),
    };
    Link { href: Some(context.href(&Route::waivers())), text: format!("{lint} {by}, {until}: {}", waiver.reason) }
}

/// Keys that a page shows in a place of its own: in its head, in facts of its kind, in a section or in a list.
const PLACED: &[&str] = &[
    "affects",
    "aliases",
    "allow",
    "applies_to",
    "approvals",
    "approved_by",
    "approved_on",
    "artefacts",
    "audience",
    "business_case",
    "cause",
    "change_type",
    "changes",
    "class",
    "components",
    "configuration_items",
    "criticality",
    "depends_on",
    "detected",
    "draft",
    "effects",
    "error_codes",
    "escalation",
    "exceptions",
    "extra",
    "fixed_in",
    "hard",
    "id",
    "impact",
    "incidents_caused",
    "incidents_fixed",
    "initiator",
    "introduced_in",
    "kind",
    "known_errors",
    "links",
    "notifications",
    "owner",
    "part_of",
    "planned_date",
    "planned_fix",
    "priority",
    "problems",
    "raci",
    "reason",
    "release_manager",
    "release_type",
    "releases",
    "resolved",
    "review",
    "risk",
    "rollback",
    "service",
    "severity",
    "stages",
    "standard_change",
    "status",
    "summary",
    "supersedes",
    "support_group",
    "symptoms",
    "tags",
    "tests",
    "title",
    "url",
    "valid_until",
    "version",
    "windows",
    "workaround",
    "workaround_status",
];

/// What stands under all other keys, each as a fact.
fn further_facts(context: &Context<'_>, index: RecordIndex) -> Vec<Option<Fact>> {
    let mut facts = Vec::new();
    context.edition.get(index).each_key(&mut |key, held| {
        if PLACED.contains(&key.name) {
            return;
        }
        let mut values = Vec::new();
        held.each(key, &mut |key, piece| values.push(value(context, index, key, piece)));
        facts.push(Fact::links(key.label, values));
    });
    facts
}

/// One thing that stands under a key.
fn value(context: &Context<'_>, index: RecordIndex, key: &Key, piece: Piece<'_>) -> Link {
    let text = |text: String| Link { href: None, text };
    match piece {
        Piece::Text(written) => Link::of_text(written),
        Piece::Url(url) => Link::new(url.to_owned(), url),
        Piece::Path(path) => text(path.to_owned()),
        Piece::Word(word) => text(word.label.to_owned()),
        Piece::Id(reference) => {
            let kinds = key.refers.map_or(&[][..], |refers| refers.kinds).iter();
            let links = kinds.map(|kind| link_to(context, *kind, &reference.id));
            links
                .reduce(|one, other| if one.href.is_some() { one } else { other })
                .unwrap_or(text(reference.id.clone()))
        }
        Piece::File(file) => match context.edition.artefact(index, &file.id) {
            Some((route, _)) => Link::new(context.href(&route), file.id.clone()),
            None => text(file.id.clone()),
        },
        Piece::Day(day) => text(Day::new(day).text),
        Piece::Moment(moment) => text(Day::new(moment.date).text),
        Piece::Set => text("Yes".to_owned()),
    }
}

/// The incidents that a plan fixed and caused. Their links are those of a [shared](Context::shared) context.
pub(crate) fn incident_facts(context: &Context<'_>, plan: &Plan) -> [Option<Fact>; 2] {
    let context = &context.shared();
    let zone = plan.time_zone(&context.settings.time_zone);
    let fact = |label, incidents: &[Incident]| {
        let links = incidents.iter().map(|incident| ticket_link(context, &incident.id)).collect();
        let at = |incident: &Incident| Some(When::of_moment(incident.detected_at.as_ref()?, zone));
        Some(Fact { detected: incidents.iter().map(at).collect(), ..Fact::links(label, links)? })
    };
    [fact("Incidents fixed", &plan.incidents_fixed), fact("Incidents caused", &plan.incidents_caused)]
}

/// The organisation's own fields.
#[derive(Debug, Serialize)]
pub struct Extra {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: String,
}

/// The organisation's own fields of a record.
pub(crate) fn extra(record: &Record) -> Vec<Extra> {
    let extra = &record.header().extra;
    extra.iter().map(|(key, value)| Extra { key: key.clone(), value: value.clone() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_with_a_place_of_its_own_is_one() {
        for name in PLACED {
            assert!(Kind::ALL.iter().any(|kind| kind.key(name).is_some()), "no record has the key {name}");
        }
    }
}
