//! What speaks against windows: other windows, freezes, maintenance times.

use schemars::JsonSchema;
use serde::Serialize;

use super::reference::Named;
use crate::book::{self, OccurrenceIndex, RecordIndex};
use crate::pages::Context;
use crate::record::{Plan, Record};

/// Something that speaks against a window, or a freeze that lets it through.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Conflict {
    /// `overlap` with another window on the same items, `freeze`, `outside-maintenance` of an item, or `exempt`: a freeze
    /// that lets the record through.
    kind: &'static str,
    /// The number of the window in the list of windows, from 1; not there for a calendar window.
    #[serde(skip_serializing_if = "Option::is_none")]
    window: Option<usize>,
    /// The other work, the freeze or the item.
    with: Named,
    /// Of an overlap: from an item of the one to an item of the other; a single item where it is the same.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    path: Vec<Named>,
    /// Of a freeze that lets the record through: who agreed.
    #[serde(skip_serializing_if = "Option::is_none")]
    approved_by: Option<String>,
}

/// What speaks against the windows of a plan.
pub(super) fn conflicts(context: &Context<'_>, index: RecordIndex, plan: &Plan) -> Vec<Conflict> {
    let schedule = &context.edition.schedule;
    let windows = plan.windows.iter().enumerate();
    let occurrences = windows.filter_map(|(number, window)| {
        let of = schedule.attempt(index, number as u32, window, &context.settings.time_zone)?;
        Some((number, of))
    });
    occurrences.flat_map(|(number, of)| against(context, of, Some(number + 1))).collect()
}

/// What speaks against an entry of the calendar.
pub(super) fn against(context: &Context<'_>, of: OccurrenceIndex, window: Option<usize>) -> Vec<Conflict> {
    let edition = context.edition;
    let record = |index: OccurrenceIndex| edition.schedule.get(index).record;
    let conflict = |conflict: &book::Conflict| {
        let (kind, with, path) = match conflict {
            book::Conflict::Overlap { one, other, path } => {
                ("overlap", record(if *one == of { *other } else { *one }), path.as_slice())
            }
            book::Conflict::Freeze { window, freeze } => {
                ("freeze", record(if *window == of { *freeze } else { *window }), &[][..])
            }
            book::Conflict::OutsideMaintenance { item, .. } => ("outside-maintenance", *item, &[][..]),
        };
        let path = path.iter().map(|item| Named::new(context, *item)).collect();
        Conflict { kind, window, with: Named::new(context, with), path, approved_by: None }
    };
    let mut all: Vec<Conflict> = edition.conflicts.of(of).map(conflict).collect();
    let id = &edition.get(record(of)).header().id;
    for freeze in edition.conflicts.exceptions(of).map(record) {
        let Record::Window(entry) = edition.get(freeze) else { continue };
        let approved_by = entry.approver(id).map(str::to_owned);
        all.push(Conflict { kind: "exempt", window, with: Named::new(context, freeze), path: Vec::new(), approved_by });
    }
    all
}
