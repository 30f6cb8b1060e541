//! Carry-forward: a known error is in every release of a service from the one that introduced it up to, not
//! including, the one that fixed it.
//!
//! 1. The releases of each service stand in order of their planned date, then version; cancelled ones never ran.
//! 2. Each known error becomes ranges of positions in that order.
//! 3. One sweep over the positions gives each release its count and the first of its known errors.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{Connections, Direction, RecordIndex, Relation, Tables};
use crate::record::{Kind, Record, Status};

/// How many carried known errors a release lists; the service's page has them all.
const LISTED: usize = 50;

/// The known errors in a release, by ranges.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Carried {
    /// How many there are.
    pub count: usize,
    /// How many of them are still open today.
    pub open: usize,
    /// The first of them in the order of lists, each with the release that introduced it.
    pub first: Vec<(RecordIndex, RecordIndex)>,
}

/// The releases of one service that have a known error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// The service.
    pub service: RecordIndex,
    /// The release that introduced it.
    pub introduced: RecordIndex,
    /// The last release so far that has it.
    pub last: RecordIndex,
    /// How many releases have it.
    pub count: usize,
    /// The release that fixed it.
    pub fixed: Option<RecordIndex>,
}

/// The releases of each service in order, and the known errors in each.
#[derive(Debug, Default)]
pub struct CarryForward {
    orders: FxHashMap<RecordIndex, Vec<RecordIndex>>,
    positions: FxHashMap<RecordIndex, usize>,
    carried: FxHashMap<RecordIndex, Carried>,
    ranges: FxHashMap<RecordIndex, Vec<Range>>,
}

impl CarryForward {
    /// Works out every range of every known error.
    pub fn new(tables: &Tables, connections: &Connections) -> CarryForward {
        let mut forward = CarryForward::default();
        for service in tables.of_kind(Kind::Service).map(RecordIndex) {
            let order = release_order(service, tables, connections);
            let positions: FxHashMap<RecordIndex, usize> = order.iter().copied().zip(0..).collect();
            let spans = spans(&order, &positions, connections);
            for &(known_error, start, end) in &spans {
                forward.ranges.entry(known_error).or_default().push(Range {
                    service,
                    introduced: order[start],
                    last: order[end - 1],
                    count: end - start,
                    fixed: order.get(end).copied(),
                });
            }
            let is_open = |index| matches!(tables.get(index), Record::KnownError(known) if known.is_open());
            sweep(&order, spans, is_open, &mut forward.carried);
            forward.positions.extend(positions);
            forward.orders.insert(service, order);
        }
        forward
    }

    /// The releases of a service, oldest first.
    pub fn order(&self, service: RecordIndex) -> &[RecordIndex] {
        self.orders.get(&service).map_or(&[], Vec::as_slice)
    }

    /// The place of a release in the order of its service.
    pub fn position(&self, release: RecordIndex) -> Option<usize> {
        self.positions.get(&release).copied()
    }

    /// The known errors in a release.
    pub fn of_release(&self, release: RecordIndex) -> Option<&Carried> {
        self.carried.get(&release)
    }

    /// The ranges of a known error.
    pub fn of_known_error(&self, known_error: RecordIndex) -> &[Range] {
        self.ranges.get(&known_error).map_or(&[], Vec::as_slice)
    }
}

fn release_order(service: RecordIndex, tables: &Tables, connections: &Connections) -> Vec<RecordIndex> {
    let mut order: Vec<_> = connections
        .others(service, Relation::Service, Direction::Backward)
        .iter()
        .filter_map(|connection| match tables.get(connection.other) {
            Record::Release(release) if release.plan.status != Some(Status::Cancelled) => {
                let version = version_key(release.version.as_deref().unwrap_or_default());
                let date = release.plan.planned_date;
                Some((date.is_none(), date, version, connection.other))
            }
            _ => None,
        })
        .collect();
    order.sort();
    order.into_iter().map(|(.., release)| release).collect()
}

/// A version in parts that compare as people expect: numbers as numbers, `4.10` after `4.9`.
fn version_key(version: &str) -> Vec<(u64, String)> {
    version
        .split(['.', '-', '+', '_', ' '])
        .map(|part| {
            let digits = part.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(part.len());
            (part[..digits].parse().unwrap_or(0), part[digits..].to_owned())
        })
        .collect()
}

/// Every known error's ranges of positions in one service's order, with its end not included.
fn spans(
    order: &[RecordIndex],
    positions: &FxHashMap<RecordIndex, usize>,
    connections: &Connections,
) -> Vec<(RecordIndex, usize, usize)> {
    let mut spans = Vec::new();
    for (start, release) in order.iter().enumerate() {
        for introduced in connections.others(*release, Relation::IntroducedIn, Direction::Backward) {
            let end = connections
                .others(introduced.other, Relation::FixedIn, Direction::Forward)
                .iter()
                .filter_map(|fixed| positions.get(&fixed.other).copied())
                .filter(|fixed| *fixed > start)
                .min()
                .unwrap_or(order.len());
            spans.push((introduced.other, start, end));
        }
    }
    spans
}

fn sweep(
    order: &[RecordIndex],
    spans: Vec<(RecordIndex, usize, usize)>,
    is_open: impl Fn(RecordIndex) -> bool,
    carried: &mut FxHashMap<RecordIndex, Carried>,
) {
    let mut ends: Vec<_> = spans.iter().map(|&(known_error, start, end)| (end, known_error, start)).collect();
    ends.sort_unstable();
    let (mut begin, mut end) = (spans.into_iter().peekable(), ends.into_iter().peekable());
    // A known error that two releases introduced is active twice: the count of ranges keeps it until both end.
    let mut active: BTreeMap<RecordIndex, Vec<usize>> = BTreeMap::new();
    let mut open = 0;
    for (position, release) in order.iter().enumerate() {
        while let Some((_, known_error, start)) = end.next_if(|(end, ..)| *end <= position) {
            if let Some(starts) = active.get_mut(&known_error) {
                starts.retain(|other| *other != start);
                if starts.is_empty() {
                    active.remove(&known_error);
                    open -= usize::from(is_open(known_error));
                }
            }
        }
        while let Some((known_error, start, _)) = begin.next_if(|(_, start, _)| *start <= position) {
            let starts = active.entry(known_error).or_default();
            open += usize::from(starts.is_empty() && is_open(known_error));
            starts.push(start);
        }
        if active.is_empty() {
            continue;
        }
        let first = active.iter().take(LISTED).map(|(known_error, starts)| (*known_error, order[starts[0]])).collect();
        carried.insert(*release, Carried { count: active.len(), open, first });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_number() {
        let mut versions = ["4.10", "4.9", "4.9.1", "10.0", "4.9-rc1"];
        versions.sort_by_key(|version| version_key(version));
        assert_eq!(versions, ["4.9", "4.9-rc1", "4.9.1", "4.10", "10.0"]);
    }

    #[test]
    fn a_sweep_begins_with_the_introducing_release_and_stops_before_the_fixing_one() {
        let order: Vec<RecordIndex> = (0..5).map(RecordIndex).collect();
        let (one, two) = (RecordIndex(10), RecordIndex(11));
        let mut carried = FxHashMap::default();
        sweep(&order, vec![(one, 1, 3), (two, 2, 5), (one, 4, 5)], |index| index == two, &mut carried);
        let open = |position: usize| carried.get(&order[position]).map_or(0, |carried: &Carried| carried.open);
        assert_eq!([0, 1, 2, 3, 4].map(open), [0, 0, 1, 1, 1]);
        let listed = |position: usize| {
            carried
                .get(&order[position])
                .map_or(vec![], |c: &Carried| c.first.iter().map(|(k, s)| (k.0, s.0)).collect())
        };
        assert_eq!(listed(0), []);
        assert_eq!(listed(1), [(10, 1)]);
        assert_eq!(listed(2), [(10, 1), (11, 2)]);
        assert_eq!(listed(3), [(11, 2)]);
        assert_eq!(listed(4), [(10, 4), (11, 2)]);
    }
}
