//! Time zones of a calendar (RFC 5545, 3.6.5), from the IANA data.
//!
//! Whatever changes the clocks from the first event on stands there once; where the zone has come to rest on two changes a
//! year that a rule describes, the rule goes on for ever.

use std::collections::BTreeMap;

use jiff::civil::{DateTime, Weekday};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};

use super::property::{Lines, local, offset};

/// So many changes in a row show that a zone has come to rest: two a year for ten years.
const SHOWN: usize = 20;
/// Where a zone never comes to rest, its changes are told for so many years behind the last event.
const YEARS_BEHIND: i32 = 10;

/// Where a zone begins that no event names: 2020, which is the same with each build.
const STANDING_IN: Timestamp = Timestamp::constant(1_577_836_800, 0);

/// What goes on for ever wants its zone up to here at least, when the IANA data tells changes by a rule (2037).
const FOR_EVER: Timestamp = Timestamp::constant(2_114_380_800, 0);

/// The zones that a calendar names, each with the time from which and up to which it is wanted.
#[derive(Debug, Default)]
pub(super) struct Zones {
    of: BTreeMap<String, (TimeZone, Timestamp, Timestamp)>,
}

impl Zones {
    /// The name of a zone, which is wanted at a moment; nothing for UTC, and where it has no name.
    pub(super) fn name(&mut self, zone: &TimeZone, at: Timestamp) -> Option<String> {
        let name = zone.iana_name().filter(|_| *zone != TimeZone::UTC)?;
        let (_, from, to) = self.of.entry(name.to_owned()).or_insert_with(|| (zone.clone(), at, at));
        *from = at.min(*from);
        *to = at.max(*to);
        Some(name.to_owned())
    }

    /// A calendar has at least one component (RFC 5545, 3.6): where nothing is in it, the zone of its site.
    pub(super) fn stand_in(&mut self, zone: &TimeZone) {
        let name = zone.iana_name().unwrap_or("UTC").to_owned();
        self.of.entry(name).or_insert_with(|| (zone.clone(), STANDING_IN, STANDING_IN));
    }

    /// A zone is wanted up to a moment, or for ever.
    pub(super) fn lasts(&mut self, zone: &TimeZone, until: Option<Timestamp>) {
        if let Some((_, _, to)) = zone.iana_name().and_then(|name| self.of.get_mut(name)) {
            *to = until.unwrap_or(FOR_EVER).max(*to);
        }
    }

    /// A component for each of them.
    pub(super) fn push(&self, lines: &mut Lines) {
        for (name, (zone, from, to)) in &self.of {
            lines.raw("BEGIN", "VTIMEZONE");
            lines.raw("TZID", name);
            push_observances(zone, *from, *to, lines);
            lines.raw("END", "VTIMEZONE");
        }
    }
}

/// A change of the clocks.
#[derive(Debug, Clone)]
struct Change {
    at: Timestamp,
    /// What the clocks show at that moment, before the change.
    local: DateTime,
    from: Offset,
    to: Offset,
    is_summer: bool,
    name: String,
}

fn push_observances(zone: &TimeZone, from: Timestamp, to: Timestamp, lines: &mut Lines) {
    let mut changes: Vec<Change> = zone
        .preceding(from.saturating_add(1.nanosecond()).unwrap_or(from))
        .next()
        .map(|change| change_of(zone, &change))
        .into_iter()
        .collect();
    if changes.is_empty() {
        // Its clocks were never changed before: from the beginning on they showed this.
        let info = zone.to_offset_info(from);
        let local = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);
        let (at, of) = (Timestamp::UNIX_EPOCH, info.offset());
        let (is_summer, name) = (info.dst().is_dst(), info.abbreviation().to_owned());
        changes.push(Change { at, local, from: of, to: of, is_summer, name });
    }
    let mut ahead: Vec<Change> = Vec::new();
    let last = to.to_zoned(TimeZone::UTC).saturating_add(YEARS_BEHIND.years()).timestamp();
    for change in zone.following(from).map(|change| change_of(zone, &change)) {
        if change.at > last && ahead.len() >= SHOWN {
            break;
        }
        ahead.push(change);
    }
    changes.extend(ahead);
    let rules = (0..changes.len()).find_map(|start| Some((start, yearly(&changes[start..])?)));
    let told = rules.as_ref().map_or(changes.len(), |(start, _)| *start);
    changes[..told].iter().for_each(|change| push_observance(change, None, lines));
    if let Some((start, rules)) = rules {
        for (change, rule) in changes[start..].iter().zip(rules) {
            push_observance(change, Some(&rule), lines);
        }
    }
}

fn change_of(zone: &TimeZone, change: &jiff::tz::TimeZoneTransition<'_>) -> Change {
    let at = change.timestamp();
    let before = at.saturating_sub(1.nanosecond()).unwrap_or(at);
    let from = zone.to_offset(before);
    Change {
        at,
        local: from.to_datetime(at),
        from,
        to: change.offset(),
        is_summer: change.dst().is_dst(),
        name: change.abbreviation().to_owned(),
    }
}

fn push_observance(change: &Change, rule: Option<&str>, lines: &mut Lines) {
    let kind = if change.is_summer { "DAYLIGHT" } else { "STANDARD" };
    lines.raw("BEGIN", kind);
    lines.raw("DTSTART", &local(change.local));
    lines.raw("TZOFFSETFROM", &offset(change.from));
    lines.raw("TZOFFSETTO", &offset(change.to));
    if let Some(rule) = rule {
        lines.raw("RRULE", rule);
    }
    lines.text("TZNAME", &change.name);
    lines.raw("END", kind);
}

/// The two rules by which the clocks are changed twice a year from the first of some changes on, if they are.
fn yearly(changes: &[Change]) -> Option<[String; 2]> {
    if changes.len() < SHOWN {
        return None;
    }
    let [one, other]: [Vec<&Change>; 2] =
        [0, 1].map(|odd| changes.iter().skip(odd).step_by(2).collect::<Vec<&Change>>());
    Some([rule(&one)?, rule(&other)?])
}

/// The rule of changes that come once a year: in one month, at one hour, on a weekday that is counted from the front or is
/// the last.
fn rule(changes: &[&Change]) -> Option<String> {
    let first = changes.first()?;
    let is_alike = |(years, change): (i16, &&Change)| {
        change.local.year() == first.local.year() + years
            && change.local.month() == first.local.month()
            && change.local.time() == first.local.time()
            && change.local.date().weekday() == first.local.date().weekday()
            && (change.from, change.to, change.is_summer) == (first.from, first.to, first.is_summer)
    };
    if !(0i16..).zip(changes).all(is_alike) {
        return None;
    }
    let days = || changes.iter().map(|change| change.local.date());
    let number = days().map(|day| (day.day() - 1) / 7 + 1).collect::<Vec<i8>>();
    let ordinal = match number.iter().all(|of| *of == number[0]) {
        true if number[0] < 5 => number[0],
        _ if days().all(|day| day.days_in_month() - day.day() < 7) => -1,
        _ => return None,
    };
    let weekday = match first.local.date().weekday() {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    };
    Some(format!("FREQ=YEARLY;BYMONTH={};BYDAY={ordinal}{weekday}", first.local.month()))
}
