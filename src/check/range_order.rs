//! RB502: a known error that is fixed before it was introduced, or by a release of another service.

use super::subject::Subject;
use crate::book::{Book, RecordIndex};
use crate::diag::{Finding, Lint};
use crate::record::{Kind, KnownError, Record, Reference};

/// A known error that is fixed before it was introduced, or by a release of another service.
pub const RANGE_ORDER: Lint = Lint::process(
    "RB502",
    "range-order",
    "fixed before it was introduced, or in another service",
    include_str!("range_order.md"),
);

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let Record::KnownError(known) = subject.record else { return Vec::new() };
    let introduced = positions(subject.context.book, &known.introduced_in);
    if introduced.is_empty() {
        return Vec::new();
    }
    let fixes = known.fixed_in.iter().enumerate();
    fixes.filter_map(|(number, fix)| finding(subject, known, &introduced, number, fix)).collect()
}

/// The service of a release and its place in the order of that service's releases.
type Position = (RecordIndex, usize);

fn positions(book: &Book, releases: &[Reference]) -> Vec<Position> {
    releases.iter().filter_map(|release| position(book, release)).collect()
}

fn position(book: &Book, release: &Reference) -> Option<Position> {
    let index = book.tables.find(Kind::Release, &release.id)?;
    let service = book.service(book.get(index).header().service.as_deref()?)?;
    Some((service, book.carry_forward.position(index)?))
}

fn finding(
    subject: &Subject<'_>,
    known: &KnownError,
    introduced: &[Position],
    number: usize,
    fix: &Reference,
) -> Option<Finding> {
    let (service, place) = position(subject.context.book, fix)?;
    let first = known.introduced_in.first().map_or("", |release| release.id.as_str());
    let in_service = introduced.iter().filter(|(of, _)| *of == service);
    let message = match in_service.map(|(_, place)| *place).min() {
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
