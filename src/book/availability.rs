//! When an item is next free: the first stretch of its maintenance times without freeze and without another's window.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use rustc_hash::FxHashMap;

use super::conflicts::windows;
use super::connections::Connections;
use super::occurrence::{Occurrence, OccurrenceIndex, OccurrenceKind};
use super::schedule::Schedule;
use super::scope::{ByScope, Reach, Times};
use super::tables::{RecordIndex, Tables};

/// An hour is what the shortest work with its tests takes. A shorter stretch is no window to work in, unless the maintenance time itself is shorter.
const SHORTEST: SignedDuration = SignedDuration::from_hours(1);

/// When an item is next free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextFree {
    /// A stretch of one of its maintenance times.
    Stretch {
        /// From when.
        from: Timestamp,
        /// To when.
        to: Timestamp,
        /// Whose time it is.
        maintenance: RecordIndex,
    },
    /// In none of its maintenance times, of which this is the end of the last.
    NotBefore(Timestamp),
}

/// What is ahead: maintenance times, freezes, and the windows that stand in the way of an item.
#[derive(Debug, Default)]
pub struct Availability {
    from: Timestamp,
    until: Timestamp,
    maintenance: ByScope,
    freezes: ByScope,
    /// The maintenance times of everything that are ahead, by start.
    open_for_all: Vec<OccurrenceIndex>,
    /// When everything is frozen: stretches in order and apart.
    frozen: Vec<Stretch>,
    /// Windows on an item itself.
    on_item: FxHashMap<RecordIndex, Vec<OccurrenceIndex>>,
    /// Windows on what needs an item or is a part of it.
    beside: FxHashMap<RecordIndex, Vec<OccurrenceIndex>>,
}

impl Availability {
    /// What is ahead from a day on, as far as it is known when what repeats comes.
    pub fn new(
        tables: &Tables,
        connections: &Connections,
        schedule: &Schedule,
        zone: &TimeZone,
        today: Date,
    ) -> Availability {
        let midnight = |day: Date| day.to_zoned(zone.clone()).map_or_else(|_| Timestamp::MAX, |day| day.timestamp());
        let mut ahead = Availability {
            from: midnight(today),
            until: midnight(schedule.last_known(today).saturating_add(1.day())),
            maintenance: ByScope::new(tables, connections, schedule, OccurrenceKind::Maintenance),
            freezes: ByScope::new(tables, connections, schedule, OccurrenceKind::Freeze),
            ..Availability::default()
        };
        ahead.open_for_all = ahead.ahead(schedule, ahead.maintenance.for_all());
        ahead.open_for_all.sort_unstable();
        let frozen = ahead.ahead(schedule, ahead.freezes.for_all());
        ahead.frozen = joined(frozen.into_iter().map(|index| stretch(schedule, index)).collect());
        for window in windows(tables, connections, schedule).into_iter().filter(|window| window.to > ahead.from) {
            for item in window.work.items {
                for (place, reached) in Reach::new(connections, item).items().enumerate() {
                    let list = if place == 0 { &mut ahead.on_item } else { &mut ahead.beside };
                    list.entry(reached).or_default().push(window.index);
                }
            }
        }
        ahead
    }

    /// When an item is next free; nothing where it has no maintenance times ahead.
    pub fn next_free(&self, connections: &Connections, schedule: &Schedule, item: RecordIndex) -> Option<NextFree> {
        let mut own = self.ahead(schedule, self.maintenance.naming(item));
        own.sort_unstable();
        if own.is_empty() && self.open_for_all.is_empty() {
            return None;
        }
        let blocks = self.blocks(connections, schedule, item);
        let (mut own, mut of_all) = (own.into_iter().peekable(), self.open_for_all.iter().copied().peekable());
        let next = || match (own.peek(), of_all.peek()) {
            (Some(one), Some(other)) if other < one => of_all.next(),
            (Some(_), _) => own.next(),
            (None, _) => of_all.next(),
        };
        let mut end = self.from;
        for index in std::iter::from_fn(next) {
            let of = schedule.get(index);
            let start = of.from.max(self.from);
            if let Some((from, to)) = first_gap(&blocks, start, of.to) {
                return Some(NextFree::Stretch { from, to, maintenance: of.record });
            }
            end = end.max(of.to);
        }
        Some(NextFree::NotBefore(end))
    }

    /// What is ahead of some times, as far as all is known.
    fn ahead<'a>(&self, schedule: &Schedule, times: impl Iterator<Item = &'a Times>) -> Vec<OccurrenceIndex> {
        let all = times.flat_map(|of| of.occurrences.iter().copied());
        let is_ahead = |of: &Occurrence| of.to > self.from && of.from < self.until;
        all.filter(|index| is_ahead(schedule.get(*index))).collect()
    }

    /// All that stands in an item's way: stretches in order and apart.
    fn blocks(&self, connections: &Connections, schedule: &Schedule, item: RecordIndex) -> Vec<Stretch> {
        let reach = Reach::new(connections, item);
        let on = reach.items().filter_map(|reached| self.on_item.get(&reached)).flatten();
        let windows = on.chain(self.beside.get(&item).into_iter().flatten()).copied();
        let freezes = self.ahead(schedule, self.freezes.naming(item));
        let own = windows.chain(freezes).map(|index| stretch(schedule, index));
        joined(own.chain(self.frozen.iter().copied()).collect())
    }
}

/// From one point in time to another.
type Stretch = (Timestamp, Timestamp);

fn stretch(schedule: &Schedule, index: OccurrenceIndex) -> Stretch {
    (schedule.get(index).from, schedule.get(index).to)
}

/// Stretches in order and apart that cover what some do.
fn joined(mut all: Vec<Stretch>) -> Vec<Stretch> {
    all.sort_unstable();
    let mut apart: Vec<Stretch> = Vec::with_capacity(all.len());
    for (from, to) in all {
        match apart.last_mut().filter(|last| from <= last.1) {
            Some(last) => last.1 = last.1.max(to),
            None => apart.push((from, to)),
        }
    }
    apart
}

/// The first stretch between two points that no block touches and that is long enough.
fn first_gap(blocks: &[Stretch], start: Timestamp, end: Timestamp) -> Option<Stretch> {
    let shortest = start.duration_until(end).min(SHORTEST);
    let mut free_from = start;
    let ahead = &blocks[blocks.partition_point(|(_, to)| *to <= start)..];
    for (from, to) in ahead.iter().take_while(|(from, _)| *from < end) {
        if free_from.duration_until(*from) >= shortest {
            return Some((free_from, *from));
        }
        free_from = free_from.max(*to);
    }
    (free_from < end && free_from.duration_until(end) >= shortest).then_some((free_from, end))
}
