//! RB305: no security or operational review of what is approved or beyond, or one that does not hold.

use super::subject::Subject;
use super::words::list;
use crate::diag::{Finding, Lint};
use crate::record::{Part, Plan, ReviewOutcome, Status, Verdict, says_something};

/// No security or operational review of what is approved or beyond, or one that does not hold.
pub const REVIEW_MISSING: Lint = Lint::process(
    "RB305",
    "review-missing",
    "no security or operational review of what is approved or beyond, or one that does not hold",
    include_str!("review_missing.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let (Some(readiness), Some(plan)) = (subject.readiness(), subject.record.plan()) else { return Vec::new() };
    let halves = [
        (Part::SecurityReview, "security", &plan.impact.security),
        (Part::OperationalReview, "operational", &plan.impact.operational),
    ];
    let mut findings = Vec::new();
    let missing: Vec<String> = halves
        .iter()
        .filter(|(part, ..)| readiness.missing.contains(part))
        .map(|(_, word, _)| format!("{word} review"))
        .collect();
    if !missing.is_empty() {
        findings.push(
            subject
                .finding(
                    &REVIEW_MISSING,
                    subject.first_of(&["impact", "status"]),
                    format!("there is no {} of this", list(&missing).replace(" and ", " and no ")),
                )
                .label("wanted in this status")
                .help("add under `impact`: `security: {outcome: accepted, by: …, on: …}`, and `operational:` alike"),
        );
    }
    let is_approved = plan.status.is_some_and(|status| (Status::Approved..=Status::Closed).contains(&status));
    let judged = halves.iter().filter_map(|(_, word, half)| Some((word, half.as_ref()?)));
    for (word, half) in judged.filter(|_| is_approved) {
        findings.extend(judge(subject, word, half).or_else(|| unsigned(subject, word, half)));
        findings.extend(late(subject, plan, word, half));
    }
    findings
}

/// A review that says no, or nothing.
fn judge(subject: &Subject<'_>, word: &str, half: &ReviewOutcome) -> Option<Finding> {
    let message = match half.outcome {
        None => format!("the {word} review does not say what it came to"),
        Some(Verdict::Rejected) => format!("the {word} review rejected this"),
        Some(Verdict::AcceptedWithConditions) if half.notes.is_none() => {
            let message = format!("the {word} review accepted this with conditions, and names none");
            let finding = subject.finding(&REVIEW_MISSING, &format!("impact.{word}.outcome"), message);
            return Some(finding.label("on which conditions?").help("write them under `notes`"));
        }
        Some(Verdict::Accepted | Verdict::AcceptedWithConditions) => return None,
    };
    let finding = subject.finding(&REVIEW_MISSING, &format!("impact.{word}.outcome"), message);
    Some(
        finding
            .label("expected `accepted` or `accepted-with-conditions`")
            .help("record the review\u{2019}s outcome, or take the status back until it has one"),
    )
}

/// A review of nobody, of no day, or of a day that is not yet there.
fn unsigned(subject: &Subject<'_>, word: &str, half: &ReviewOutcome) -> Option<Finding> {
    let (key, message) = match (says_something(half.by.as_ref()), half.on) {
        (false, _) => ("", format!("the {word} review does not say who reviewed")),
        (_, None) => ("", format!("the {word} review has no date")),
        (_, Some(on)) if on > subject.context.today => {
            (".on", format!("the {word} review is dated {on}, which is after today"))
        }
        _ => return None,
    };
    let finding = subject.finding(&REVIEW_MISSING, &format!("impact.{word}{key}"), message);
    Some(finding.label("who reviewed it, and when?").help("write `by` and `on`: `{outcome: accepted, by: …, on: …}`"))
}

/// A review that came when the work had begun. Of an emergency it may.
fn late(subject: &Subject<'_>, plan: &Plan, word: &str, half: &ReviewOutcome) -> Option<Finding> {
    let begun = plan.attempts().map(|(_, window)| window.start_day()).min()?;
    let is_early = subject.record.is_emergency() || !plan.status.is_some_and(Status::has_begun);
    let on = half.on.filter(|on| *on > begun && *on <= subject.context.today && !is_early)?;
    let message = format!("the {word} review is of {on}, and the work began on {begun}");
    let finding = subject.finding(&REVIEW_MISSING, &format!("impact.{word}.on"), message);
    Some(finding.label("later than the work").help("a review is held before the work; correct the date if it is wrong"))
}
