//! The way through the calendar: which years, months, weeks and days have a page, and in which zone it speaks.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::book::OccurrenceIndex;
use crate::edition::Edition;
use crate::pages::parts::row::Link;
use crate::pages::parts::time::{Day, zone_name};
use crate::pages::{Context, Frame};
use crate::route::Route;

/// A day with more entries than this has a page of its own; weeks and months show the first of them.
pub(super) const MOST_IN_A_WEEK: usize = 12;

/// The years, months (first days) and weeks (Mondays) that have anything, and the days that have much.
#[derive(Debug, Default)]
pub struct CalendarPages {
    /// Years.
    pub years: Vec<i16>,
    /// First days of months.
    pub months: Vec<Date>,
    /// Mondays of weeks.
    pub weeks: Vec<Date>,
    /// Days.
    pub days: Vec<Date>,
}

impl CalendarPages {
    /// The pages of an edition's calendar.
    pub fn new(edition: &Edition) -> CalendarPages {
        let week = |monday: &Date| monday.series(1.day()).take(7);
        let has_entry = |day: Date| edition.schedule.on(day).next().is_some();
        let mut pages = CalendarPages { months: edition.schedule.months().to_vec(), ..CalendarPages::default() };
        for first in &pages.months {
            let mondays = monday(*first).series(7.days()).take_while(|monday| *monday <= first.last_of_month());
            pages.weeks.extend(mondays.filter(|monday| week(monday).any(has_entry)));
        }
        // The last week of a month is often the first of the next.
        pages.weeks.dedup();
        pages.years = pages.months.iter().map(|month| month.year()).collect();
        pages.years.dedup();
        let days = pages.weeks.iter().flat_map(week);
        pages.days = days.filter(|day| edition.schedule.on(*day).nth(MOST_IN_A_WEEK).is_some()).collect();
        pages
    }

    /// Where all of a day is: its own page, else its place on the week's; nowhere in a month without a page.
    pub(super) fn day(&self, context: &Context<'_>, day: Date) -> Option<String> {
        if self.days.binary_search(&day).is_ok() {
            return Some(context.href(&Route::day(day)));
        }
        let week = self.week(day)?;
        Some(format!("{}#{day}", context.href(&week.route)))
    }

    /// The year's page, if it has one.
    pub(super) fn year(&self, year: i16) -> Option<Step> {
        self.years.binary_search(&year).ok()?;
        Some(Step { route: Route::year(year), text: year.to_string() })
    }

    /// The month's page, if it has one.
    pub(super) fn month(&self, day: Date) -> Option<Step> {
        self.months.binary_search(&day.first_of_month()).ok()?;
        Some(Step { route: Route::month(day), text: day.strftime("%B %Y").to_string() })
    }

    /// The week's page, if it has one.
    pub(super) fn week(&self, day: Date) -> Option<Step> {
        self.weeks.binary_search(&monday(day)).ok()?;
        Some(Step { route: Route::week(day), text: format!("Week {}", day.iso_week_date().week()) })
    }
}

/// Another page of the calendar.
pub(super) struct Step {
    pub(super) route: Route,
    pub(super) text: String,
}

impl Step {
    pub(super) fn link(self, context: &Context<'_>) -> Link {
        Link::new(context.href(&self.route), self.text)
    }
}

/// The frame of a page of the calendar that stands below others.
pub(super) fn frame(context: &Context<'_>, title: &str, above: &[Step]) -> Frame {
    let above: Vec<(&Route, &str)> = above.iter().map(|step| (&step.route, step.text.as_str())).collect();
    Frame::new(context, format!("Calendar: {title}"), "calendar").below(context, &above)
}

/// What every page of the calendar has.
#[derive(Debug, Serialize)]
pub struct CalendarLinks {
    /// What is before.
    pub previous: Option<Link>,
    /// What is behind.
    pub next: Option<Link>,
    /// What it is a part of.
    pub up: Vec<Link>,
    /// The zone that its times are in.
    pub zone: String,
    /// How far the zone is from UTC, and where that changes.
    pub offset: String,
}

impl CalendarLinks {
    /// The links of a page for the days from one to another.
    pub(super) fn new(
        context: &Context<'_>,
        [from, to]: [Date; 2],
        neighbours: [Option<Step>; 2],
        up: Vec<Step>,
    ) -> CalendarLinks {
        let zone = &context.settings.time_zone;
        let [previous, next] = neighbours.map(|step| step.map(|step| step.link(context)));
        CalendarLinks {
            previous,
            next,
            up: up.into_iter().map(|step| step.link(context)).collect(),
            zone: zone_name(zone).to_owned(),
            offset: offset(zone, from, to),
        }
    }
}

/// `UTC+2`, or `UTC+2, from 25 Oct 2026 UTC+1` where the clocks change; nothing for UTC itself.
fn offset(zone: &TimeZone, from: Date, to: Date) -> String {
    if *zone == TimeZone::UTC || zone_name(zone) == "UTC" {
        return String::new();
    }
    let (Ok(from), Ok(to)) = (from.to_zoned(zone.clone()), to.at(23, 59, 59, 0).to_zoned(zone.clone())) else {
        return String::new();
    };
    let told = |offset: jiff::tz::Offset| match offset.is_zero() {
        true => "UTC".to_owned(),
        false => {
            let minutes = offset.seconds().abs() / 60;
            let sign = if offset.is_negative() { '\u{2212}' } else { '+' };
            let rest = if minutes % 60 == 0 { String::new() } else { format!(":{:02}", minutes % 60) };
            format!("UTC{sign}{}{rest}", minutes / 60)
        }
    };
    let mut text = told(from.offset());
    for change in zone.following(from.timestamp()).take_while(|change| change.timestamp() <= to.timestamp()) {
        let day = change.timestamp().to_zoned(zone.clone()).date();
        text += &format!(", from {} {}", Day::new(day).text, told(change.offset()));
    }
    text
}

/// Monday of a day's week.
pub(super) fn monday(day: Date) -> Date {
    let back = i32::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(back.days()).unwrap_or(day)
}

/// What has a page before and behind.
pub(super) fn neighbours<T: Ord + Copy>(all: &[T], at: T) -> [Option<T>; 2] {
    let here = all.partition_point(|other| *other < at);
    [here.checked_sub(1).map(|before| all[before]), all[here..].iter().copied().find(|other| *other > at)]
}

/// The entries of a day: freezes and maintenance times, and the work.
pub(super) fn entries_of(edition: &Edition, day: Date) -> [Vec<OccurrenceIndex>; 2] {
    let (work, background) = edition.schedule.on(day).partition::<Vec<_>, _>(|(_, occurrence)| occurrence.is_work());
    [background, work].map(|entries| entries.into_iter().map(|(index, _)| index).collect())
}
