//! The release calendar: year, month and week, in the site's zone.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::Serialize;

use super::row::{Badge, Link, PAGE_LENGTH, Pager, Row};
use super::time::Day;
use super::{Context, Frame};
use crate::book::{Occurrence, OccurrenceKind};
use crate::edition::Edition;
use crate::record::{Record, WindowOutcome};
use crate::route::Route;

/// How many entries of a day a month shows; its week has them all.
const SHOWN_A_DAY: usize = 4;

/// An entry of the calendar.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// `freeze`, `maintenance`, `attempt` or `planned`.
    pub kind: &'static str,
    /// `Freeze`, `Maintenance`, `Release`, `Change`.
    pub label: &'static str,
    /// The record.
    pub row: Row,
    /// Its day, or the first of them.
    pub day: Day,
    /// ISO 8601 local start, for `datetime`.
    pub iso: String,
    /// `22:00–02:00`, with the days where they differ; empty for an entry without hours.
    pub hours: String,
    /// What came of an attempt.
    pub outcome: Option<Badge>,
}

/// A day of a month or week.
#[derive(Debug, Serialize)]
pub struct DayCell {
    /// The day.
    pub day: Day,
    /// Its number in the month.
    pub number: i8,
    /// `Mon`, …
    pub weekday: String,
    /// Whether it belongs to the month that is shown.
    pub is_inside: bool,
    /// Whether it is the day of the build.
    pub is_today: bool,
    /// Freezes and maintenance times on it.
    pub background: Vec<Entry>,
    /// What happens on it: the first few.
    pub entries: Vec<Entry>,
    /// How many more there are, and where they are.
    pub more: Option<Link>,
}

/// A week of a month.
#[derive(Debug, Serialize)]
pub struct WeekRow {
    /// `W48`, and its page.
    pub link: Link,
    /// Monday to Sunday.
    pub days: Vec<DayCell>,
}

/// A month of a year.
#[derive(Debug, Serialize)]
pub struct MonthCell {
    /// Its name and its page; no page where nothing happens.
    pub link: Link,
    /// How many releases and changes.
    pub count: usize,
    /// Its weeks: seven days each, a day outside the month being nothing.
    pub weeks: Vec<Vec<Option<LoadCell>>>,
}

/// A day of a year: how much happens.
#[derive(Debug, Serialize)]
pub struct LoadCell {
    /// Its number in the month.
    pub number: i8,
    /// ISO 8601.
    pub iso: String,
    /// Its week, if anything happens on it.
    pub href: Option<String>,
    /// Releases and changes on it.
    pub count: usize,
    /// From 0, nothing, to 4, much.
    pub load: u8,
    /// Whether a freeze lies on it.
    pub is_frozen: bool,
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
}

/// The view of `calendar-year.html`.
#[derive(Debug, Serialize)]
pub struct YearView {
    /// What stands around it.
    pub page: Frame,
    /// The year.
    pub year: i16,
    /// The way to other pages.
    pub links: CalendarLinks,
    /// Every year that has anything.
    pub years: Vec<Link>,
    /// January to December.
    pub months: Vec<MonthCell>,
}

/// The view of `calendar-month.html`.
#[derive(Debug, Serialize)]
pub struct MonthView {
    /// What stands around it.
    pub page: Frame,
    /// `November 2026`.
    pub heading: String,
    /// The way to other pages.
    pub links: CalendarLinks,
    /// Its weeks.
    pub weeks: Vec<WeekRow>,
}

/// A day of a week with its entries.
#[derive(Debug, Serialize)]
pub struct WeekDay {
    /// The day.
    pub day: Day,
    /// `Monday`, …
    pub weekday: String,
    /// Whether it is the day of the build.
    pub is_today: bool,
    /// Its entries on this page.
    pub entries: Vec<Entry>,
}

/// The view of `calendar-week.html`.
#[derive(Debug, Serialize)]
pub struct WeekView {
    /// What stands around it.
    pub page: Frame,
    /// `Week 48 of 2026`.
    pub heading: String,
    /// Monday and Sunday.
    pub from: Day,
    /// Sunday.
    pub to: Day,
    /// The way to other pages.
    pub links: CalendarLinks,
    /// How many entries the week has.
    pub count: usize,
    /// Its days; without entries on this page, a day of a longer list is left out.
    pub days: Vec<WeekDay>,
    /// The way through a week that goes on.
    pub pager: Option<Pager>,
}

/// An entry of the calendar as a page shows it.
pub fn entry(context: &Context<'_>, occurrence: &Occurrence) -> Entry {
    let record = context.edition.get(occurrence.record);
    let (kind, label) = match occurrence.kind {
        OccurrenceKind::Freeze => ("freeze", "Freeze"),
        OccurrenceKind::Maintenance => ("maintenance", "Maintenance"),
        OccurrenceKind::Attempt(_) => ("attempt", record.kind().label()),
        OccurrenceKind::Planned => ("planned", record.kind().label()),
    };
    let outcome = match (occurrence.kind, record.plan()) {
        (OccurrenceKind::Attempt(number), Some(plan)) => plan.windows[number as usize].outcome,
        _ => None,
    };
    let mut row = Row::new(context, occurrence.record);
    if let Record::Window(window) = record {
        row.note.clone_from(&window.reason);
    }
    Entry {
        kind,
        label,
        day: Day::new(occurrence.start.date()),
        iso: occurrence.start.strftime("%Y-%m-%dT%H:%M").to_string(),
        hours: hours(occurrence),
        outcome: outcome.map(|outcome| Badge {
            word: outcome.word(),
            label: outcome.label(),
            tone: match outcome {
                WindowOutcome::Deployed => "good",
                WindowOutcome::RolledBack => "bad",
                WindowOutcome::Postponed => "idle",
                WindowOutcome::Cancelled => "off",
            },
        }),
        row,
    }
}

fn hours(occurrence: &Occurrence) -> String {
    let (start, end) = (occurrence.start, occurrence.end);
    match occurrence.kind {
        OccurrenceKind::Planned => String::new(),
        OccurrenceKind::Freeze | OccurrenceKind::Maintenance | OccurrenceKind::Attempt(_) => {
            if start.date() == end.date() {
                format!("{}\u{2013}{}", start.strftime("%H:%M"), end.strftime("%H:%M"))
            } else {
                format!("{} \u{2013} {}", start.strftime("%-d %b %H:%M"), end.strftime("%-d %b %H:%M"))
            }
        }
    }
}

fn is_background(occurrence: &Occurrence) -> bool {
    matches!(occurrence.kind, OccurrenceKind::Freeze | OccurrenceKind::Maintenance)
}

/// Monday of a day's week.
fn monday(day: Date) -> Date {
    let back = i32::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(back.days()).unwrap_or(day)
}

fn zone(context: &Context<'_>) -> String {
    context.settings.time_zone.iana_name().unwrap_or("UTC").to_owned()
}

fn neighbours<T: Ord + Copy>(all: &[T], at: T) -> (Option<T>, Option<T>) {
    let here = all.partition_point(|other| *other < at);
    (here.checked_sub(1).map(|before| all[before]), all[here..].iter().copied().find(|other| *other > at))
}

/// The calendar's year; `years` and `months` (first days) are those that have anything.
pub fn year(context: &Context<'_>, year: i16, years: &[i16], months: &[Date]) -> YearView {
    let (before, after) = neighbours(years, year);
    let link = |year: i16| Link::new(context.href(&Route::year(year)), year.to_string());
    let mut frame = Frame::new(context, format!("Calendar {year}"), "calendar");
    frame.description = Some(format!("Releases, changes and freezes of {year}"));
    YearView {
        page: frame,
        year,
        links: CalendarLinks { previous: before.map(link), next: after.map(link), up: Vec::new(), zone: zone(context) },
        years: years.iter().map(|year| link(*year)).collect(),
        months: (1..=12).filter_map(|month| month_cell(context, Date::new(year, month, 1).ok()?, months)).collect(),
    }
}

fn month_cell(context: &Context<'_>, first: Date, months: &[Date]) -> Option<MonthCell> {
    let text = first.strftime("%B").to_string();
    let href = months.binary_search(&first).is_ok().then(|| context.href(&Route::month(first)));
    let mut weeks = vec![Vec::new()];
    let blanks = usize::from(first.weekday().to_monday_zero_offset().unsigned_abs());
    weeks[0].extend((0..blanks).map(|_| None));
    let mut total = 0;
    for day in first.series(1.day()).take_while(|day| day.month() == first.month()) {
        if day.weekday() == Weekday::Monday && !weeks.last()?.is_empty() {
            weeks.push(Vec::new());
        }
        let count = context.edition.schedule.count(day);
        total += count;
        weeks.last_mut()?.push(Some(LoadCell {
            number: day.day(),
            iso: day.to_string(),
            href: (count > 0).then(|| context.href(&Route::week(day))),
            count,
            load: match count {
                0 => 0,
                1 => 1,
                2..=3 => 2,
                4..=7 => 3,
                _ => 4,
            },
            is_frozen: context.edition.schedule.on(day).any(|(_, o)| o.kind == OccurrenceKind::Freeze),
        }));
    }
    while weeks.last()?.len() < 7 {
        weeks.last_mut()?.push(None);
    }
    Some(MonthCell { link: Link { href, text }, count: total, weeks })
}

/// The calendar's month; `months` are the first days of those that have anything.
pub fn month(context: &Context<'_>, first: Date, months: &[Date]) -> MonthView {
    let heading = first.strftime("%B %Y").to_string();
    let (before, after) = neighbours(months, first);
    let link = |first: Date| Link::new(context.href(&Route::month(first)), first.strftime("%B %Y").to_string());
    let year = (Route::year(first.year()), first.year().to_string());
    let frame = Frame::new(context, format!("Calendar: {heading}"), "calendar");
    let frame = frame.below(context, &[(&year.0, &year.1)]);
    let up = Link::new(context.href(&year.0), year.1);
    let last = first.last_of_month();
    let mut weeks = Vec::new();
    let mut at = monday(first);
    while at <= last {
        weeks.push(week_row(context, at, first));
        let Ok(next) = at.checked_add(7.days()) else { break };
        at = next;
    }
    MonthView {
        page: frame,
        heading,
        links: CalendarLinks { previous: before.map(link), next: after.map(link), up: vec![up], zone: zone(context) },
        weeks,
    }
}

fn week_row(context: &Context<'_>, monday: Date, month: Date) -> WeekRow {
    let has_page = monday.series(1.day()).take(7).any(|day| context.edition.schedule.on(day).next().is_some());
    let route = Route::week(monday);
    let text = format!("W{:02}", monday.iso_week_date().week());
    let mut before = 0;
    let days = monday
        .series(1.day())
        .take(7)
        .map(|day| {
            let cell = day_cell(context, day, month, before);
            before += starting(context, day, day == monday);
            cell
        })
        .collect();
    WeekRow { link: Link { href: has_page.then(|| context.href(&route)), text }, days }
}

/// How many entries a week's list has under a day: those that begin on it, and on Monday those that go on.
fn starting(context: &Context<'_>, day: Date, is_first: bool) -> usize {
    context.edition.schedule.on(day).filter(|(_, occurrence)| is_first || occurrence.start.date() == day).count()
}

fn day_cell(context: &Context<'_>, day: Date, month: Date, before: usize) -> DayCell {
    let (background, entries): (Vec<&Occurrence>, Vec<&Occurrence>) = context
        .edition
        .schedule
        .on(day)
        .map(|(_, occurrence)| occurrence)
        .partition(|occurrence| is_background(occurrence));
    let more = entries.len().saturating_sub(SHOWN_A_DAY);
    let is_inside = day.month() == month.month();
    let show = |occurrences: Vec<&Occurrence>| -> Vec<Entry> {
        occurrences.into_iter().take(SHOWN_A_DAY).map(|occurrence| entry(context, occurrence)).collect()
    };
    DayCell {
        day: Day::new(day),
        number: day.day(),
        weekday: day.strftime("%a").to_string(),
        is_inside,
        is_today: day == context.today,
        background: show(background),
        entries: show(entries),
        more: (more > 0).then(|| {
            let page = before / PAGE_LENGTH + 1;
            Link::new(context.href(&Route::week(day).page(page)), format!("{more} more"))
        }),
    }
}

/// How many pages the list of a week has.
pub fn week_pages(edition: &Edition, monday: Date) -> usize {
    let count: usize = week_occurrences(edition, monday).count();
    count.div_ceil(PAGE_LENGTH).max(1)
}

/// The entries of a week, each under the day that it begins on, or under Monday.
fn week_occurrences(edition: &Edition, monday: Date) -> impl Iterator<Item = (Date, &Occurrence)> {
    monday.series(1.day()).take(7).flat_map(move |day| {
        edition
            .schedule
            .on(day)
            .map(|(_, occurrence)| occurrence)
            .filter(move |occurrence| day == monday || occurrence.start.date() == day)
            .map(move |occurrence| (day, occurrence))
    })
}

/// A page of the calendar's week; `weeks` are the Mondays, `months` the first days of those that have anything.
pub fn week(context: &Context<'_>, monday: Date, page: usize, weeks: &[Date], months: &[Date]) -> WeekView {
    let iso = monday.iso_week_date();
    let heading = format!("Week {} of {}", iso.week(), iso.year());
    let sunday = monday.checked_add(6.days()).unwrap_or(monday);
    let (before, after) = neighbours(weeks, monday);
    let link =
        |monday: Date| Link::new(context.href(&Route::week(monday)), format!("Week {}", monday.iso_week_date().week()));
    let first = monday.first_of_month();
    let mut above = Vec::new();
    if months.iter().any(|month| month.year() == monday.year()) {
        above.push((Route::year(monday.year()), monday.year().to_string()));
    }
    if months.binary_search(&first).is_ok() {
        above.push((Route::month(first), first.strftime("%B %Y").to_string()));
    }
    let frame = Frame::new(context, format!("Calendar: {heading}"), "calendar");
    let frame = frame.below(context, &above.iter().map(|(route, text)| (route, text.as_str())).collect::<Vec<_>>());
    let up: Vec<Link> = above.iter().map(|(route, text)| Link::new(context.href(route), text.clone())).collect();
    let all: Vec<_> = week_occurrences(context.edition, monday).collect();
    let shown = super::row::slice(&all, page);
    let days = monday.series(1.day()).take(7).filter_map(|day| {
        let entries: Vec<Entry> =
            shown.iter().filter(|(of, _)| *of == day).map(|(_, occurrence)| entry(context, occurrence)).collect();
        (all.len() <= PAGE_LENGTH || !entries.is_empty()).then(|| WeekDay {
            day: Day::new(day),
            weekday: day.strftime("%A").to_string(),
            is_today: day == context.today,
            entries,
        })
    });
    WeekView {
        page: frame,
        heading,
        from: Day::new(monday),
        to: Day::new(sunday),
        links: CalendarLinks { previous: before.map(link), next: after.map(link), up, zone: zone(context) },
        count: all.len(),
        days: days.collect(),
        pager: Pager::new(context, all.len(), page, |page| Route::week(monday).page(page)),
    }
}
