//! RB502: a known error that is fixed before it was introduced, or by a release of another service; numbers that begin
//! anew.

use super::subject::Subject;
use crate::book::RecordIndex;
use crate::diag::{Finding, Lint};
use crate::record::{Kind, KnownError, Record, Reference, Release};

/// A known error that is fixed before it was introduced, or by a release of another service; numbers that begin anew.
pub const RANGE_ORDER: Lint = Lint::process(
    "RB502",
    "range-order",
    "fixed before it was introduced, or in another service; numbers that begin anew",
    include_str!("range_order.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    match subject.record {
        Record::KnownError(known) => of_known_error(subject, known),
        Record::Release(release) => of_release(subject, release).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Fixes that do not come behind any release that introduced the known error.
fn of_known_error(subject: &Subject<'_>, known: &KnownError) -> Vec<Finding> {
    let introduced: Vec<RecordIndex> =
        known.introduced_in.iter().filter_map(|release| positioned(subject, release)).collect();
    if introduced.is_empty() {
        return Vec::new();
    }
    let fixes = known.fixed_in.iter().enumerate();
    fixes.filter_map(|(number, fix)| misplaced(subject, known, &introduced, number, fix)).collect()
}

/// A release with a place in the order of its service.
fn positioned(subject: &Subject<'_>, release: &Reference) -> Option<RecordIndex> {
    let book = subject.context.book;
    let release = book.tables.find(Kind::Release, &release.id)?;
    book.carry_forward.lineage.position(release).map(|_| release)
}

fn misplaced(
    subject: &Subject<'_>,
    known: &KnownError,
    introduced: &[RecordIndex],
    number: usize,
    fix: &Reference,
) -> Option<Finding> {
    let lineage = &subject.context.book.carry_forward.lineage;
    let release = positioned(subject, fix)?;
    let (service, place) = lineage.position(release)?;
    let of_service = introduced.iter().filter_map(|from| lineage.position(*from)).filter(|(of, _)| *of == service);
    let first = known.introduced_in.first().map_or("", |release| release.id.as_str());
    let message = match of_service.map(|(_, place)| place).min() {
        _ if introduced.iter().any(|from| lineage.follows(release, *from)) => return None,
        Some(from) if from < place => return None,
        Some(_) => format!("{} fixes this, and does not come after {first}, which introduced it", fix.id),
        None => format!("{} fixes this, and is a release of another service than {first}, which introduced it", fix.id),
    };
    Some(
        subject
            .finding(&RANGE_ORDER, &format!("fixed_in.{number}"), message)
            .label("not behind the release that introduced it")
            .related(subject.key("introduced_in.0"), "introduced here")
            .help("a known error is in every release of a service from `introduced_in` up to `fixed_in`; correct one of them"),
    )
}

/// A release with a lower version than all that went live before it: nobody can tell what it follows.
fn of_release(subject: &Subject<'_>, release: &Release) -> Option<Finding> {
    let book = subject.context.book;
    let last_index = book.carry_forward.lineage.begins_after(subject.index)?;
    let last = book.get(last_index);
    let (version, id) = (release.version.as_deref()?, &last.header().id);
    let before = match last {
        Record::Release(last) => last.version.as_deref().map(|version| format!("{id} ({version})")),
        _ => None,
    };
    let before = before.unwrap_or_else(|| id.clone());
    let message = format!("{before} went live before this, and no version before it is lower than {version}");
    let finding = subject
        .finding(&RANGE_ORDER, "version", message)
        .label("it follows no release, and has the known errors of none")
        .help(format!("if the numbers begin anew, name the release that this one replaces: `supersedes: {id}`"))
        .help("else correct the version or the date, or add the release that it follows");
    Some(match Subject::new(subject.context, last_index) {
        Some(other) => finding.related(other.key("version"), "a greater version"),
        None => finding,
    })
}
