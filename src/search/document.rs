//! What of a record is searched: all its texts, and none but those that the edition has.

use super::like;
use super::partial::Partial;
use crate::book::RecordIndex;
use crate::edition::Edition;
use crate::read::markdown::SearchableText;
use crate::record::{
    Effects, EscalationLevel, Header, Impact, Kind, KnownErrorStatus, Lesson, Plan, Record, Reference, Review,
    Rollback, Stakeholder,
};

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

/// Adds all texts of a record to an index. Weight 0 is the running text.
pub(super) fn document(edition: &Edition, index: RecordIndex, body: &SearchableText, texts: &mut Partial) {
    let record = edition.get(index);
    of_header(edition, record.header(), texts);
    of_kind(edition, record, texts);
    if let Some(plan) = record.plan() {
        of_plan(edition, plan, texts);
    }
    for heading in &body.headings {
        texts.add(weight::WORKAROUND, &body.text[heading.clone()]);
    }
    texts.add(0, &body.text);
}

fn of_header(edition: &Edition, header: &Header, texts: &mut Partial) {
    for key in like::keys(&header.id) {
        texts.mark("like", &key);
    }
    texts.add(weight::ID, &header.id);
    if header.title != header.id {
        texts.add(weight::TITLE, &header.title);
    }
    all(texts, weight::SUMMARY, &header.summary);
    all(texts, weight::PEOPLE, &header.owner);
    all(texts, weight::NAMES, &header.service);
    for item in &header.configuration_items {
        texts.mark("item", &item.id);
    }
    items(edition, texts, &header.configuration_items);
    for problem in &header.problems {
        texts.mark("problem", &problem.id);
        texts.add(weight::NAMES, &problem.id);
    }
    for tag in &header.tags {
        texts.mark("tag", tag);
        texts.add(weight::NAMES, tag);
    }
    all(texts, 0, header.links.iter().flat_map(|link| [&link.title, &link.url]));
    all(texts, 0, header.aliases.iter().map(|(path, _)| path));
    all(texts, 0, header.extra.iter().flat_map(|(key, value)| [key, value]));
    all(texts, 0, header.allow.iter().flat_map(|allow| [&allow.lint, &allow.reason]));
}

fn all<'a>(texts: &mut Partial, weight: u8, values: impl IntoIterator<Item = &'a String>) {
    values.into_iter().for_each(|value| texts.add(weight, value));
}

fn ids<'a>(texts: &mut Partial, values: impl IntoIterator<Item = &'a Reference>) {
    values.into_iter().for_each(|value| texts.add(0, &value.id));
}

/// Configuration items by id and by name.
fn items(edition: &Edition, texts: &mut Partial, items: &[Reference]) {
    for item in items {
        texts.add(weight::NAMES, &item.id);
        let named = edition.tables.find(Kind::ConfigurationItem, &item.id).map(|item| edition.get(item).header());
        if let Some(named) = named.filter(|named| named.title != named.id) {
            texts.add(weight::NAMES, &named.title);
        }
    }
}

fn of_kind(edition: &Edition, record: &Record, texts: &mut Partial) {
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
        Record::Problem(of) => all(texts, 0, of.cause.iter().chain(&of.url)),
        Record::ConfigurationItem(of) => {
            all(texts, weight::PEOPLE, &of.support_group);
            ids(texts, of.depends_on.iter().chain(&of.part_of));
            of_escalation(&of.escalation, texts);
        }
        Record::Window(of) => {
            all(texts, 0, &of.reason);
            all(texts, weight::NAMES, &of.services);
            items(edition, texts, &of.configuration_items);
            ids(texts, of.exceptions.iter().map(|exception| &exception.record));
            all(texts, weight::PEOPLE, of.exceptions.iter().flat_map(|exception| &exception.approved_by));
        }
        Record::Service(_) | Record::Page(_) => {}
    }
}

fn of_plan(edition: &Edition, plan: &Plan, texts: &mut Partial) {
    all(texts, weight::PEOPLE, plan.initiator.iter().chain(&plan.release_manager));
    all(texts, 0, &plan.business_case);
    all(texts, 0, plan.incidents_fixed.iter().chain(&plan.incidents_caused).map(|incident| &incident.id));
    ids(texts, &plan.supersedes);
    of_effects(&plan.effects, texts);
    of_impact(&plan.impact, texts);
    plan.raci.iter().for_each(|row| of_stakeholders(row, texts));
    of_escalation(&plan.escalation, texts);
    for approval in &plan.approvals {
        all(texts, weight::PEOPLE, approval.role.iter().chain(&approval.by));
        all(texts, 0, &approval.comment);
    }
    all(texts, weight::PEOPLE, plan.windows.iter().flat_map(|window| &window.approved_by));
    for notification in &plan.notifications {
        all(texts, 0, notification.audience.iter().chain(&notification.channel));
    }
    for test in &plan.tests {
        all(texts, 0, test.kind.iter().chain(&test.evidence));
    }
    for artefact in &plan.artefacts {
        all(texts, 0, artefact.title.iter().chain(&artefact.url));
        ids(texts, &artefact.file);
    }
    plan.rollback.iter().for_each(|rollback| of_rollback(rollback, texts));
    plan.review.iter().for_each(|review| of_review(edition, review, texts));
}

fn of_effects(effects: &Effects, texts: &mut Partial) {
    let upon =
        [&effects.business_areas, &effects.interfacing_systems, &effects.subcontractors, &effects.external_parties];
    for effect in upon.into_iter().flatten() {
        texts.add(0, &effect.name);
        all(texts, 0, &effect.effect);
        all(texts, weight::PEOPLE, &effect.contact);
    }
}

fn of_impact(impact: &Impact, texts: &mut Partial) {
    for half in impact.security.iter().chain(&impact.operational) {
        all(texts, weight::PEOPLE, &half.by);
        all(texts, 0, &half.notes);
    }
}

fn of_stakeholders(row: &Stakeholder, texts: &mut Partial) {
    texts.add(0, &row.activity);
    all(texts, weight::PEOPLE, row.responsible.iter().chain(&row.accountable));
    all(texts, weight::PEOPLE, row.consulted.iter().chain(&row.informed));
}

fn of_escalation(levels: &[EscalationLevel], texts: &mut Partial) {
    for level in levels {
        all(texts, weight::PEOPLE, &level.contact);
        all(texts, 0, [&level.level].into_iter().chain(&level.channel).chain(&level.after));
    }
}

fn of_rollback(rollback: &Rollback, texts: &mut Partial) {
    all(texts, 0, rollback.trigger.iter().chain(&rollback.root_cause).chain(&rollback.resolution));
    ids(texts, &rollback.follow_up);
}

fn of_review(edition: &Edition, review: &Review, texts: &mut Partial) {
    all(texts, weight::PEOPLE, &review.by);
    all(texts, 0, review.planned_vs_actual.iter().chain(&review.went_well).chain(&review.went_wrong));
    review.lessons.iter().for_each(|lesson| of_lesson(edition, lesson, texts));
}

fn of_lesson(edition: &Edition, lesson: &Lesson, texts: &mut Partial) {
    all(texts, 0, [&lesson.lesson].into_iter().chain(&lesson.theme));
    items(edition, texts, &lesson.configuration_items);
    for action in &lesson.actions {
        all(texts, weight::PEOPLE, &action.owner);
        all(texts, 0, [&action.action].into_iter().chain(&action.ticket).chain(&action.verified));
    }
}

/// How far a record is, as results and facets tell it.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RecordStatus {
    /// The word of its status; empty where it has none.
    pub word: &'static str,
    pub label: &'static str,
    /// Whether it was taken back once, whatever came after.
    pub was_rolled_back: bool,
}

/// A record's status.
pub(super) fn status(record: &Record) -> RecordStatus {
    let status = match record {
        Record::Release(_) | Record::Change(_) => {
            record.plan().and_then(|plan| plan.status).map(|status| (status.word(), status.label()))
        }
        Record::KnownError(of) => of.status.map(|status| (status.word(), status.label())),
        Record::Problem(of) => of.status.map(|status| (status.word(), status.label())),
        _ => None,
    };
    let (word, label) = status.unwrap_or_default();
    RecordStatus { word, label, was_rolled_back: record.plan().is_some_and(Plan::was_rolled_back) }
}

/// Whether a known error with this status is over.
pub(super) fn is_over(word: &str) -> bool {
    KnownErrorStatus::ALL.iter().any(|status| status.word() == word && !status.is_open())
}
