//! A problem ticket's page: everything that belongs to it.

use serde::Serialize;

use super::parts::body::{BodyView, sections};
use super::parts::context::Context;
use super::parts::facts::{Extra, Fact, common_facts, extra, facts_html};
use super::parts::frame::Frame;
use super::parts::groups::{Groups, groups};
use super::parts::row::{Badge, Link, badge};
use crate::book::RecordIndex;
use crate::record::{Problem, Relation};

/// The view of `problem.html`.
#[derive(Debug, Serialize)]
pub struct ProblemView {
    /// What stands around it.
    pub page: Frame,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its summary.
    pub summary: Option<String>,
    /// Its status.
    pub badge: Option<Badge>,
    /// Its cause.
    pub cause: Option<String>,
    /// Facts in a few words, as HTML.
    pub facts: String,
    /// The body.
    pub body: BodyView,
    /// Connected records.
    pub groups: Groups,
    /// The organisation's own fields.
    pub extra: Vec<Extra>,
    /// Whether it exists only because others refer to it.
    pub has_file: bool,
}

/// A problem ticket's page.
pub fn problem(context: &Context<'_>, index: RecordIndex, problem: &Problem) -> ProblemView {
    let record = context.edition.get(index);
    let ticket = problem.url.iter().map(|url| Link::new(url.clone(), problem.header.id.clone())).collect();
    let mut facts = vec![
        Fact::text("Priority", problem.priority.map(|priority| priority.label())),
        Fact::links("In the system of record", ticket),
    ];
    facts.extend(common_facts(context, index));
    ProblemView {
        page: Frame::of_record(context, index),
        id: problem.header.id.clone(),
        title: problem.header.title.clone(),
        summary: problem.header.summary.clone(),
        badge: badge(record),
        cause: problem.cause.clone(),
        facts: facts_html(context, facts),
        body: BodyView::new(&sections(context, index)),
        groups: groups(context, index, |key| key.relation == Relation::Service),
        extra: extra(record),
        has_file: problem.header.source.is_some(),
    }
}
