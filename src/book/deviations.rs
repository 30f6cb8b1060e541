//! What was done otherwise than the process and the calendar say: of every release and change that was carried out, whatever
//! its age or status.
//!
//! 1. Each attempt is held against freezes, maintenance times, other work and its own window, once for each.
//! 2. The plan is held against what the process wants, from the start of the first attempt on.
//! 3. What its tests came to, and what its record silences, is told as it is.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::audit::{Audit, Keeping};
use super::conflicts::{Conflict, Conflicts};
use super::model::Book;
use super::occurrence::{OccurrenceIndex, OccurrenceKind};
use super::tables::RecordIndex;
use crate::record::{DeviationKind, Kind, Part, Phase, Plan, Process, Record, TestResult};

/// Something that was done otherwise than the process and the calendar say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deviation {
    /// The release or change.
    pub record: RecordIndex,
    /// In which way.
    pub kind: DeviationKind,
    /// The day on which the attempt began, or of a failed test its own; nothing where no day is recorded.
    pub moment: Option<Date>,
    /// The attempt, by its number in the list of windows.
    pub attempt: Option<usize>,
    /// What shows it.
    pub evidence: Evidence,
}

/// What shows that something was done otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// Another record: the freeze, the item, the other work.
    Record(RecordIndex),
    /// The attempt's own times.
    Window,
    /// A part of the plan, and the day on which it was done.
    Part(Part, Option<Date>),
    /// The test with this number.
    Test(usize),
    /// The entry of `allow` with this number.
    Allow(usize),
}

/// All of them, the newest first; and what was carried out.
#[derive(Debug, Default)]
pub struct Deviations {
    all: Vec<Deviation>,
    by_record: FxHashMap<RecordIndex, Vec<u32>>,
    releases: BTreeMap<Option<i16>, Vec<RecordIndex>>,
    carried_out: usize,
}

impl Deviations {
    /// Holds all that was carried out by a day against the process and the calendar.
    pub fn new(book: &Book, process: &Process, today: Date) -> Deviations {
        let Book { tables, connections, schedule, .. } = book;
        let conflicts = Conflicts::carried_out(tables, connections, schedule, today);
        let met = met(book, &conflicts);
        let plans = tables.of_kind(Kind::Release).chain(tables.of_kind(Kind::Change)).map(RecordIndex);
        let plans: Vec<RecordIndex> = plans.collect();
        let of_each: Vec<_> =
            plans.par_iter().filter_map(|index| of_record(book, *index, process, &met, today)).collect();
        let mut deviations = Deviations { carried_out: of_each.len(), ..Deviations::default() };
        let mut releases = Vec::new();
        for (index, start, found) in of_each {
            deviations.all.extend(found);
            if matches!(book.get(index), Record::Release(_)) {
                releases.push((Reverse(start), index));
            }
        }
        deviations.all.sort_by_key(|of| (Reverse(of.moment), of.record, of.attempt, of.kind));
        for (number, of) in deviations.all.iter().enumerate() {
            deviations.by_record.entry(of.record).or_default().push(number as u32);
        }
        releases.sort_unstable();
        for (Reverse(start), index) in releases {
            deviations.releases.entry(start.map(Date::year)).or_default().push(index);
        }
        deviations
    }

    /// All, the newest first, and last those of no day.
    pub fn all(&self) -> &[Deviation] {
        &self.all
    }

    /// Those of a release or change.
    pub fn of(&self, record: RecordIndex) -> impl ExactSizeIterator<Item = &Deviation> {
        let numbers = self.by_record.get(&record).map_or(&[][..], Vec::as_slice);
        numbers.iter().map(|number| &self.all[*number as usize])
    }

    /// How many releases and changes have any.
    pub fn records(&self) -> usize {
        self.by_record.len()
    }

    /// How many releases and changes were carried out.
    pub fn carried_out(&self) -> usize {
        self.carried_out
    }

    /// The years in which a release was carried out or something deviated, the newest first; nothing for those without a day.
    pub fn years(&self) -> Vec<Option<i16>> {
        let years = self.all.chunk_by(|one, other| year(one) == year(other)).map(|run| year(&run[0]));
        let mut years: Vec<Option<i16>> = years.chain(self.releases.keys().copied()).collect();
        years.sort_unstable_by_key(|year| Reverse(*year));
        years.dedup();
        years
    }

    /// Those of a year, or of no day.
    pub fn of_year(&self, wanted: Option<i16>) -> &[Deviation] {
        let start = self.all.partition_point(|of| Reverse(year(of)) < Reverse(wanted));
        let end = self.all.partition_point(|of| Reverse(year(of)) <= Reverse(wanted));
        &self.all[start..end]
    }

    /// The releases whose first attempt began in a year, or on a day that is not recorded, the newest first.
    pub fn releases(&self, year: Option<i16>) -> &[RecordIndex] {
        self.releases.get(&year).map_or(&[], Vec::as_slice)
    }
}

fn year(of: &Deviation) -> Option<i16> {
    of.moment.map(Date::year)
}

/// What attempts have met, by record: the number of the attempt, how it met it, and with what.
type Met = FxHashMap<RecordIndex, Vec<(usize, DeviationKind, RecordIndex)>>;

/// What attempts have met, each once in a way: the first freeze, of which a hard one comes before others, the first item,
/// the first other work.
fn met(book: &Book, conflicts: &Conflicts) -> Met {
    let attempt = |index: OccurrenceIndex| {
        let of = book.schedule.get(index);
        match of.kind {
            OccurrenceKind::Attempt(number) => (of.record, number as usize),
            _ => (of.record, 0),
        }
    };
    let mut found = Vec::new();
    for conflict in conflicts.all() {
        match conflict {
            Conflict::Overlap { one, other, .. } => {
                for (of, with) in [(*one, *other), (*other, *one)] {
                    found.push((attempt(of), DeviationKind::BesideOtherWork, with.0, book.schedule.get(with).record));
                }
            }
            Conflict::Freeze { window, freeze } => {
                let record = book.schedule.get(*freeze).record;
                let is_hard = matches!(book.get(record), Record::Window(of) if of.is_hard);
                let kind = if is_hard { DeviationKind::InHardFreeze } else { DeviationKind::InFreeze };
                found.push((attempt(*window), kind, freeze.0, record));
            }
            Conflict::OutsideMaintenance { window, item } => {
                found.push((attempt(*window), DeviationKind::OutsideMaintenance, item.0, *item));
            }
        }
    }
    let is_freeze = |kind| matches!(kind, DeviationKind::InFreeze | DeviationKind::InHardFreeze);
    let way = |kind| if is_freeze(kind) { DeviationKind::InFreeze } else { kind };
    found.sort_unstable_by_key(|(of, kind, place, _)| (*of, way(*kind), Reverse(*kind), *place));
    found.dedup_by_key(|(of, kind, ..)| (*of, way(*kind)));
    let mut met = Met::default();
    for ((record, number), kind, _, with) in found {
        met.entry(record).or_default().push((number, kind, with));
    }
    met
}

/// What deviates of a release or change, and the day on which it began; nothing where none of it was carried out.
fn of_record(
    book: &Book,
    index: RecordIndex,
    process: &Process,
    met: &Met,
    today: Date,
) -> Option<(RecordIndex, Option<Date>, Vec<Deviation>)> {
    let record = book.get(index);
    let plan = record.plan().filter(|plan| plan.was_carried_out(today))?;
    let begun = plan.begun(today);
    let first = begun.iter().map(|(_, window)| *window).min_by_key(|window| window.begins().timestamp());
    let start = first.map(|window| window.start_day()).or_else(|| book.counted_on(index));
    let mut found = Vec::new();
    let mut add = |kind, moment, attempt, evidence| {
        found.push(Deviation { record: index, kind, moment, attempt, evidence });
    };
    for (number, kind, with) in met.get(&index).into_iter().flatten() {
        add(*kind, Some(plan.windows[*number].start_day()), Some(*number), Evidence::Record(*with));
    }
    for (number, window) in begun.iter().filter(|(_, window)| window.is_left()) {
        add(DeviationKind::OutsideWindow, Some(window.start_day()), Some(*number), Evidence::Window);
    }
    if let Some(audit) = Audit::new(book, index, process, today) {
        for (kind, part, day) in audit.deviations() {
            add(kind, start, None, Evidence::Part(part, day));
        }
    }
    for number in failed(plan) {
        add(DeviationKind::FailedAfter, plan.tests[number].on.or(start), None, Evidence::Test(number));
    }
    for number in 0..record.header().allow.len() {
        add(DeviationKind::Waived, start, None, Evidence::Allow(number));
    }
    Some((index, start, found))
}

/// The tests after the work that failed.
fn failed(plan: &Plan) -> impl Iterator<Item = usize> {
    let tests = plan.tests.iter().enumerate();
    tests
        .filter(|(_, test)| test.phase == Some(Phase::Post) && test.result == Some(TestResult::Failed))
        .map(|(number, _)| number)
}

impl Audit {
    /// What of it deviates, each with the part of the plan that shows it and the day on which that was done.
    fn deviations(&self) -> Vec<(DeviationKind, Part, Option<Date>)> {
        use DeviationKind::{
            ApprovedByInvolved, ApprovedLate, EmergencyApprovedLate, NotApproved, NotReviewed, NotReviewedAfter,
            NotTold, ReviewedLate, ToldLate, UntestedBefore,
        };
        let approved_late = if self.is_emergency { EmergencyApprovedLate } else { ApprovedLate };
        let kept = [
            (self.approved, approved_late, NotApproved, Part::Approvals),
            (self.security, ReviewedLate, NotReviewed, Part::SecurityReview),
            (self.operational, ReviewedLate, NotReviewed, Part::OperationalReview),
            (self.told, ToldLate, NotTold, Part::Notifications),
            (self.tested, UntestedBefore, UntestedBefore, Part::PreTests),
            (self.reviewed_after, NotReviewedAfter, NotReviewedAfter, Part::Review),
        ];
        let of = |(keeping, late, missing, part)| match keeping {
            Keeping::Late(day) => Some((late, part, Some(day))),
            Keeping::Missing => Some((missing, part, None)),
            Keeping::NotWanted(_) | Keeping::InTime(_) | Keeping::Ahead => None,
        };
        let by_involved = self.is_by_involved.then_some((ApprovedByInvolved, Part::Approvals, None));
        kept.into_iter().filter_map(of).chain(by_involved).collect()
    }
}
