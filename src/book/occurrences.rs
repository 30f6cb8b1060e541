//! What stands in the calendar: work, and the windows and freezes of the calendar, as often as they come.
//!
//! 1. What is written with its day is gathered, and with it the months that it touches.
//! 2. The years of these months, this year and the next are those of the calendar: rules are expanded within them, so
//!    that a rule costs what the records beside it make it cost, and not what it comes to in all time.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};

use super::connections::{Connections, Direction};
use super::occurrence::{Occurrence, OccurrenceKind};
use super::recurrence::{Budget, Expanded, Recurrence};
use super::tables::{RecordIndex, Tables};
use crate::diag::Finding;
use crate::read::UNKNOWN_VALUE;
use crate::record::{CalendarWindow, Plan, Record, Relation, WindowKind};
use crate::source::{Place, Span};

/// A site may have so many windows that come again, and for each of its records [`ROOM_OF_A_RECORD`] more: a nightly window
/// each of two dozen items, for this year and the next. They take four megabytes and a hundredth of a second.
const ROOM: u64 = 20_000;

/// Fifty for each record, which take about as much memory and time as the record itself does: whoever has ten nightly windows
/// and makes a record in five days never runs out of them.
const ROOM_OF_A_RECORD: u64 = 50;

/// So many months of one entry have pages for its sake, and those of its end: a freeze without an end has no end of months.
const MOST_MONTHS: usize = 12;

/// So many years of one entry have rules beside them: work that takes longer is a slip of the pen.
const MOST_YEARS: usize = 10;

/// Last month, this and the next two have pages if they have anything: what repeats is planned around.
const MONTHS_AROUND_TODAY: usize = 4;

/// What stands in the calendar.
pub(super) struct Occurrences {
    /// All of it, in no order.
    pub(super) all: Vec<Occurrence>,
    /// The first days of the months that have pages if they have anything, in order.
    pub(super) months: Vec<Date>,
    /// The years in which all of it is known, in order.
    pub(super) years: Vec<i16>,
}

impl Occurrences {
    /// Gathers what stands in the calendar. Rules that cannot be read or kept go to `findings`.
    pub(super) fn new(
        tables: &Tables,
        connections: &Connections,
        zone: &TimeZone,
        today: Date,
        findings: &mut Vec<Finding>,
    ) -> Occurrences {
        let mut gathering = Gathering { zone, findings, all: Vec::new(), written: Vec::new(), begun: BTreeSet::new() };
        let mut recurrences = Vec::new();
        for (index, record) in tables.iter() {
            match record {
                Record::Release(release) => gathering.planned(index, &release.plan, true),
                Record::Change(change) => {
                    let alone = connections.others(index, Relation::Delivers, Direction::Backward).is_empty();
                    gathering.planned(index, &change.plan, alone);
                }
                Record::Window(window) => {
                    let recurrence = gathering.window(index, window);
                    recurrences.extend(recurrence.map(|recurrence| (index, &**window, recurrence)));
                }
                _ => {}
            }
        }
        let (months, years) = gathering.calendar(today);
        let whole = ROOM + ROOM_OF_A_RECORD * tables.len() as u64;
        gathering.expand(&recurrences, &stretches(&years), Budget { whole, left: whole });
        Occurrences { all: gathering.all, months, years }
    }
}

/// What is gathered so far.
struct Gathering<'a> {
    zone: &'a TimeZone,
    findings: &'a mut Vec<Finding>,
    all: Vec<Occurrence>,
    /// What is written with its day, the first window of a rule as well.
    written: Vec<Occurrence>,
    /// The months of the next windows of rules, which have pages in years that have records.
    begun: BTreeSet<Date>,
}

impl Gathering<'_> {
    fn planned(&mut self, index: RecordIndex, plan: &Plan, alone: bool) {
        for (number, window) in plan.windows.iter().enumerate() {
            let kind = OccurrenceKind::Attempt(number as u32);
            self.once(Occurrence::new(&window.start, &window.end, self.zone, kind, index));
        }
        if let (true, true, Some(date)) = (plan.windows.is_empty(), alone, plan.planned_date)
            && let Ok(day) = date.to_zoned(self.zone.clone())
        {
            self.once(Occurrence::new(&day, &day, self.zone, OccurrenceKind::Planned, index));
        }
    }

    fn once(&mut self, occurrence: Occurrence) {
        self.all.push(occurrence);
        self.written.push(occurrence);
    }

    /// Takes a window of the calendar; how it comes again is left to do.
    fn window<'w>(&mut self, index: RecordIndex, window: &'w CalendarWindow) -> Option<Recurrence<'w>> {
        let first = window.first.as_ref()?;
        let read = window.repeats.as_ref().map(|repeats| (repeats, Recurrence::read(first, repeats)));
        match read {
            None => self.once(self.occurrence(index, window, first)),
            Some((_, Ok(recurrence))) => {
                let first: Vec<_> = recurrence.first().map(|times| self.occurrence(index, window, &times)).collect();
                self.written.extend(first.first());
                self.begun.extend(first.iter().map(|of| of.start.date().first_of_month()));
                return Some(recurrence);
            }
            Some((repeats, Err(why))) => {
                let help = "write a rule of RFC 5545, such as `FREQ=WEEKLY;BYDAY=SU`";
                self.findings.extend(finding(window, repeats.rule.1, "this is no recurrence rule", why, help));
                self.once(self.occurrence(index, window, first));
            }
        }
        None
    }

    fn occurrence(&self, index: RecordIndex, window: &CalendarWindow, (start, end): &(Zoned, Zoned)) -> Occurrence {
        let kind = match window.kind {
            WindowKind::Freeze => OccurrenceKind::Freeze,
            WindowKind::Maintenance => OccurrenceKind::Maintenance,
        };
        Occurrence::new(start, end, self.zone, kind, index)
    }

    /// The months that something written touches, with those around today, and all years that have one.
    fn calendar(&self, today: Date) -> (Vec<Date>, Vec<i16>) {
        let mut months: BTreeSet<Date> = BTreeSet::new();
        let mut years = BTreeSet::from([today.year(), today.saturating_add(1.year()).year()]);
        for of in &self.written {
            let (first, last) = (of.start.date().first_of_month(), of.last_day.first_of_month());
            months.extend(first.series(1.month()).take_while(|month| *month <= last).take(MOST_MONTHS));
            months.insert(last);
            if of.is_work() {
                years.extend((first.year()..=last.year()).take(MOST_YEARS));
            }
        }
        years.extend(months.iter().map(|month| month.year()));
        let around = today.first_of_month().saturating_sub(1.month()).series(1.month()).take(MONTHS_AROUND_TODAY);
        months.extend(around.chain(self.begun.iter().copied()).filter(|month| years.contains(&month.year())));
        (months.into_iter().collect(), years.into_iter().collect())
    }

    fn expand(
        &mut self,
        recurrences: &[(RecordIndex, &CalendarWindow, Recurrence<'_>)],
        stretches: &[(Date, Date)],
        mut budget: Budget,
    ) {
        let mut without_room: Vec<&CalendarWindow> = Vec::new();
        let written = self.all.len();
        for (index, window, recurrence) in recurrences {
            let (Some(first), Some(repeats)) = (&window.first, &window.repeats) else { continue };
            match recurrence.expand(stretches, &mut budget) {
                Expanded::Begins(times, idle_skips) => {
                    self.report_skips(window, &idle_skips);
                    for times in times.into_iter().filter_map(|at| recurrence.window(at)) {
                        self.all.push(self.occurrence(*index, window, &times));
                    }
                    continue;
                }
                Expanded::RunsOn(end, next) => {
                    let label = format!("one ends on {}, and the next begins on {}", told(end), told(next));
                    let message = "this goes on when it comes again";
                    let help = "make it end before its next beginning, or let it come less often";
                    self.findings.extend(finding(window, repeats.length_at, message, label, help));
                }
                Expanded::TooMany => {
                    let label = format!("its interval passes more than {} times", grouped(budget.whole));
                    let message = "this comes more often than the calendar can show";
                    let help = "let the rule come less often, or write one window over the whole of the time";
                    self.findings.extend(finding(window, repeats.rule.1, message, label, help));
                }
                Expanded::NoRoom => without_room.push(window),
            }
            self.all.push(self.occurrence(*index, window, first));
        }
        if !without_room.is_empty() {
            // A part of them would tell of some that they are not there.
            self.all.truncate(written);
            let first = |(index, window, _): &(_, &CalendarWindow, _)| {
                window.first.as_ref().map(|first| self.occurrence(*index, window, first))
            };
            let all: Vec<Occurrence> = recurrences.iter().filter_map(first).collect();
            self.all.extend(all);
            self.report_room(&without_room, budget);
        }
    }

    fn report_skips(&mut self, window: &CalendarWindow, idle_skips: &[usize]) {
        let Some(repeats) = &window.repeats else { return };
        for number in idle_skips {
            let (day, span) = repeats.skips[*number];
            let message = format!("the window would not begin on {day} anyway");
            let help = "name the day on which it begins, in its own zone, also where it lasts over midnight";
            self.findings.extend(finding(window, span, message, "nothing is skipped here".to_owned(), help));
        }
    }

    /// Says on the first rule that there was no room for how many there are.
    fn report_room(&mut self, without_room: &[&CalendarWindow], budget: Budget) {
        let Some((first, repeats)) = without_room.first().and_then(|first| Some((first, first.repeats.as_ref()?)))
        else {
            return;
        };
        let message = format!("the windows that repeat come more than {} times altogether", grouped(budget.whole));
        let label = match without_room.len() {
            1 => "no room is left for this rule, and until then none is followed".to_owned(),
            count => format!("no room is left for this rule and for {} more; until then none is followed", count - 1),
        };
        let help = "let one window name all services and items that share its times (`applies_to`), let rules come less \
                    often, and end those that are over (`UNTIL`)";
        self.findings.extend(finding(first, repeats.rule.1, message, label, help));
    }
}

/// The years of the calendar, those together that follow one another, each from a Monday to a Sunday: weeks are shown whole.
fn stretches(years: &[i16]) -> Vec<(Date, Date)> {
    years
        .chunk_by(|one, next| one + 1 == *next)
        .filter_map(|years| {
            let (first, last) = (Date::new(*years.first()?, 1, 1).ok()?, Date::new(*years.last()?, 12, 31).ok()?);
            let before = i64::from(first.weekday().to_monday_zero_offset());
            let behind = 6 - i64::from(last.weekday().to_monday_zero_offset());
            Some((first.saturating_sub(before.days()), last.saturating_add(behind.days())))
        })
        .collect()
}

fn told(at: jiff::civil::DateTime) -> String {
    at.strftime("%Y-%m-%d at %H:%M").to_string()
}

/// `20,000`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(",")
}

fn finding(
    window: &CalendarWindow,
    span: Span,
    message: impl Into<String>,
    label: String,
    help: &'static str,
) -> Option<Finding> {
    let place = Place { source: window.header.source?, span };
    Some(Finding::new(&UNKNOWN_VALUE, place, message).label(label).help(help))
}
