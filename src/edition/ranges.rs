//! Which records hide from an audience something that decides which release has which known error: a range that is told
//! without it could be wrong.

use jiff::civil::Date;

use crate::config::EditionSettings;
use crate::record::{Kind, KnownError, KnownErrorStatus, Record, Reference, Release, Status, fold};

/// What of a release decides which other follows it, and what is in it.
#[derive(PartialEq)]
struct OfRelease {
    service: Option<String>,
    version: Option<String>,
    days: [Option<Date>; 2],
    status: Option<Status>,
    is_live: bool,
    is_rolled_back: bool,
    supersedes: Vec<String>,
    known_errors: Vec<String>,
}

/// What of a known error decides where it begins and ends.
#[derive(PartialEq)]
struct OfKnownError {
    status: Option<KnownErrorStatus>,
    releases: [Vec<String>; 3],
}

/// What may not be told of because of a record: a known error, or a release and its service.
pub(super) fn untold(record: &Record, shown: &Record, settings: Option<&EditionSettings>) -> Vec<(Kind, String)> {
    // Who is not told where an error begins or ends is not told either that it has no end.
    let tells = ["introduced_in", "fixed_in"].iter().all(|key| settings.is_none_or(|settings| settings.shows_key(key)));
    match (record, shown) {
        (Record::Release(of), Record::Release(shown)) if of_release(of) != of_release(shown) => {
            let service = of.header.service.as_ref().map(|service| (Kind::Service, fold(service)));
            [(Kind::Release, fold(&of.header.id))].into_iter().chain(service).collect()
        }
        (Record::KnownError(of), Record::KnownError(shown))
            if !tells || of_known_error(of) != of_known_error(shown) =>
        {
            vec![(Kind::KnownError, fold(&of.header.id))]
        }
        _ => Vec::new(),
    }
}

fn of_release(of: &Release) -> OfRelease {
    OfRelease {
        service: of.header.service.clone(),
        version: of.version.clone(),
        days: [of.plan.planned_date, of.plan.last_attempt_day()],
        status: of.plan.status,
        is_live: of.plan.is_live(),
        is_rolled_back: of.plan.is_rolled_back(),
        supersedes: ids(of.plan.supersedes.as_slice()),
        known_errors: ids(&of.known_errors),
    }
}

fn of_known_error(of: &KnownError) -> OfKnownError {
    OfKnownError { status: of.status, releases: [&of.introduced_in, &of.fixed_in, &of.affects].map(|of| ids(of)) }
}

fn ids(references: &[Reference]) -> Vec<String> {
    references.iter().map(|reference| reference.id.clone()).collect()
}
