//! A week's hours as a drawing: windows as bars, freezes and maintenance times as bands behind them.
//!
//! One unit across is ten minutes of the site's wall clock, so that every place is a whole number.

use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use serde::Serialize;

use super::clash::has_clash_on;
use super::filter::Filter;
use crate::book::{Occurrence, OccurrenceIndex, OccurrenceKind};
use crate::pages::Context;

/// Units of a whole week.
const WIDTH: i64 = 7 * 144;
/// Where the days' names and hours end and the rows begin.
const TOP: i64 = 40;
const ROW: i64 = 22;
/// More bars or bands than this are left to the lists.
const MOST_BARS: usize = 30;
const MOST_BANDS: usize = 6;
/// What a letter takes across, on average.
const LETTER: i64 = 7;

/// The drawing.
#[derive(Debug, Serialize)]
pub struct Timeline {
    /// Its width in units.
    pub width: i64,
    /// Its height in units.
    pub height: i64,
    /// The days.
    pub days: Vec<DayColumn>,
    /// Freezes and maintenance times.
    pub bands: Vec<TimelineBar>,
    /// Windows.
    pub bars: Vec<TimelineBar>,
    /// How many entries with hours are not drawn.
    pub hidden: usize,
}

/// A day of it.
#[derive(Debug, Serialize)]
pub struct DayColumn {
    /// Its left edge.
    pub x: i64,
    /// `Sat 28 Nov`.
    pub label: String,
}

/// A bar with its label.
#[derive(Debug, Serialize)]
pub struct TimelineBar {
    /// `freeze`, `rolled-back`, …
    pub word: &'static str,
    /// Its left edge.
    pub x: i64,
    /// Its upper edge.
    pub y: i64,
    /// How wide it is.
    pub width: i64,
    /// Where its label stands.
    pub label_x: i64,
    /// `start` or `end`: on which side of that.
    pub anchor: &'static str,
    /// Its label.
    pub label: String,
    /// The whole of it, with the hours.
    pub title: String,
    /// The record's page.
    pub href: Option<String>,
    /// Whether it collides with something in the week.
    pub has_clash: bool,
    /// What the page's filter finds it by.
    pub filter: String,
}

/// Draws the entries of a week, given by the day that they begin on, background before work. Where there are too many,
/// each day has the first of its own drawn.
pub(super) fn timeline(
    context: &Context<'_>,
    monday: Date,
    begun: &[[Vec<OccurrenceIndex>; 2]],
    filter: &mut Filter,
) -> Timeline {
    let has_hours = |index: &OccurrenceIndex| context.edition.schedule.get(*index).kind != OccurrenceKind::Planned;
    let of_kind = |kind: usize| {
        let days = begun.iter().map(|day| day[kind].iter().copied().filter(has_hours).collect());
        days.collect::<Vec<Vec<OccurrenceIndex>>>()
    };
    let (background, work) = (of_kind(0), of_kind(1));
    let all: usize = background.iter().chain(&work).map(Vec::len).sum();
    let mut y = TOP;
    let mut row = |index: OccurrenceIndex| {
        let bar = bar(context, monday, index, y, filter);
        y += ROW;
        bar
    };
    let bands: Vec<TimelineBar> = fairly(&background, MOST_BANDS).into_iter().map(&mut row).collect();
    let bars: Vec<TimelineBar> = fairly(&work, MOST_BARS).into_iter().map(&mut row).collect();
    let days = monday.series(1.day()).take(7).zip((0..).step_by(144));
    Timeline {
        width: WIDTH,
        height: y + 8,
        days: days.map(|(day, x)| DayColumn { x, label: day.strftime("%a %-d %b").to_string() }).collect(),
        hidden: all - bands.len() - bars.len(),
        bands,
        bars,
    }
}

/// So many of some days' entries, in their order: the first of each day, then the second of each, and so on.
fn fairly(days: &[Vec<OccurrenceIndex>], enough: usize) -> Vec<OccurrenceIndex> {
    let most = days.iter().map(Vec::len).max().unwrap_or(0);
    let in_turn =
        (0..most).flat_map(|turn| days.iter().enumerate().filter_map(move |(day, of)| Some((day, of.get(turn)?))));
    let mut some: Vec<(usize, OccurrenceIndex)> = in_turn.take(enough).map(|(day, index)| (day, *index)).collect();
    some.sort_by_key(|(day, _)| *day);
    some.into_iter().map(|(_, index)| index).collect()
}

fn bar(context: &Context<'_>, monday: Date, index: OccurrenceIndex, y: i64, filter: &mut Filter) -> TimelineBar {
    let entry = filter.entry(context, index, None);
    let occurrence = context.edition.schedule.get(index);
    let (x, end) = span(monday, occurrence);
    let name = if entry.row.title.is_empty() { &entry.row.id } else { &entry.row.title };
    let hours = entry.when.as_ref().map(|when| when.text.as_str());
    let has_clash = monday.series(1.day()).take(7).any(|day| has_clash_on(context, index, day));
    let title = [hours, Some(name.as_str()), entry.state.map(|state| state.label)];
    // The label stands behind the bar, or before it, whichever side has more room; in a bar that leaves none, inside.
    let (before, behind, inside) = (x, WIDTH - end, end - x);
    let (label_x, anchor, room) = match () {
        () if inside > before && inside > behind => (x + 6, "start", inside),
        () if behind >= before => (end + 5, "start", behind),
        () => (x - 5, "end", before),
    };
    TimelineBar {
        word: entry.state.map_or(entry.kind, |state| state.word),
        x,
        y,
        width: end - x,
        label_x,
        anchor,
        label: shortened(name, (room / LETTER - 2).max(3) as usize),
        title: title.into_iter().flatten().collect::<Vec<_>>().join(", "),
        has_clash,
        filter: entry.filter,
        href: entry.row.href,
    }
}

/// The part of an occurrence that lies in the week, three units wide at least.
fn span(monday: Date, occurrence: &Occurrence) -> (i64, i64) {
    let midnight = monday.at(0, 0, 0, 0);
    let units = |at: DateTime| at.duration_since(midnight).as_mins() / 10;
    let start = units(occurrence.start).clamp(0, WIDTH - 3);
    (start, units(occurrence.end).clamp(start + 3, WIDTH))
}

fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}\u{2026}", text[..at].trim_end()),
        None => text.to_owned(),
    }
}
