//! A year of the calendar: how much happens on each day.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::Serialize;

use super::clash::has_clash_on;
use super::links::{CalendarLinks, CalendarPages, neighbours};
use crate::book::OccurrenceKind;
use crate::pages::parts::row::Link;
use crate::pages::{Context, Frame};
use crate::route::Route;

/// A month of a year.
#[derive(Debug, Serialize)]
pub struct MonthCell {
    /// Its name and its page; no page where nothing happens.
    pub link: Link,
    /// `2026-11`.
    pub iso: String,
    /// How many windows and planned days begin in it.
    pub count: usize,
    /// Its weeks: seven days each, a day outside the month being nothing.
    pub weeks: Vec<Vec<Option<LoadCell>>>,
}

/// A day of a year: how much happens.
#[derive(Debug, Serialize)]
pub struct LoadCell {
    /// Its number in the month.
    pub number: i8,
    /// Where all of it is, if anything happens on it.
    pub href: Option<String>,
    /// Windows and planned days on it.
    pub count: usize,
    /// From 0, nothing, to 4, much.
    pub load: u8,
    /// Whether a freeze lies on it.
    pub is_frozen: bool,
    /// Whether something on it collides.
    pub has_clash: bool,
}

/// A year of the calendar.
#[derive(Debug, Serialize)]
pub struct YearChoice {
    /// Its number and its page.
    pub link: Link,
    /// Whether this page is its.
    pub is_current: bool,
}

/// The view of `calendar-year.html`.
#[derive(Debug, Serialize)]
pub struct YearView {
    /// What stands around it.
    pub page: Frame,
    /// The way to other pages.
    pub links: CalendarLinks,
    /// Every year that has anything.
    pub years: Vec<YearChoice>,
    /// January to December.
    pub months: Vec<MonthCell>,
    /// Whether a freeze lies on any day.
    pub has_freeze: bool,
    /// Whether anything collides on any day.
    pub has_clash: bool,
}

/// The calendar's year.
pub fn year(context: &Context<'_>, pages: &CalendarPages, year: i16) -> YearView {
    let mut frame = Frame::new(context, format!("Calendar {year}"), "calendar");
    frame.description = context.edition.name().is_none().then(|| format!("Releases, changes and freezes of {year}"));
    let step = |year: Option<i16>| year.and_then(|year| pages.year(year));
    let first = Date::new(year, 1, 1).unwrap_or_default();
    let last = first.last_of_year();
    let months: Vec<MonthCell> =
        (1..=12).filter_map(|month| month_cell(context, pages, Date::new(year, month, 1).ok()?)).collect();
    let days = || months.iter().flat_map(|month| &month.weeks).flatten().flatten();
    let (has_freeze, has_clash) = (days().any(|day| day.is_frozen), days().any(|day| day.has_clash));
    YearView {
        page: frame,
        links: CalendarLinks::new(context, [first, last], neighbours(&pages.years, year).map(step), Vec::new()),
        years: pages
            .years
            .iter()
            .filter_map(|of| Some(YearChoice { link: pages.year(*of)?.link(context), is_current: *of == year }))
            .collect(),
        months,
        has_freeze,
        has_clash,
    }
}

fn month_cell(context: &Context<'_>, pages: &CalendarPages, first: Date) -> Option<MonthCell> {
    let mut weeks = vec![Vec::new()];
    weeks[0].extend((0..first.weekday().to_monday_zero_offset()).map(|_| None));
    let mut count = 0;
    for day in first.series(1.day()).take_while(|day| day.month() == first.month()) {
        if day.weekday() == Weekday::Monday && !weeks.last()?.is_empty() {
            weeks.push(Vec::new());
        }
        let begins = |start: Date| start == day || day == first && start < first;
        let on_day = context.edition.schedule.on(day);
        count += on_day.filter(|(_, of)| of.is_work() && begins(of.start.date())).count();
        weeks.last_mut()?.push(Some(load_cell(context, pages, day)));
    }
    while weeks.last()?.len() < 7 {
        weeks.last_mut()?.push(None);
    }
    let href = pages.months.binary_search(&first).is_ok().then(|| context.href(&Route::month(first)));
    let link = Link { href, text: first.strftime("%B").to_string() };
    Some(MonthCell { link, iso: first.strftime("%Y-%m").to_string(), count, weeks })
}

fn load_cell(context: &Context<'_>, pages: &CalendarPages, day: Date) -> LoadCell {
    let (mut count, mut is_frozen, mut has_clash) = (0, false, false);
    for (index, occurrence) in context.edition.schedule.on(day) {
        is_frozen |= occurrence.kind == OccurrenceKind::Freeze;
        if occurrence.is_work() {
            count += 1;
            has_clash |= has_clash_on(context, index, day);
        }
    }
    LoadCell {
        number: day.day(),
        href: pages.day(context, day).filter(|_| count > 0),
        count,
        load: match count {
            0 => 0,
            1 => 1,
            2..=3 => 2,
            4..=7 => 3,
            _ => 4,
        },
        is_frozen,
        has_clash,
    }
}
