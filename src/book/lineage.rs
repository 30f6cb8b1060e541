//! Which release follows which: a service's versions in order, and the predecessor of each release.
//!
//! 1. In lists, releases stand in the order of their versions. Those that cannot be compared stand by their day among them.
//! 2. The predecessor of a release is the one that it supersedes; else, of those of its service that went live before it
//!    and stayed, the one with the greatest version below its own; where versions cannot be compared, the one before it
//!    by day; of one day those that can be compared come first, as in lists, and then the others by their ids. So 1.9.5,
//!    shipped after 2.0.0, follows 1.9.4, and what follows what is a tree.
//! 3. All releases stand in one line: behind each comes directly whatever follows it, so that the releases that have
//!    what one of them brought are a piece of the line, less the pieces that begin with a fix.

use crate::record::{Kind, Record, Relation, Standing, Version};
use std::collections::BTreeSet;
use std::ops::Range;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::connections::{Connections, Direction};
use super::tables::{RecordIndex, Tables};

/// The rank of what cannot be compared: behind all others.
const NO_RANK: usize = usize::MAX;

/// Which release follows which.
#[derive(Debug, Default)]
pub struct Lineage {
    /// The number of the first release; the others follow it.
    first: u32,
    /// All releases, each with whatever follows it directly behind.
    line: Vec<RecordIndex>,
    /// The place in the line, by release.
    places: Vec<u32>,
    /// Where in the line ends what follows, by place.
    ends: Vec<u32>,
    /// How far each release is, and whether it counts as live.
    standings: Vec<(Standing, bool)>,
    /// The versions of each service, the oldest first.
    orders: FxHashMap<RecordIndex, Vec<RecordIndex>>,
    /// The newest version of each service that is live.
    latest: FxHashMap<RecordIndex, RecordIndex>,
    /// The service of each release, and its place in the order of that service.
    positions: FxHashMap<RecordIndex, (RecordIndex, usize)>,
    beginnings: FxHashMap<RecordIndex, RecordIndex>,
}

/// A release among those of its service.
struct Member {
    index: RecordIndex,
    version: Option<Version>,
    /// Its place among those that can be compared, by version; behind all of them where it cannot be.
    rank: usize,
    /// When it went live, or is planned to.
    day: Option<Date>,
    standing: Standing,
    /// Whether it went live and stayed, as far as anybody can tell.
    is_live: bool,
}

/// What a release follows.
struct Step {
    release: RecordIndex,
    predecessor: Option<RecordIndex>,
    /// Where nothing below it went live before it: what did last.
    begins_after: Option<RecordIndex>,
}

/// The release that another follows.
#[derive(Clone, Copy)]
struct Parent {
    release: RecordIndex,
    /// Whether the other says so, and it need not be worked out.
    is_said: bool,
}

impl Lineage {
    /// Works out what follows what, as it is on a day.
    pub fn new(tables: &Tables, connections: &Connections, today: Date) -> Lineage {
        let releases = tables.of_kind(Kind::Release);
        let mut lineage = Lineage { first: releases.start, ..Lineage::default() };
        let mut parents: Vec<Option<Parent>> = vec![None; releases.len()];
        let standing = |number| match tables.get(RecordIndex(number)).plan() {
            Some(plan) => (plan.standing(today), plan.counts_as_live(today)),
            None => (Standing::Unknown, false),
        };
        lineage.standings = releases.clone().map(standing).collect();
        for service in tables.of_kind(Kind::Service).map(RecordIndex) {
            let mut members = lineage.members(tables, connections, service);
            rank(&mut members);
            lineage.put_in_order(service, &members);
            for step in steps(&mut members) {
                let parent = step.predecessor.map(|release| Parent { release, is_said: false });
                parents[lineage.offset(step.release)] = parent;
                lineage.beginnings.extend(step.begins_after.map(|last| (step.release, last)));
            }
        }
        for release in releases.map(RecordIndex) {
            if let Some(said) = connections.others(release, Relation::Supersedes, Direction::Forward).first() {
                parents[lineage.offset(release)] = Some(Parent { release: said.other, is_said: true });
                lineage.beginnings.remove(&release);
            }
        }
        lineage.cut_circles(&mut parents);
        lineage.put_in_line(&parents);
        lineage
    }

    /// Releases, from number 0 on, each with the one that it follows.
    #[cfg(test)]
    pub(super) fn of_parents(parents: &[Option<usize>]) -> Lineage {
        let parent = |release: usize| Parent { release: RecordIndex(release as u32), is_said: false };
        let parents: Vec<Option<Parent>> = parents.iter().map(|of| of.map(parent)).collect();
        let mut lineage = Lineage::default();
        lineage.put_in_line(&parents);
        lineage
    }

    /// The releases of a service that were not called off, the oldest version first.
    pub fn order(&self, service: RecordIndex) -> &[RecordIndex] {
        self.orders.get(&service).map_or(&[], Vec::as_slice)
    }

    /// The newest version of a release's service that is live.
    pub fn latest(&self, release: RecordIndex) -> Option<RecordIndex> {
        let (service, _) = self.positions.get(&release)?;
        self.latest.get(service).copied()
    }

    /// The service of a release and its place in the order of that service, unless it was called off.
    pub fn position(&self, release: RecordIndex) -> Option<(RecordIndex, usize)> {
        self.positions.get(&release).copied()
    }

    /// Whether a release follows another, over any number of others.
    pub fn follows(&self, release: RecordIndex, other: RecordIndex) -> bool {
        release != other && self.piece(other).contains(&self.place(release))
    }

    /// How far a release is.
    pub fn standing(&self, release: RecordIndex) -> Standing {
        self.standings[self.offset(release)].0
    }

    /// Whether a release counts as live: for those that follow it, and for the fixes in it.
    pub(super) fn is_live(&self, release: RecordIndex) -> bool {
        self.standings[self.offset(release)].1
    }

    /// Where a release has a lower version than whatever of its service went live before it: what did last.
    pub fn begins_after(&self, release: RecordIndex) -> Option<RecordIndex> {
        self.beginnings.get(&release).copied()
    }

    /// All releases, each with whatever follows it directly behind.
    pub(super) fn line(&self) -> &[RecordIndex] {
        &self.line
    }

    /// The place of a release in the line.
    pub(super) fn place(&self, release: RecordIndex) -> usize {
        self.places[self.offset(release)] as usize
    }

    /// The piece of the line that begins with a release and has whatever follows it.
    pub(super) fn piece(&self, release: RecordIndex) -> Range<usize> {
        let place = self.place(release);
        place..self.ends[place] as usize
    }

    fn offset(&self, release: RecordIndex) -> usize {
        (release.0 - self.first) as usize
    }

    fn members(&self, tables: &Tables, connections: &Connections, service: RecordIndex) -> Vec<Member> {
        let of_service = connections.others(service, Relation::Service, Direction::Backward).iter();
        let member = |index: RecordIndex| match tables.get(index) {
            Record::Release(release) => Some(Member {
                index,
                version: release.version.as_deref().and_then(Version::new),
                rank: NO_RANK,
                day: release.plan.last_attempt_day(),
                standing: self.standing(index),
                is_live: self.is_live(index),
            }),
            _ => None,
        };
        of_service.filter_map(|connection| member(connection.other)).collect()
    }

    fn put_in_order(&mut self, service: RecordIndex, members: &[Member]) {
        let order = order(members);
        self.positions.extend(order.iter().zip(0..).map(|(release, place)| (*release, (service, place))));
        let latest = order.iter().rev().find(|release| self.is_live(**release));
        self.latest.extend(latest.map(|release| (service, *release)));
        self.orders.insert(service, order);
    }

    /// Takes a step out of each circle: one that is worked out before one that is said, the oldest of them.
    fn cut_circles(&self, parents: &mut [Option<Parent>]) {
        // By which walk each was seen first; the walks are counted from 1.
        let mut seen = vec![0u32; parents.len()];
        for (start, walk) in (0..parents.len()).zip(1..) {
            let next = |release: usize| parents[release].map(|parent| self.offset(parent.release));
            let mut at = Some(start);
            while let Some(release) = at.filter(|release| seen[*release] == 0) {
                seen[release] = walk;
                at = next(release);
            }
            if let Some(closing) = at.filter(|release| seen[*release] == walk) {
                let mut circle = vec![closing];
                circle.extend(
                    std::iter::successors(next(closing), |release| next(*release)).take_while(|r| *r != closing),
                );
                let is_said = |release: usize| parents[release].is_some_and(|parent| parent.is_said);
                let cut = circle.into_iter().max_by_key(|release| (!is_said(*release), *release)).unwrap_or(closing);
                parents[cut] = None;
            }
        }
    }

    fn put_in_line(&mut self, parents: &[Option<Parent>]) {
        let mut followers: Vec<Vec<usize>> = vec![Vec::new(); parents.len()];
        let mut ahead = Vec::new();
        // From behind, so that what is taken from the end comes in the order of lists.
        for (release, parent) in parents.iter().enumerate().rev() {
            match parent {
                Some(parent) => followers[self.offset(parent.release)].push(release),
                None => ahead.push(release),
            }
        }
        self.places = vec![0; parents.len()];
        while let Some(release) = ahead.pop() {
            self.places[release] = self.line.len() as u32;
            self.line.push(RecordIndex(self.first + release as u32));
            ahead.append(&mut followers[release]);
        }
        self.ends = (1..=self.line.len() as u32).collect();
        for place in (0..self.line.len()).rev() {
            if let Some(parent) = parents[self.offset(self.line[place])] {
                let of_parent = self.place(parent.release);
                self.ends[of_parent] = self.ends[of_parent].max(self.ends[place]);
            }
        }
    }
}

/// Gives those that can be compared their rank: of equal versions, the one with the later day is greater.
fn rank(members: &mut [Member]) {
    members.sort_unstable_by(|one, other| {
        let key = |of: &Member| (of.version.is_none(), of.day, of.index);
        let by_version = || one.version.cmp(&other.version);
        one.version
            .is_none()
            .cmp(&other.version.is_none())
            .then_with(by_version)
            .then_with(|| key(one).cmp(&key(other)))
    });
    let comparable = members.iter_mut().filter(|member| member.version.is_some());
    comparable.zip(0..).for_each(|(member, rank)| member.rank = rank);
}

/// Releases by version; each that cannot be compared stands behind the last that is not later, and without a day behind
/// all others.
fn order(members: &[Member]) -> Vec<RecordIndex> {
    let is_shown = |member: &&Member| member.standing != Standing::CalledOff;
    let (versions, others): (Vec<&Member>, Vec<&Member>) =
        members.iter().filter(is_shown).partition(|member| member.rank != NO_RANK);
    let mut days: Vec<(Date, usize)> = versions.iter().zip(1..).filter_map(|(of, n)| Some((of.day?, n))).collect();
    days.sort_unstable();
    let mut days = days.into_iter().peekable();
    let (mut order, mut placed, mut behind) = (Vec::with_capacity(members.len()), 0, 0);
    let (dated, undated): (Vec<&Member>, Vec<&Member>) = others.into_iter().partition(|member| member.day.is_some());
    for member in dated {
        while let Some((_, number)) = days.next_if(|(day, _)| Some(*day) <= member.day) {
            behind = behind.max(number);
        }
        order.extend(versions[placed..behind].iter().map(|member| member.index));
        placed = behind;
        order.push(member.index);
    }
    order.extend(versions[placed..].iter().chain(&undated).map(|member| member.index));
    order
}

/// What each release of a service follows, unless it says so itself.
fn steps(members: &mut [Member]) -> Vec<Step> {
    let mut versions = vec![RecordIndex(0); members.iter().filter(|member| member.rank != NO_RANK).count()];
    members.iter().filter(|of| of.rank != NO_RANK).for_each(|of| versions[of.rank] = of.index);
    // What has no day may have gone live before anything.
    let undated = members.iter().filter(|of| of.is_live && of.rank != NO_RANK && of.day.is_none());
    let mut live: BTreeSet<usize> = undated.map(|of| of.rank).collect();
    members.sort_unstable_by_key(|of| (of.day.is_none(), of.day, of.rank, of.index));
    let (mut steps, mut last, mut last_version) = (Vec::with_capacity(members.len()), None, None);
    for day in members.chunk_by(|one, other| one.day == other.day) {
        live.extend(day.iter().filter(|of| of.is_live && of.rank != NO_RANK).map(|of| of.rank));
        let before = last_version.filter(|_| day[0].day.is_some());
        for of in day {
            let is_alone = of.rank == NO_RANK || live.len() == usize::from(live.contains(&of.rank));
            let below = (!is_alone).then(|| live.range(..of.rank).next_back()).flatten();
            let by_day = last.filter(|_| is_alone && of.day.is_some());
            let may_begin =
                !is_alone && below.is_none() && !matches!(of.standing, Standing::TakenBack | Standing::CalledOff);
            steps.push(Step {
                release: of.index,
                predecessor: below.map(|rank| versions[*rank]).or(by_day),
                begins_after: before.filter(|_| may_begin),
            });
            if of.is_live {
                last = Some(of.index);
                last_version = if of.rank == NO_RANK { last_version } else { last };
            }
        }
    }
    steps
}
