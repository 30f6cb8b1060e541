//! Windows that come again: the RRULE of RFC 5545, in local time of the window's zone.
//!
//! The rule speaks of the clock on the wall: it is expanded without a zone, and the zone comes back after. A time that
//! the clocks skip is the one an hour later, as calendars show it. A window with an end keeps its hours on the wall; a
//! window with a duration keeps its length (RFC 5545, 3.3.6).

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, Zoned};
use rustc_hash::FxHashSet;

use super::rule::{Met, Rule};
use crate::record::Repetition;

/// So many periods of a rule show whether its windows run into each other, wherever its calendar begins: a year of months,
/// two weeks of days.
const PROBED: usize = 14;

/// So many periods are looked at for the times of one day.
const MOST_TIMES: u64 = 20_000;

/// A window that repeats, as it is read.
pub(super) struct Recurrence<'a> {
    repeats: &'a Repetition,
    zone: &'a TimeZone,
    rule: Rule,
    length: Length,
    skips: FxHashSet<Date>,
    /// The times of the first periods.
    probe: Vec<DateTime>,
}

/// How often the windows of a site may come that repeat.
#[derive(Debug, Clone, Copy)]
pub(super) struct Budget {
    /// How often altogether.
    pub(super) whole: u64,
    /// How often from here on.
    pub(super) left: u64,
}

/// What a rule comes to.
pub(super) enum Expanded {
    /// The times on the wall that its windows begin at, and which of the days to skip none would have begun on, by their number.
    Begins(Vec<DateTime>, Vec<usize>),
    /// A window has not ended when the next begins: both moments, in the window's zone.
    RunsOn(DateTime, DateTime),
    /// More windows than a calendar has room for.
    TooMany,
    /// More windows than there is room for beside those of others.
    NoRoom,
}

impl<'a> Recurrence<'a> {
    /// Reads how a window repeats, by its first start and end.
    ///
    /// # Errors
    ///
    /// What is wrong with the rule.
    pub(super) fn read(first: &'a (Zoned, Zoned), repeats: &'a Repetition) -> Result<Recurrence<'a>, String> {
        let (start, end) = first;
        let length = match repeats.duration {
            Some(duration) => Length::Elapsed(duration.0),
            None => Length::OnTheWall(start.datetime().until(end.datetime()).map_err(|error| error.to_string())?),
        };
        let zone = start.time_zone();
        let rule = Rule::read(&with_local_end(&repeats.rule.0, zone)?, start.datetime())?;
        let (mut probe, mut left) = (Vec::new(), PROBED);
        rule.walk(0, |met| {
            if let Met::Time(at) = met {
                probe.push(at);
            }
            left -= 1;
            left > 0
        });
        let skips = repeats.skips.iter().map(|(day, _)| *day).collect();
        Ok(Recurrence { repeats, zone, rule, length, skips, probe })
    }

    /// The first of its windows, as many as a year of months or a fortnight of days has.
    pub(super) fn first(&self) -> impl Iterator<Item = (Zoned, Zoned)> {
        let kept = self.probe.iter().filter(|at| !self.skips.contains(&at.date()));
        kept.filter_map(|at| self.window(*at))
    }

    /// The first time that the rule gives.
    pub(super) fn begins(&self) -> Option<DateTime> {
        self.probe.first().copied()
    }

    /// The times on a day.
    pub(super) fn times_on(&self, day: Date) -> Vec<DateTime> {
        let (mut times, mut budget) = (Vec::new(), Budget { whole: u64::MAX, left: MOST_TIMES });
        let from = if self.rule.is_counted() { 0 } else { self.rule.period_of(day.at(0, 0, 0, 0)) };
        self.walk(from, &[(day.at(0, 0, 0, 0), day.at(23, 59, 59, 0))], &mut budget, &mut times);
        times
    }

    /// The windows that touch some stretches of days, which are in order and apart.
    pub(super) fn expand(&self, stretches: &[(Date, Date)], budget: &mut Budget) -> Expanded {
        let stretches: Vec<(DateTime, DateTime)> = stretches
            .iter()
            .map(|(first, last)| (self.length.before(first.at(0, 0, 0, 0)), last.at(23, 59, 59, 0)))
            .collect();
        if let Some((end, next)) = self.overlap(&self.probe) {
            return Expanded::RunsOn(end, next);
        }
        let periods =
            |(from, to): &(DateTime, DateTime)| (self.rule.period_of(*to) - self.rule.period_of(*from)) as u64;
        if !self.rule.is_counted() && stretches.iter().map(periods).sum::<u64>() > budget.whole {
            return Expanded::TooMany;
        }
        let Some(mut times) = self.times(&stretches, budget) else { return Expanded::NoRoom };
        if let Some((end, next)) = self.overlap(&times) {
            return Expanded::RunsOn(end, next);
        }
        let begun: FxHashSet<Date> = times.iter().map(|at| at.date()).filter(|day| self.skips.contains(day)).collect();
        times.retain(|at| !begun.contains(&at.date()));
        let is_seen = |day: DateTime| stretches.iter().any(|(from, to)| *from <= day && day <= *to);
        let is_idle = |(_, (day, _)): &(usize, &(Date, _))| is_seen(day.at(12, 0, 0, 0)) && !begun.contains(day);
        let skips = self.repeats.skips.iter().enumerate();
        Expanded::Begins(times, skips.filter(is_idle).map(|(number, _)| number).collect())
    }

    /// The window that begins at a time on the wall; nothing beyond the years that there are.
    pub(super) fn window(&self, start: DateTime) -> Option<(Zoned, Zoned)> {
        let from = start.to_zoned(self.zone.clone()).ok()?;
        let to = match &self.length {
            Length::OnTheWall(span) => start.checked_add(*span).ok()?.to_zoned(self.zone.clone()).ok()?,
            Length::Elapsed(span) => from.checked_add(*span).ok()?,
        };
        Some((from, to))
    }

    /// The times that a window begins at that touches one of some stretches; nothing where there are too many.
    fn times(&self, stretches: &[(DateTime, DateTime)], budget: &mut Budget) -> Option<Vec<DateTime>> {
        let mut times = Vec::new();
        if self.rule.is_counted() {
            return self.walk(0, stretches, budget, &mut times).then_some(times);
        }
        let fits = stretches.chunks(1).all(|stretch| {
            let first = self.rule.period_of(stretch[0].0);
            self.walk(first, stretch, budget, &mut times)
        });
        fits.then_some(times)
    }

    /// Walks from a period on through some stretches, and says whether there was room for that.
    fn walk(
        &self,
        first: i64,
        within: &[(DateTime, DateTime)],
        budget: &mut Budget,
        times: &mut Vec<DateTime>,
    ) -> bool {
        let Some((_, end)) = within.last() else { return true };
        let mut fits = true;
        self.rule.walk(first, |met| {
            let (Met::Time(at) | Met::Nothing(at)) = met;
            if at > *end {
                return false;
            }
            fits = budget.left > 0;
            budget.left = budget.left.saturating_sub(1);
            let is_within = || within.iter().any(|(from, to)| *from <= at && at <= *to);
            let is_new = times.last().is_none_or(|last| *last < at);
            if matches!(met, Met::Time(_)) && is_new && is_within() {
                times.push(at);
            }
            fits
        });
        fits
    }

    /// Where one window has not ended when the next begins: both moments.
    fn overlap(&self, times: &[DateTime]) -> Option<(DateTime, DateTime)> {
        let mut before = None;
        let kept = times.iter().filter(|at| !self.skips.contains(&at.date()));
        let mut ends = kept.map(|at| (before.replace(self.length.end(*at)), *at));
        ends.find_map(|(end, next)| Some((end.filter(|end| *end > next)?, next)))
    }
}

enum Length {
    OnTheWall(Span),
    Elapsed(Span),
}

impl Length {
    fn span(&self) -> Span {
        let (Length::OnTheWall(span) | Length::Elapsed(span)) = self;
        *span
    }

    /// The end of a window on the wall, on days on which the clocks do not change.
    fn end(&self, start: DateTime) -> DateTime {
        start.checked_add(self.span()).unwrap_or(DateTime::MAX)
    }

    /// The start of a window that ends at a time.
    fn before(&self, end: DateTime) -> DateTime {
        end.checked_sub(self.span()).unwrap_or(DateTime::MIN)
    }
}

/// The rule with the end of its recurrence as the wall clock shows it: `UNTIL` is written in UTC (RFC 5545, 3.3.10),
/// and a day alone is meant to its end.
fn with_local_end(rule: &str, zone: &TimeZone) -> Result<String, String> {
    let rule = rule.trim().trim_start_matches("RRULE:");
    let parts: Result<Vec<String>, String> = rule
        .split(';')
        .map(|part| match part.split_once('=') {
            Some((key, value)) if key.eq_ignore_ascii_case("UNTIL") => {
                Ok(format!("UNTIL={}", local_end(value, zone)?.strftime("%Y%m%dT%H%M%SZ")))
            }
            _ => Ok(part.to_owned()),
        })
        .collect();
    Ok(parts?.join(";"))
}

/// The end of a rule on the clocks of its zone.
pub(super) fn local_end(value: &str, zone: &TimeZone) -> Result<DateTime, String> {
    let wrong = |error: jiff::Error| format!("UNTIL is no date: {error}");
    Ok(match value.strip_suffix(['Z', 'z']) {
        Some(_) => value.parse::<Timestamp>().map_err(wrong)?.to_zoned(zone.clone()).datetime(),
        None if value.contains(['T', 't']) => value.parse().map_err(wrong)?,
        None => value.parse::<Date>().map_err(wrong)?.at(23, 59, 59, 0),
    })
}
