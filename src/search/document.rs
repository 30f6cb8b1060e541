//! What of a record is searched, and what a result shows of it.

use super::partial::Partial;
use crate::book::RecordIndex;
use crate::edition::{Edition, Remedy};
use crate::read::markdown::SearchableText;
use crate::record::{Kind, KnownErrorStatus, Plan, PlanSection, Record, Reference};

/// How much a word counts by where it stands (BM25F: Robertson and Zaragoza 2009). A known error is looked for by
/// what it shows on the screen; ids and names say more than prose.
pub(super) mod weight {
    pub const ID: u8 = 10;
    pub const ERROR_CODES: u8 = 8;
    pub const TITLE: u8 = 6;
    pub const SYMPTOMS: u8 = 4;
    pub const SUMMARY: u8 = 3;
    pub const NAMES: u8 = 3;
    pub const WORKAROUND: u8 = 2;
    pub const PEOPLE: u8 = 2;
}

/// Longest passage that a result can show, in bytes.
const LONGEST_PASSAGE: usize = 400;
/// Longest workaround that a result can show, in bytes.
const LONGEST_WORKAROUND: usize = 320;

/// What a result shows beside what is in the columns.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Card {
    /// The record's id.
    pub id: String,
    /// Its title; empty where it is the id.
    pub title: String,
    /// Its page below the site's root.
    pub href: String,
    /// Where its text begins, without headings and without the workaround.
    pub text: String,
    /// What a known error's record says of a workaround, in words; empty where nothing may be said of it.
    pub workaround_state: String,
    /// The workaround.
    pub workaround: String,
}

/// Adds all texts of a record to an index, and gives its card. Weight 0 is the running text.
pub(super) fn document(edition: &Edition, index: RecordIndex, body: &SearchableText, texts: &mut Partial) -> Card {
    let record = edition.get(index);
    let header = record.header();
    texts.mark("id", &header.id);
    texts.add(weight::ID, &header.id);
    if header.title != header.id {
        texts.add(weight::TITLE, &header.title);
    }
    all(texts, weight::SUMMARY, &header.summary);
    all(texts, weight::PEOPLE, &header.owner);
    all(texts, weight::NAMES, &header.service);
    for item in &header.configuration_items {
        texts.mark("item", &item.id);
        texts.add(weight::NAMES, &item.id);
        let named = edition.tables.find(Kind::ConfigurationItem, &item.id).map(|item| edition.get(item).header());
        if let Some(named) = named.filter(|named| named.title != named.id) {
            texts.add(weight::NAMES, &named.title);
        }
    }
    for problem in &header.problems {
        texts.mark("problem", &problem.id);
        texts.add(weight::NAMES, &problem.id);
    }
    for tag in &header.tags {
        texts.mark("tag", tag);
        texts.add(weight::NAMES, tag);
    }
    all(texts, 0, header.links.iter().map(|link| &link.title));
    all(texts, 0, header.extra.iter().flat_map(|(key, value)| [key, value]));
    of_kind(record, texts);
    if let Some(plan) = record.plan() {
        of_plan(plan, texts);
    }
    for heading in &body.headings {
        texts.add(weight::WORKAROUND, &body.text[heading.clone()]);
    }
    texts.add(0, &body.text);
    card(edition, index, body)
}

fn all<'a>(texts: &mut Partial, weight: u8, values: impl IntoIterator<Item = &'a String>) {
    values.into_iter().for_each(|value| texts.add(weight, value));
}

fn ids<'a>(texts: &mut Partial, values: impl IntoIterator<Item = &'a Reference>) {
    values.into_iter().for_each(|value| texts.add(0, &value.id));
}

fn of_kind(record: &Record, texts: &mut Partial) {
    match record {
        Record::Release(of) => {
            all(texts, weight::NAMES, &of.version);
            ids(texts, of.changes.iter().chain(&of.known_errors));
        }
        Record::Change(of) => {
            all(texts, weight::NAMES, &of.version);
            ids(texts, of.releases.iter().chain(&of.known_errors));
        }
        Record::KnownError(of) => {
            all(texts, weight::ERROR_CODES, &of.error_codes);
            all(texts, weight::SYMPTOMS, &of.symptoms);
            all(texts, weight::WORKAROUND, &of.workaround);
            all(texts, 0, &of.cause);
            ids(texts, of.introduced_in.iter().chain(&of.fixed_in).chain(&of.affects).chain(&of.planned_fix));
        }
        Record::Problem(of) => all(texts, 0, &of.cause),
        Record::ConfigurationItem(of) => {
            all(texts, weight::PEOPLE, &of.support_group);
            ids(texts, of.depends_on.iter().chain(&of.part_of));
        }
        Record::Window(of) => {
            all(texts, 0, &of.reason);
            all(texts, weight::NAMES, &of.services);
            ids(texts, &of.configuration_items);
        }
        Record::Service(_) | Record::Page(_) => {}
    }
}

fn of_plan(plan: &Plan, texts: &mut Partial) {
    all(texts, weight::PEOPLE, plan.initiator.iter().chain(&plan.release_manager));
    all(texts, weight::PEOPLE, plan.approvals.iter().flat_map(|approval| &approval.by));
    for row in &plan.raci {
        all(texts, weight::PEOPLE, row.responsible.iter().chain(&row.accountable));
        all(texts, weight::PEOPLE, row.consulted.iter().chain(&row.informed));
    }
    all(texts, weight::PEOPLE, plan.escalation.iter().flat_map(|level| &level.contact));
    all(texts, 0, &plan.business_case);
    all(texts, 0, plan.incidents_fixed.iter().chain(&plan.incidents_caused).map(|incident| &incident.id));
    let effects = &plan.effects;
    for effect in [&effects.business_areas, &effects.interfacing_systems, &effects.subcontractors]
        .into_iter()
        .chain([&effects.external_parties])
        .flatten()
    {
        texts.add(0, &effect.name);
        all(texts, 0, &effect.effect);
    }
    if let Some(rollback) = &plan.rollback {
        all(texts, 0, rollback.trigger.iter().chain(&rollback.root_cause).chain(&rollback.resolution));
    }
    if let Some(review) = &plan.review {
        all(texts, weight::PEOPLE, &review.by);
        all(texts, 0, review.planned_vs_actual.iter().chain(&review.went_well).chain(&review.went_wrong));
        for lesson in &review.lessons {
            texts.add(0, &lesson.lesson);
            all(texts, 0, lesson.actions.iter().map(|action| &action.action));
        }
    }
}

fn card(edition: &Edition, index: RecordIndex, body: &SearchableText) -> Card {
    let record = edition.get(index);
    let header = record.header();
    let mut card = Card {
        id: header.id.clone(),
        title: if header.title == header.id { String::new() } else { header.title.clone() },
        href: edition.page_of(index).map(|route| route.href()).unwrap_or_default(),
        ..Card::default()
    };
    let mut pieces: Vec<&str> = header.summary.iter().map(String::as_str).collect();
    let mut sections: Vec<(&str, &str)> = sections(body).collect();
    if let Record::KnownError(known) = record {
        let at = sections.iter().position(|(heading, _)| opens_workaround(heading));
        let section = at.map(|at| sections.remove(at).1);
        let text = known.workaround.as_deref().or(section).unwrap_or_default();
        card.workaround = shortened(&[text], LONGEST_WORKAROUND);
        card.workaround_state = edition.remedy(index).map_or("", Remedy::label).to_owned();
        pieces.extend(known.error_codes.iter().map(String::as_str));
        pieces.extend(known.symptoms.as_deref());
    }
    pieces.extend(sections.into_iter().map(|(_, text)| text));
    card.text = shortened(&pieces, LONGEST_PASSAGE);
    card
}

/// The sections of a body: heading and text. Before the first heading there is none.
fn sections(body: &SearchableText) -> impl Iterator<Item = (&str, &str)> {
    let starts = std::iter::once(0..0).chain(body.headings.iter().cloned());
    let ends = body.headings.iter().map(|heading| heading.start).chain([body.text.len()]);
    starts.zip(ends).map(|(heading, end)| (&body.text[heading.clone()], body.text[heading.end..end].trim()))
}

fn opens_workaround(heading: &str) -> bool {
    matches!(PlanSection::of_heading(heading), Some(PlanSection::Workaround | PlanSection::Workarounds))
}

/// The beginning of some texts, blanks made one, cut between words.
fn shortened(pieces: &[&str], limit: usize) -> String {
    let mut short = String::new();
    for word in pieces.iter().flat_map(|piece| piece.split_whitespace()) {
        if short.len() + 1 + word.len() > limit {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    short
}

/// The word and the label of a record's status; both empty where it has none.
pub(super) fn status(record: &Record) -> (&'static str, &'static str) {
    let status = match record {
        Record::Release(_) | Record::Change(_) => {
            record.plan().and_then(|plan| plan.status).map(|status| (status.word(), status.label()))
        }
        Record::KnownError(of) => of.status.map(|status| (status.word(), status.label())),
        Record::Problem(of) => of.status.map(|status| (status.word(), status.label())),
        _ => None,
    };
    status.unwrap_or_default()
}

/// Whether a known error with this status is over.
pub(super) fn is_over(word: &str) -> bool {
    KnownErrorStatus::ALL.iter().any(|status| status.word() == word && !status.is_open())
}
