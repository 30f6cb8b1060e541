//! RB304: work that is scheduled or beyond without an approval, approved after it began, or by its initiator alone.

use jiff::{ToSpan, Zoned};

use super::subject::Subject;
use super::work::{last_approval_day, own_plan};
use crate::diag::{Finding, Lint};
use crate::record::{Approval, Decision, Part, Plan, Status, fold_name};

/// Work without an approval, approved after it began, or by its initiator alone.
pub const NOT_APPROVED: Lint = Lint::process(
    "RB304",
    "not-approved",
    "scheduled or beyond without an approval, or with one that is undated, too late, or the initiator's alone",
    include_str!("not_approved.md"),
)
.gate();

type Approvals<'a> = Vec<(usize, &'a Approval)>;

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let Some((plan, status)) = own_plan(subject) else { return Vec::new() };
    let is_wanted = subject.readiness().is_some_and(|readiness| readiness.wanted.contains(&Part::Approvals));
    if !is_wanted {
        return Vec::new();
    }
    let approved: Approvals<'_> = plan.approvals.iter().enumerate().filter(|(_, of)| of.is_given()).collect();
    if approved.is_empty() && subject.approval_due().is_some() {
        return Vec::new();
    }
    if approved.is_empty() {
        return vec![nobody(subject, plan, status)];
    }
    let mut findings = rejected(subject, plan);
    findings.extend(undated(subject, &approved));
    findings.extend(old(subject, plan, &approved));
    if status.has_begun() {
        findings.extend(late(subject, plan, &approved));
    }
    if findings.is_empty() && status.has_begun() {
        findings.extend(begun_before(subject, plan, &approved));
    }
    if findings.is_empty() {
        findings.extend(alone(subject, plan, &approved));
    }
    findings
}

fn nobody(subject: &Subject<'_>, plan: &Plan, status: Status) -> Finding {
    let message = match plan.approvals.as_slice() {
        [] => format!("this is `{}`, and nobody has approved it", status.word()),
        _ => format!("this is `{}`, and none of its approvals says `decision: approved`", status.word()),
    };
    subject
        .finding(&NOT_APPROVED, subject.first_of(&["approvals", "status"]), message)
        .label("an approval is wanted")
        .help("add `approvals: [{role: …, by: …, on: …, decision: approved}]`, or take the status back to `approved`")
}

/// Approvers whose last word was no.
fn rejected(subject: &Subject<'_>, plan: &Plan) -> Vec<Finding> {
    let who = |approval: &Approval| approval.role.clone().or_else(|| approval.by.clone());
    let is_taken_back = |number: usize, of: &Approval| {
        let later = plan.approvals.iter().enumerate().filter(|(other, _)| *other != number);
        later.filter(|(_, later)| who(later) == who(of)).any(|(other, later)| (later.on, other) > (of.on, number))
    };
    let rejected = plan.approvals.iter().enumerate().filter(|(_, of)| of.decision == Some(Decision::Rejected));
    rejected
        .filter(|(number, of)| !is_taken_back(*number, of))
        .map(|(number, of)| {
            let who = who(of).unwrap_or_else(|| "an approver".to_owned());
            subject
                .finding(&NOT_APPROVED, &format!("approvals.{number}.decision"), format!("{who} rejected this"))
                .label("the last decision of this approver")
                .help("add the approver\u{2019}s later decision to the list, or take the status back")
        })
        .collect()
}

/// Approvals of nobody, of no day, and of a day that is not yet there.
fn undated(subject: &Subject<'_>, approved: &Approvals<'_>) -> Vec<Finding> {
    let of = |number: &usize, key: &str, message: String| {
        let finding = subject.finding(&NOT_APPROVED, &format!("approvals.{number}{key}"), message);
        finding.label("approved on which day?").help("write the day of the decision: `on: 2026-11-28`")
    };
    let today = subject.context.today;
    let faulty = approved.iter().filter_map(|(number, approval)| match approval.on {
        _ if !approval.is_somebodys() => {
            let finding =
                subject.finding(&NOT_APPROVED, &format!("approvals.{number}"), "this approval is nobody\u{2019}s");
            Some(finding.label("approved by whom?").help("write who decided, and in which role: `by`, `role`"))
        }
        None => Some(of(number, "", "this approval has no date".to_owned())),
        Some(on) if on > today => Some(of(number, ".on", format!("this approval is dated {on}, which is after today"))),
        Some(_) => None,
    });
    faulty.collect()
}

/// Approvals that are later than the start of every attempt. Days are compared: records name no hour.
fn late(subject: &Subject<'_>, plan: &Plan, approved: &Approvals<'_>) -> Vec<Finding> {
    let Some(last_start) = plan.attempts().map(|(_, window)| window.start_day()).max() else { return Vec::new() };
    let (latest, days) = last_approval_day(subject, last_start);
    let mut of_day = plan.attempts().map(|(_, window)| window).filter(|window| window.start_day() == last_start);
    let begun = of_day.find_map(|window| window.began().or(Some(window.planned()?.0))).map(Zoned::timestamp);
    let is_late = |of: &Approval| {
        // On the day of the work, the hour decides where both are known.
        let after = of.at.as_ref().zip(begun).is_some_and(|(at, begun)| at.timestamp() > begun);
        of.on.is_some_and(|on| on > latest || (days == 0 && on == last_start && after))
    };
    let late = approved.iter().filter(|(_, of)| is_late(of)).filter_map(|(number, of)| Some((number, of.on?, &of.at)));
    late.map(|(number, on, at)| {
        let at = at.as_ref().map_or_else(String::new, |at| format!(" at {}", at.strftime("%H:%M")));
        let message = format!("approved on {on}{at}, and the work began on {last_start}");
        let finding = subject
            .finding(&NOT_APPROVED, &format!("approvals.{number}.on"), message)
            .label("later than the work")
            .help("an approval is given before the work; correct the date if it is wrong");
        match days {
            0 => finding,
            days => finding.help(format!("that of an emergency may be recorded up to {days} days afterwards")),
        }
    })
    .collect()
}

/// Approvals that are older than the site lets them be when the last attempt begins, and that nobody has renewed.
fn old(subject: &Subject<'_>, plan: &Plan, approved: &Approvals<'_>) -> Vec<Finding> {
    let start = plan.last_attempt_day();
    let (Some(days), Some(start)) = (subject.context.settings.process.days.approval, start) else { return Vec::new() };
    let Ok(oldest) = start.checked_sub(i64::from(days).days()) else { return Vec::new() };
    let is_renewed = |of: &Approval| {
        let same = |other: &Approval| (&other.by, &other.role) == (&of.by, &of.role);
        approved.iter().any(|(_, other)| same(other) && other.on.is_some_and(|on| on >= oldest))
    };
    let old = approved.iter().filter(|(_, of)| !is_renewed(of));
    let old = old.filter_map(|(number, of)| Some((number, of.on.filter(|on| *on < oldest)?)));
    old.map(|(number, on)| {
        let message = format!("approved on {on}, and the work begins on {start}: more than {days} days later");
        let finding = subject.finding(&NOT_APPROVED, &format!("approvals.{number}.on"), message);
        finding.label("too old for that").help("have it approved again, and add that approval to the list")
    })
    .collect()
}

/// Work whose first attempt began before anybody had approved it, although a later one did not.
fn begun_before(subject: &Subject<'_>, plan: &Plan, approved: &Approvals<'_>) -> Option<Finding> {
    let start = plan.attempts().map(|(_, window)| window.start_day()).min()?;
    let (number, on) = approved.iter().filter_map(|(number, of)| Some((*number, of.on?))).min_by_key(|(_, on)| *on)?;
    if on <= last_approval_day(subject, start).0 {
        return None;
    }
    let message = format!("the first approval is of {on}, and the first attempt began on {start}");
    let finding = subject.finding(&NOT_APPROVED, &format!("approvals.{number}.on"), message);
    Some(
        finding
            .label("later than the first attempt")
            .help("an approval is given before the work; correct the date if it is wrong"),
    )
}

fn alone(subject: &Subject<'_>, plan: &Plan, approved: &Approvals<'_>) -> Option<Finding> {
    let initiator = plan.initiator.as_deref()?.trim();
    let is_same = |of: &Approval| of.by.as_deref().is_some_and(|by| fold_name(by) == fold_name(initiator));
    let (number, _) = approved.first().filter(|_| approved.iter().all(|(_, of)| is_same(of)))?;
    let message = format!("{initiator} initiated this, and nobody else has approved it");
    let finding = subject.finding(&NOT_APPROVED, &format!("approvals.{number}.by"), message);
    Some(finding.label("the initiator").help("a second person approves: add that approval to the list"))
}
