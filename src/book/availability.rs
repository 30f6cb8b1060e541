//! When an item is next free: the first stretch of its maintenance times without freeze and without another's window.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use rustc_hash::FxHashMap;

use super::conflicts::windows;
use super::scope::{Reach, Times, times};
use super::{Connections, Occurrence, OccurrenceIndex, OccurrenceKind, RecordIndex, Schedule, Tables};

/// A shorter stretch is no window to work in, unless the maintenance time itself is shorter.
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
    maintenance: Vec<(RecordIndex, Times)>,
    freezes: Vec<(RecordIndex, Times)>,
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
        let from = midnight(today);
        let mut ahead = Availability {
            from,
            until: midnight(schedule.last_known(today).saturating_add(1.day())),
            maintenance: times(tables, connections, schedule, OccurrenceKind::Maintenance),
            freezes: times(tables, connections, schedule, OccurrenceKind::Freeze),
            ..Availability::default()
        };
        if ahead.maintenance.is_empty() {
            return ahead;
        }
        for window in windows(tables, connections, schedule).into_iter().filter(|window| window.to > from) {
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
        let of_item = |all: &'_ [(RecordIndex, Times)]| {
            let applies = |(_, times): &&(RecordIndex, Times)| times.applies_to_item(item);
            let occurrences = all
                .iter()
                .filter(applies)
                .flat_map(|(record, times)| times.occurrences.iter().map(|index| (*index, *record)));
            let is_ahead = |of: &Occurrence| of.to > self.from && of.from < self.until;
            let mut ahead: Vec<(OccurrenceIndex, RecordIndex)> =
                occurrences.filter(|(index, _)| is_ahead(schedule.get(*index))).collect();
            ahead.sort_unstable();
            ahead
        };
        let maintenance = of_item(&self.maintenance);
        if maintenance.is_empty() {
            return None;
        }
        let blocks = self.blocks(connections, schedule, item, of_item(&self.freezes));
        let mut end = self.from;
        for (index, record) in maintenance {
            let of = schedule.get(index);
            let start = of.from.max(self.from);
            if let Some((from, to)) = first_gap(&blocks, start, of.to) {
                return Some(NextFree::Stretch { from, to, maintenance: record });
            }
            end = end.max(of.to);
        }
        Some(NextFree::NotBefore(end))
    }

    /// All that stands in an item's way, by start.
    fn blocks(
        &self,
        connections: &Connections,
        schedule: &Schedule,
        item: RecordIndex,
        freezes: Vec<(OccurrenceIndex, RecordIndex)>,
    ) -> Vec<(Timestamp, Timestamp)> {
        let reach = Reach::new(connections, item);
        let on = reach.items().filter_map(|reached| self.on_item.get(&reached)).flatten();
        let windows = on.chain(self.beside.get(&item).into_iter().flatten()).copied();
        let all = windows.chain(freezes.into_iter().map(|(index, _)| index));
        let mut blocks: Vec<(Timestamp, Timestamp)> =
            all.map(|index| (schedule.get(index).from, schedule.get(index).to)).collect();
        blocks.sort_unstable();
        blocks
    }
}

/// The first stretch between two points that no block touches and that is long enough.
fn first_gap(blocks: &[(Timestamp, Timestamp)], start: Timestamp, end: Timestamp) -> Option<(Timestamp, Timestamp)> {
    let shortest = start.duration_until(end).min(SHORTEST);
    let mut free_from = start;
    for (from, to) in blocks.iter().take_while(|(from, _)| *from < end) {
        if free_from.duration_until(*from) >= shortest {
            return Some((free_from, *from));
        }
        free_from = free_from.max(*to);
    }
    (free_from < end && free_from.duration_until(end) >= shortest).then_some((free_from, end))
}
