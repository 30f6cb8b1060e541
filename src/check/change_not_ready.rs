//! RB312: a release ahead of its changes.

use super::subject::Subject;
use crate::book::{Direction, RecordIndex};
use crate::diag::{Finding, Lint};
use crate::record::{Change, Record, Relation, Release, Status, Window, fold};

/// A release ahead of its changes.
pub const CHANGE_NOT_READY: Lint = Lint::process(
    "RB312",
    "change-not-ready",
    "a release ahead of its changes, or a change ahead of its releases",
    include_str!("change_not_ready.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    if let Record::Change(change) = subject.record {
        return ahead(subject, change).or_else(|| beside(subject, change)).into_iter().collect();
    }
    let Record::Release(release) = subject.record else { return Vec::new() };
    let Some(status) = release.plan.status else { return Vec::new() };
    let changes = subject.context.book.connections.others(subject.index, Relation::Delivers, Direction::Forward);
    changes.iter().filter_map(|change| finding(subject, release, status, change.other)).collect()
}

/// A change that was carried out, and none of the releases that deliver it was begun: what it wants is asked of them.
fn ahead(subject: &Subject<'_>, change: &Change) -> Option<Finding> {
    let status = change.plan.status.filter(|status| status.has_begun())?;
    let book = subject.context.book;
    let releases = book.connections.others(subject.index, Relation::Delivers, Direction::Backward);
    let has_begun = |index: RecordIndex| {
        let plan = book.get(index).plan();
        plan.is_some_and(|plan| plan.status.is_none_or(Status::has_begun))
    };
    let first = releases.first()?;
    if releases.iter().any(|release| has_begun(release.other)) {
        return None;
    }
    let of_release = book.get(first.other);
    let (id, word) = (&of_release.header().id, of_release.plan().and_then(|plan| plan.status)?.word());
    let message = format!("this change is `{}`, and {id}, which delivers it, is `{word}`", status.word());
    let finding = subject.finding(&CHANGE_NOT_READY, "status", message).label("ahead of its release");
    let finding =
        finding.help(format!("bring {id} up to date, name the release that delivered it, or take the status back"));
    Some(match Subject::new(subject.context, first.other) {
        Some(other) => finding.related(other.key("status"), format!("the status of {id}")),
        None => finding,
    })
}

/// A change that is agreed to or carried out in a window of its own, in which no release that delivers it has one: what was
/// approved there is other work.
fn beside(subject: &Subject<'_>, change: &Change) -> Option<Finding> {
    change.plan.status.filter(|status| !matches!(status, Status::Draft | Status::Assessment | Status::Cancelled))?;
    let book = subject.context.book;
    let releases = book.connections.others(subject.index, Relation::Delivers, Direction::Backward);
    let plans = || releases.iter().filter_map(|release| book.get(release.other).plan());
    if plans().all(|plan| plan.windows.is_empty()) {
        return None;
    }
    let is_within = |of: &Window| {
        let meets = |other: &Window| other.begins() < of.ends() && of.begins() < other.ends();
        plans().any(|plan| plan.attempts().any(|(_, other)| meets(other)))
    };
    let (number, _) = change.plan.attempts().find(|(_, window)| !is_within(window))?;
    let id = &book.get(releases.first()?.other).header().id;
    let message = format!("this change has a window of its own, in which {id}, which delivers it, has none");
    let finding = subject.finding(&CHANGE_NOT_READY, &format!("windows.{number}.start"), message);
    let finding = finding.label("work that no release has a window for");
    Some(
        finding.help(format!(
            "take the window out, for {id} has its own; or name no release, and let the change be approved"
        )),
    )
}

fn finding(subject: &Subject<'_>, release: &Release, status: Status, index: RecordIndex) -> Option<Finding> {
    let Record::Change(change) = subject.context.book.get(index) else { return None };
    let (change_status, id) = (change.plan.status?, &change.header.id);
    let wanted = wanted(subject, status, change_status, index)?;
    let place = match position(release, change) {
        Some(number) => subject.key(&format!("changes.{number}")),
        None => subject.key("status"),
    };
    let message =
        format!("this release is `{}`, and its change {id} is still `{}`", status.word(), change_status.word());
    let finding = Finding::new(&CHANGE_NOT_READY, place, message)
        .label(format!("expected a change that is {wanted}"))
        .help(format!("bring {id} up to date, or take it out of the release, or the release\u{2019}s status back"));
    Some(match Subject::new(subject.context, index) {
        Some(other) => finding.related(other.key("status"), format!("the status of {id}")),
        None => finding,
    })
}

/// What the change should be by now, if it is not.
fn wanted(subject: &Subject<'_>, status: Status, change: Status, index: RecordIndex) -> Option<&'static str> {
    if change == Status::Cancelled {
        return None;
    }
    match status {
        Status::Scheduled | Status::InProgress if change < Status::Approved => Some("approved at least"),
        Status::Deployed if change.is_ahead() && is_last(subject, index, Status::Deployed) => Some("deployed"),
        Status::Closed if change < Status::RolledBack && is_last(subject, index, Status::Closed) => Some("closed"),
        _ => None,
    }
}

/// Whether every release that delivers the change is as far as `status`: one that comes in parts stays open.
fn is_last(subject: &Subject<'_>, change: RecordIndex, status: Status) -> bool {
    let book = subject.context.book;
    let releases = book.connections.others(change, Relation::Delivers, Direction::Backward);
    releases.iter().all(|release| {
        let of_release = book.get(release.other).plan().and_then(|plan| plan.status);
        of_release.is_some_and(|of_release| of_release >= status)
    })
}

/// Where the release names the change.
fn position(release: &Release, change: &Change) -> Option<usize> {
    release.changes.iter().position(|reference| fold(&reference.id) == fold(&change.header.id))
}
