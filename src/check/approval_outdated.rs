//! RB319: an approval of another plan than the one that stands now, or one that was rewritten, taken out or dated back.

use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::contents_then::NamedByChanges;
use super::plan_changes::{FormerIds, Written, plan_changes};
use super::subject::Subject;
use super::words::list;
use crate::diag::{Finding, Lint};
use crate::record::{Approval, Record, Status, fold_name};
use crate::source::{Revision, Source};

/// An approval of another plan than the one that stands now.
pub const APPROVAL_OUTDATED: Lint = Lint::process(
    "RB319",
    "approval-outdated",
    "an approval of another plan than the one at `--since REVISION`, or one that was rewritten since",
    include_str!("approval_outdated.md"),
);

/// What became of the approvals that a record had.
#[derive(Default)]
struct Fate<'a> {
    /// Those that stand as they were.
    standing: Vec<(usize, &'a Approval)>,
    /// Those in whose place something else stands.
    rewritten: Vec<(&'a Approval, (usize, &'a Approval))>,
    removed: Vec<&'a Approval>,
    new: Vec<(usize, &'a Approval)>,
}

/// Holds a record's approvals against what they were, and its plan against what it was.
pub(super) fn outdated(
    subject: &Subject<'_>,
    (was, source): (&Record, &Source),
    former: &FormerIds,
    named: &NamedByChanges,
    revision: &Revision,
) -> Vec<Finding> {
    let (Some(then), Some(now)) = (was.plan(), subject.record.plan()) else { return Vec::new() };
    let is_agreed =
        |status: Option<Status>| status.is_some_and(|status| (Status::Approved..=Status::Closed).contains(&status));
    if then.approvals.is_empty() || !(is_agreed(then.status) || is_agreed(now.status)) {
        return Vec::new();
    }
    let fate = fate(&then.approvals, &now.approvals);
    let mut findings: Vec<Finding> =
        fate.rewritten.iter().map(|(was, is)| rewritten(subject, was, *is, revision)).collect();
    findings.extend(fate.removed.iter().map(|was| removed(subject, was, revision)));
    let days = days(subject, source, revision);
    let is = Written { record: subject.record, text: subject.text() };
    let named = named.of(was, subject.record, former);
    let changes = plan_changes(Written { record: was, text: &source.text }, is, former, named, &days);
    if changes.is_empty() || now.status == Some(Status::Cancelled) {
        return findings;
    }
    let changes = list(&changes);
    let is_yes = |(_, of): &&(usize, &Approval)| of.is_given();
    let dated_back = fate.new.iter().filter(is_yes).filter_map(|(number, of)| Some((number, of.on?)));
    findings.extend(dated_back.filter(|(_, on)| on < days.start()).map(|(number, on)| {
        let message = format!("this approval is dated {on}, before {changes} changed");
        subject
            .finding(&APPROVAL_OUTDATED, &format!("approvals.{number}.on"), message)
            .label(format!("as it was at {}, the record was written on {}", revision.name, days.start()))
            .help("write the day on which the plan that stands now was approved")
    }));
    let is_renewed = |of: &Approval| {
        let mut new = fate.new.iter().filter(is_yes).filter(|(_, new)| new.on.is_some_and(|on| days.contains(&on)));
        new.any(|(_, new)| is_same_approver(of, new))
    };
    let outdated = fate.standing.iter().filter(is_yes).filter(|(_, of)| !is_renewed(of));
    findings.extend(outdated.map(|(number, of)| {
        let message = format!("{} approved another plan: since {}, {changes} changed", who(of), revision.name);
        subject
            .finding(&APPROVAL_OUTDATED, &format!("approvals.{number}"), message)
            .label("given before the change")
            .help("let the plan be approved again, and add that approval to the list; this one stays")
            .help("a window may have its own instead: `approved_by` and a new `approved_on` under the window")
    }));
    findings
}

/// The days on which what stands now can have been approved: from the day on which what stood there before was written, where
/// that is known, up to today.
fn days(subject: &Subject<'_>, source: &Source, revision: &Revision) -> RangeInclusive<Date> {
    let zone = &subject.context.settings.time_zone;
    let written = revision.changed_at(&source.path).map(|at| at.to_zoned(zone.clone()).date());
    written.unwrap_or(Date::MIN)..=subject.context.today
}

fn fate<'a>(then: &'a [Approval], now: &'a [Approval]) -> Fate<'a> {
    let mut left: Vec<(usize, &Approval)> = now.iter().enumerate().collect();
    let mut fate = Fate::default();
    let mut take = |is_it: &dyn Fn(&Approval) -> bool| {
        let at = left.iter().position(|(_, of)| is_it(of))?;
        Some(left.remove(at))
    };
    let mut changed = Vec::new();
    // What is the same is found first: what is left may be what became of the others.
    for was in then {
        match take(&|is| same(was, is)) {
            Some(is) => fate.standing.push(is),
            None => changed.push(was),
        }
    }
    for was in changed.into_iter().filter(|was| was.decision.is_some()) {
        if let Some(is) = take(&|is| is_completed(was, is)) {
            fate.standing.push(is);
        } else if let Some(is) = take(&|is| is_same_approver(was, is)) {
            fate.rewritten.push((was, is));
        } else {
            fate.removed.push(was);
        }
    }
    fate.standing.sort_unstable_by_key(|(number, _)| *number);
    fate.new = left;
    fate
}

fn same(was: &Approval, is: &Approval) -> bool {
    was.role == is.role && was.by == is.by && was.on == is.on && was.at == is.at && was.decision == is.decision
}

/// Whether all that was said of an approval is still said, and something more.
fn is_completed(was: &Approval, is: &Approval) -> bool {
    (was.role.is_none() || was.role == is.role)
        && (was.by.is_none() || was.by == is.by)
        && (was.on.is_none() || was.on == is.on)
        && (was.at.is_none() || was.at == is.at)
        && was.decision == is.decision
}

/// Whether two approvals are of one role, or of one person.
fn is_same_approver(one: &Approval, other: &Approval) -> bool {
    let is_same = |one: &Option<String>, other: &Option<String>| match (one, other) {
        (Some(one), Some(other)) => fold_name(one) == fold_name(other),
        _ => false,
    };
    let is_nobody = one.role.is_none() && one.by.is_none();
    is_nobody || is_same(&one.role, &other.role) || is_same(&one.by, &other.by)
}

fn who(of: &Approval) -> &str {
    of.by.as_deref().or(of.role.as_deref()).unwrap_or("an approver")
}

/// What an approval said: `R. Manager, 2026-11-12, approved`.
fn said(of: &Approval) -> String {
    let on = of.at.as_ref().map(|at| at.strftime("%Y-%m-%dT%H:%M").to_string()).or(of.on.map(|on| on.to_string()));
    let decision = of.decision.map(|decision| decision.word().to_owned());
    let parts: Vec<String> = [of.role.clone(), of.by.clone(), on, decision].into_iter().flatten().collect();
    parts.join(", ")
}

fn rewritten(subject: &Subject<'_>, was: &Approval, (number, is): (usize, &Approval), revision: &Revision) -> Finding {
    let is_dated_back = matches!((was.on, is.on), (Some(was), Some(is)) if is < was)
        || matches!((&was.at, &is.at), (Some(was), Some(is)) if is < was);
    let what = if is_dated_back { "dated back" } else { "rewritten" };
    let message = format!("the approval of {} was {what} since {}", who(was), revision.name);
    subject
        .finding(&APPROVAL_OUTDATED, &format!("approvals.{number}"), message)
        .label(format!("it was: {}", said(was)))
        .help("write it as it was; a later decision is an approval of its own, below it in the list")
}

fn removed(subject: &Subject<'_>, was: &Approval, revision: &Revision) -> Finding {
    let message = format!("the approval of {} was taken out since {}", who(was), revision.name);
    subject
        .finding(&APPROVAL_OUTDATED, subject.first_of(&["approvals", "status"]), message)
        .label(format!("it was: {}", said(was)))
        .help("put it back; a decision that is taken back is one of its own, below it: `decision: rejected`")
}
