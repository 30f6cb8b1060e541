//! Windows that collide: with each other, with a freeze, with the maintenance times of an item.
//!
//! 1. Windows stand under each item that they work on, and under each that those items need or are a part of.
//! 2. Under one item, a sweep through time finds those that are open at once, at least one of them on the item itself.
//! 3. Two more sweeps hold each window against freezes and maintenance times.

use crate::record::{Relation, Status, WindowOutcome};
use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::connections::{Connections, Direction};
use super::occurrence::{Occurrence, OccurrenceIndex, OccurrenceKind};
use super::schedule::Schedule;
use super::scope::{ByScope, Reach, Times, Work};
use super::tables::{RecordIndex, Tables};

/// A window that opens is held against no more than this many that are open, or a crowd of windows would give all pairs.
const MOST_PARTNERS: usize = 8;

/// A window is held against no more than a hundred freezes that it stands in, three months of nights: all freezes with all
/// windows have to fit into the memory. Hard ones come first, then those that do not let it through, then by time.
const MOST_FREEZES: usize = 100;

/// Something that speaks against a window.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Conflict {
    /// Two windows at once on one item, or on one and another that it needs or is a part of.
    Overlap {
        /// The window that starts first.
        one: OccurrenceIndex,
        /// The other.
        other: OccurrenceIndex,
        /// From an item of one of the two to an item of the other; a single item where it is the same.
        path: Vec<RecordIndex>,
    },
    /// A window in a freeze that does not let its record through.
    Freeze {
        /// The window.
        window: OccurrenceIndex,
        /// The freeze.
        freeze: OccurrenceIndex,
    },
    /// A window that is not within the maintenance times of one of its items.
    OutsideMaintenance {
        /// The window.
        window: OccurrenceIndex,
        /// The item.
        item: RecordIndex,
    },
}

/// All conflicts, found by the entries of the calendar that have them.
#[derive(Debug, Default)]
pub struct Conflicts {
    all: Vec<Conflict>,
    by_occurrence: Vec<(OccurrenceIndex, u32)>,
    exceptions: Vec<(OccurrenceIndex, OccurrenceIndex)>,
}

/// A window that work is planned in or was done in.
pub(super) struct Window {
    pub(super) index: OccurrenceIndex,
    record: RecordIndex,
    from: Timestamp,
    pub(super) to: Timestamp,
    pub(super) work: Work,
}

impl Conflicts {
    /// Finds all conflicts.
    pub fn new(tables: &Tables, connections: &Connections, schedule: &Schedule) -> Conflicts {
        Conflicts::of_windows(tables, connections, schedule, &windows(tables, connections, schedule))
    }

    /// Finds the conflicts of what was carried out: of the attempts that had begun by a day, each at the time at which the
    /// work was done. What stood in the calendar beside it and was never begun collides with nothing here.
    pub fn carried_out(tables: &Tables, connections: &Connections, schedule: &Schedule, today: Date) -> Conflicts {
        let windows = carried_out(tables, connections, schedule, today);
        Conflicts::of_windows(tables, connections, schedule, &windows)
    }

    fn of_windows(tables: &Tables, connections: &Connections, schedule: &Schedule, windows: &[Window]) -> Conflicts {
        let mut all = overlaps(connections, windows);
        let mut exceptions = Vec::new();
        for (window, freeze, is_let_through) in in_freezes(tables, connections, schedule, windows) {
            match is_let_through {
                true => exceptions.push((window, freeze)),
                false => all.push(Conflict::Freeze { window, freeze }),
            }
        }
        all.extend(outside_maintenance(tables, connections, schedule, windows));
        let mut by_occurrence = Vec::new();
        for (number, conflict) in all.iter().enumerate() {
            let (one, other) = match conflict {
                Conflict::Overlap { one, other, .. } => (*one, Some(*other)),
                Conflict::Freeze { window, freeze } => (*window, Some(*freeze)),
                Conflict::OutsideMaintenance { window, .. } => (*window, None),
            };
            by_occurrence.extend([Some(one), other].into_iter().flatten().map(|of| (of, number as u32)));
        }
        by_occurrence.sort_unstable();
        Conflicts { all, by_occurrence, exceptions }
    }

    /// All of them.
    pub fn all(&self) -> &[Conflict] {
        &self.all
    }

    /// The freezes that a window stands in and that let its record through.
    pub fn exceptions(&self, window: OccurrenceIndex) -> impl Iterator<Item = OccurrenceIndex> {
        let start = self.exceptions.partition_point(|(of, _)| *of < window);
        self.exceptions[start..].iter().take_while(move |(of, _)| *of == window).map(|(_, freeze)| *freeze)
    }

    /// Those of one entry of the calendar.
    pub fn of(&self, occurrence: OccurrenceIndex) -> impl ExactSizeIterator<Item = &Conflict> {
        let start = self.by_occurrence.partition_point(|(of, _)| *of < occurrence);
        let end = start + self.by_occurrence[start..].partition_point(|(of, _)| *of <= occurrence);
        self.by_occurrence[start..end].iter().map(|(_, number)| &self.all[*number as usize])
    }
}

/// The windows that count: neither called off nor put off.
pub(super) fn windows(tables: &Tables, connections: &Connections, schedule: &Schedule) -> Vec<Window> {
    schedule
        .iter()
        .filter(|(_, occurrence)| occurrence.from < occurrence.to)
        .filter_map(|(index, occurrence)| {
            let OccurrenceKind::Attempt(number) = occurrence.kind else { return None };
            let plan = tables.get(occurrence.record).plan()?;
            let outcome = plan.windows[number as usize].outcome;
            let is_off = plan.status == Some(Status::Cancelled)
                || matches!(outcome, Some(WindowOutcome::Cancelled | WindowOutcome::Postponed));
            (!is_off).then(|| Window {
                index,
                record: occurrence.record,
                from: occurrence.from,
                to: occurrence.to,
                work: Work::of(tables, connections, occurrence.record),
            })
        })
        .collect()
}

/// The attempts that had begun by a day, in order of their start.
fn carried_out(tables: &Tables, connections: &Connections, schedule: &Schedule, today: Date) -> Vec<Window> {
    let mut begun: FxHashMap<(RecordIndex, u32), (Timestamp, Timestamp)> = FxHashMap::default();
    for (record, plan) in tables.iter().filter_map(|(index, of)| Some((index, of.plan()?))) {
        for (number, window) in plan.begun(today) {
            let (from, to) = window.worked();
            begun.insert((record, number as u32), (from.timestamp(), to.timestamp()));
        }
    }
    let of_entry = |(index, of): (OccurrenceIndex, &Occurrence)| {
        let OccurrenceKind::Attempt(number) = of.kind else { return None };
        let (from, to) = *begun.get(&(of.record, number))?;
        let work = || Work::of(tables, connections, of.record);
        (from < to).then(|| Window { index, record: of.record, from, to, work: work() })
    };
    let mut windows: Vec<Window> = schedule.iter().filter_map(of_entry).collect();
    windows.sort_by_key(|window| (window.from, window.index));
    windows
}

/// A window under an item: its place in the list of windows, the item of its own that leads there, and how far.
struct Entry {
    under: RecordIndex,
    window: u32,
    place: u32,
    own: RecordIndex,
}

fn overlaps(connections: &Connections, windows: &[Window]) -> Vec<Conflict> {
    let mut reaches: FxHashMap<RecordIndex, Reach> = FxHashMap::default();
    let mut entries = Vec::new();
    for (number, window) in windows.iter().enumerate() {
        for own in &window.work.items {
            let reach = reaches.entry(*own).or_insert_with(|| Reach::new(connections, *own));
            entries.extend(reach.items().enumerate().map(|(place, under)| Entry {
                under,
                window: number as u32,
                place: place as u32,
                own: *own,
            }));
        }
    }
    // Windows are in order of their start. Of several ways from a window to an item, the shortest is enough.
    entries.sort_unstable_by_key(|entry| (entry.under, entry.window, entry.place, entry.own));
    entries.dedup_by_key(|entry| (entry.under, entry.window));
    let mut pairs = Vec::new();
    for under_one in entries.chunk_by(|one, other| one.under == other.under) {
        sweep(connections, windows, under_one, &mut pairs);
    }
    pairs.sort_unstable_by_key(|(one, other, far)| (one.window, other.window, far.place, far.own, far.under));
    pairs.dedup_by_key(|(one, other, _)| (one.window, other.window));
    pairs
        .into_iter()
        .map(|(one, other, far)| Conflict::Overlap {
            one: windows[one.window as usize].index,
            other: windows[other.window as usize].index,
            path: reaches[&far.own].path(far.place as usize),
        })
        .collect()
}

/// Finds the windows under one item that are open at once, at least one of them on the item itself: the one that starts
/// first, the other, and the one of the two that is farther from the item.
fn sweep<'a>(
    connections: &Connections,
    windows: &[Window],
    entries: &'a [Entry],
    pairs: &mut Vec<(&'a Entry, &'a Entry, &'a Entry)>,
) {
    // What is open, by end: on the item itself; on others that need it or are a part of it; and of these, what has met
    // nothing on the item yet.
    let (mut on_item, mut beside, mut unmet) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (number, entry) in entries.iter().enumerate() {
        let window = &windows[entry.window as usize];
        for open in [&mut on_item, &mut beside, &mut unmet] {
            while open.first().is_some_and(|(to, _): &(Timestamp, usize)| *to <= window.from) {
                open.pop_first();
            }
        }
        let clashes = |(_, partner): &&(Timestamp, usize)| {
            !is_one_work(connections, window.record, windows[entries[*partner].window as usize].record)
        };
        if entry.place > 0 {
            let partners: Vec<usize> = on_item.iter().filter(clashes).take(MOST_PARTNERS).map(|open| open.1).collect();
            pairs.extend(partners.iter().map(|partner| (&entries[*partner], entry, entry)));
            let open = if partners.is_empty() { &mut unmet } else { &mut beside };
            open.insert((window.to, number));
            continue;
        }
        // None of those that have met nothing may be passed over, however many they are: each is met once.
        let met: Vec<(Timestamp, usize)> = unmet.iter().filter(clashes).copied().collect();
        let more = on_item.iter().chain(&beside).filter(clashes).take(MOST_PARTNERS);
        pairs.extend(met.iter().chain(more).map(|(_, partner)| (&entries[*partner], entry, &entries[*partner])));
        for open in met {
            unmet.remove(&open);
            beside.insert(open);
        }
        on_item.insert((window.to, number));
    }
}

/// Whether two windows are one piece of work: of one record, or of a release and the changes that it delivers.
pub(super) fn is_one_work(connections: &Connections, one: RecordIndex, other: RecordIndex) -> bool {
    let delivers = |release, change| {
        let changes = connections.others(release, Relation::Delivers, Direction::Forward);
        changes.binary_search_by_key(&change, |connection| connection.other).is_ok()
    };
    let mut releases = connections.others(one, Relation::Delivers, Direction::Backward).iter();
    one == other || delivers(one, other) || delivers(other, one) || releases.any(|of| delivers(of.other, other))
}

/// Each window with each freeze that applies to its work and that it stands in, and whether its record is let through.
fn in_freezes(
    tables: &Tables,
    connections: &Connections,
    schedule: &Schedule,
    windows: &[Window],
) -> Vec<(OccurrenceIndex, OccurrenceIndex, bool)> {
    let freezes = ByScope::new(tables, connections, schedule, OccurrenceKind::Freeze);
    let mut for_all: Vec<(OccurrenceIndex, &Times)> =
        freezes.for_all().flat_map(|of| of.occurrences.iter().map(move |index| (*index, of))).collect();
    for_all.sort_unstable_by_key(|(index, _)| *index);
    let mut coming = for_all.into_iter().peekable();
    let (mut hard, mut others): (Vec<(OccurrenceIndex, &Times)>, Vec<_>) = (Vec::new(), Vec::new());
    let mut found = Vec::new();
    for window in windows {
        while let Some((index, of)) = coming.next_if(|(index, _)| schedule.get(*index).from < window.to) {
            if of.is_hard { &mut hard } else { &mut others }.push((index, of));
        }
        let mut all: Vec<(OccurrenceIndex, &Times)> = Vec::new();
        for (open, is_hard) in [(&mut hard, true), (&mut others, false)] {
            open.retain(|(index, _)| schedule.get(*index).to > window.from);
            let inside = open.iter().filter(|(freeze, _)| schedule.get(*freeze).has_time_in(window.from, window.to));
            all.extend(first(inside.copied(), window.record));
            let Work { services, items } = &window.work;
            let naming = services.iter().chain(items).flat_map(|record| freezes.naming(*record));
            for of in naming.filter(|of| of.is_hard == is_hard) {
                let within = of.within(schedule, window.from, window.to).map(|freeze| (freeze, of));
                all.extend(first(within, window.record));
            }
        }
        all.sort_unstable_by_key(|(freeze, of)| (!of.is_hard, of.lets_through(window.record), *freeze));
        all.dedup_by_key(|(freeze, _)| *freeze);
        all.truncate(MOST_FREEZES);
        all.sort_unstable_by_key(|(freeze, _)| *freeze);
        found.extend(all.iter().map(|(freeze, of)| (window.index, *freeze, of.lets_through(window.record))));
    }
    found
}

/// The first freezes that speak against a record, and of those before them that let it through no more: however many let
/// it through, one that does not is found.
fn first<'a>(
    freezes: impl Iterator<Item = (OccurrenceIndex, &'a Times)>,
    record: RecordIndex,
) -> Vec<(OccurrenceIndex, &'a Times)> {
    let (mut against, mut for_it) = (Vec::new(), Vec::new());
    for (freeze, of) in freezes {
        match of.lets_through(record) {
            true if for_it.len() < MOST_FREEZES => for_it.push((freeze, of)),
            true => {}
            false => against.push((freeze, of)),
        }
        if against.len() == MOST_FREEZES {
            break;
        }
    }
    against.extend(for_it);
    against
}

/// Holds windows against the maintenance times of each of their items that has any, from the first of them on.
fn outside_maintenance(
    tables: &Tables,
    connections: &Connections,
    schedule: &Schedule,
    windows: &[Window],
) -> Vec<Conflict> {
    let maintenance = ByScope::new(tables, connections, schedule, OccurrenceKind::Maintenance);
    let held = windows.iter().flat_map(|window| window.work.items.iter().map(move |item| (window, *item)));
    held.filter(|(window, item)| is_outside(schedule, || maintenance.of_item(*item), window))
        .map(|(window, item)| Conflict::OutsideMaintenance { window: window.index, item })
        .collect()
}

/// Whether some part of a window lies in none of the times, although these have begun by then.
fn is_outside<'a, T: Iterator<Item = &'a Times>>(schedule: &Schedule, times: impl Fn() -> T, window: &Window) -> bool {
    let starts = times().filter_map(|of| of.occurrences.first()).map(|first| schedule.get(*first).from);
    if starts.min().is_none_or(|first| window.to <= first) {
        return false;
    }
    let mut covered_to = window.from;
    while covered_to < window.to {
        let reached = times().filter_map(|of| {
            let after = of.occurrences.partition_point(|index| schedule.get(*index).from <= covered_to);
            of.occurrences[..after].last().map(|index| schedule.get(*index).to)
        });
        match reached.max() {
            Some(to) if to > covered_to => covered_to = to,
            _ => return true,
        }
    }
    false
}
