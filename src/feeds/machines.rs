//! What files for machines are made from, beside what every page is.

use crate::book::{Deviations, RecordIndex};
use crate::config::Settings;
use crate::edition::Edition;
use crate::pages::{Checks, MessagesAhead};

/// What was found and worked out of a site, beside what every page is made from.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// What the checks found; nothing in an edition.
    pub checks: Option<&'a Checks>,
    /// The messages to customers of all that is ahead; none in an edition.
    pub messages: &'a MessagesAhead,
}

/// What was worked out of a site, for whoever plans files for machines.
pub struct Machines<'a> {
    /// What may be shown.
    pub edition: &'a Edition,
    /// What the site sets.
    pub settings: &'a Settings,
    /// What was done otherwise than the process and the calendar say; nothing in an edition.
    pub deviations: &'a Deviations,
    /// The messages to customers of all that is ahead; none in an edition.
    pub messages: &'a MessagesAhead,
    /// Years with metrics, each with how many records there are.
    pub measured_years: &'a [(i16, usize)],
    /// Services with metrics.
    pub measured_services: &'a [RecordIndex],
}
