//! A month of the calendar: weeks of days, with what lasts longer than a day as bars across them.

use jiff::ToSpan;
use jiff::civil::{Date, Time};
use serde::Serialize;

use super::entry::Entry;
use super::filter::{Choices, Filter};
use super::links::{CalendarLinks, CalendarPages, Step, entries_of, frame, monday, neighbours};
use crate::book::{Occurrence, OccurrenceIndex, OccurrenceKind};
use crate::pages::parts::row::{Badge, Link, Row};
use crate::pages::parts::time::Day;
use crate::pages::{Context, Frame};

/// How many entries of a day a month shows beside the bars.
const MOST_IN_A_DAY: usize = 4;
/// How many bars lie one above the other.
const LANES: usize = 4;

/// A day of a month.
#[derive(Debug, Serialize)]
pub struct DayCell {
    /// The day.
    pub day: Day,
    /// Its number in the month.
    pub number: i8,
    /// `Mon`, …
    pub weekday: String,
    /// `out` for a day of another month, and what lies on it: `freeze`, `maintenance`.
    pub class: &'static str,
    /// Bars by lane; a lane may be empty here and not beside.
    pub bars: Vec<Option<Bar>>,
    /// What begins and ends on it: the first few.
    pub entries: Vec<Entry>,
    /// How many entries there are in all, and where, if not all are shown.
    pub all: Option<Link>,
}

/// A day's part of an entry that lasts several.
#[derive(Debug, Serialize)]
pub struct Bar {
    /// The entry.
    pub entry: Entry,
    /// `from` its first day, `mid`, or `to` its last.
    pub shape: &'static str,
    /// Whether it is said here what it is: on its first day and on each Monday.
    pub is_named: bool,
    /// How many days it has from here to the week's end, this one among them.
    pub days: i64,
    /// The time at which it begins or ends, on that day, unless that is midnight.
    pub time: String,
}

/// A week of a month.
#[derive(Debug, Serialize)]
pub struct WeekRow {
    /// `W48`, and its page.
    pub link: Link,
    /// Monday to Sunday.
    pub days: Vec<DayCell>,
}

/// Work of several days with the stages of its rollout.
#[derive(Debug, Serialize)]
pub struct Staged {
    /// The record.
    pub row: Row,
    /// From which day on which stages are on.
    pub days: Vec<StagedDay>,
}

/// A day on which other stages are on than on the day before.
#[derive(Debug, Serialize)]
pub struct StagedDay {
    /// The day.
    pub day: Day,
    /// The stages; nothing where none is on any more.
    pub stage: Option<String>,
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
    /// What the entries can be filtered by.
    pub filter: Vec<Choices>,
    /// Its weeks.
    pub weeks: Vec<WeekRow>,
    /// Work of several days with the stages of its rollout: a bar has no room to say so.
    pub staged: Vec<Staged>,
    /// Work of several days that stands in a freeze and that this lets through: a bar has no room to say so.
    pub exempted: Vec<Entry>,
    /// What the signs mean that are on the page.
    pub legend: Vec<Badge>,
    /// Whether anything on the page collides.
    pub has_clash: bool,
}

/// The calendar's month.
pub fn month(context: &Context<'_>, pages: &CalendarPages, first: Date) -> MonthView {
    let heading = first.strftime("%B %Y").to_string();
    let last = first.last_of_month();
    let up: Vec<Step> = pages.year(first.year()).into_iter().collect();
    let frame = frame(context, &heading, &up);
    let step = |day: Option<Date>| day.and_then(|day| pages.month(day));
    let links = CalendarLinks::new(context, [first, last], neighbours(&pages.months, first).map(step), up);
    let mut filter = Filter::default();
    let mondays = monday(first).series(7.days()).take_while(|monday| *monday <= last);
    let weeks: Vec<WeekRow> = mondays.map(|monday| week_row(context, pages, monday, first, &mut filter)).collect();
    let shown = || {
        let days = weeks.iter().flat_map(|week| &week.days);
        days.flat_map(|day| day.bars.iter().flatten().map(|bar| &bar.entry).chain(&day.entries))
    };
    let (legend, has_clash) = (legend(shown()), shown().any(|entry| !entry.clashes.is_empty()));
    let (staged, exempted) = (staged(&weeks), exempted(&weeks));
    MonthView {
        page: frame,
        heading,
        links,
        filter: filter.choices(context),
        weeks,
        staged,
        exempted,
        legend,
        has_clash,
    }
}

/// The bars with stages, each record once, with the days on which other stages begin or none is left.
fn staged(weeks: &[WeekRow]) -> Vec<Staged> {
    let mut staged: Vec<Staged> = Vec::new();
    for cell in weeks.iter().flat_map(|week| &week.days) {
        for entry in cell.bars.iter().flatten().map(|bar| &bar.entry) {
            let known = staged.iter().position(|known| known.row.id == entry.row.id);
            let day = StagedDay { day: cell.day.clone(), stage: entry.stage.clone() };
            match known.map(|known| &mut staged[known].days) {
                Some(days) if days.last().is_some_and(|last| last.stage != day.stage) => days.push(day),
                None if day.stage.is_some() => staged.push(Staged { row: entry.row.clone(), days: vec![day] }),
                _ => {}
            }
        }
    }
    staged
}

/// The bars that a freeze lets through, each once, as they stand on the first day of it.
fn exempted(weeks: &[WeekRow]) -> Vec<Entry> {
    let bars = weeks.iter().flat_map(|week| &week.days).flat_map(|day| day.bars.iter().flatten());
    let mut exempted: Vec<Entry> = Vec::new();
    for entry in bars.map(|bar| &bar.entry).filter(|entry| !entry.exemptions.is_empty()) {
        if exempted.iter().all(|known| known.row.id != entry.row.id) {
            exempted.push(entry.clone());
        }
    }
    exempted
}

/// The states of some entries, and the kinds of those that have none, each once.
fn legend<'a>(entries: impl Iterator<Item = &'a Entry>) -> Vec<Badge> {
    let mut legend: Vec<Badge> = Vec::new();
    for entry in entries {
        let of_kind = || Badge { word: entry.kind, label: entry.label, tone: "idle" };
        let is_background = matches!(entry.kind, "freeze" | "maintenance");
        let badge = entry.state.or_else(|| is_background.then(of_kind));
        legend.extend(badge.filter(|badge| legend.iter().all(|other| other.word != badge.word)));
    }
    legend
}

fn week_row(context: &Context<'_>, pages: &CalendarPages, monday: Date, month: Date, filter: &mut Filter) -> WeekRow {
    let lanes = lanes(context, monday);
    let days = monday.series(1.day()).take(7).map(|day| day_cell(context, pages, day, month, &lanes, filter)).collect();
    let text = format!("W{:02}", monday.iso_week_date().week());
    let href = pages.week(monday).map(|step| context.href(&step.route));
    WeekRow { link: Link { href, text }, days }
}

/// The entries of a week that last longer than a day, in lanes: freezes above maintenance times above work.
fn lanes(context: &Context<'_>, monday: Date) -> Vec<Vec<OccurrenceIndex>> {
    let schedule = &context.edition.schedule;
    let mut long: Vec<(OccurrenceIndex, &Occurrence)> = Vec::new();
    for day in monday.series(1.day()).take(7) {
        let begins = |of: &Occurrence| of.start.date() == day || day == monday;
        // More than the lanes can take are not looked at: a crowd of them would be no bars to read.
        let is_long = |of: &Occurrence| of.last_day > of.start.date();
        let kinds = [OccurrenceKind::Freeze, OccurrenceKind::Maintenance];
        let on_day = || schedule.on(day).filter(move |(_, of)| begins(of) && is_long(of));
        for kind in kinds {
            long.extend(on_day().filter(|(_, of)| of.kind == kind).take(LANES));
        }
        long.extend(on_day().filter(|(_, of)| of.is_work()).take(LANES));
    }
    long.sort_by_key(|(index, of)| (of.is_work(), of.kind == OccurrenceKind::Maintenance, *index));
    let mut lanes: Vec<Vec<OccurrenceIndex>> = vec![Vec::new(); LANES];
    for (index, of) in long {
        let is_free = |lane: &&mut Vec<OccurrenceIndex>| {
            lane.iter().all(|other| {
                let other = schedule.get(*other);
                other.last_day < of.start.date() || of.last_day < other.start.date()
            })
        };
        if let Some(lane) = lanes.iter_mut().find(is_free) {
            lane.push(index);
        }
    }
    lanes
}

fn day_cell(
    context: &Context<'_>,
    pages: &CalendarPages,
    day: Date,
    month: Date,
    lanes: &[Vec<OccurrenceIndex>],
    filter: &mut Filter,
) -> DayCell {
    let schedule = &context.edition.schedule;
    let touches = |index: &&OccurrenceIndex| {
        let of = schedule.get(**index);
        of.start.date() <= day && day <= of.last_day
    };
    let in_lanes: Vec<Option<OccurrenceIndex>> = lanes.iter().map(|lane| lane.iter().find(touches).copied()).collect();
    let [background, work] = entries_of(context.edition, day);
    let count = background.len() + work.len();
    let is_frozen = background.iter().any(|index| schedule.get(*index).kind == OccurrenceKind::Freeze);
    let rest = background.iter().chain(&work).filter(|index| !in_lanes.contains(&Some(**index)));
    let entries: Vec<Entry> = rest.take(MOST_IN_A_DAY).map(|index| filter.entry(context, *index, Some(day))).collect();
    let shown = entries.len() + in_lanes.iter().flatten().count();
    let used = in_lanes.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
    DayCell {
        day: Day::new(day),
        number: day.day(),
        weekday: day.strftime("%a").to_string(),
        class: match (day.month() == month.month(), is_frozen, background.is_empty()) {
            (false, ..) => "out",
            (true, true, _) => "freeze",
            (true, false, false) => "maintenance",
            (true, false, true) => "",
        },
        bars: in_lanes[..used].iter().map(|index| Some(bar(context, (*index)?, day, filter))).collect(),
        entries,
        all: (shown < count).then(|| Link { href: pages.day(context, day), text: format!("{count} entries") }),
    }
}

fn bar(context: &Context<'_>, index: OccurrenceIndex, day: Date, filter: &mut Filter) -> Bar {
    let of = context.edition.schedule.get(index);
    let entry = filter.entry(context, index, Some(day));
    let (shape, time) = match (day == of.start.date(), day == of.last_day) {
        (true, _) if of.start.time() == Time::midnight() => ("from", String::new()),
        (true, _) => ("from", of.start.strftime("from %H:%M").to_string()),
        (_, true) if of.end.date() > day => ("to", String::new()),
        (_, true) => ("to", of.end.strftime("until %H:%M").to_string()),
        _ => ("mid", String::new()),
    };
    let left_in_week = i64::from(7 - day.weekday().to_monday_zero_offset());
    let days = i64::from(day.until(of.last_day).map_or(0, |span| span.get_days())) + 1;
    Bar { entry, shape, is_named: shape == "from" || day == monday(day), days: days.min(left_in_week), time }
}
