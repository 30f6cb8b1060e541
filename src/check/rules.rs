//! Every rule, held against every record that has a file.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::subject::{Context, Subject};
use super::{UNUSED_ALLOW, accountable, plan_incomplete};
use crate::book::{Book, RecordIndex};
use crate::config::Settings;
use crate::diag::{Finding, Level, Levels, Lint};
use crate::source::SourceId;

/// A rule that looks at one record with what is linked to it.
type RecordRule = fn(&Subject<'_>) -> Vec<Finding>;

/// The rules of one record, each with its lint.
const RECORD_RULES: &[(&Lint, RecordRule)] =
    &[(&plan_incomplete::PLAN_INCOMPLETE, plan_incomplete::find), (&accountable::ACCOUNTABLE, accountable::find)];

/// Holds the process against the book. Rules whose lint is off are not run.
pub fn check(book: &Book, settings: &Settings, levels: &Levels) -> Vec<Finding> {
    let context = Context { book, settings };
    let is_on = |lint: &Lint| levels.of(lint) != Level::Off;
    let rules: Vec<RecordRule> = RECORD_RULES.iter().filter(|(lint, _)| is_on(lint)).map(|(_, find)| *find).collect();
    if rules.is_empty() {
        return Vec::new();
    }
    (0..book.tables.len() as u32)
        .into_par_iter()
        .filter_map(|index| Subject::new(&context, RecordIndex(index)))
        .flat_map_iter(|subject| rules.iter().flat_map(|find| find(&subject)).collect::<Vec<_>>())
        .collect()
}

/// Takes out what only follows from a record that could not be read whole: of a misspelt `approvals:`, that an
/// approval is missing. It comes back when the fault is mended and it is still true.
pub fn drop_consequences(levels: &Levels, findings: &mut Vec<Finding>) {
    let is_of_reading = |lint: &Lint| matches!(&lint.code[..3], "RB0" | "RB1") && lint.code != UNUSED_ALLOW.code;
    let unread: FxHashSet<SourceId> = findings
        .iter()
        .filter(|finding| is_of_reading(finding.lint) && levels.of(finding.lint) == Level::Error)
        .map(|finding| finding.place.source)
        .collect();
    let is_of_process = |lint: &Lint| matches!(&lint.code[..3], "RB3" | "RB4" | "RB5" | "RB6" | "RB7");
    findings.retain(|finding| !(is_of_process(finding.lint) && unread.contains(&finding.place.source)));
}
