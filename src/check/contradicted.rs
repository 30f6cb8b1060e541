//! RB505: records that contradict each other about what is fixed.

use super::subject::Subject;
use super::words::list;
use crate::book::{Book, Direction, RecordIndex, Relation};
use crate::diag::{Finding, Lint};
use crate::record::{Kind, KnownError, KnownErrorStatus, Problem, ProblemStatus, Record, Release, Status};

/// Records that contradict each other about what is fixed.
pub const CONTRADICTED: Lint = Lint::process(
    "RB505",
    "contradicted",
    "a release that claims to fix a problem whose known error is still open, and the like",
    include_str!("contradicted.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    match subject.record {
        Record::Release(release) => of_release(subject, release),
        Record::KnownError(known) => of_known_error(subject, known).into_iter().collect(),
        Record::Problem(problem) => of_problem(subject, problem).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn is_live(status: Option<Status>) -> bool {
    matches!(status, Some(Status::Deployed | Status::Closed))
}

/// Whether somebody still has to live with it and nobody has decided to.
fn is_open(known: &KnownError) -> bool {
    !matches!(known.status, None | Some(KnownErrorStatus::Resolved | KnownErrorStatus::WontFix))
}

/// The known errors of a problem that are still open.
fn open_errors(book: &Book, problem: RecordIndex) -> impl Iterator<Item = (RecordIndex, &KnownError)> {
    let others = book.connections.others(problem, Relation::Problem, Direction::Backward).iter();
    others.filter_map(|connection| match book.get(connection.other) {
        Record::KnownError(known) if is_open(known) => Some((connection.other, known.as_ref())),
        _ => None,
    })
}

/// A live release that ends a problem, while a known error of the problem is open.
fn of_release(subject: &Subject<'_>, release: &Release) -> Vec<Finding> {
    if !is_live(release.plan.status) {
        return Vec::new();
    }
    let book = subject.context.book;
    let mut findings = Vec::new();
    for (number, problem) in release.header.problems.iter().enumerate() {
        let Some(index) = book.tables.find(Kind::Problem, &problem.id) else { continue };
        let contradicting = open_errors(book, index)
            .filter(|(error, known)| !is_explained(book, subject.index, *error, known))
            .filter(|(error, known)| is_first(subject, index, *error, known));
        for (error, known) in contradicting {
            let id = &known.header.id;
            let message =
                format!("this release is live and ends {}, and its known error {id} is still open", problem.id);
            let finding = subject
                .finding(&CONTRADICTED, &format!("problems.{number}"), message)
                .label("ended by this release?")
                .help(format!("if it is, set {id} to `resolved` with `fixed_in: [{}]`", release.header.id))
                .help(format!("if it is not, name {id} under `known_errors` of this release, or take the problem out"));
            findings.push(match Subject::new(subject.context, error) {
                Some(other) => finding.related(other.key("status"), "still open here"),
                None => finding,
            });
        }
    }
    findings
}

/// Whether the known error itself says how it stands to the release: the release has it, brought it or fixes it, it came
/// with later ones only, or another one that is still to come should fix it.
fn is_explained(book: &Book, release: RecordIndex, error: RecordIndex, known: &KnownError) -> bool {
    let brought_by = book.connections.others(error, Relation::IntroducedIn, Direction::Forward);
    let fixed_by = book.connections.others(error, Relation::FixedIn, Direction::Forward);
    let has_it = book.connections.others(error, Relation::HasKnownError, Direction::Backward);
    let is_named = [brought_by, fixed_by, has_it].into_iter().flatten().any(|named| named.other == release);
    let date = |index: RecordIndex| book.get(index).date();
    let first = brought_by.iter().chain(has_it).filter_map(|named| date(named.other)).min();
    let came_later = first.zip(date(release)).is_some_and(|(first, date)| first > date);
    let planned = known.planned_fix.as_ref().and_then(|planned| book.tables.find(Kind::Release, &planned.id));
    let is_planned = planned.is_some_and(|planned| {
        planned != release && book.get(planned).plan().and_then(|plan| plan.status).is_none_or(Status::is_ahead)
    });
    is_named || came_later || is_planned
}

/// Whether no earlier release contradicts the same known error: it is said once, where it was claimed first.
fn is_first(subject: &Subject<'_>, problem: RecordIndex, error: RecordIndex, known: &KnownError) -> bool {
    let book = subject.context.book;
    let claims = |index: RecordIndex| {
        let Record::Release(release) = book.get(index) else { return false };
        is_live(release.plan.status) && !is_explained(book, index, error, known)
    };
    // Lists have the newest first.
    let ending = book.connections.others(problem, Relation::Problem, Direction::Backward).iter().rev();
    ending.map(|connection| connection.other).find(|index| claims(*index)) == Some(subject.index)
}

/// A known error whose status and whose fixing releases disagree.
fn of_known_error(subject: &Subject<'_>, known: &KnownError) -> Option<Finding> {
    let book = subject.context.book;
    let fixes = known.fixed_in.iter().filter_map(|fix| Some((fix, book.tables.find(Kind::Release, &fix.id)?)));
    let fixes: Vec<_> =
        fixes.filter_map(|(fix, index)| Some((fix.id.as_str(), index, book.get(index).plan()?.status?))).collect();
    let all: Vec<&str> = fixes.iter().map(|(id, ..)| *id).collect();
    let is_resolved = known.status == Some(KnownErrorStatus::Resolved);
    let (message, help) = if is_resolved
        && !fixes.is_empty()
        && fixes.iter().all(|(.., status)| !is_live(Some(*status)))
    {
        let message = format!("this is resolved by {}, which is not live", list(&all));
        (
            message,
            "until then it is open: write `planned_fix` in place of `fixed_in`, or correct the release\u{2019}s status",
        )
    } else if is_open(known) && !fixes.is_empty() && fixes.iter().all(|(.., status)| is_live(Some(*status))) {
        let message = format!("this is still open, and {}, which fixes it, is live", list(&all));
        (message, "set it to `resolved`, or take the release out of `fixed_in` if it did not help")
    } else {
        return None;
    };
    let finding = subject.finding(&CONTRADICTED, "status", message).label("says otherwise").help(help);
    let (id, index, status) = fixes[0];
    Some(match Subject::new(subject.context, index) {
        Some(other) => finding.related(other.key("status"), format!("{id} is `{}`", status.word())),
        None => finding,
    })
}

/// A problem that is done with, while a known error of it is open.
fn of_problem(subject: &Subject<'_>, problem: &Problem) -> Option<Finding> {
    let is_done = matches!(problem.status, Some(ProblemStatus::Resolved | ProblemStatus::Closed));
    let (error, known) = open_errors(subject.context.book, subject.index).next().filter(|_| is_done)?;
    let id = &known.header.id;
    let message = format!("this problem is done with, and its known error {id} is still open");
    let finding = subject
        .finding(&CONTRADICTED, "status", message)
        .label("says otherwise")
        .help(format!("set {id} to `resolved` or `wont-fix`, or open the problem again"));
    Some(match Subject::new(subject.context, error) {
        Some(other) => finding.related(other.key("status"), "still open here"),
        None => finding,
    })
}
