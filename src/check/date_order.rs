//! RB314: dates in an order that cannot be.

use jiff::civil::Date;

use super::subject::Subject;

use crate::diag::{Finding, Lint};
use crate::record::{Phase, Plan, Record, Window};

/// Dates in an order that cannot be.
pub const DATE_ORDER: Lint = Lint::process(
    "RB314",
    "date-order",
    "end before start, actual before approval, resolved before detected",
    include_str!("date_order.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    match subject.record {
        Record::Release(_) | Record::Change(_) => subject.record.plan().map(|plan| of_plan(subject, plan)),
        Record::KnownError(known) => {
            known.detected.zip(known.resolved).filter(|(from, to)| to < from).map(|(from, to)| {
                vec![finding(
                    subject,
                    "resolved",
                    format!("resolved on {to}, before it was detected on {from}"),
                    "detected",
                )]
            })
        }
        Record::Window(window) => window.first.as_ref().filter(|(start, end)| end <= start).map(|_| {
            let end = subject.first_of(&["end", "duration"]);
            vec![finding(subject, end, "the window ends before it starts", "start")]
        }),
        _ => None,
    }
    .unwrap_or_default()
}

fn of_plan(subject: &Subject<'_>, plan: &Plan) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, window) in plan.windows.iter().enumerate() {
        findings.extend(of_window(subject, number, window));
    }
    if let Some(rollback) = &plan.rollback
        && let (Some(at), Some(restored)) = (&rollback.at, &rollback.restored_at)
        && restored.local() < at.local()
    {
        let message = "the service was restored before the rollback began";
        findings.push(finding(subject, "rollback.restored_at", message, "rollback.at"));
    }
    let begun = plan.attempts().map(|(_, window)| window.start_day()).min();
    if let Some(begun) = begun {
        findings.extend(before_the_work(subject, plan, begun));
    }
    findings
}

fn of_window(subject: &Subject<'_>, number: usize, window: &Window) -> Vec<Finding> {
    let at = |key: &str| format!("windows.{number}.{key}");
    let mut findings = Vec::new();
    if window.end <= window.start {
        findings.push(finding(subject, &at("end"), "the window ends before it starts", &at("start")));
    }
    if let (Some(start), Some(end)) = (&window.actual_start, &window.actual_end)
        && end < start
    {
        findings.push(finding(subject, &at("actual_end"), "the work ended before it began", &at("actual_start")));
    }
    if let (Some(start), Some(approved)) = (&window.actual_start, window.approved_on)
        && start.date() < approved
    {
        let message = format!("the window was approved on {approved}, and the work began on {}", start.date());
        findings.push(finding(subject, &at("approved_on"), message, &at("actual_start")));
    }
    findings
}

/// What comes after the work, and has an earlier date.
fn before_the_work(subject: &Subject<'_>, plan: &Plan, begun: Date) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (number, test) in plan.tests.iter().enumerate() {
        if let (Some(Phase::Post), Some(on)) = (test.phase, test.on.filter(|on| *on < begun)) {
            let message = format!("a test after the release is dated {on}, and the work began on {begun}");
            findings.push(finding(subject, &format!("tests.{number}.on"), message, "windows"));
        }
    }
    if let Some(on) = plan.review.as_ref().and_then(|review| review.on).filter(|on| *on < begun) {
        let message = format!("the post-implementation review is dated {on}, and the work began on {begun}");
        findings.push(finding(subject, "review.on", message, "windows"));
    }
    findings
}

fn finding(subject: &Subject<'_>, path: &str, message: impl Into<String>, other: &str) -> Finding {
    subject
        .finding(&DATE_ORDER, path, message)
        .label("earlier than it can be")
        .related(subject.key(other), "held against this")
        .help("correct the one of the two that is wrong")
}
