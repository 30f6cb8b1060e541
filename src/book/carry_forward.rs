//! Carry-forward: a release has a known error if, going back from it over predecessors, one comes to a release that
//! introduced it before one comes to a live release that fixed it; and if the known error or the release says so.
//!
//! 1. In the line of all releases, what follows a release is one piece. The pieces of those that introduced a known
//!    error, less the pieces of those that fixed it, are the spans of releases that have it.
//! 2. A release that is named has it by itself: a span of one.
//! 3. One sweep along the line gives each release its count and the first of its known errors.

use crate::record::{Kind, Record, Relation, Standing};
use std::collections::BTreeMap;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::connections::{Connections, Direction};
use super::lineage::Lineage;
use super::tables::{RecordIndex, Tables};

/// How many carried known errors a release lists; the service's page has them all. A page of a release grows with its own
/// record and not with those of its service.
const LISTED: usize = 50;

/// The known errors in a release.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Carried {
    /// How many there are.
    pub count: usize,
    /// How many of them are still open today.
    pub open: usize,
    /// The first of them in the order of lists, each with the release that introduced it; nothing where the release has
    /// it only because it is named.
    pub first: Vec<(RecordIndex, Option<RecordIndex>)>,
}

/// The releases that have a known error since one that introduced it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The release that introduced it.
    pub introduced: RecordIndex,
    /// How many releases have it, less those that were called off.
    pub count: usize,
    /// The live releases that fixed it, in the order of lists.
    pub fixed: Vec<RecordIndex>,
    /// The newest live release of the service, and whether it has the known error; nothing where it has it otherwise than
    /// from here.
    pub latest: Option<(RecordIndex, bool)>,
}

/// The known errors in each release, and the releases with each known error.
#[derive(Debug, Default)]
pub struct CarryForward {
    /// Which release follows which.
    pub lineage: Lineage,
    carried: FxHashMap<RecordIndex, Carried>,
    ranges: FxHashMap<RecordIndex, Vec<Range>>,
}

/// Neighbouring releases in the line that have a known error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Span {
    start: usize,
    end: usize,
    /// The release that introduced it.
    since: Option<RecordIndex>,
}

impl Span {
    fn has(&self, place: usize) -> bool {
        (self.start..self.end).contains(&place)
    }
}

/// A release at which a known error begins or ends.
#[derive(Debug, Clone, Copy)]
struct Turn {
    release: RecordIndex,
    is_beginning: bool,
    start: usize,
    end: usize,
}

impl CarryForward {
    /// Works out which release has which known error, as it is on a day. Of what is untold, or named by what is,
    /// nothing is said.
    pub fn new(
        tables: &Tables,
        connections: &Connections,
        today: Date,
        is_untold: impl Fn(RecordIndex) -> bool,
    ) -> CarryForward {
        let lineage = Lineage::new(tables, connections, today);
        let is_shown = |release: &RecordIndex| usize::from(lineage.standing(*release) != Standing::CalledOff);
        let mut shown = vec![0];
        shown.extend(lineage.line().iter().map(is_shown).scan(0, |sum, is_shown| {
            *sum += is_shown;
            Some(*sum)
        }));
        let (mut ranges, mut all) = (FxHashMap::default(), Vec::new());
        let is_release_told = |release: RecordIndex| {
            let services = connections.others(release, Relation::Service, Direction::Forward);
            !is_untold(release) && !services.iter().any(|service| is_untold(service.other))
        };
        let is_told = |index: &RecordIndex| {
            let releases = connections.of(*index).iter().map(|connection| connection.other);
            let mut releases = releases.filter(|other| tables.get(*other).kind() == Kind::Release);
            !is_untold(*index) && releases.all(is_release_told)
        };
        for known_error in tables.of_kind(Kind::KnownError).map(RecordIndex).filter(is_told) {
            let (mut spans, fixes) = spans(&turns(&lineage, connections, known_error));
            spans.extend(named(&lineage, tables, connections, known_error, &spans));
            let of_known_error = ranges_of(&lineage, &shown, &spans, &fixes);
            if !of_known_error.is_empty() {
                ranges.insert(known_error, of_known_error);
            }
            all.extend(spans.into_iter().map(|span| (known_error, span)));
        }
        let is_open = |index| matches!(tables.get(index), Record::KnownError(known) if known.is_open());
        let carried = sweep(lineage.line(), all, is_open);
        CarryForward { lineage, carried, ranges }
    }

    /// The known errors in a release.
    pub fn of_release(&self, release: RecordIndex) -> Option<&Carried> {
        self.carried.get(&release)
    }

    /// The ranges of a known error, one for each release that introduced it where none before it did.
    pub fn of_known_error(&self, known_error: RecordIndex) -> &[Range] {
        self.ranges.get(&known_error).map_or(&[], Vec::as_slice)
    }
}

/// Where a known error begins and ends, along the line. Where a release does both, it begins.
fn turns(lineage: &Lineage, connections: &Connections, known_error: RecordIndex) -> Vec<Turn> {
    let turn = |release: RecordIndex, is_beginning: bool| {
        let piece = lineage.piece(release);
        Turn { release, is_beginning, start: piece.start, end: piece.end }
    };
    let introduced = connections.others(known_error, Relation::IntroducedIn, Direction::Forward).iter();
    let fixed = connections.others(known_error, Relation::FixedIn, Direction::Forward).iter();
    let live = fixed.filter(|fix| lineage.is_live(fix.other));
    in_line(introduced.map(|of| turn(of.other, true)).chain(live.map(|of| turn(of.other, false))).collect())
}

fn in_line(mut turns: Vec<Turn>) -> Vec<Turn> {
    turns.sort_by_key(|turn| (turn.start, !turn.is_beginning));
    turns.dedup_by_key(|turn| turn.start);
    turns
}

/// The spans of releases that have a known error, apart from one another, and what fixed it: since which release it was
/// there, and the release that fixed it.
fn spans(turns: &[Turn]) -> (Vec<Span>, Vec<(RecordIndex, RecordIndex)>) {
    let (mut spans, mut fixes) = (Vec::new(), Vec::new());
    // The pieces that one is in, the outermost first: the end of each, and since when the known error is there in it.
    let mut within: Vec<(usize, Option<RecordIndex>)> = Vec::new();
    let mut done = 0;
    let mut push = |start: usize, end: usize, since: Option<RecordIndex>| {
        spans.extend(since.filter(|_| start < end).map(|_| Span { start, end, since }));
    };
    for turn in turns {
        while let Some((end, since)) = within.pop_if(|(end, _)| *end <= turn.start) {
            push(done, end, since);
            done = end;
        }
        let since = within.last().and_then(|(_, since)| *since);
        push(done, turn.start, since);
        done = turn.start;
        match turn.is_beginning {
            true => within.push((turn.end, since.or(Some(turn.release)))),
            false => {
                fixes.extend(since.map(|since| (since, turn.release)));
                within.push((turn.end, None));
            }
        }
    }
    while let Some((end, since)) = within.pop() {
        push(done, end, since);
        done = end;
    }
    (spans, fixes)
}

/// The releases that have a known error since each that introduced it, unless all of them were called off.
fn ranges_of(lineage: &Lineage, shown: &[usize], spans: &[Span], fixes: &[(RecordIndex, RecordIndex)]) -> Vec<Range> {
    let mut ranges: BTreeMap<RecordIndex, Range> = BTreeMap::new();
    for span in spans {
        let Some(introduced) = span.since else { continue };
        let latest = lineage.latest(introduced).map(|latest| (latest, false));
        let range = ranges.entry(introduced).or_insert(Range { introduced, count: 0, fixed: Vec::new(), latest });
        range.count += shown[span.end] - shown[span.start];
        if let Some((latest, is_in)) = &mut range.latest {
            *is_in |= span.has(lineage.place(*latest));
        }
    }
    for (since, fix) in fixes {
        if let Some(range) = ranges.get_mut(since) {
            range.fixed.push(*fix);
        }
    }
    let mut with_it: FxHashMap<RecordIndex, bool> = FxHashMap::default();
    let mut has_it = |release: RecordIndex| {
        let is_in_any = || spans.iter().any(|span| span.has(lineage.place(release)));
        *with_it.entry(release).or_insert_with(is_in_any)
    };
    let whole = |mut range: Range| {
        range.fixed.sort_unstable();
        range.latest = range.latest.filter(|(latest, is_in)| *is_in || !has_it(*latest));
        range
    };
    ranges.into_values().filter(|range| range.count > 0).map(whole).collect()
}

/// The releases that a known error names or that name it, where no span has them.
fn named(
    lineage: &Lineage,
    tables: &Tables,
    connections: &Connections,
    known_error: RecordIndex,
    spans: &[Span],
) -> Vec<Span> {
    let named = connections.others(known_error, Relation::HasKnownError, Direction::Backward).iter();
    let releases = named.filter(|named| tables.get(named.other).kind() == Kind::Release);
    let places = releases.map(|release| lineage.place(release.other));
    let is_in_span = |place: usize| {
        let before = spans.partition_point(|span| span.start <= place);
        before > 0 && place < spans[before - 1].end
    };
    places.filter(|place| !is_in_span(*place)).map(|place| Span { start: place, end: place + 1, since: None }).collect()
}

/// Goes along the line with the spans of all known errors.
fn sweep(
    line: &[RecordIndex],
    mut spans: Vec<(RecordIndex, Span)>,
    is_open: impl Fn(RecordIndex) -> bool,
) -> FxHashMap<RecordIndex, Carried> {
    spans.sort_unstable_by_key(|(known_error, span)| (span.start, *known_error));
    let mut ends: Vec<(usize, RecordIndex)> =
        spans.iter().map(|(known_error, span)| (span.end, *known_error)).collect();
    ends.sort_unstable();
    let (mut begin, mut end) = (spans.into_iter().peekable(), ends.into_iter().peekable());
    let mut carried = FxHashMap::default();
    let mut active: BTreeMap<RecordIndex, Option<RecordIndex>> = BTreeMap::new();
    let mut open = 0;
    for (place, release) in line.iter().enumerate() {
        while let Some((_, known_error)) = end.next_if(|(end, _)| *end <= place) {
            active.remove(&known_error);
            open -= usize::from(is_open(known_error));
        }
        while let Some((known_error, span)) = begin.next_if(|(_, span)| span.start <= place) {
            active.insert(known_error, span.since);
            open += usize::from(is_open(known_error));
        }
        if !active.is_empty() {
            let first = active.iter().take(LISTED).map(|(known_error, since)| (*known_error, *since)).collect();
            carried.insert(*release, Carried { count: active.len(), open, first });
        }
    }
    carried
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// A generator with a fixed seed (xorshift64, Marsaglia 2003).
    struct Random(u64);

    impl Random {
        fn below(&mut self, limit: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            (self.0 % limit as u64) as usize
        }

        fn some(&mut self, of: usize, chance: usize) -> BTreeSet<usize> {
            (0..of).filter(|_| self.below(chance) == 0).collect()
        }
    }

    /// By the words: back over predecessors, to one that introduced it before one that fixed it.
    fn has(parents: &[Option<usize>], introduced: &BTreeSet<usize>, fixed: &BTreeSet<usize>, from: usize) -> bool {
        let mut back = std::iter::successors(Some(from), |release| parents[*release]);
        let first = back.find(|release| introduced.contains(release) || fixed.contains(release));
        first.is_some_and(|release| introduced.contains(&release))
    }

    #[test]
    fn spans_hold_what_a_walk_over_predecessors_finds() {
        let mut random = Random(0x2545_f491_4f6c_dd1d);
        for round in 0..300 {
            let count = 1 + random.below(30);
            let parents: Vec<Option<usize>> =
                (0..count).map(|release| (release > 0 && random.below(5) > 0).then(|| random.below(release))).collect();
            let lineage = Lineage::of_parents(&parents);
            let (introduced, fixed) = (random.some(count, 4), random.some(count, 5));
            let turn = |release: usize, is_beginning| {
                let release = RecordIndex(release as u32);
                let piece = lineage.piece(release);
                Turn { release, is_beginning, start: piece.start, end: piece.end }
            };
            let both = introduced.iter().map(|of| turn(*of, true)).chain(fixed.iter().map(|of| turn(*of, false)));
            let (spans, _) = spans(&in_line(both.collect()));
            assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start), "they stand apart: {spans:?}");
            for release in 0..count {
                let place = lineage.place(RecordIndex(release as u32));
                let found = spans.iter().any(|span| span.has(place));
                let wanted = has(&parents, &introduced, &fixed, release);
                assert_eq!(found, wanted, "{round}: {release} of {parents:?}, {introduced:?}, {fixed:?}");
            }
        }
    }

    #[test]
    fn a_chain_of_any_length_is_gone_through() {
        let count = 200_000;
        let parents: Vec<Option<usize>> = (0..count).map(|release: usize| release.checked_sub(1)).collect();
        let lineage = Lineage::of_parents(&parents);
        assert_eq!(lineage.piece(RecordIndex(0)), 0..count);
        assert!(lineage.follows(RecordIndex(count as u32 - 1), RecordIndex(1)));
    }

    #[test]
    fn a_sweep_counts_what_begins_and_ends() {
        let line: Vec<RecordIndex> = (0..5).map(RecordIndex).collect();
        let (one, two) = (RecordIndex(10), RecordIndex(11));
        let span = |start: usize, end, since: Option<u32>| Span { start, end, since: since.map(RecordIndex) };
        let spans = vec![(one, span(1, 3, Some(1))), (two, span(2, 5, Some(2))), (one, span(4, 5, None))];
        let carried = sweep(&line, spans, |index| index == two);
        let of = |place: usize| carried.get(&line[place]).map_or((0, 0), |of| (of.count, of.open));
        assert_eq!([0, 1, 2, 3, 4].map(of), [(0, 0), (1, 0), (2, 1), (1, 1), (2, 1)]);
        let listed = |place: usize| carried[&line[place]].first.clone();
        assert_eq!(listed(2), [(one, Some(RecordIndex(1))), (two, Some(RecordIndex(2)))]);
        assert_eq!(listed(4), [(one, None), (two, Some(RecordIndex(2)))]);
    }
}
