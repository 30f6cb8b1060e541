//! A week of the calendar: its hours drawn, and its days one below the other.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::entry::Entry;
use super::filter::{Choices, Filter};
use super::links::{CalendarLinks, CalendarPages, MOST_IN_A_WEEK, entries_of, frame, neighbours};
use super::timeline::{Timeline, timeline};
use crate::book::OccurrenceIndex;
use crate::pages::parts::row::Link;
use crate::pages::parts::time::{Day, When};
use crate::pages::{Context, Frame};

/// A day of a week with its entries.
#[derive(Debug, Serialize)]
pub struct WeekDay {
    /// The day.
    pub day: Day,
    /// `Monday`, …
    pub weekday: String,
    /// Freezes and maintenance times that begin on it, or on Monday go on.
    pub background: Vec<Entry>,
    /// Work that begins on it, or on Monday goes on.
    pub entries: Vec<Entry>,
    /// What stands under an earlier day and goes on.
    pub going_on: Vec<Entry>,
    /// How many entries there are in all, and where, if not all are shown.
    pub all: Option<Link>,
}

/// The view of `calendar-week.html`.
#[derive(Debug, Serialize)]
pub struct WeekView {
    /// What stands around it.
    pub page: Frame,
    /// `Week 48 of 2026`.
    pub heading: String,
    /// Monday.
    pub from: Day,
    /// Sunday.
    pub to: Day,
    /// The way to other pages.
    pub links: CalendarLinks,
    /// How many entries the week has.
    pub count: usize,
    /// What the entries can be filtered by.
    pub filter: Vec<Choices>,
    /// Its hours, drawn.
    pub timeline: Timeline,
    /// Its days.
    pub days: Vec<WeekDay>,
}

/// The calendar's week.
pub fn week(context: &Context<'_>, pages: &CalendarPages, monday: Date) -> WeekView {
    let iso = monday.iso_week_date();
    let heading = format!("Week {} of {}", iso.week(), iso.year());
    let sunday = monday.checked_add(6.days()).unwrap_or(monday);
    let step = |day: Option<Date>| day.and_then(|day| pages.week(day));
    let above = [pages.year(monday.year()), pages.month(monday)].into_iter().flatten().collect::<Vec<_>>();
    let frame = frame(context, &heading, &above);
    // A week of two months or years leads to both.
    let years = [pages.year(monday.year()), pages.year(sunday.year()).filter(|_| sunday.year() != monday.year())];
    let months = [pages.month(monday), pages.month(sunday).filter(|_| sunday.month() != monday.month())];
    let up = years.into_iter().chain(months).flatten().collect();
    let links = CalendarLinks::new(context, [monday, sunday], neighbours(&pages.weeks, monday).map(step), up);
    let mut filter = Filter::default();
    let (mut days, mut begun) = (Vec::new(), Vec::new());
    for day in monday.series(1.day()).take(7) {
        let begins = |index: &_| day == monday || context.edition.schedule.get(*index).start.date() == day;
        let [background, work] =
            entries_of(context.edition, day).map(|all| all.into_iter().partition::<Vec<_>, _>(begins));
        let going_on = [background.1, work.1].concat();
        let mut room = MOST_IN_A_WEEK;
        let mut shown = |all: &[OccurrenceIndex]| -> Vec<Entry> {
            let some = &all[..all.len().min(room)];
            room -= some.len();
            some.iter().map(|index| filter.entry(context, *index, Some(day))).collect()
        };
        let count = background.0.len() + work.0.len() + going_on.len();
        days.push(WeekDay {
            day: Day::new(day),
            weekday: day.strftime("%A").to_string(),
            background: shown(&background.0),
            entries: shown(&work.0),
            going_on: shown(&going_on).into_iter().map(told_before).collect(),
            all: (count > MOST_IN_A_WEEK)
                .then(|| Link { href: pages.day(context, day), text: format!("{count} entries") }),
        });
        begun.push([background.0, work.0]);
    }
    let count = begun.iter().flatten().map(Vec::len).sum();
    let timeline = timeline(context, monday, &begun, &mut filter);
    WeekView {
        page: frame,
        heading,
        from: Day::new(monday),
        to: Day::new(sunday),
        links,
        count,
        filter: filter.choices(context),
        timeline,
        days,
    }
}

/// An entry that stands in full under an earlier day.
fn told_before(entry: Entry) -> Entry {
    Entry { when: entry.when.map(When::bare), ..entry }
}
