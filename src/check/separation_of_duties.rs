//! RB318: fewer or other approvers than the site wants, or an approver or reviewer who takes part in the work.

use rustc_hash::FxHashSet;

use super::subject::Subject;
use super::words::list;
use super::work::{may_still_be_approved, own_plan};
use crate::diag::{Finding, Lint};
use crate::record::{Approval, ApprovalPolicy, Involved, Plan, Status, fold_name};

/// Fewer or other approvers than the site wants, or one who takes part in the work.
pub const SEPARATION_OF_DUTIES: Lint = Lint::process(
    "RB318",
    "separation-of-duties",
    "fewer or other approvers than the site wants, or an approver or reviewer who takes part in the work",
    include_str!("separation_of_duties.md"),
)
.gate();

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let Some((plan, status)) = own_plan(subject) else { return Vec::new() };
    let Some(policy) = policy(subject) else { return Vec::new() };
    let mut findings = Vec::new();
    if (Status::Approved..=Status::Closed).contains(&status) {
        findings.extend(reviewers(subject, plan, policy));
    }
    if (Status::Scheduled..=Status::Closed).contains(&status) {
        findings.extend(approvers(subject, plan, policy));
    }
    findings
}

/// What the site wants of a release or change of this type.
fn policy<'a>(subject: &Subject<'a>) -> Option<&'a ApprovalPolicy> {
    let kind = subject.context.book.plan_kind(subject.index)?;
    let of_type = subject.record.type_word().unwrap_or(kind.presumed_type());
    subject.context.settings.process.approvals.get(of_type)
}

fn approvers(subject: &Subject<'_>, plan: &Plan, policy: &ApprovalPolicy) -> Vec<Finding> {
    let given = plan.approvals.iter().enumerate().filter(|(_, of)| of.is_given());
    let (mut findings, mut counted) = (Vec::new(), Vec::new());
    for (number, approval) in given {
        match part(subject, plan, policy, approval.by.as_deref()) {
            Some(part) => {
                let message = format!("{} {part}, and approves it", approval.by.as_deref().unwrap_or_default().trim());
                findings.push(barred(subject, &format!("approvals.{number}.by"), message));
            }
            None if approval.on.is_some_and(|on| on <= subject.context.today) => counted.push(approval),
            None => {}
        }
    }
    if !may_still_be_approved(subject, plan) {
        findings.extend(too_few(subject, policy, &counted));
    }
    findings
}

/// Roles of which nobody approved, and people who are too few.
fn too_few(subject: &Subject<'_>, policy: &ApprovalPolicy, counted: &[&Approval]) -> Option<Finding> {
    let name = |text: &Option<String>| text.as_deref().map(fold_name).filter(|text| !text.is_empty());
    let roles: FxHashSet<String> =
        counted.iter().filter(|of| name(&of.by).is_some()).filter_map(|of| name(&of.role)).collect();
    let people: FxHashSet<String> = counted.iter().filter_map(|of| name(&of.by)).collect();
    let missing: Vec<&String> = policy.roles.iter().filter(|role| !roles.contains(&fold_name(role))).collect();
    let at = subject.first_of(&["approvals", "status"]);
    let wanted = policy.at_least;
    let finding = match (missing.as_slice(), people.len()) {
        ([], count) if count >= usize::from(wanted) => return None,
        ([], count) => {
            let message = format!("{wanted} people have to approve this, and {count} did");
            subject
                .finding(&SEPARATION_OF_DUTIES, at, message)
                .label("approvals that count: named, dated, not of the future")
        }
        (missing, _) => {
            let message = format!("nobody who is named has approved this as {}", list(missing));
            subject.finding(&SEPARATION_OF_DUTIES, at, message).label("roles are held against `role`")
        }
    };
    Some(finding.help("add the approval that is wanted, or take the status back to `approved`"))
}

fn reviewers(subject: &Subject<'_>, plan: &Plan, policy: &ApprovalPolicy) -> Vec<Finding> {
    let halves = [("security", &plan.impact.security), ("operational", &plan.impact.operational)];
    let by = halves.iter().filter_map(|(word, half)| Some((word, half.as_ref()?.by.as_deref()?)));
    by.filter_map(|(word, by)| {
        let part = part(subject, plan, policy, Some(by))?;
        Some(barred(subject, &format!("impact.{word}.by"), format!("{} {part}, and reviews it", by.trim())))
    })
    .collect()
}

fn barred(subject: &Subject<'_>, path: &str, message: String) -> Finding {
    let finding = subject.finding(&SEPARATION_OF_DUTIES, path, message).label("takes part in the work");
    finding.help("let somebody decide who neither asked for it nor does it")
}

/// What somebody does in the work, where that bars them.
fn part(subject: &Subject<'_>, plan: &Plan, policy: &ApprovalPolicy, name: Option<&str>) -> Option<&'static str> {
    let name = fold_name(name?);
    let is = |other: &str| fold_name(other) == name;
    let is_one = |other: &Option<String>| other.as_deref().is_some_and(is);
    let does = |involved: &Involved| match involved {
        Involved::Initiator => is_one(&plan.initiator).then_some("asked for this"),
        Involved::Owner => is_one(&subject.header().owner).then_some("answers for this"),
        Involved::ReleaseManager => is_one(&plan.release_manager).then_some("leads this"),
        Involved::Responsible => {
            plan.raci.iter().any(|row| row.responsible.iter().any(|of| is(of))).then_some("does some of this")
        }
        Involved::Accountable => {
            plan.raci.iter().any(|row| row.accountable.iter().any(|of| is(of))).then_some("answers for some of this")
        }
    };
    policy.not.iter().find_map(does)
}
