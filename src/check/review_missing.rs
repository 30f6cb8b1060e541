//! RB305: no security or operational review of what is approved or beyond.

use super::subject::Subject;
use super::words::list;
use crate::diag::{Finding, Lint};
use crate::record::{Part, ReviewOutcome, Status, Verdict};

/// No security or operational review of what is approved or beyond.
pub const REVIEW_MISSING: Lint = Lint::process(
    "RB305",
    "review-missing",
    "no security or operational review of what is approved or beyond",
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
        findings.extend(judge(subject, word, half));
    }
    findings
}

/// A review that says no, or nothing.
fn judge(subject: &Subject<'_>, word: &str, half: &ReviewOutcome) -> Option<Finding> {
    let message = match half.outcome {
        None => format!("the {word} review does not say what it came to"),
        Some(Verdict::Rejected) => format!("the {word} review rejected this"),
        Some(Verdict::Accepted | Verdict::AcceptedWithConditions) => return None,
    };
    let finding = subject.finding(&REVIEW_MISSING, &format!("impact.{word}.outcome"), message);
    Some(
        finding
            .label("expected `accepted` or `accepted-with-conditions`")
            .help("record the review\u{2019}s outcome, or take the status back until it has one"),
    )
}
