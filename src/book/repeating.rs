//! How a window of the calendar comes again, for other programs: from which time on, by which rule, without which times.

use jiff::ToSpan;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::recurrence::{Recurrence, local_end};
use crate::record::CalendarWindow;

/// How a window of the calendar comes again, on the clocks of its zone.
#[derive(Debug, Clone)]
pub struct Repeating {
    /// The first time that the rule gives, skipped or not.
    pub begins: DateTime,
    /// The rule (RFC 5545, RRULE) without its end.
    pub rule: String,
    /// The last moment at which it may begin; nothing where the rule goes on, or counts.
    pub until: Option<DateTime>,
    /// The times that are skipped.
    pub skipped: Vec<DateTime>,
    /// How long it is, where that was said instead of an end.
    pub length: Option<jiff::Span>,
}

impl Repeating {
    /// How a window comes again; nothing where it does not, or where its rule gives no time.
    pub fn new(window: &CalendarWindow) -> Option<Repeating> {
        let (first, repeats) = (window.first.as_ref()?, window.repeats.as_ref()?);
        let recurrence = Recurrence::read(first, repeats).ok()?;
        let (parts, until) = parts(&repeats.rule.0, first.0.time_zone());
        let skipped = repeats.skips.iter().flat_map(|(day, _)| recurrence.times_on(*day)).collect();
        Some(Repeating {
            begins: recurrence.begins()?,
            rule: parts,
            until,
            skipped,
            length: repeats.duration.map(|duration| duration.0),
        })
    }

    /// Whether it may still begin on a day or later.
    pub fn goes_on(&self, day: DateTime) -> bool {
        let is_counted = self.rule.contains("COUNT=");
        self.until.is_none_or(|until| until >= day) && (!is_counted || self.last_counted() >= day)
    }

    /// A moment behind the last time of a rule that counts: as if each came as seldom as its frequency allows.
    fn last_counted(&self) -> DateTime {
        let number = |name: &str| {
            let of = self.rule.split(';').find_map(|part| part.strip_prefix(name));
            of.and_then(|number| number.parse::<i32>().ok()).unwrap_or(1)
        };
        let periods = number("COUNT=").saturating_mul(number("INTERVAL=")).min(9_000);
        let span = match self.rule.as_str() {
            rule if rule.contains("YEARLY") => periods.years(),
            rule if rule.contains("MONTHLY") => periods.months(),
            rule if rule.contains("WEEKLY") => periods.weeks(),
            _ => periods.days(),
        };
        self.begins.saturating_add(span)
    }
}

/// The rule in capital letters without its end, and the end on the clocks of its zone.
fn parts(rule: &str, zone: &TimeZone) -> (String, Option<DateTime>) {
    let upper = rule.trim().to_ascii_uppercase();
    let upper = upper.trim_start_matches("RRULE:");
    let mut until = None;
    let mut kept = Vec::new();
    for part in upper.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        match part.strip_prefix("UNTIL=") {
            Some(value) => until = local_end(value, zone).ok(),
            None => kept.push(part),
        }
    }
    (kept.join(";"), until)
}
