//! A known error's page: the workaround first.

use serde::Serialize;

use super::body::{BodyView, Section, sections, take};
use super::facts::{Extra, Fact, common_facts, extra, facts_html};
use super::groups::{Groups, groups};
use super::row::{Badge, Link, badge, workaround};
use super::time::Day;
use super::{Context, Frame};
use crate::book::{Direction, RecordIndex, Relation};
use crate::record::{KnownError, KnownErrorStatus, PlanSection, Record};

/// The releases of a service that have a known error.
#[derive(Debug, Serialize)]
pub struct RangeView {
    /// The service's name.
    pub service: Link,
    /// The release that introduced it.
    pub introduced: Mention,
    /// The last release that has it.
    pub last: Mention,
    /// How many releases have it.
    pub count: usize,
    /// The release that fixed it.
    pub fixed: Option<Mention>,
}

/// A release in a sentence: by its version, else by its id.
#[derive(Debug, Serialize)]
pub struct Mention {
    /// Its page.
    pub link: Link,
    /// Its planned date.
    pub day: Option<Day>,
}

impl Mention {
    fn new(context: &Context<'_>, index: RecordIndex) -> Mention {
        let record = context.edition.get(index);
        let version = match record {
            Record::Release(release) => release.version.clone(),
            _ => None,
        };
        let text = version.unwrap_or_else(|| record.header().id.clone());
        Mention { link: Link { href: context.href_of(index), text }, day: record.date().map(Day::new) }
    }
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
    /// Whether it was decided that it stays.
    pub is_here_to_stay: bool,
    /// When it was resolved.
    pub resolved: Option<Day>,
    /// The releases that resolved it.
    pub fixed: Vec<Mention>,
    /// The release that should resolve it.
    pub planned_fix: Option<Mention>,
    /// Whether there is a workaround, in words.
    pub workaround_status: &'static str,
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
    let fixes = |relation| -> Vec<Mention> {
        let releases = context.edition.connections.others(index, relation, Direction::Forward);
        releases.iter().map(|release| Mention::new(context, release.other)).collect()
    };
    let ranges = context.edition.carry_forward.of_known_error(index);
    KnownErrorView {
        page: Frame::of_record(context, index),
        id: known.header.id.clone(),
        title: known.header.title.clone(),
        summary: known.header.summary.clone(),
        badge: badge(record),
        is_open: known.is_open(),
        is_here_to_stay: known.status == Some(KnownErrorStatus::WontFix),
        resolved: known.resolved.map(Day::new),
        fixed: fixes(Relation::FixedIn),
        planned_fix: fixes(Relation::PlannedFix).pop().filter(|_| known.is_open()),
        workaround_status: workaround(context, index, known.workaround_status, &known.workaround),
        workaround: known.workaround.clone(),
        workaround_sections,
        symptoms: known.symptoms.clone(),
        symptoms_sections,
        error_codes: known.error_codes.clone(),
        cause: known.cause.clone(),
        facts: facts_html(context, facts),
        ranges: ranges
            .iter()
            .map(|range| RangeView {
                service: Link {
                    href: context.href_of(range.service),
                    text: context.edition.get(range.service).header().title.clone(),
                },
                introduced: Mention::new(context, range.introduced),
                last: Mention::new(context, range.last),
                count: range.count,
                fixed: range.fixed.map(|fixed| Mention::new(context, fixed)),
            })
            .collect(),
        body: BodyView::new(&body),
        groups: groups(context, index, |key| key.relation == Relation::Service),
        extra: extra(record),
    }
}
