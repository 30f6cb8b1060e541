//! Tables for spreadsheets (RFC 4180), in UTF-8 with a byte-order mark: the columns of the page's table first, then every
//! key that holds one value or a list of values.

use std::borrow::Cow;

use serde_json::Value;

use super::api;
use super::machines::Machines;
use super::table::Table;
use crate::edition::Edition;
use crate::pages::Context;
use crate::record::{Kind, Shape};
use crate::route::Route;

/// A column: its head, and where its cell stands in an entry (RFC 6901).
type Column = (Cow<'static, str>, Cow<'static, str>);

/// What stands between the values of a list.
const BETWEEN: &str = "; ";

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

const CALENDAR: &[(&str, &str)] = &[
    ("kind", "/kind"),
    ("start", "/start"),
    ("end", "/end"),
    ("last_day", "/last_day"),
    ("id", "/record/id"),
    ("title", "/record/title"),
    ("status", "/record/status"),
    ("window", "/window"),
    ("outcome", "/outcome"),
    ("service", "/record/service"),
    ("reason", "/reason"),
    ("stage", "/stage"),
    ("url", "/record/url"),
];

const LESSONS: &[(&str, &str)] = &[
    ("lesson", "/lesson"),
    ("theme", "/theme"),
    ("applies_to", "/applies_to"),
    ("record", "/record/id"),
    ("title", "/record/title"),
    ("reviewed", "/reviewed"),
    ("open_actions", "/open_actions"),
    ("url", "/url"),
];

const ACTIONS: &[(&str, &str)] = &[
    ("action", "/action"),
    ("owner", "/owner"),
    ("due", "/due"),
    ("status", "/status"),
    ("overdue", "/overdue"),
    ("ticket", "/ticket"),
    ("verified", "/verified"),
    ("lesson", "/lesson"),
    ("record", "/record/id"),
    ("title", "/record/title"),
    ("url", "/url"),
];

const DEVIATIONS: &[(&str, &str)] = &[
    ("record", "/record/id"),
    ("title", "/record/title"),
    ("kind", "/kind"),
    ("label", "/label"),
    ("day", "/day"),
    ("window", "/window"),
    ("evidence", "/evidence/kind"),
    ("evidence_record", "/evidence/record/id"),
    ("evidence_part", "/evidence/part"),
    ("evidence_number", "/evidence/number"),
    ("evidence_day", "/evidence/day"),
    ("url", "/record/url"),
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
    names.filter_map(|name| Some((Table::address(name), Table::named(name)?))).collect()
}

impl Table {
    /// Writes the table: its heads, and a row for each entry.
    pub(super) fn write(self, context: &Context<'_>, out: &mut Vec<u8>) {
        let columns = self.columns(context.edition);
        out.extend_from_slice("\u{feff}".as_bytes());
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        // Writing into memory cannot fail, and all rows have the same columns.
        writer.write_record(columns.iter().map(|(head, _)| head.as_bytes())).unwrap_or_default();
        for page in 1.. {
            let rows = api::rows(context, self, page);
            if rows.is_empty() {
                break;
            }
            for row in rows {
                let cells = columns.iter().map(|(_, place)| disarmed(cell(row.pointer(place))));
                writer.write_record(cells).unwrap_or_default();
            }
        }
    }

    fn columns(self, edition: &Edition) -> Vec<Column> {
        let fixed = |columns: &'static [(&str, &str)]| {
            columns.iter().map(|(head, place)| (Cow::Borrowed(*head), Cow::Borrowed(*place))).collect()
        };
        match self {
            Table::Records(kind) => of_kind(edition, kind),
            Table::Calendar => fixed(CALENDAR),
            Table::Lessons => fixed(LESSONS),
            Table::Actions => fixed(ACTIONS),
            Table::Deviations => fixed(DEVIATIONS),
        }
    }
}

/// What a list says of a record, as far as its kind has it, and then the keys of the kind that this audience sees.
fn of_kind(edition: &Edition, kind: Kind) -> Vec<Column> {
    let is_of_kind = |name: &str| match name {
        "taken_back" | "approval_due" => matches!(kind, Kind::Release | Kind::Change),
        "type" => matches!(kind, Kind::Release | Kind::Change),
        "workaround" | "open" => kind == Kind::KnownError,
        "date" => matches!(kind, Kind::Release | Kind::Change | Kind::KnownError),
        "id" | "title" | "url" => true,
        name => kind.key(name).is_some(),
    };
    let card = CARD.iter().filter(|name| is_of_kind(name));
    let card = card.map(|name| (Cow::Borrowed(*name), Cow::Owned(format!("/{name}"))));
    let is_seen = |name: &str| edition.shows(name);
    let keys = kind.keys().filter(|key| edition.name().is_none() || key.is_shown(&is_seen));
    let keys = keys.filter(|key| is_flat(key.shape) && key.name != "type" && !CARD.contains(&key.name));
    let keys = keys.map(|key| (Cow::Borrowed(key.name), Cow::Owned(format!("/keys/{}", key.name))));
    card.chain(keys).collect()
}

/// Whether a cell can hold it: one value, or a list of values.
fn is_flat(shape: Shape) -> bool {
    match shape {
        Shape::Map(_) | Shape::Named(_) | Shape::Free => false,
        Shape::List(one) | Shape::OneOrMore(one) => is_flat(*one),
        _ => true,
    }
}

fn cell(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(items)) => items.iter().map(|item| cell(Some(item))).collect::<Vec<_>>().join(BETWEEN),
        None | Some(Value::Null) => String::new(),
        Some(other) => other.to_string(),
    }
}

/// A cell that no spreadsheet takes for a formula: what begins like one gets an apostrophe in front.
pub fn disarmed(cell: String) -> String {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']) {
        true => format!("'{cell}"),
        false => cell,
    }
}
