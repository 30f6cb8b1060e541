//! The names by which calendars know an event, and how often it was changed.

use jiff::Timestamp;
use rustc_hash::FxHashSet;

use super::property::Lines;
use crate::book::RecordIndex;
use crate::pages::Context;
use crate::record::{Header, Kind, Plan};

/// The first moment of 2020, from which changes are counted: in 31 bits until 2088.
const FIRST: i64 = 1_577_836_800;

/// The name of an event of a record: it is of its kind, its first id and a part, and never changes.
pub(super) fn uid(kind: Kind, header: &Header, part: &str) -> String {
    let id = header.former_ids.first().unwrap_or(&header.id);
    let safe = |text: &str| percent_encoding::utf8_percent_encode(text, UNSAFE).to_string();
    match part {
        "" => format!("{}.{}@relbook", kind.word(), safe(id)),
        part => format!("{}.{}.{}@relbook", kind.word(), safe(id), safe(part)),
    }
}

/// What of a name is written with percent signs: all but letters, digits, hyphens and underscores.
const UNSAFE: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'_');

/// The names of windows within their record: their own ids, else their numbers, from 1. Of two with one id the first has it.
pub(super) fn window_names(plan: &Plan) -> impl Iterator<Item = String> {
    let mut taken = FxHashSet::default();
    plan.windows.iter().zip(1..).map(move |(window, number)| {
        match window.id.as_deref().filter(|id| taken.insert(*id)) {
            Some(id) => format!("window.{id}"),
            None => format!("window-{number}"),
        }
    })
}

/// When the record was changed, and how often that is: in seconds since 2020, for nothing else grows with each commit and
/// needs no memory. Without a history it is 0.
pub(super) fn push_change(context: &Context<'_>, index: RecordIndex, lines: &mut Lines) {
    let at = context.edition.updated(context.history, index, context.today);
    lines.moment("DTSTAMP", at);
    lines.moment("LAST-MODIFIED", at);
    lines.raw("SEQUENCE", &sequence(context.history.map(|_| at)).to_string());
}

fn sequence(at: Option<Timestamp>) -> i64 {
    at.map_or(0, |at| (at.as_second() - FIRST).clamp(0, i64::from(i32::MAX)))
}
