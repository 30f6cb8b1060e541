//! A day of the calendar on which much happens: the counts first, then all of it, page by page.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use serde::Serialize;

use super::entry::Entry;
use super::filter::{Choices, Filter};
use super::links::{CalendarLinks, CalendarPages, Step, entries_of, frame, neighbours};
use crate::book::{Occurrence, OccurrenceIndex, OccurrenceKind};
use crate::edition::Edition;
use crate::pages::parts::row::{PAGE_LENGTH, Pager, badge, slice};
use crate::pages::parts::time::Day;
use crate::pages::{Context, Frame};
use crate::route::Route;

/// How many entries of the day have a status.
#[derive(Debug, Serialize)]
pub struct StateCount {
    /// `Scheduled`, …
    pub label: &'static str,
    /// How many.
    pub count: usize,
}

/// An hour of the day.
#[derive(Debug, Serialize)]
pub struct HourCell {
    /// From 0 to 23.
    pub hour: usize,
    /// How many windows are open in it.
    pub count: usize,
    /// From 0, nothing, to 4, as much as in the fullest.
    pub load: usize,
}

/// The view of `calendar-day.html`.
#[derive(Debug, Serialize)]
pub struct DayView {
    /// What stands around it.
    pub page: Frame,
    /// `Saturday 28 November 2026`.
    pub heading: String,
    /// The way to other pages.
    pub links: CalendarLinks,
    /// How many entries the day has.
    pub count: usize,
    /// How many of what, on the first page.
    pub counts: Vec<StateCount>,
    /// How many windows are open in each hour of the day, on the first page.
    pub hours: Vec<HourCell>,
    /// What the entries can be filtered by.
    pub filter: Vec<Choices>,
    /// This page's entries.
    pub entries: Vec<Entry>,
    /// The way through the day.
    pub pager: Option<Pager>,
}

/// How many pages a day has.
pub fn day_pages(edition: &Edition, day: Date) -> usize {
    edition.schedule.on(day).count().div_ceil(PAGE_LENGTH)
}

/// A page of the calendar's day.
pub fn day(context: &Context<'_>, pages: &CalendarPages, day: Date, page: usize) -> DayView {
    let title = day.strftime("%A %-d %B %Y").to_string();
    let step = |day: Option<Date>| day.map(|day| Step { route: Route::day(day), text: Day::new(day).text });
    let up: Vec<Step> = [pages.year(day.year()), pages.month(day), pages.week(day)].into_iter().flatten().collect();
    let heading = if page > 1 { format!("{title}, page {page}") } else { title };
    let frame = frame(context, &heading, &up);
    let links = CalendarLinks::new(context, [day, day], neighbours(&pages.days, day).map(step), up);
    let all = entries_of(context.edition, day).concat();
    let mut filter = Filter::default();
    let entries = slice(&all, page).iter().map(|index| filter.entry(context, *index, Some(day))).collect();
    DayView {
        page: frame,
        heading,
        links,
        count: all.len(),
        counts: if page == 1 { counts(context, &all) } else { Vec::new() },
        hours: if page == 1 { hours(context, day, &all) } else { Vec::new() },
        filter: filter.choices(context),
        entries,
        pager: Pager::new(context, all.len(), page, |page| Route::day(day).page(page)),
    }
}

/// How many entries have which outcome or status, the most frequent first.
fn counts(context: &Context<'_>, all: &[OccurrenceIndex]) -> Vec<StateCount> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for index in all {
        let occurrence = context.edition.schedule.get(*index);
        *counts.entry(state(context, occurrence)).or_default() += 1;
    }
    let mut counts: Vec<StateCount> = counts.into_iter().map(|(label, count)| StateCount { label, count }).collect();
    counts.sort_by_key(|state| std::cmp::Reverse(state.count));
    counts
}

fn state(context: &Context<'_>, occurrence: &Occurrence) -> &'static str {
    let record = context.edition.get(occurrence.record);
    let outcome = match (occurrence.kind, record.plan()) {
        (OccurrenceKind::Freeze, _) => return "Freeze",
        (OccurrenceKind::Maintenance, _) => return "Maintenance",
        (OccurrenceKind::Attempt(number), Some(plan)) => plan.windows[number as usize].outcome,
        _ => None,
    };
    outcome.map(|outcome| outcome.label()).or(badge(record).map(|badge| badge.label)).unwrap_or("No status")
}

fn hours(context: &Context<'_>, day: Date, all: &[OccurrenceIndex]) -> Vec<HourCell> {
    let midnight = day.at(0, 0, 0, 0);
    let hour = |at: DateTime| at.duration_since(midnight).as_mins().div_euclid(60).clamp(0, 24) as usize;
    // What begins and what ends with each hour; the sum so far is what is open.
    let mut changes = [0i64; 26];
    for index in all {
        let of = context.edition.schedule.get(*index);
        if matches!(of.kind, OccurrenceKind::Attempt(_)) && of.start < of.end {
            changes[hour(of.start)] += 1;
            changes[hour(of.end.saturating_sub(1.second())) + 1] -= 1;
        }
    }
    let mut open = 0;
    let counts: Vec<usize> = changes[..24]
        .iter()
        .map(|change| {
            open += change;
            open as usize
        })
        .collect();
    let most = counts.iter().copied().max().unwrap_or_default().max(1);
    let cell = |(hour, count): (usize, usize)| HourCell { hour, count, load: (4 * count).div_ceil(most) };
    counts.into_iter().enumerate().map(cell).collect()
}
