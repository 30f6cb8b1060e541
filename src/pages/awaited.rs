//! Emergencies that wait for an approval, as the home page lists them.

use jiff::civil::Date;
use serde::Serialize;

use super::parts::context::Context;
use super::parts::emergency::approval_due_on;
use super::parts::row::Link;
use super::parts::time::Day;
use crate::book::RecordIndex;
use crate::record::Kind;
use crate::route::Route;

/// An emergency that has begun and waits for an approval.
#[derive(Debug, Serialize)]
pub struct AwaitedApproval {
    /// Its page, by its title.
    pub link: Link,
    /// Its id.
    pub id: String,
    /// The last day on which it can be approved.
    pub due: Day,
}

/// Every emergency that has begun and waits for an approval, the earliest due first.
pub(super) fn awaited(context: &Context<'_>) -> Vec<(Date, RecordIndex)> {
    let plans = [Kind::Release, Kind::Change].into_iter().flat_map(|kind| context.edition.tables.of_kind(kind));
    let mut all: Vec<(Date, RecordIndex)> =
        plans.map(RecordIndex).filter_map(|index| Some((approval_due_on(context, index)?, index))).collect();
    all.sort_unstable();
    all
}

/// One of them, as a page tells of it.
pub(super) fn awaited_approval(context: &Context<'_>, (due, index): (Date, RecordIndex)) -> AwaitedApproval {
    let header = context.edition.get(index).header();
    let link = Link { href: context.href_of(index), text: header.title.clone() };
    AwaitedApproval { link, id: header.id.clone(), due: Day::new(due) }
}

/// The lists of the kinds that some of them are of.
pub(super) fn lists(context: &Context<'_>, awaited: &[(Date, RecordIndex)]) -> Vec<Link> {
    let is_of = |kind: &Kind| awaited.iter().any(|(_, index)| context.edition.get(*index).kind() == *kind);
    let kinds = [Kind::Release, Kind::Change].into_iter().filter(is_of);
    kinds.map(|kind| Link::new(context.href(&Route::list(kind)), kind.plural())).collect()
}
