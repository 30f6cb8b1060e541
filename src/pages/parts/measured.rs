//! What has metrics: the years and the services with something to measure; and whether there is something to hold against
//! the process.

use jiff::civil::Date;

use crate::book::{Direction, RecordIndex};
use crate::edition::Edition;
use crate::record::{Kind, Plan, Relation};

/// Whether anything was carried out by a day that may have deviated. In an edition for others there are no deviations.
pub fn has_deviations(edition: &Edition, today: Date) -> bool {
    let mut plans = edition.tables.iter().filter_map(|(_, record)| record.plan());
    edition.name().is_none() && plans.any(|plan| plan.was_carried_out(today))
}

/// The years with a release or change up to a day, each with how many there are. In an edition for others there are no
/// metrics: what is left out of it would make every share a wrong one.
pub fn measured_years(edition: &Edition, today: Date) -> Vec<(i16, usize)> {
    if edition.name().is_some() {
        return Vec::new();
    }
    let dates = edition.tables.iter().filter_map(|(index, _)| edition.counted_on(index));
    let mut years: Vec<i16> = dates.filter(|date| *date <= today).map(|date| date.year()).collect();
    years.sort_unstable();
    years.chunk_by(|one, other| one == other).map(|run| (run[0], run.len())).collect()
}

/// Services with a release or change that went live or was taken back.
pub fn measured_services(edition: &Edition) -> Vec<RecordIndex> {
    let services = edition.tables.of_kind(Kind::Service).map(RecordIndex);
    let was_tried = |index: RecordIndex| edition.get(index).plan().is_some_and(Plan::was_tried);
    services.filter(|service| records_of(edition, *service).any(was_tried)).collect()
}

/// The records of a service.
pub(in crate::pages) fn records_of(edition: &Edition, service: RecordIndex) -> impl Iterator<Item = RecordIndex> + '_ {
    edition.connections.others(service, Relation::Service, Direction::Backward).iter().map(|found| found.other)
}
