//! A service's page: its releases in order, and what is known to be wrong with them.

use serde::Serialize;

use super::configuration_item::{ComingWindow, coming};
use super::groups::{Groups, groups};
use super::{Context, Frame};
use crate::book::{Direction, RecordIndex, Relation};
use crate::record::{Record, Service};

/// The view of `service.html`.
#[derive(Debug, Serialize)]
pub struct ServiceView {
    /// What stands around it.
    pub page: Frame,
    /// Its name.
    pub title: String,
    /// Known errors that are still open.
    pub open_known_errors: usize,
    /// Its releases.
    pub releases: usize,
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
        releases: edition.carry_forward.order(index).len(),
        coming: coming(context, &all),
        groups: groups(context, index, |_| false),
    }
}
