//! Figures over some records: what went live, what failed, how long it took, what is still open.
//!
//! 1. A release or change counts in the month of its date, else in that of its first release's; called off ones, later ones and those without a date do not.
//! 2. A deployment is a release, or a change that no release delivers, that is live or was taken back at least once. What
//!    a change that a release delivers brought belongs to the release.
//! 3. What may be taken for a deployment and is none is counted beside them, each under the first reason that fits.
//! 4. Known errors and actions count while they are open, whatever their date.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rustc_hash::FxHashMap;

use super::connections::Direction;
use super::model::Book;
use super::tables::RecordIndex;
use crate::record::{ChangeType, Kind, KnownError, Outcome, Plan, Record, Relation, ReleaseType, Status};

/// How many records of each type there are, and how many name none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByType<T> {
    of: BTreeMap<Option<T>, usize>,
}

impl<T> Default for ByType<T> {
    fn default() -> ByType<T> {
        ByType { of: BTreeMap::new() }
    }
}

impl<T: Ord + Copy> ByType<T> {
    /// How many are of a type, or name none.
    pub fn of(&self, of_type: Option<T>) -> usize {
        self.of.get(&of_type).copied().unwrap_or_default()
    }

    /// Every type that there is, with how many there are of it; those that name none at first.
    pub fn iter(&self) -> impl Iterator<Item = (Option<T>, usize)> + '_ {
        self.of.iter().map(|(of_type, count)| (*of_type, *count))
    }

    /// How many there are.
    pub fn sum(&self) -> usize {
        self.of.values().sum()
    }

    fn count(&mut self, of_type: Option<T>) {
        *self.of.entry(of_type).or_default() += 1;
    }

    fn add(&mut self, other: &ByType<T>) {
        other.of.iter().for_each(|(of_type, number)| *self.of.entry(*of_type).or_default() += number);
    }
}

/// What happened in a month or year.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Releases.
    pub releases: ByType<ReleaseType>,
    /// Changes.
    pub changes: ByType<ChangeType>,
    /// Releases, and changes shipped alone, that went live or were taken back.
    pub deployments: usize,
    /// Deployments that were taken back, caused incidents or were found unsuccessful.
    pub failed: usize,
    /// Deployments that were taken back at least once.
    pub taken_back: usize,
    /// Deployments of the type `emergency`.
    pub emergencies: usize,
}

impl Tally {
    /// Adds another.
    pub fn add(&mut self, other: &Tally) {
        self.releases.add(&other.releases);
        self.changes.add(&other.changes);
        self.deployments += other.deployments;
        self.failed += other.failed;
        self.taken_back += other.taken_back;
        self.emergencies += other.emergencies;
    }
}

/// Releases, and changes that no release delivers, that are no deployments.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// They went live or were taken back, and have no date.
    pub undated: usize,
    /// They went live or were taken back, and are dated after today.
    pub later: usize,
    /// They are cancelled.
    pub cancelled: usize,
    /// They are in progress.
    pub in_progress: usize,
    /// They do not say how far they are.
    pub silent: usize,
}

/// Figures over some records.
#[derive(Debug, Default)]
pub struct Figures {
    /// What happened, by year and month.
    pub months: BTreeMap<(i16, i8), Tally>,
    /// Releases and changes without a date, which count in no month.
    pub undated: usize,
    /// What is no deployment.
    pub left_out: LeftOut,
    /// From the harm that deployments did to the service being back, in minutes, the shortest first.
    pub restored: Vec<i64>,
    /// From the first message that was sent to the first day of the work, in days, the shortest first.
    pub notice: Vec<i64>,
    /// Of emergencies, from the start of the work to the first approval, in days, the shortest first; negative before it.
    pub approved: Vec<i64>,
    /// Windows with an outcome.
    pub attempts: usize,
    /// Their length in minutes, planned and actual, where both are known.
    pub lengths: Vec<(i64, i64)>,
    /// Configuration items with their deployments, the busiest first.
    pub items: Vec<(RecordIndex, usize)>,
    /// Known errors that are open: the days since they were detected, where that is known.
    pub open_known_errors: Vec<Option<i32>>,
    /// Actions that are open: the days since they were due, where that is known; negative before it.
    pub open_actions: Vec<Option<i32>>,
}

impl Figures {
    /// All months as one.
    pub fn total(&self) -> Tally {
        self.sum(|_| true)
    }

    /// Some months as one.
    pub fn sum(&self, is_wanted: impl Fn((i16, i8)) -> bool) -> Tally {
        let mut sum = Tally::default();
        self.months.iter().filter(|(month, _)| is_wanted(**month)).for_each(|(_, tally)| sum.add(tally));
        sum
    }
}

impl Book {
    /// The figures of some records as they stand on a day; times without an offset are in `zone`.
    pub fn figures(&self, records: impl IntoIterator<Item = RecordIndex>, zone: &TimeZone, today: Date) -> Figures {
        let mut figures = Figures::default();
        let mut items: FxHashMap<RecordIndex, usize> = FxHashMap::default();
        for index in records {
            match self.get(index) {
                Record::Release(of) => {
                    let work = Work { is_emergency: self.get(index).is_emergency(), is_alone: true };
                    if let Some(tally) = self.add_plan(&mut figures, &mut items, index, &of.plan, &work, (zone, today))
                    {
                        tally.releases.count(of.release_type);
                    }
                }
                Record::Change(of) => {
                    let work = Work {
                        is_emergency: self.get(index).is_emergency(),
                        is_alone: self.connections.others(index, Relation::Delivers, Direction::Backward).is_empty(),
                    };
                    if let Some(tally) = self.add_plan(&mut figures, &mut items, index, &of.plan, &work, (zone, today))
                    {
                        tally.changes.count(of.change_type);
                    }
                }
                Record::KnownError(of) => figures.add_known_error(of, today),
                _ => {}
            }
        }
        figures.restored.sort_unstable();
        figures.notice.sort_unstable();
        figures.approved.sort_unstable();
        figures.items = items.into_iter().collect();
        figures.items.sort_unstable_by_key(|(index, count)| (std::cmp::Reverse(*count), *index));
        figures
    }

    /// The day that a release or change counts on: its own, else that of the first release that delivers it.
    pub fn counted_on(&self, index: RecordIndex) -> Option<Date> {
        let own = self.get(index).plan()?.planned_date;
        let delivered_by = || self.connections.others(index, Relation::Delivers, Direction::Backward).iter();
        own.or_else(|| delivered_by().filter_map(|release| self.get(release.other).plan()?.planned_date).min())
    }

    /// Adds a release's or change's plan, and gives the month that it counts in.
    fn add_plan<'a>(
        &self,
        figures: &'a mut Figures,
        items: &mut FxHashMap<RecordIndex, usize>,
        index: RecordIndex,
        plan: &Plan,
        work: &Work,
        (zone, today): (&TimeZone, Date),
    ) -> Option<&'a mut Tally> {
        figures.add_actions(plan, today);
        let date = self.counted_on(index);
        let is_cancelled = plan.status == Some(Status::Cancelled);
        figures.undated += usize::from(date.is_none() && !is_cancelled);
        if work.is_alone && !(plan.was_tried() && date.is_some_and(|date| date <= today)) {
            figures.left_out.add(plan, date);
        }
        let date = date.filter(|date| *date <= today)?;
        let is_deployment = work.is_alone && plan.was_tried();
        if is_deployment {
            figures.restored.extend(self.minutes_to_restore(index, plan, zone));
            figures.add_times(plan, date, today);
            figures.approved.extend(plan.days_to_approval(today).filter(|_| work.is_emergency));
            self.named_items(index).into_iter().for_each(|item| *items.entry(item).or_default() += 1);
        }
        if is_cancelled && !is_deployment {
            return None;
        }
        let tally = figures.months.entry((date.year(), date.month())).or_default();
        if is_deployment {
            let is_unsuccessful = plan.review.as_ref().and_then(|of| of.outcome) == Some(Outcome::Unsuccessful);
            let is_failed = plan.was_rolled_back() || self.has_caused_incidents(index, plan) || is_unsuccessful;
            tally.deployments += 1;
            tally.failed += usize::from(is_failed);
            tally.taken_back += usize::from(plan.was_rolled_back());
            tally.emergencies += usize::from(work.is_emergency);
        }
        (!is_cancelled).then_some(tally)
    }

    /// The configuration items that a record itself names. Its connections hold the items of its lessons too.
    fn named_items(&self, index: RecordIndex) -> Vec<RecordIndex> {
        let named = self.get(index).header().configuration_items.iter();
        let mut named: Vec<RecordIndex> =
            named.filter_map(|item| self.tables.find(Kind::ConfigurationItem, &item.id)).collect();
        named.sort_unstable();
        named.dedup();
        named
    }

    /// Whether a release or change brought incidents, itself or by a change that it delivers.
    fn has_caused_incidents(&self, index: RecordIndex, plan: &Plan) -> bool {
        let delivered = self.connections.others(index, Relation::Delivers, Direction::Forward).iter();
        let mut plans = delivered.filter_map(|change| self.get(change.other).plan());
        !plan.incidents_caused.is_empty() || plans.any(|plan| !plan.incidents_caused.is_empty())
    }
}

/// What a release and a change say each in its own way.
struct Work {
    is_emergency: bool,
    is_alone: bool,
}

impl LeftOut {
    /// Adds a release or change that is no deployment.
    fn add(&mut self, plan: &Plan, date: Option<Date>) {
        match plan.status {
            _ if plan.was_tried() && date.is_none() => self.undated += 1,
            _ if plan.was_tried() => self.later += 1,
            Some(Status::Cancelled) => self.cancelled += 1,
            Some(Status::InProgress) => self.in_progress += 1,
            None => self.silent += 1,
            Some(_) => {}
        }
    }
}

impl Figures {
    fn add_times(&mut self, plan: &Plan, date: Date, today: Date) {
        let first = plan.windows.first().map_or(date, |window| window.start.date());
        let sent = plan.notifications.iter().filter_map(|notification| notification.sent);
        let sent = sent.filter(|sent| *sent <= today).min();
        self.notice.extend(sent.map(|sent| i64::from(days(sent, first))));
        for window in plan.windows.iter().filter(|window| window.outcome.is_some()) {
            self.attempts += 1;
            let minutes =
                |from: &jiff::Zoned, to: &jiff::Zoned| (to.timestamp().as_second() - from.timestamp().as_second()) / 60;
            if let (Some((from, to)), Some(start), Some(end)) = (window.planned(), window.began(), window.ended()) {
                self.lengths.push((minutes(from, to), minutes(start, end)));
            }
        }
    }

    fn add_actions(&mut self, plan: &Plan, today: Date) {
        let lessons = plan.review.iter().flat_map(|review| &review.lessons);
        let open = lessons.flat_map(|lesson| &lesson.actions).filter(|action| action.is_open());
        self.open_actions.extend(open.map(|action| action.due.map(|due| days(due, today))));
    }

    fn add_known_error(&mut self, known: &KnownError, today: Date) {
        if known.is_open() {
            self.open_known_errors.push(known.detected.map(|detected| days(detected, today)));
        }
    }
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}
