//! Windows of releases and changes as events.

use jiff::Zoned;
use jiff::civil::Date;

use super::described::{described, rollback};
use super::property::{Lines, day, local, utc};
use super::uid::{push_change, uid, window_names};
use super::zone::Zones;
use crate::book::RecordIndex;
use crate::pages::Context;
use crate::record::{Plan, Record, Status, Vocabulary, WindowOutcome};

/// What an event is that will not be.
const CANCELLED: &str = "CANCELLED";

/// The events of a plan's windows that are not over before a day.
pub(super) fn push_plan(
    context: &Context<'_>,
    index: RecordIndex,
    plan: &Plan,
    from: Date,
    zones: &mut Zones,
    lines: &mut Lines,
) {
    if plan.windows.iter().all(|window| window.last_day() < from) {
        return;
    }
    let rollback = rollback(context, index);
    for (number, name) in window_names(plan).enumerate().filter(|(number, _)| plan.windows[*number].last_day() >= from)
    {
        let description = described(plan, number, rollback.as_deref());
        push_work(context, index, (plan, number), (&name, &description), zones, lines);
    }
}

/// The event of a window, with its name and what it says.
fn push_work(
    context: &Context<'_>,
    index: RecordIndex,
    (plan, number): (&Plan, usize),
    (name, description): (&str, &str),
    zones: &mut Zones,
    lines: &mut Lines,
) {
    let record = context.edition.get(index);
    let (header, window) = (record.header(), &plan.windows[number]);
    lines.raw("BEGIN", "VEVENT");
    lines.raw("UID", &uid(record.kind(), header, name));
    push_change(context, index, lines);
    push_times(&window.start, &window.end, window.days.start && window.days.end, zones, lines);
    let service = header.service.iter().map(String::as_str);
    let title = Some(header.title.as_str()).filter(|title| *title != header.id);
    let head: Vec<&str> = [header.id.as_str()].into_iter().chain(service).collect();
    let head = head.join(" \u{b7} ");
    lines.text("SUMMARY", &title.map_or_else(|| head.clone(), |title| format!("{head}: {title}")));
    if !description.is_empty() {
        lines.text("DESCRIPTION", description);
    }
    let status = status(plan, window.outcome);
    if let Some(status) = status {
        lines.raw("STATUS", status);
    }
    lines.raw("CATEGORIES", &categories(record));
    // Whoever looks for a free hour finds that of work which was called off.
    lines.raw("TRANSP", if status == Some(CANCELLED) { "TRANSPARENT" } else { "OPAQUE" });
    push_url(context, index, lines);
    lines.raw("END", "VEVENT");
}

/// Where the record stands, where the site knows its own address.
pub(super) fn push_url(context: &Context<'_>, index: RecordIndex, lines: &mut Lines) {
    if let (true, Some(url)) = (context.settings.base_url.is_some(), context.href_of(index)) {
        lines.raw("URL", &url);
    }
}

fn categories(record: &Record) -> String {
    let kind = record.kind().said().label;
    let of_type = match record {
        Record::Release(release) => release.release_type.map(|of_type| of_type.said().label),
        Record::Change(change) => change.change_type.map(|of_type| of_type.said().label),
        _ => None,
    };
    [Some(kind), of_type].into_iter().flatten().collect::<Vec<_>>().join(",")
}

/// Called off and put off windows stay in the calendar; agreed work is confirmed, what is still being planned is not. A
/// record that does not say how far it is says nothing here.
fn status(plan: &Plan, outcome: Option<WindowOutcome>) -> Option<&'static str> {
    match (outcome, plan.status) {
        (Some(WindowOutcome::Cancelled | WindowOutcome::Postponed), _) => Some(CANCELLED),
        (Some(WindowOutcome::Deployed | WindowOutcome::RolledBack), _) => Some("CONFIRMED"),
        (None, Some(Status::Cancelled)) => Some(CANCELLED),
        (None, Some(Status::Draft | Status::Assessment)) => Some("TENTATIVE"),
        (None, Some(_)) => Some("CONFIRMED"),
        (None, None) => None,
    }
}

/// When an event begins and ends: days where it has no hours, else times of its zone, and of UTC where that has no name. What
/// ends before it begins has no end.
pub(super) fn push_times(start: &Zoned, end: &Zoned, is_all_day: bool, zones: &mut Zones, lines: &mut Lines) {
    push_time("DTSTART", start, is_all_day, zones, lines);
    if start < end {
        push_time("DTEND", end, is_all_day, zones, lines);
    }
}

/// One of the times of an event.
pub(super) fn push_time(name: &str, at: &Zoned, is_day: bool, zones: &mut Zones, lines: &mut Lines) {
    if is_day {
        return lines.raw(&format!("{name};VALUE=DATE"), &day(at.date()));
    }
    // Of a time that the clocks show twice, its name means the first.
    let is_first =
        at.datetime().to_zoned(at.time_zone().clone()).is_ok_and(|first| first.timestamp() == at.timestamp());
    match is_first.then(|| zones.name(at.time_zone(), at.timestamp())).flatten() {
        Some(zone) => lines.raw(&format!("{name};TZID={zone}"), &local(at.datetime())),
        None => lines.raw(name, &utc(at.timestamp())),
    }
}
