//! A standard change's page: what the model is, until when it holds, and how the changes by it went.

use serde::Serialize;

use super::parts::body::{BodyView, sections};
use super::parts::context::Context;
use super::parts::facts::{Extra, Fact, common_facts, extra, facts_html};
use super::parts::frame::Frame;
use super::parts::groups::{Groups, groups};
use crate::book::{ModelRecord, RecordIndex};
use crate::record::{Relation, StandardChange};

/// How the changes of a standard change went.
#[derive(Debug, Serialize)]
pub struct OutcomeView {
    /// How many changes follow it.
    pub changes: usize,
    /// How many of them are over.
    pub over: usize,
    /// How many of those were deployed and never taken back.
    pub successful: usize,
}

/// The view of `standard-change.html`.
#[derive(Debug, Serialize)]
pub struct StandardChangeView {
    /// What stands around it.
    pub page: Frame,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its summary.
    pub summary: Option<String>,
    /// Facts in a few words, as HTML.
    pub facts: String,
    /// Whether its last day is over; only the company's own staff are told.
    pub has_run_out: bool,
    /// How its changes went; only the company's own staff are told.
    pub outcome: Option<OutcomeView>,
    /// The body.
    pub body: BodyView,
    /// Connected records.
    pub groups: Groups,
    /// The organisation's own fields.
    pub extra: Vec<Extra>,
}

/// A standard change's page.
pub fn standard_change(context: &Context<'_>, index: RecordIndex, model: &StandardChange) -> StandardChangeView {
    let edition = context.edition;
    let mut facts = vec![
        Fact::text("Risk", model.risk.map(|risk| risk.label())),
        Fact::text("Approved by", model.approved_by.clone()),
        Fact::day("Approved on", model.approved_on),
        Fact::day("Valid until", model.valid_until),
    ];
    facts.extend(common_facts(context, index));
    let is_whole = edition.name().is_none();
    let ModelRecord { over, successful } = edition.model_record(index);
    let outcome = OutcomeView { changes: edition.changes_of_model(index).count(), over, successful };
    StandardChangeView {
        page: Frame::of_record(context, index),
        id: model.header.id.clone(),
        title: model.header.title.clone(),
        summary: model.header.summary.clone(),
        facts: facts_html(context, facts),
        has_run_out: is_whole && model.valid_until.is_some_and(|last| last < context.today),
        outcome: is_whole.then_some(outcome),
        body: BodyView::new(&sections(context, index)),
        groups: groups(context, index, |key| key.relation == Relation::Service),
        extra: extra(edition.get(index)),
    }
}
