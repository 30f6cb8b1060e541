//! A service's page: its releases in order, and what is known to be wrong with them.

use serde::Serialize;

use super::configuration_item::{ComingWindow, caused_incidents, coming};
use super::parts::context::Context;
use super::parts::frame::Frame;
use super::parts::groups::{Groups, groups};
use super::parts::row::{Badge, Link, PAGE_LENGTH, badge, mark};
use super::parts::runs::{RunsView, runs_in};
use super::parts::time::Day;
use super::release::fixes;
use crate::book::{Direction, RecordIndex};
use crate::record::{Record, Relation, Service, Standing};

/// A release of the service, with what is known to be wrong with it.
#[derive(Debug, Serialize)]
pub struct VersionRow {
    /// Its version; its id where it has none.
    pub version: String,
    /// The release.
    pub release: Link,
    /// The day that it is listed under.
    pub day: Option<Day>,
    /// Its status.
    pub badge: Option<Badge>,
    /// That it was taken back, where its status does not say so.
    pub mark: Option<&'static str>,
    /// How many known errors it has that are still open.
    pub open: usize,
    /// How many it has that were resolved later.
    pub resolved: usize,
    /// How many open ones it is to bring the fix of.
    pub to_fix: usize,
    /// Where they stand.
    pub known_errors: String,
}

/// The view of `service.html`.
#[derive(Debug, Serialize)]
pub struct ServiceView {
    /// What stands around it.
    pub page: Frame,
    /// Its name.
    pub title: String,
    /// Known errors that are still open.
    pub open_known_errors: usize,
    /// Releases and changes that say themselves which incidents they caused.
    pub caused_incidents: usize,
    /// Its releases.
    pub releases: usize,
    /// The newest of them, the greatest version first, with what is known to be wrong with each.
    pub versions: Vec<VersionRow>,
    /// Whether all known errors are in this edition.
    pub is_whole: bool,
    /// What runs on its items, as far as the records say so.
    pub runs: RunsView,
    /// Windows to come, the next first.
    pub coming: Vec<ComingWindow>,
    /// Connected records.
    pub groups: Groups,
}

/// A service's page.
pub fn service(context: &Context<'_>, index: RecordIndex, service: &Service) -> ServiceView {
    let edition = context.edition;
    let all: Vec<RecordIndex> = edition
        .connections
        .others(index, Relation::Service, Direction::Backward)
        .iter()
        .map(|connection| connection.other)
        .collect();
    let open = |index: &&RecordIndex| matches!(edition.get(**index), Record::KnownError(known) if known.is_open());
    let mut page = Frame::of_record(context, index);
    page.title.clone_from(&service.header.title);
    ServiceView {
        page,
        title: service.header.title.clone(),
        open_known_errors: all.iter().filter(open).count(),
        caused_incidents: caused_incidents(context, &all),
        releases: edition.carry_forward.lineage.order(index).len(),
        versions: versions(context, index),
        is_whole: edition.name().is_none(),
        runs: runs_in(context, &all),
        coming: coming(context, &all),
        groups: groups(context, index, |_| false),
    }
}

/// The newest releases of a service; nothing where no known error is tied to any of its releases.
fn versions(context: &Context<'_>, service: RecordIndex) -> Vec<VersionRow> {
    let edition = context.edition;
    let newest = || edition.carry_forward.lineage.order(service).iter().rev().take(PAGE_LENGTH);
    if !newest().any(|index| edition.carry_forward.of_release(*index).is_some_and(|carried| carried.count > 0)) {
        return Vec::new();
    }
    newest()
        .filter_map(|index| {
            let Record::Release(release) = edition.get(*index) else { return None };
            let href = context.href_of(*index)?;
            let carried = edition.carry_forward.of_release(*index);
            let (count, open) = carried.map_or((0, 0), |carried| (carried.count, carried.open));
            Some(VersionRow {
                version: release.version.clone().unwrap_or_else(|| release.header.id.clone()),
                known_errors: format!("{href}#carried"),
                release: Link::new(href, release.header.id.clone()),
                day: release.plan.planned_date.map(Day::new),
                badge: badge(edition.get(*index)),
                mark: mark(&release.plan),
                open,
                resolved: count - open,
                to_fix: to_fix(context, *index),
            })
        })
        .collect()
}

/// How many open known errors a release that is still to come is to bring the fix of.
pub(crate) fn to_fix(context: &Context<'_>, release: RecordIndex) -> usize {
    let edition = context.edition;
    let is_open = |known: &RecordIndex| matches!(edition.get(*known), Record::KnownError(known) if known.is_open());
    match edition.carry_forward.lineage.standing(release) {
        Standing::Ahead => fixes(edition, release).iter().filter(|known| is_open(known)).count(),
        _ => 0,
    }
}
