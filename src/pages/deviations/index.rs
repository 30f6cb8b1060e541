//! All deviations: how many of each kind, of each service and of each year, and the newest of them.

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::row::{DeviationRow, row};
use super::year::name;
use crate::book::{Deviation, RecordIndex};
use crate::pages::parts::context::Context;
use crate::pages::parts::frame::Frame;
use crate::pages::parts::row::{Badge, Link};
use crate::pages::parts::time::Day;
use crate::record::{DeviationKind, Kind, Vocabulary};
use crate::route::Route;

/// How many deviations, and how many services, the page names.
const SHOWN: usize = 20;

/// How many deviations are of a kind.
#[derive(Debug, Serialize)]
pub struct KindRow {
    /// The kind.
    pub kind: Badge,
    /// What it is.
    pub meaning: &'static str,
    /// How many there are.
    pub count: usize,
}

/// How many deviations there are of something that has a page.
#[derive(Debug, Serialize)]
pub struct CountRow {
    /// What that is.
    pub link: Link,
    /// How many there are.
    pub count: usize,
    /// The releases of the year, as an auditor asks for them.
    pub releases: Option<Link>,
}

/// The view of `deviations.html`.
#[derive(Debug, Serialize)]
pub struct DeviationsView {
    /// What stands around it.
    pub page: Frame,
    /// The day up to which work had begun.
    pub today: Day,
    /// How many there are.
    pub count: usize,
    /// How many releases and changes have any.
    pub records: usize,
    /// How many releases and changes were carried out.
    pub carried_out: usize,
    /// Every kind.
    pub kinds: Vec<KindRow>,
    /// The years, the newest first.
    pub years: Vec<CountRow>,
    /// The services with the most.
    pub services: Vec<CountRow>,
    /// How many services more have any.
    pub more_services: usize,
    /// How many are of records without a service.
    pub without_service: usize,
    /// The newest.
    pub rows: Vec<DeviationRow>,
}

/// The page of all deviations.
pub fn deviations(context: &Context<'_>) -> DeviationsView {
    let (edition, deviations) = (context.edition, context.deviations);
    let all = deviations.all();
    let kind = |kind: &DeviationKind| KindRow {
        kind: Badge::new(*kind),
        meaning: kind.said().doc.trim(),
        count: all.iter().filter(|of| of.kind == *kind).count(),
    };
    let year = |year: &Option<i16>| {
        let releases = deviations.releases(*year);
        CountRow {
            link: Link::new(context.href(&Route::year_deviations(*year)), name(*year)),
            count: deviations.of_year(*year).len(),
            releases: (!releases.is_empty()).then(|| {
                let noun = if releases.len() == 1 { "release" } else { "releases" };
                Link::new(context.href(&Route::audited_releases(*year)), format!("{} {noun}", releases.len()))
            }),
        }
    };
    let service = |of: &Deviation| {
        let name = edition.get(of.record).header().service.as_deref()?;
        edition.tables.find(Kind::Service, name)
    };
    let mut counts: FxHashMap<RecordIndex, usize> = FxHashMap::default();
    all.iter().filter_map(service).for_each(|index| *counts.entry(index).or_default() += 1);
    let with_service: usize = counts.values().sum();
    let mut services: Vec<(RecordIndex, usize)> = counts.into_iter().collect();
    services.sort_unstable_by_key(|(index, count)| (std::cmp::Reverse(*count), *index));
    let of_service = |(index, count): &(RecordIndex, usize)| CountRow {
        link: Link { href: context.href_of(*index), text: edition.get(*index).header().title.clone() },
        count: *count,
        releases: None,
    };
    DeviationsView {
        page: Frame::new(context, "Deviations", "deviations"),
        today: Day::new(context.today),
        count: all.len(),
        records: deviations.records(),
        carried_out: deviations.carried_out(),
        kinds: DeviationKind::ALL.iter().map(kind).collect(),
        years: deviations.years().iter().map(year).collect(),
        services: services.iter().take(SHOWN).map(of_service).collect(),
        more_services: services.len().saturating_sub(SHOWN),
        without_service: all.len() - with_service,
        rows: all.iter().take(SHOWN).map(|of| row(context, of)).collect(),
    }
}
