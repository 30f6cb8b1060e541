//! A known error's page: the workaround first.

use serde::Serialize;

use super::fix::{FixView, Mention, fix};
use super::parts::body::{BodyView, Section, sections, take};
use super::parts::context::Context;
use super::parts::facts::{Extra, Fact, common_facts, extra, facts_html};
use super::parts::frame::Frame;
use super::parts::groups::{Groups, groups};
use super::parts::row::{Badge, Link, badge};
use crate::book::{Range, RecordIndex};
use crate::record::{KnownError, PlanSection, Relation};

/// The releases that have a known error since one that introduced it.
#[derive(Debug, Serialize)]
pub struct RangeView {
    /// The service of the release that introduced it.
    pub service: Option<Link>,
    /// The release that introduced it.
    pub introduced: Mention,
    /// How many releases have it.
    pub count: usize,
    /// The live releases that fixed it.
    pub fixed: Vec<Mention>,
    /// The newest live release of the service.
    pub latest: Option<Mention>,
    /// Whether that one has it.
    pub is_in_latest: bool,
}

fn range_view(context: &Context<'_>, range: &Range) -> RangeView {
    let edition = context.edition;
    let service = edition.get(range.introduced).header().service.as_deref().and_then(|name| edition.service(name));
    let mention = |release: RecordIndex| Mention::new(context, release);
    RangeView {
        service: service
            .map(|service| Link { href: context.href_of(service), text: edition.get(service).header().title.clone() }),
        introduced: mention(range.introduced),
        count: range.count,
        fixed: range.fixed.iter().copied().map(mention).collect(),
        latest: range.latest.map(|(latest, _)| mention(latest)),
        is_in_latest: range.latest.is_some_and(|(_, is_in)| is_in),
    }
}

/// What a record says of a workaround.
#[derive(Debug, Serialize)]
pub struct RemedyView {
    /// `none`, `partial`, `full`, `described` or `not-recorded`.
    pub word: &'static str,
    /// `No workaround`, …
    pub label: &'static str,
    /// Its text stands in a place that this audience sees, if it is anywhere.
    pub is_whole: bool,
}

/// The view of `known-error.html`.
#[derive(Debug, Serialize)]
pub struct KnownErrorView {
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
    /// Whether it still has to be lived with.
    pub is_open: bool,
    /// What ends it.
    pub fix: FixView,
    /// What the record says of a workaround; nothing where this audience is not told.
    pub remedy: Option<RemedyView>,
    /// The workaround where the front matter has it.
    pub workaround: Option<String>,
    /// The workaround where the body has it.
    pub workaround_sections: Vec<Section>,
    /// How it shows.
    pub symptoms: Option<String>,
    /// How it shows, where the body says so.
    pub symptoms_sections: Vec<Section>,
    /// Exact messages.
    pub error_codes: Vec<String>,
    /// Root cause, where the front matter has it.
    pub cause: Option<String>,
    /// Facts in a few words, as HTML.
    pub facts: String,
    /// Which releases have it.
    pub ranges: Vec<RangeView>,
    /// The rest of the body.
    pub body: BodyView,
    /// Connected records.
    pub groups: Groups,
    /// The organisation's own fields.
    pub extra: Vec<Extra>,
}

/// A known error's page.
pub fn known_error(context: &Context<'_>, index: RecordIndex, known: &KnownError) -> KnownErrorView {
    let record = context.edition.get(index);
    let mut body = sections(context, index);
    let workaround_sections = take(&mut body, PlanSection::Workaround)
        .or_else(|| take(&mut body, PlanSection::Workarounds))
        .unwrap_or_default();
    let symptoms_sections = take(&mut body, PlanSection::Symptoms).unwrap_or_default();
    let mut facts = vec![
        Fact::text("Severity", known.severity.map(|severity| severity.label())),
        Fact::day("Detected", known.detected),
        Fact::day("Resolved", known.resolved),
    ];
    facts.extend(common_facts(context, index));
    let ranges = context.edition.carry_forward.of_known_error(index);
    KnownErrorView {
        page: Frame::of_record(context, index),
        id: known.header.id.clone(),
        title: known.header.title.clone(),
        summary: known.header.summary.clone(),
        badge: badge(record),
        is_open: known.is_open(),
        fix: fix(context, index, known),
        remedy: context.edition.remedy(index).map(|remedy| RemedyView {
            word: remedy.word(),
            label: remedy.label(),
            is_whole: context.edition.shows_all(&["workaround"], &[PlanSection::Workaround, PlanSection::Workarounds]),
        }),
        workaround: known.workaround.clone(),
        workaround_sections,
        symptoms: known.symptoms.clone(),
        symptoms_sections,
        error_codes: known.error_codes.clone(),
        cause: known.cause.clone(),
        facts: facts_html(context, facts),
        ranges: ranges.iter().map(|range| range_view(context, range)).collect(),
        body: BodyView::new(&body),
        groups: groups(context, index, |key| key.relation == Relation::Service),
        extra: extra(record),
    }
}
