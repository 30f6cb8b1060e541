//! A change's page.

use serde::Serialize;

use super::parts::context::Context;
use super::parts::facts::{Extra, Fact, common_facts, extra, facts_html, incident_facts};
use super::parts::frame::Frame;
use super::parts::groups::{Groups, groups};
use super::parts::row::link_to;
use super::plan::view::{PlanView, plan};
use crate::book::RecordIndex;
use crate::record::{Change, Kind, Relation};

/// The view of `change.html`.
#[derive(Debug, Serialize)]
pub struct ChangeView {
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
    /// The plan.
    pub plan: PlanView,
    /// Connected records.
    pub groups: Groups,
    /// The organisation's own fields.
    pub extra: Vec<Extra>,
}

/// A change's page.
pub fn change(context: &Context<'_>, index: RecordIndex, change: &Change) -> ChangeView {
    let record = context.edition.get(index);
    let shared = context.shared();
    let model = change.standard_change.iter().map(|model| link_to(&shared, Kind::StandardChange, &model.id)).collect();
    let mut facts = vec![
        Fact::text("Change type", change.change_type.map(|of_type| of_type.label())),
        Fact::links("Standard change", model),
        Fact::text("Version", change.version.clone()),
        Fact::text("Risk", change.risk.map(|risk| risk.label())),
        Fact::text("Priority", change.priority.map(|priority| priority.label())),
        Fact::day("Planned date", change.plan.planned_date),
        Fact::text("Initiator", change.plan.initiator.clone()),
        Fact::text("Release manager", change.plan.release_manager.clone()),
    ];
    facts.extend(incident_facts(context, &change.plan));
    facts.extend(common_facts(context, index));
    ChangeView {
        page: Frame::of_record(context, index),
        id: change.header.id.clone(),
        title: change.header.title.clone(),
        summary: change.header.summary.clone(),
        facts: facts_html(context, facts),
        plan: plan(context, index, &change.plan),
        groups: groups(context, index, |key| matches!(key.relation, Relation::Service | Relation::StandardChange)),
        extra: extra(record),
    }
}
