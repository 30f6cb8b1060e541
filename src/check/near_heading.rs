//! RB321: a heading that is almost one of the plan's, or looks like one and is none.

use super::edition_text::editions;
use super::subject::Subject;
use crate::book::{Excerpt, NearHeading};
use crate::diag::{Finding, Level, Lint};
use crate::record::{PlanSection, Record};
use crate::source::Span;

/// A heading that is almost one of the plan's, or looks like one and is none.
pub const NEAR_HEADING: Lint = Lint::error(
    "RB321",
    "near-heading",
    "a heading that is almost one of the plan\u{2019}s, or looks like one and is none",
    include_str!("near_heading.md"),
)
.in_records(Level::Warn)
.in_standard(Level::Warn)
.in_strict(Level::Warn);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    for near in near(subject) {
        findings.push(finding(subject, near));
    }
    for finding in cuts(subject) {
        if findings.iter().all(|other| other.place != finding.place) {
            findings.push(finding);
        }
    }
    findings
}

/// The near headings of a record that count for nothing: what they seem to mean is said by no key either, and each part
/// only once.
pub(super) fn near<'a>(subject: &'a Subject<'_>) -> Vec<&'a NearHeading> {
    let body = &subject.context.book.bodies[subject.index.0 as usize];
    let mut near: Vec<&NearHeading> = Vec::new();
    for heading in &body.near {
        let is_lead = heading.section == PlanSection::Description && body.has_lead;
        if !is_lead
            && !is_said(subject.record, heading.section)
            && near.iter().all(|other| other.section != heading.section)
        {
            near.push(heading);
        }
    }
    near
}

/// Whether a key says what would stand under the heading.
fn is_said(record: &Record, section: PlanSection) -> bool {
    match (record, section) {
        (Record::KnownError(of), PlanSection::Workaround) => of.workaround.is_some(),
        (Record::KnownError(of), PlanSection::Symptoms) => of.symptoms.is_some(),
        (Record::KnownError(of), PlanSection::RootCause) => of.cause.is_some(),
        (_, PlanSection::Description) => record.header().summary.is_some(),
        (_, PlanSection::BusinessCase) => record.plan().is_some_and(|plan| plan.business_case.is_some()),
        (_, PlanSection::RootCause) => {
            let rollback = record.plan().and_then(|plan| plan.rollback.as_ref());
            rollback.is_some_and(|rollback| rollback.root_cause.is_some())
        }
        _ => false,
    }
}

fn finding(subject: &Subject<'_>, near: &NearHeading) -> Finding {
    let label = near.section.label();
    let finding = Finding::new(
        &NEAR_HEADING,
        subject.at(near.span),
        format!("`{}` is not read as the section `{label}`", near.text),
    )
    .label("an ordinary text for pages, checks and editions")
    .help(format!("if it is meant, write `## {label}`; if not, `allow` it or say it in other words"));
    match near.is_replaceable {
        true => finding.replace_with(label),
        false => finding,
    }
}

/// Where an edition ends a listed section, for something in it looks like the heading of a part that is not listed.
fn cuts(subject: &Subject<'_>) -> Vec<Finding> {
    let body = subject.context.book.body(subject.index);
    let start = subject.header().body.start as usize;
    let mut findings = Vec::new();
    for (name, edition) in editions(subject) {
        for (section, range) in Excerpt::new(subject.record, body, edition).cuts {
            let line = body[range.clone()].lines().next().unwrap_or_default().len();
            let place = subject.at(Span::new(range.start..range.start + line).shifted(start));
            let label = section.label();
            let message =
                format!("the edition `{name}` shows nothing of this section from here on: it looks like `{label}`");
            findings.push(
                Finding::new(&NEAR_HEADING, place, message)
                    .label(format!("`{label}` is not listed under `sections`"))
                    .help(format!("list \"{label}\" in the edition, make it a section of its own (`## {label}`), or say it in other words")),
            );
        }
    }
    findings
}
