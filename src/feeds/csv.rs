//! Tables for spreadsheets (RFC 4180), in UTF-8 with a byte-order mark: the columns of the page's table first, then every
//! key that holds one value or a list of values.

use std::borrow::Cow;

use super::api;
use super::machines::Machines;
use super::table::Table;
use crate::edition::Edition;
use crate::pages::Context;
use crate::record::{Kind, Shape};
use crate::route::Route;

const CARD: &[&str] = &[
    "id",
    "title",
    "status",
    "taken_back",
    "type",
    "version",
    "date",
    "service",
    "severity",
    "workaround",
    "open",
    "priority",
    "risk",
    "class",
    "approval_due",
    "url",
];

const CALENDAR: &[&str] = &[
    "kind", "start", "end", "last_day", "id", "title", "status", "window", "outcome", "service", "reason", "stage",
    "url",
];

const LESSONS: &[&str] = &["lesson", "theme", "applies_to", "record", "title", "reviewed", "open_actions", "url"];

const ACTIONS: &[&str] =
    &["action", "owner", "due", "status", "overdue", "ticket", "verified", "lesson", "record", "title", "url"];

const DEVIATIONS: &[&str] = &[
    "record",
    "title",
    "kind",
    "label",
    "day",
    "window",
    "evidence",
    "evidence_record",
    "evidence_part",
    "evidence_number",
    "evidence_day",
    "url",
];

/// Every table that has rows, with its address.
pub(super) fn tables(of: &Machines<'_>) -> Vec<(Route, Table)> {
    let edition = of.edition;
    let lists = [
        ("calendar", edition.schedule.iter().len()),
        ("lessons", edition.lessons.lessons.len()),
        ("actions", edition.lessons.actions.len()),
        ("deviations", of.deviations.all().len()),
    ];
    let lists = lists.into_iter().filter(|(_, count)| *count > 0).map(|(name, _)| name);
    let names = api::kinds(edition).map(Kind::folder).chain(lists);
    names.filter_map(|name| Some((Route::table(name), Table::named(name)?))).collect()
}

impl Table {
    /// Writes the table: its heads, and a row for each entry.
    pub(super) fn write(self, context: &Context<'_>, out: &mut Vec<u8>) {
        let columns = self.columns(context.edition);
        out.extend_from_slice("\u{feff}".as_bytes());
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        // Writing into memory cannot fail, and all rows have the same columns.
        writer.write_record(&columns).unwrap_or_default();
        api::each_row(context, self, &mut |cell| {
            let cells = columns.iter().map(|head| cell(head).map(disarmed).unwrap_or_default());
            writer.write_record(cells.map(Cow::into_owned)).unwrap_or_default();
        });
    }

    fn columns(self, edition: &Edition) -> Vec<&'static str> {
        match self {
            Table::Records(kind) => of_kind(edition, kind),
            Table::Calendar => CALENDAR.to_vec(),
            Table::Lessons => LESSONS.to_vec(),
            Table::Actions => ACTIONS.to_vec(),
            Table::Deviations => DEVIATIONS.to_vec(),
        }
    }
}

/// What a list says of a record, as far as its kind has it, and then the keys of the kind that this audience sees.
fn of_kind(edition: &Edition, kind: Kind) -> Vec<&'static str> {
    let is_of_kind = |name: &str| match name {
        "taken_back" | "approval_due" => matches!(kind, Kind::Release | Kind::Change),
        "type" => matches!(kind, Kind::Release | Kind::Change),
        "workaround" | "open" => kind == Kind::KnownError,
        "date" => matches!(kind, Kind::Release | Kind::Change | Kind::KnownError),
        "id" | "title" | "url" => true,
        name => kind.key(name).is_some(),
    };
    let card = CARD.iter().copied().filter(|name| is_of_kind(name));
    let is_seen = |name: &str| edition.shows(name);
    let keys = kind.keys().filter(|key| edition.name().is_none() || key.is_shown(&is_seen));
    let keys = keys.filter(|key| is_flat(key.shape) && key.name != "type" && !CARD.contains(&key.name));
    card.chain(keys.map(|key| key.name)).collect()
}

/// Whether a cell can hold it: one value, or a list of values.
fn is_flat(shape: Shape) -> bool {
    match shape {
        Shape::Map(_) | Shape::Named(_) | Shape::Free => false,
        Shape::List(one) | Shape::OneOrMore(one) => is_flat(*one),
        _ => true,
    }
}

/// A cell that no spreadsheet takes for a formula: what begins like one gets an apostrophe in front.
pub fn disarmed(cell: Cow<'_, str>) -> Cow<'_, str> {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']) {
        true => Cow::Owned(format!("'{cell}")),
        false => cell,
    }
}
