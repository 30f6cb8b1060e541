//! `[calendar]`: what stands in the calendars that other programs subscribe to.

use super::process::number;
use crate::read::Fields;

/// What stands in the calendars that other programs subscribe to.
#[derive(Debug, Clone)]
pub struct CalendarSettings {
    /// How many months a window stays in the calendar of all windows when it is over.
    pub past_months: u16,
}

impl Default for CalendarSettings {
    fn default() -> CalendarSettings {
        CalendarSettings { past_months: 18 }
    }
}

/// `past_months = 18`
pub(super) fn read(fields: &Fields<'_>) -> CalendarSettings {
    let default = CalendarSettings::default();
    CalendarSettings { past_months: number(fields, "past_months").unwrap_or(default.past_months) }
}
