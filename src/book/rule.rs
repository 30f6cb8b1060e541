//! A rule of RFC 5545 as times of the wall clock.
//!
//! The crate `rrule` reads a rule and says what is wrong with it. The times are worked out here, because a walk has to
//! begin where it is asked to, and what never comes must cost no more than what does.
//!
//! 1. Time is divided into periods of the rule's frequency, and every so many of them count.
//! 2. The days of a period that the rule's filters leave, at the times of the day, are what the rule comes to.

use std::borrow::Cow;

use chrono::TimeZone as _;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime, Time, Weekday};
use rrule::{Frequency, NWeekday, RRule, Tz, Unvalidated};

/// A rule with its start.
pub(super) struct Rule {
    frequency: Frequency,
    interval: i64,
    count: Option<u32>,
    until: DateTime,
    start: DateTime,
    week_start: Weekday,
    months: Vec<i64>,
    week_numbers: Vec<i64>,
    year_days: Vec<i64>,
    month_days: Vec<i64>,
    /// With the number within the month or year, where only one such day is meant, from 1 or from -1 backwards.
    weekdays: Vec<(Option<i64>, Weekday)>,
    hours: Vec<i8>,
    minutes: Vec<i8>,
    seconds: Vec<i8>,
    positions: Vec<i32>,
    /// The times of the day, of a rule that comes on days.
    times: Vec<Time>,
}

/// What a walk meets.
pub(super) enum Met {
    /// A time.
    Time(DateTime),
    /// A period without one, from this moment on.
    Nothing(DateTime),
}

impl Rule {
    /// Reads a rule whose `UNTIL`, if it has one, is a time of the wall clock.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub(super) fn read(text: &str, start: DateTime) -> Result<Rule, String> {
        // The parser cuts days of the week apart by bytes.
        if let Some(letter) = text.chars().find(|letter| !letter.is_ascii()) {
            return Err(format!("`{letter}` is no letter of a rule"));
        }
        let read: RRule<Unvalidated> = text.parse().map_err(|error: rrule::RRuleError| error.to_string())?;
        let on_paper = on_paper(start).ok_or("the start is out of range")?;
        read.clone().validate(on_paper).map_err(|error| error.to_string())?;
        let until = read.get_until().and_then(|until| until.format("%Y-%m-%dT%H:%M:%S").to_string().parse().ok());
        let mut rule = Rule {
            frequency: read.get_freq(),
            interval: read.get_interval().into(),
            count: read.get_count(),
            until: until.unwrap_or(DateTime::MAX),
            start,
            week_start: weekday(read.get_week_start()),
            months: numbers(read.get_by_month()),
            week_numbers: numbers(read.get_by_week_no()),
            year_days: numbers(read.get_by_year_day()),
            month_days: numbers(read.get_by_month_day()),
            weekdays: read.get_by_weekday().iter().map(numbered_weekday).collect(),
            hours: of_clock(read.get_by_hour()),
            minutes: of_clock(read.get_by_minute()),
            seconds: of_clock(read.get_by_second()),
            positions: read.get_by_set_pos().to_vec(),
            times: Vec::new(),
        };
        match (rule.interval, rule.count) {
            (0, _) => {
                return Err("INTERVAL is 0, and from 1 on it says how many periods the rule goes at a time".to_owned());
            }
            (_, Some(0)) => return Err("COUNT is 0, and from 1 on it says how often the rule comes".to_owned()),
            _ => rule.fill(),
        }
        Ok(rule)
    }

    /// What a rule does not say, its start says (RFC 5545, 3.3.10).
    fn fill(&mut self) {
        let is_by_day = !self.week_numbers.is_empty()
            || !self.year_days.is_empty()
            || !self.month_days.is_empty()
            || !self.weekdays.is_empty();
        match self.frequency {
            Frequency::Yearly if !is_by_day => {
                if self.months.is_empty() {
                    self.months.push(self.start.month().into());
                }
                self.month_days.push(self.start.day().into());
            }
            Frequency::Monthly if !is_by_day => self.month_days.push(self.start.day().into()),
            Frequency::Weekly if !is_by_day => self.weekdays.push((None, self.start.date().weekday())),
            _ => {}
        }
        let of_start = [
            (Frequency::Hourly, &mut self.hours, self.start.hour()),
            (Frequency::Minutely, &mut self.minutes, self.start.minute()),
            (Frequency::Secondly, &mut self.seconds, self.start.second()),
        ];
        for (finer, allowed, of_start) in of_start {
            if allowed.is_empty() && self.frequency < finer {
                allowed.push(of_start);
            }
        }
        if self.frequency < Frequency::Hourly {
            self.times = self.times_at(Time::midnight());
        }
    }

    /// Whether it counts its times, which can only be done from its start on.
    pub(super) fn is_counted(&self) -> bool {
        self.count.is_some()
    }

    /// The number of the period that a moment lies in, or of the last that counts before it; 0 for whatever is before the
    /// start.
    pub(super) fn period_of(&self, at: DateTime) -> i64 {
        let years = i64::from(at.year()) - i64::from(self.start.year());
        let passed = match self.frequency {
            Frequency::Yearly => years,
            Frequency::Monthly => years * 12 + i64::from(at.month()) - i64::from(self.start.month()),
            Frequency::Weekly => days_between(self.first_of_week(self.start.date()), at.date()).div_euclid(7),
            Frequency::Daily => days_between(self.start.date(), at.date()),
            finer => seconds_between(self.start, at).div_euclid(seconds(finer)),
        };
        passed.div_euclid(self.interval).max(0)
    }

    /// Walks through the times of the periods from one on, until `visit` has enough.
    pub(super) fn walk(&self, first: i64, mut visit: impl FnMut(Met) -> bool) {
        let mut left = self.count.map_or(u64::MAX, u64::from);
        for number in first.. {
            let Some((from, to)) = self.period(number) else { return };
            if from > self.until || left == 0 {
                return;
            }
            let (mut is_empty, mut goes_on) = (true, true);
            self.times_of(from, to, |at| {
                if at < self.start {
                    return true;
                }
                goes_on = at <= self.until && left > 0 && visit(Met::Time(at));
                (is_empty, left) = (false, left.saturating_sub(1));
                goes_on
            });
            if !goes_on || is_empty && !visit(Met::Nothing(from)) {
                return;
            }
        }
    }

    /// The first and the last moment of a period.
    fn period(&self, number: i64) -> Option<(DateTime, DateTime)> {
        let passed = number.checked_mul(self.interval)?;
        let days = |first: Date, last: Date| Some((first.at(0, 0, 0, 0), last.at(23, 59, 59, 0)));
        let start = self.start.date();
        match self.frequency {
            Frequency::Yearly => {
                let first = Date::new(i16::try_from(i64::from(start.year()) + passed).ok()?, 1, 1).ok()?;
                days(first, first.last_of_year())
            }
            Frequency::Monthly => {
                let first = start.first_of_month().checked_add(jiff::Span::new().try_months(passed).ok()?).ok()?;
                days(first, first.last_of_month())
            }
            Frequency::Weekly => {
                let span = jiff::Span::new().try_weeks(passed).ok()?;
                let first = self.first_of_week(start).checked_add(span).ok()?;
                days(first, first.checked_add(6.days()).ok()?)
            }
            Frequency::Daily => {
                let day = start.checked_add(jiff::Span::new().try_days(passed).ok()?).ok()?;
                days(day, day)
            }
            finer => {
                let span = jiff::Span::new().try_seconds(passed.checked_mul(seconds(finer))?).ok()?;
                let at = self.start.checked_add(span).ok()?;
                Some((at, at))
            }
        }
    }

    /// The times of a period in order, before and after the rule's ends too, until `visit` has enough.
    fn times_of(&self, from: DateTime, to: DateTime, mut visit: impl FnMut(DateTime) -> bool) {
        let times = match self.times.is_empty() {
            true => Cow::Owned(self.times_at(from.time())),
            false => Cow::Borrowed(&self.times),
        };
        if times.is_empty() {
            return;
        }
        let months = from.date().first_of_month().series(1.month()).take_while(|first| *first <= to.date());
        let days = months
            .filter(|first| self.months.is_empty() || self.months.contains(&first.month().into()))
            .flat_map(|first| {
                let (first, last) = (first.max(from.date()), first.last_of_month().min(to.date()));
                first.series(1.day()).take_while(move |day| *day <= last)
            });
        let days = days.filter(|day| self.has_day(*day));
        if self.positions.is_empty() {
            for day in days {
                if !times.iter().all(|time| visit(day.to_datetime(*time))) {
                    return;
                }
            }
            return;
        }
        let days: Vec<Date> = days.collect();
        let count = (days.len() * times.len()) as i64;
        let places = self.positions.iter().map(|position| match i64::from(*position) {
            from_end @ ..0 => count + from_end,
            from_start => from_start - 1,
        });
        let mut places: Vec<i64> = places.filter(|place| (0..count).contains(place)).collect();
        places.sort_unstable();
        places.dedup();
        let times = places.into_iter().map(|place| {
            let place = place as usize;
            days[place / times.len()].to_datetime(times[place % times.len()])
        });
        for at in times {
            if !visit(at) {
                return;
            }
        }
    }

    /// The times of the day that a period comes at, which is that moment where it is shorter than a day.
    fn times_at(&self, at: Time) -> Vec<Time> {
        let allowed = |finest: Frequency, listed: &[i8], of_period: i8| -> Vec<i8> {
            match self.frequency >= finest {
                false => listed.to_vec(),
                true if listed.is_empty() || listed.contains(&of_period) => vec![of_period],
                true => Vec::new(),
            }
        };
        let hours = allowed(Frequency::Hourly, &self.hours, at.hour());
        let minutes = allowed(Frequency::Minutely, &self.minutes, at.minute());
        let seconds = allowed(Frequency::Secondly, &self.seconds, at.second());
        let mut times = Vec::with_capacity(hours.len() * minutes.len() * seconds.len());
        for hour in hours {
            for minute in &minutes {
                times.extend(seconds.iter().filter_map(|second| Time::new(hour, *minute, *second, 0).ok()));
            }
        }
        times
    }

    /// Whether the rule's filters leave a day.
    fn has_day(&self, day: Date) -> bool {
        let (number, length) = (i64::from(day.day_of_year()), i64::from(day.days_in_year()));
        let (in_month, of_month) = (i64::from(day.day()), i64::from(day.days_in_month()));
        has(&self.month_days, in_month, of_month)
            && has(&self.year_days, number, length)
            && (self.weekdays.is_empty() || self.weekdays.iter().any(|of| self.is_weekday(day, *of)))
            && (self.week_numbers.is_empty() || {
                let (number, count) = self.week_of(day);
                has(&self.week_numbers, number, count)
            })
    }

    fn is_weekday(&self, day: Date, (number, weekday): (Option<i64>, Weekday)) -> bool {
        let Some(number) = number else { return day.weekday() == weekday };
        let is_of_month = self.frequency == Frequency::Monthly || !self.months.is_empty();
        let (at, length) = match is_of_month {
            true => (i64::from(day.day()), i64::from(day.days_in_month())),
            false => (i64::from(day.day_of_year()), i64::from(day.days_in_year())),
        };
        day.weekday() == weekday && (number == (at - 1) / 7 + 1 || number == -((length - at) / 7 + 1))
    }

    /// The number of a day's week, and how many weeks its year has: the first is that with four days of the year.
    fn week_of(&self, day: Date) -> (i64, i64) {
        let fourth = |of: Date| self.first_of_week(of).saturating_add(3.days());
        let number = |of: Date| (i64::from(fourth(of).day_of_year()) - 1) / 7 + 1;
        // 28 December is in the last week of its year.
        let last = Date::new(fourth(day).year(), 12, 28).unwrap_or(day);
        (number(day), number(last))
    }

    fn first_of_week(&self, day: Date) -> Date {
        day.saturating_sub(i64::from(day.weekday().since(self.week_start)).days())
    }
}

/// Whether a list has a number, counted from the start or, below zero, from the end; an empty one leaves all.
fn has(list: &[i64], number: i64, length: i64) -> bool {
    list.is_empty() || list.contains(&number) || list.contains(&(number - length - 1))
}

fn numbers<T: Copy + Into<i64>>(list: &[T]) -> Vec<i64> {
    list.iter().map(|number| (*number).into()).collect()
}

/// Hours, minutes or seconds, in order.
fn of_clock(list: &[u8]) -> Vec<i8> {
    let mut all: Vec<i8> = list.iter().filter_map(|number| i8::try_from(*number).ok()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn numbered_weekday(of: &NWeekday) -> (Option<i64>, Weekday) {
    match of {
        NWeekday::Every(day) => (None, weekday(*day)),
        NWeekday::Nth(number, day) => (Some(i64::from(*number)), weekday(*day)),
    }
}

fn weekday(day: rrule::Weekday) -> Weekday {
    Weekday::from_monday_zero_offset(day.num_days_from_monday() as i8).unwrap_or(Weekday::Monday)
}

fn seconds(of: Frequency) -> i64 {
    match of {
        Frequency::Hourly => 3600,
        Frequency::Minutely => 60,
        _ => 1,
    }
}

fn days_between(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_secs().div_euclid(86_400)
}

fn seconds_between(from: DateTime, to: DateTime) -> i64 {
    from.duration_until(to).as_secs()
}

/// A time of the wall clock as the rule's crate takes it.
fn on_paper(at: DateTime) -> Option<chrono::DateTime<Tz>> {
    let field = |value: i8| u32::try_from(value).ok();
    let (month, day) = (field(at.month())?, field(at.day())?);
    let (hour, minute, second) = (field(at.hour())?, field(at.minute())?, field(at.second())?);
    Tz::UTC.with_ymd_and_hms(i32::from(at.year()), month, day, hour, minute, second).single()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first six times of some rules within six years of their start, as another implementation has them too (see
    /// `tests/site/clocks.rs`).
    const RULES: &str = include_str!("../../tests/site/rules.txt");

    fn times(rule: &Rule, first: i64, end: DateTime, most: usize) -> Vec<DateTime> {
        let mut times = Vec::new();
        rule.walk(first, |met| {
            let (Met::Time(at) | Met::Nothing(at)) = met;
            if at > end || times.len() == most {
                return false;
            }
            if let Met::Time(at) = met {
                times.push(at);
            }
            true
        });
        times
    }

    #[test]
    fn rules_come_when_they_are_expected() {
        for line in RULES.lines() {
            let [start, text, expected] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
            let start: DateTime = start.parse().unwrap();
            let expected: Vec<DateTime> = expected.split_whitespace().map(|at| at.parse().unwrap()).collect();
            let rule = Rule::read(text, start).unwrap_or_else(|why| panic!("{line}: {why}"));
            let end = start.checked_add(jiff::Span::new().days(6 * 365)).unwrap();
            assert_eq!(times(&rule, 0, end, 6), expected, "{line}");
            // A walk that begins later meets the same.
            for (number, at) in expected.iter().enumerate().filter(|_| !rule.is_counted()) {
                let met = times(&rule, rule.period_of(*at), end, 12);
                let from = met.iter().position(|met| met == at).unwrap_or_else(|| panic!("{line}: {at}"));
                let tail = &expected[number..];
                assert_eq!(
                    met[from..].iter().take(tail.len()).collect::<Vec<_>>(),
                    tail.iter().collect::<Vec<_>>(),
                    "{line}"
                );
            }
        }
    }

    #[test]
    fn what_never_comes_anywhere_is_refused() {
        let start: DateTime = "2026-01-01T00:00".parse().unwrap();
        for rule in ["FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=0", "FREQ=OFTEN", "BYDAY=MO"] {
            assert!(Rule::read(rule, start).is_err(), "{rule}");
        }
    }
}
