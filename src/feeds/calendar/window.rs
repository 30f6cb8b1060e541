//! Maintenance times and freezes as events, with the rules by which they come again.

use jiff::civil::DateTime;
use jiff::{ToSpan, Zoned};

use super::property::{Lines, day, local, utc};
use super::uid::{push_change, uid};
use super::work::{push_time, push_times, push_url};
use super::zone::Zones;
use crate::book::{RecordIndex, Repeating};
use crate::pages::Context;
use crate::record::{CalendarWindow, Kind, Vocabulary};

/// The event of a window of the calendar, and one for each time at which the clocks make it longer or shorter.
pub(super) fn push_window(
    context: &Context<'_>,
    index: RecordIndex,
    window: &CalendarWindow,
    zones: &mut Zones,
    lines: &mut Lines,
) {
    let Some((start, end)) = &window.first else { return };
    let repeating = Repeating::new(window);
    let is_all_day = window.days == (true, true) && repeating.as_ref().is_none_or(|of| comes_by_day(&of.rule));
    lines.raw("BEGIN", "VEVENT");
    push_named(context, index, window, lines);
    match &repeating {
        None => push_times(start, end, is_all_day, zones, lines),
        Some(repeating) => push_repeating(window, repeating, is_all_day, zones, lines),
    }
    push_said(context, index, window, lines);
    lines.raw("END", "VEVENT");
    if let Some(repeating) = repeating.filter(|_| !is_all_day) {
        push_exceptions(context, index, window, &repeating, zones, lines);
    }
}

/// Whether a rule comes on days, and not at hours of its own.
fn comes_by_day(rule: &str) -> bool {
    !["HOUR", "MINUTE", "SECOND"].iter().any(|finer| rule.contains(finer))
}

fn push_named(context: &Context<'_>, index: RecordIndex, window: &CalendarWindow, lines: &mut Lines) {
    lines.raw("UID", &uid(Kind::Window, &window.header, ""));
    push_change(context, index, lines);
}

fn push_said(context: &Context<'_>, index: RecordIndex, window: &CalendarWindow, lines: &mut Lines) {
    lines.text("SUMMARY", &format!("{}: {}", window.kind.said().label, window.header.title));
    let items = window.applies_to.configuration_items.iter().map(|item| item.id.as_str());
    let scope: Vec<&str> = window.applies_to.services.iter().map(String::as_str).chain(items).collect();
    let scope = match window.is_for_all {
        true => Some("Applies to everything".to_owned()),
        false => (!scope.is_empty()).then(|| format!("Applies to: {}", scope.join(", "))),
    };
    let hard = window.is_hard.then(|| "No exception may break it".to_owned());
    let said: Vec<String> =
        [window.reason.clone(), window.header.summary.clone(), hard, scope].into_iter().flatten().collect();
    if !said.is_empty() {
        lines.text("DESCRIPTION", &said.join("\n"));
    }
    lines.raw("CATEGORIES", window.kind.said().label);
    lines.raw("TRANSP", "TRANSPARENT");
    push_url(context, index, lines);
}

fn push_repeating(
    window: &CalendarWindow,
    repeating: &Repeating,
    is_all_day: bool,
    zones: &mut Zones,
    lines: &mut Lines,
) {
    let Some((start, end)) = &window.first else { return };
    let at = |time: DateTime| time.to_zoned(start.time_zone().clone()).ok();
    let Some(first) = at(repeating.begins) else { return };
    push_time("DTSTART", &first, is_all_day, zones, lines);
    let length = start.datetime().until(end.datetime()).unwrap_or_default();
    let end = repeating.begins.checked_add(length).ok().and_then(at);
    match (&repeating.length, end) {
        (Some(length), _) if !is_all_day => lines.raw("DURATION", &length.to_string()),
        // The others are not to be as long as a first one that the clocks changed.
        (None, Some(end)) if !is_all_day && end.offset() != first.offset() => {
            lines.raw("DURATION", &length.to_string());
        }
        (_, Some(end)) if first < end => push_time("DTEND", &end, is_all_day, zones, lines),
        _ => {}
    }
    let until = repeating.until.and_then(|until| match is_all_day {
        true => Some(day(until.date())),
        false => at(until).map(|until| utc(until.timestamp())),
    });
    zones.lasts(start.time_zone(), repeating.until.and_then(at).map(|until| until.timestamp()));
    let until = until.map_or_else(String::new, |until| format!(";UNTIL={until}"));
    lines.raw("RRULE", &format!("{}{until}", repeating.rule));
    for skipped in repeating.skipped.iter().filter_map(|time| Some((*time, at(*time)?))) {
        push_identified("EXDATE", skipped, is_all_day, zones, lines);
    }
}

/// A time of a rule by which one of its windows is known: as the rule gives it, also where the clocks skip it.
fn push_identified(name: &str, (time, at): (DateTime, Zoned), is_day: bool, zones: &mut Zones, lines: &mut Lines) {
    if is_day {
        return lines.raw(&format!("{name};VALUE=DATE"), &day(time.date()));
    }
    match zones.name(at.time_zone(), at.timestamp()) {
        Some(zone) => lines.raw(&format!("{name};TZID={zone}"), &local(time)),
        None => lines.raw(name, &utc(at.timestamp())),
    }
}

/// A rule's windows are all as long as the first (RFC 5545, 3.8.5.3), and not every program keeps to that over a change of
/// the clocks; a window with an end keeps its hours on the wall. Whatever lies over a change is told apart, as far as the
/// calendar knows its days.
fn push_exceptions(
    context: &Context<'_>,
    index: RecordIndex,
    window: &CalendarWindow,
    repeating: &Repeating,
    zones: &mut Zones,
    lines: &mut Lines,
) {
    let Some(zone) = window.first.as_ref().map(|(start, _)| start.time_zone()) else { return };
    for of in context.edition.schedule.of_window(index) {
        let [from, to] = [of.from, of.to].map(|at| at.to_zoned(zone.clone()));
        // The clocks may have skipped its beginning: its name is the time that the rule gives.
        let given = from.date().to_datetime(repeating.begins.time());
        let is_skipped = comes_by_day(&repeating.rule) && given != from.datetime();
        if from.offset() == to.offset() && !is_skipped {
            continue;
        }
        let named = if is_skipped { given } else { from.datetime() };
        lines.raw("BEGIN", "VEVENT");
        push_named(context, index, window, lines);
        push_identified("RECURRENCE-ID", (named, from.clone()), false, zones, lines);
        push_times(&from, &to, false, zones, lines);
        push_said(context, index, window, lines);
        lines.raw("END", "VEVENT");
    }
}

/// Whether a window of the calendar is over for good before a day.
pub(super) fn is_over(window: &CalendarWindow, day: jiff::civil::Date) -> bool {
    let Some((start, end)) = &window.first else { return true };
    let length = start.datetime().until(end.datetime()).unwrap_or_default();
    match Repeating::new(window) {
        Some(repeating) => {
            let from = day.at(0, 0, 0, 0).checked_sub(length).unwrap_or(DateTime::MIN);
            !repeating.goes_on(from.saturating_sub(1.day()))
        }
        None => end.date() < day,
    }
}
