//! Calendars (RFC 5545, RFC 7986) of windows, maintenance times and freezes.

mod calendars;
mod described;
mod property;
mod uid;
mod window;
mod work;
mod zone;

pub(super) use calendars::{CalendarScope, calendars};
