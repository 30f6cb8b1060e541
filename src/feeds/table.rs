//! Which lists are tables for spreadsheets, and where these live.

use crate::record::Kind;

/// A table for spreadsheets: the rows of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// Records, each with its keys.
    Records(Kind),
    /// The entries of the calendar.
    Calendar,
    /// Lessons learned.
    Lessons,
    /// The register of actions.
    Actions,
    /// What was done otherwise than the process and the calendar say.
    Deviations,
}

impl Table {
    /// The table of a list, by the list’s name in addresses, if it has one.
    pub(super) fn named(name: &str) -> Option<Table> {
        let mut kinds = Kind::ALL.iter().copied().filter(|kind| !matches!(kind, Kind::Window | Kind::Page));
        match name {
            "calendar" => Some(Table::Calendar),
            "lessons" => Some(Table::Lessons),
            "actions" => Some(Table::Actions),
            "deviations" => Some(Table::Deviations),
            _ => kinds.find(|kind| kind.folder() == name).map(Table::Records),
        }
    }
}
