//! One deviation: of which record, in which way, when, and what shows it.

use serde::Serialize;

use crate::book::{Deviation, Evidence, RecordIndex};
use crate::pages::parts::context::Context;
use crate::pages::parts::row::{Badge, Link};
use crate::pages::parts::time::Day;
use crate::record::{Part, Plan, Record};
use crate::route::Route;

/// A deviation in a list.
#[derive(Debug, Serialize)]
pub struct DeviationRow {
    /// The release or change.
    pub record: Link,
    /// Its title, where it is not its id.
    pub title: Option<String>,
    /// In which way.
    pub kind: Badge,
    /// The day of the attempt or of the test.
    pub moment: Option<Day>,
    /// The number of the attempt, where there are several.
    pub attempt: Option<usize>,
    /// What shows it.
    pub evidence: Link,
    /// The day on which that was done.
    pub day: Option<Day>,
}

/// The deviations of a release or change, as its own page shows them.
pub(in crate::pages) fn rows_of(context: &Context<'_>, index: RecordIndex) -> Vec<DeviationRow> {
    context.deviations.of(index).map(|of| row(context, of)).collect()
}

pub(super) fn row(context: &Context<'_>, of: &Deviation) -> DeviationRow {
    let record = context.edition.get(of.record);
    let header = record.header();
    let windows = record.plan().map_or(0, |plan| plan.windows.len());
    let (evidence, day) = evidence(context, of, record);
    DeviationRow {
        record: Link { href: context.href_of(of.record), text: header.id.clone() },
        title: (header.title != header.id).then(|| header.title.clone()),
        kind: Badge::new(of.kind),
        moment: of.moment.map(Day::new),
        attempt: of.attempt.filter(|_| windows > 1).map(|number| number + 1),
        evidence,
        day,
    }
}

/// What shows a deviation, and the day on which that was done.
fn evidence(context: &Context<'_>, of: &Deviation, record: &Record) -> (Link, Option<Day>) {
    let page = || context.href_of(of.record);
    let part = |name: &str| page().map(|href| format!("{href}#{name}"));
    match of.evidence {
        Evidence::Record(index) => {
            let header = context.edition.get(index).header();
            let is_window = matches!(context.edition.get(index), Record::Window(_));
            let text = if is_window { &header.title } else { &header.id };
            (Link { href: context.href_of(index), text: text.clone() }, None)
        }
        Evidence::Window => (Link { href: part("windows"), text: "Planned and actual times".to_owned() }, None),
        Evidence::Part(of_plan, day) => {
            let is_shown = record.plan().is_some_and(|plan| has(plan, of_plan));
            let href = if is_shown { part(of_plan.fragment()) } else { page() };
            (Link { href, text: of_plan.label().to_owned() }, day.map(Day::new))
        }
        Evidence::Test(number) => {
            let test = record.plan().and_then(|plan| plan.tests.get(number));
            let text = test.and_then(|test| test.kind.clone()).unwrap_or_else(|| "Test".to_owned());
            (Link { href: part("tests"), text }, test.and_then(|test| test.on).map(Day::new))
        }
        Evidence::Allow(number) => {
            let allow = record.header().allow.get(number);
            let text = allow.map(|allow| format!("{}: {}", allow.lint, allow.waiver.reason)).unwrap_or_default();
            (Link::new(context.href(&Route::waivers()), text), None)
        }
    }
}

/// Whether the record's page has anything of a part of the plan.
fn has(plan: &Plan, part: Part) -> bool {
    match part {
        Part::Approvals => !plan.approvals.is_empty(),
        Part::SecurityReview | Part::OperationalReview => {
            plan.impact.security.is_some() || plan.impact.operational.is_some()
        }
        Part::PreTests => !plan.tests.is_empty(),
        Part::Notifications => !plan.notifications.is_empty(),
        Part::Review => plan.review.is_some(),
        _ => false,
    }
}
