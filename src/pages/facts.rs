//! The facts of a record: a word, and what it holds.

use serde::Serialize;

use super::Context;
use super::fragments::Key;
use super::review::ticket_link;
use super::row::{Link, link_to};
use super::time::{Day, When};
use crate::book::RecordIndex;
use crate::record::{Incident, Kind, Plan, Record};

/// The view of `partials/fact.html`.
#[derive(Debug, Serialize)]
struct FactView {
    f: Fact,
}

/// A line of the facts: a word, and what it holds.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// The word.
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
    pub fn text(label: &'static str, value: Option<impl Into<String>>) -> Option<Fact> {
        let value = value?.into();
        Fact::links(label, vec![Link { href: None, text: value }])
    }

    /// A fact that is a day.
    pub fn day(label: &'static str, date: Option<jiff::civil::Date>) -> Option<Fact> {
        Some(Fact { label, values: Vec::new(), detected: Vec::new(), day: Some(Day::new(date?)) })
    }

    /// A fact that is some links; nothing where there is none.
    pub fn links(label: &'static str, values: Vec<Link>) -> Option<Fact> {
        (!values.is_empty()).then_some(Fact { label, values, detected: Vec::new(), day: None })
    }
}

/// Facts as HTML. Their links are those of a [shared](Context::shared) context.
pub fn facts_html(context: &Context<'_>, facts: Vec<Option<Fact>>) -> String {
    let mut html = String::new();
    for f in facts.into_iter().flatten() {
        let key = |part: &mut Key| {
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
pub fn common_facts(context: &Context<'_>, index: RecordIndex) -> Vec<Option<Fact>> {
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
        Fact::links("Ticket", tickets),
        Fact::links("Links", links),
    ];
    facts.into_iter().chain(plain).collect()
}

/// The incidents that a plan fixed and caused. Their links are those of a [shared](Context::shared) context.
pub fn incident_facts(context: &Context<'_>, plan: &Plan) -> [Option<Fact>; 2] {
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
pub fn extra(record: &Record) -> Vec<Extra> {
    let extra = &record.header().extra;
    extra.iter().map(|(key, value)| Extra { key: key.clone(), value: value.clone() }).collect()
}
