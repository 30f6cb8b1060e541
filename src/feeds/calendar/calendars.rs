//! Which calendars a site has, and what is in each.

use jiff::ToSpan;
use jiff::civil::Date;

use super::property::Lines;
use super::window::{is_over, push_window};
use super::work::push_plan;
use super::zone::Zones;
use crate::book::RecordIndex;
use crate::edition::Edition;
use crate::feeds::machines::Machines;
use crate::pages::{Context, freezes, has_calendar, has_windows, naming, windows};
use crate::record::{Kind, Record};
use crate::route::Route;

/// How often a calendar is asked for again (RFC 7986, 5.7).
const REFRESH: &str = "PT1H";
/// The calendar of an item or service has no more than so many of what applies to everything and is not over.
const MOST_FOR_ALL: usize = 100;

/// What is in a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CalendarScope {
    /// All windows, but those that were over long ago.
    All,
    /// Freezes.
    Freezes,
    /// What belongs to a service or a configuration item.
    Of(RecordIndex),
}

impl CalendarScope {
    /// Where the calendar lives.
    pub fn route(self, edition: &Edition) -> Route {
        match self {
            CalendarScope::All => Route::root("calendar.ics"),
            CalendarScope::Freezes => Route::root("calendar/freezes.ics"),
            CalendarScope::Of(index) => {
                let record = edition.get(index);
                Route::subscribed(record.kind(), &record.header().id, "calendar.ics")
            }
        }
    }

    /// Whether there is anything in it.
    pub fn has_events(self, edition: &Edition) -> bool {
        match self {
            CalendarScope::All => edition.schedule.iter().len() > 0,
            CalendarScope::Freezes => freezes(edition).next().is_some(),
            CalendarScope::Of(index) => has_calendar(edition, index),
        }
    }
}

/// All calendars with something in them.
pub(in crate::feeds) fn calendars(of: &Machines<'_>) -> Vec<CalendarScope> {
    let edition = of.edition;
    let kinds = [Kind::ConfigurationItem, Kind::Service].into_iter().filter(|kind| edition.has_pages(*kind));
    let each = kinds.flat_map(|kind| edition.tables.of_kind(kind)).map(RecordIndex).map(CalendarScope::Of);
    let all = [CalendarScope::All, CalendarScope::Freezes].into_iter().chain(each);
    all.filter(|scope| scope.has_events(edition)).collect()
}

impl CalendarScope {
    /// Writes the calendar.
    pub(in crate::feeds) fn write(self, context: &Context<'_>, out: &mut Vec<u8>) {
        let edition = context.edition;
        let months = i32::from(context.settings.calendar.past_months);
        let from = context.today.checked_sub(months.months()).unwrap_or(Date::MIN);
        let (mut zones, mut events) = (Zones::default(), Lines::default());
        let mut push = |index: RecordIndex, from: Date| push_record(context, index, from, &mut zones, &mut events);
        let name = match self {
            CalendarScope::All => {
                let all = edition.tables.iter().map(|(index, _)| index);
                all.filter(|index| has_windows(edition, *index)).for_each(|index| push(index, from));
                context.settings.title.clone()
            }
            CalendarScope::Freezes => {
                freezes(edition).for_each(|index| push(index, from));
                format!("{}: freezes", context.settings.title)
            }
            CalendarScope::Of(of) => {
                let mut all: Vec<RecordIndex> =
                    naming(edition, of).filter(|index| has_windows(edition, *index)).collect();
                all.extend(for_all(context).take(MOST_FOR_ALL));
                all.sort_unstable();
                all.dedup();
                all.into_iter().for_each(|index| push(index, Date::MIN));
                edition.get(of).header().title.clone()
            }
        };
        if events.as_bytes().is_empty() {
            zones.stand_in(&context.settings.time_zone);
        }
        let mut lines = Lines::default();
        lines.raw("BEGIN", "VCALENDAR");
        lines.raw("VERSION", "2.0");
        lines.raw("PRODID", concat!("-//relbook//relbook ", env!("CARGO_PKG_VERSION"), "//EN"));
        lines.raw("CALSCALE", "GREGORIAN");
        lines.text("NAME", &name);
        lines.raw("REFRESH-INTERVAL;VALUE=DURATION", REFRESH);
        if context.settings.base_url.is_some() {
            lines.raw("SOURCE;VALUE=URI", &context.href(context.route));
        }
        zones.push(&mut lines);
        lines.append(&events);
        lines.raw("END", "VCALENDAR");
        out.extend_from_slice(lines.as_bytes());
    }
}

/// What applies to everything and is not over.
fn for_all<'a>(context: &'a Context<'_>) -> impl Iterator<Item = RecordIndex> + 'a {
    windows(context.edition).filter(|index| match context.edition.get(*index) {
        Record::Window(window) => window.is_for_all && !is_over(window, context.today),
        _ => false,
    })
}

/// The events of a record that are not over before a day.
fn push_record(context: &Context<'_>, index: RecordIndex, from: Date, zones: &mut Zones, events: &mut Lines) {
    match context.edition.get(index) {
        Record::Window(window) if !is_over(window, from) => push_window(context, index, window, zones, events),
        record => record.plan().into_iter().for_each(|plan| push_plan(context, index, plan, from, zones, events)),
    }
}
