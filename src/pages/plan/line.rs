//! What stands on a plan's line of time: events, each with the time that it is ordered by.

use jiff::civil::{Date, Time as TimeOfDay};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde::Serialize;

use crate::pages::parts::time::When;
use crate::read::Moment;

/// Something that happened, or is planned to.
#[derive(Debug, Serialize)]
pub struct Event {
    /// On which day, or when exactly.
    pub when: Option<When>,
    /// `done`, `planned`, `late` or `off`.
    pub state: &'static str,
    /// What.
    pub what: String,
    /// Who, how, why, and how that compares with the plan.
    pub details: Vec<String>,
}

impl Event {
    pub(super) fn new(state: &'static str, what: impl Into<String>) -> Event {
        Event { when: None, state, what: what.into(), details: Vec::new() }
    }

    pub(super) fn done(what: impl Into<String>) -> Event {
        Event::new("done", what)
    }

    pub(super) fn planned(what: impl Into<String>) -> Event {
        Event::new("planned", what)
    }

    pub(super) fn detail(mut self, detail: Option<impl Into<String>>) -> Event {
        self.details.extend(detail.map(Into::into));
        self
    }
}

/// Events with the times that they are ordered by.
pub(super) struct Line<'a> {
    /// The zone of the first window, else that of the site.
    pub(super) zone: &'a TimeZone,
    /// What is said of a later day has not happened.
    pub(super) today: Date,
    /// It was called off: nothing is planned any more.
    pub(super) is_off: bool,
    pub(super) events: Vec<(Timestamp, Event)>,
}

impl Line<'_> {
    pub(super) fn extend(&mut self, event: Option<(Date, Event)>, place: fn(&mut Self, Date, Event)) {
        if let Some((on, event)) = event {
            place(self, on, event);
        }
    }

    /// An event of a day that comes before what has a time on it.
    pub(super) fn morning(&mut self, on: Date, event: Event) {
        self.on(on, TimeOfDay::MIN, event);
    }

    /// An event of a day that comes after what has a time on it.
    pub(super) fn evening(&mut self, on: Date, event: Event) {
        self.on(on, TimeOfDay::MAX, event);
    }

    fn on(&mut self, on: Date, time: TimeOfDay, event: Event) {
        let key = self.zone.to_timestamp(on.to_datetime(time)).unwrap_or_default();
        self.push(key, Event { when: Some(When::day(on)), ..event });
    }

    /// An event at a point in time, or on its day where the record says no more.
    pub(super) fn at(&mut self, at: &Zoned, is_day: bool, event: Event) {
        if is_day {
            return self.morning(at.date(), event);
        }
        let when = When::point(&at.with_time_zone(self.zone.clone())).without_zone();
        self.push(at.timestamp(), Event { when: Some(when), ..event });
    }

    pub(super) fn moment(&mut self, at: &Moment, event: Event) {
        let point = at.timestamp(self.zone);
        match at.time {
            Some(_) => self.at(&point.to_zoned(self.zone.clone()), false, event),
            None => self.push(point, Event { when: Some(When::day(at.date)), ..event }),
        }
    }

    fn push(&mut self, key: Timestamp, mut event: Event) {
        if event.state == "done" && key.to_zoned(self.zone.clone()).date() > self.today {
            event.state = "planned";
        }
        if self.is_off && event.state == "planned" {
            event.state = "off";
            event.what = format!("Called off: {}", event.what);
        }
        self.events.push((key, event));
    }

    pub(super) fn into_events(mut self) -> Vec<Event> {
        self.events.sort_by_key(|(key, _)| *key);
        self.events.into_iter().map(|(_, event)| event).collect()
    }
}
