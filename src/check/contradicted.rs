//! RB505: records that contradict each other about what is fixed.

use std::cmp::Reverse;

use jiff::civil::Date;
use rayon::prelude::*;

use super::subject::{Context, Subject};
use super::words::list;
use super::work::is_fix_planned;
use crate::book::{Book, Connection, Direction, RecordIndex};
use crate::diag::{Finding, Lint};
use crate::record::{
    Kind, KnownError, KnownErrorStatus, Plan, Problem, ProblemStatus, Record, Relation, Standing, fold,
};

/// Records that contradict each other about what is fixed.
pub const CONTRADICTED: Lint = Lint::process(
    "RB505",
    "contradicted",
    "a release that claims to fix a problem whose known error is still open, and the like",
    include_str!("contradicted.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    match subject.record {
        Record::KnownError(known) => of_known_error(subject, known).into_iter().collect(),
        Record::Problem(problem) => of_problem(subject, problem).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The known errors of a problem that are still to be fixed.
fn open_errors(book: &Book, problem: RecordIndex) -> impl Iterator<Item = (RecordIndex, &KnownError)> {
    let others = book.connections.others(problem, Relation::Problem, Direction::Backward).iter();
    others.filter_map(|connection| match book.get(connection.other) {
        Record::KnownError(known) if known.is_to_be_fixed() => Some((connection.other, known.as_ref())),
        _ => None,
    })
}

/// Live releases that end a problem while a known error of it is open. Each known error is said once, at the first
/// release that contradicts it.
pub(super) fn find_claims(context: &Context<'_>) -> Vec<Finding> {
    let problems = context.book.tables.of_kind(Kind::Problem);
    problems.into_par_iter().flat_map_iter(|problem| of_claims(context, RecordIndex(problem))).collect()
}

fn of_claims(context: &Context<'_>, problem: RecordIndex) -> Vec<Finding> {
    let book = context.book;
    let mut open = open_errors(book, problem).filter(|(_, known)| !is_fix_planned(context, known)).peekable();
    if open.peek().is_none() {
        return Vec::new();
    }
    let ending = book.connections.others(problem, Relation::Problem, Direction::Backward).iter();
    let live = ending.filter_map(|connection| match book.get(connection.other) {
        record @ Record::Release(release) if release.plan.is_live() => Some((record.date(), connection.other)),
        _ => None,
    });
    let mut live: Vec<(Option<Date>, RecordIndex)> = live.collect();
    live.sort_unstable_by_key(|(date, release)| (*date, Reverse(*release)));
    open.filter_map(|(error, known)| claim(context, problem, &live, error, known)).collect()
}

/// The finding of the first release that contradicts a known error: not of one that came before all that have it, nor of
/// one that the known error names.
fn claim(
    context: &Context<'_>,
    problem: RecordIndex,
    live: &[(Option<Date>, RecordIndex)],
    error: RecordIndex,
    known: &KnownError,
) -> Option<Finding> {
    let book = context.book;
    let brought_by = book.connections.others(error, Relation::IntroducedIn, Direction::Forward);
    let fixed_by = book.connections.others(error, Relation::FixedIn, Direction::Forward);
    let has_it = book.connections.others(error, Relation::HasKnownError, Direction::Backward);
    let first = brought_by.iter().chain(has_it).filter_map(|named| book.get(named.other).date()).min();
    let (undated, dated) = live.split_at(live.partition_point(|(date, _)| date.is_none()));
    let later = &dated[dated.partition_point(|(date, _)| *date < first)..];
    let is_named = |release: RecordIndex| {
        let is_in = |named: &[Connection]| named.binary_search_by_key(&release, |named| named.other).is_ok();
        [brought_by, fixed_by, has_it].into_iter().any(is_in)
    };
    let release = undated.iter().chain(later).map(|(_, release)| *release).find(|release| !is_named(*release))?;
    let subject = Subject::new(context, release)?;
    let (id, problem_id) = (&known.header.id, &book.get(problem).header().id);
    let number = subject.header().problems.iter().position(|named| fold(&named.id) == fold(problem_id))?;
    let message = format!("this release is live and ends {problem_id}, and its known error {id} is still open");
    let finding = subject
        .finding(&CONTRADICTED, &format!("problems.{number}"), message)
        .label("ended by this release?")
        .help(format!("if it is, set {id} to `resolved` with `fixed_in: [{}]`", subject.header().id))
        .help(format!("if it is not, name {id} under `known_errors` of this release, or take the problem out"));
    Some(match Subject::new(context, error) {
        Some(other) => finding.related(other.key("status"), "still open here"),
        None => finding,
    })
}

/// A known error whose status and whose fixing releases disagree. Of a release that does not say how far it is, nothing
/// follows.
fn of_known_error(subject: &Subject<'_>, known: &KnownError) -> Option<Finding> {
    let book = subject.context.book;
    let fixes = known.fixed_in.iter().filter_map(|fix| Some((fix, book.tables.find(Kind::Release, &fix.id)?)));
    let fixes: Vec<_> = fixes.filter_map(|(fix, index)| Some((&fix.id, index, book.get(index).plan()?))).collect();
    let (id, index, plan) = *fixes.first()?;
    let is_unknown = |plan: &Plan| plan.standing(subject.context.today) == Standing::Unknown;
    if fixes.iter().any(|(.., plan)| is_unknown(plan)) {
        return None;
    }
    let all: Vec<&str> = fixes.iter().map(|(id, ..)| id.as_str()).collect();
    let is_resolved = known.status == Some(KnownErrorStatus::Resolved);
    let (message, help) = if is_resolved && fixes.iter().all(|(.., plan)| !plan.is_live()) {
        let message = format!("this is resolved by {}, which is not live", list(&all));
        (
            message,
            "until then it is open: write `planned_fix` in place of `fixed_in`, or correct the release\u{2019}s status",
        )
    } else if known.is_to_be_fixed() && fixes.iter().all(|(.., plan)| plan.is_live()) {
        let message = format!("this is still open, and {}, which fixes it, is live", list(&all));
        (message, "set it to `resolved`, or take the release out of `fixed_in` if it did not help")
    } else {
        return None;
    };
    let finding = subject.finding(&CONTRADICTED, "status", message).label("says otherwise").help(help);
    let said = match plan.status {
        _ if plan.is_rolled_back() => Some(format!("{id} was rolled back")),
        Some(status) => Some(format!("{id} is `{}`", status.word())),
        None => None,
    };
    Some(match (Subject::new(subject.context, index), said) {
        (Some(other), Some(said)) => finding.related(other.key(other.first_of(&["status", "windows"])), said),
        _ => finding,
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
