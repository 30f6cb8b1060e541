//! Every rule, held against every record that has a file.

use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::allow::UNUSED_ALLOW;
use super::subject::{Context, Subject};
use super::{
    accountable, action_overdue, action_unowned, action_unverified, audience_unnamed, change_not_ready,
    component_mismatch, contradicted, customers_not_told, date_order, emergency_unexplained, empty_for_customers,
    empty_section, in_freeze, incident_dates, leaks_reference, lesson_without_action, near_heading, near_name,
    no_further_window, no_lesson, no_review, no_workaround, not_approved, notes_without_problems, outside_maintenance,
    placeholder_text, plan_incomplete, range_order, resolved_without_fix, review_missing, rollback_unexplained,
    same_person, separation_of_duties, stage_dates, stage_order, stale_known_error, stale_status, standard_change,
    type_missing, unlisted, unproven, unreachable, untested, window_id_twice, window_overlap,
};
use crate::book::{Book, RecordIndex, UNKNOWN_REFERENCE};
use crate::config::Settings;
use crate::diag::{Finding, Level, Levels, Lint};
use crate::source::{Place, SourceId, Span};

/// A rule that looks at one record and what is linked to it.
type RecordRule = fn(&Subject<'_>) -> Vec<Finding>;

/// A rule that looks at all records at once.
type BookRule = fn(&Context<'_>) -> Vec<Finding>;

/// The rules of one record, each with its lint.
const RECORD_RULES: &[(&Lint, RecordRule)] = &[
    (&plan_incomplete::PLAN_INCOMPLETE, plan_incomplete::find),
    (&empty_section::EMPTY_SECTION, empty_section::find),
    (&empty_section::EMPTY_SECTION, placeholder_text::find),
    (&type_missing::TYPE_MISSING, type_missing::find),
    (&near_heading::NEAR_HEADING, near_heading::find),
    (&not_approved::NOT_APPROVED, not_approved::find),
    (&separation_of_duties::SEPARATION_OF_DUTIES, separation_of_duties::find),
    (&review_missing::REVIEW_MISSING, review_missing::find),
    (&customers_not_told::CUSTOMERS_NOT_TOLD, customers_not_told::find),
    (&untested::UNTESTED, untested::find),
    (&unproven::UNPROVEN, unproven::find),
    (&unreachable::UNREACHABLE, unreachable::find),
    (&notes_without_problems::NOTES_WITHOUT_PROBLEMS, notes_without_problems::find),
    (&rollback_unexplained::ROLLBACK_UNEXPLAINED, rollback_unexplained::find),
    (&no_further_window::NO_FURTHER_WINDOW, no_further_window::find),
    (&no_review::NO_REVIEW, no_review::find),
    (&accountable::ACCOUNTABLE, accountable::find),
    (&component_mismatch::COMPONENT_MISMATCH, component_mismatch::find),
    (&change_not_ready::CHANGE_NOT_READY, change_not_ready::find),
    (&stale_status::STALE_STATUS, stale_status::find),
    (&date_order::DATE_ORDER, date_order::find),
    (&date_order::DATE_ORDER, incident_dates::find),
    (&date_order::DATE_ORDER, stage_dates::find),
    (&stage_order::STAGE_ORDER, stage_order::find),
    (&no_workaround::NO_WORKAROUND, no_workaround::find),
    (&range_order::RANGE_ORDER, range_order::find),
    (&window_id_twice::WINDOW_ID_TWICE, window_id_twice::find),
    (&resolved_without_fix::RESOLVED_WITHOUT_FIX, resolved_without_fix::find),
    (&stale_known_error::STALE_KNOWN_ERROR, stale_known_error::find),
    (&contradicted::CONTRADICTED, contradicted::find),
    (&action_overdue::ACTION_OVERDUE, action_overdue::find),
    (&action_unowned::ACTION_UNOWNED, action_unowned::find),
    (&no_lesson::NO_LESSON, no_lesson::find),
    (&lesson_without_action::LESSON_WITHOUT_ACTION, lesson_without_action::find),
    (&action_unverified::ACTION_UNVERIFIED, action_unverified::find),
    (&standard_change::STANDARD_CHANGE, standard_change::find),
    (&emergency_unexplained::EMERGENCY_UNEXPLAINED, emergency_unexplained::find),
    (&leaks_reference::LEAKS_REFERENCE, leaks_reference::find),
    (&empty_for_customers::EMPTY_FOR_CUSTOMERS, empty_for_customers::find),
];

/// The rules of all records at once, each with its lint.
const BOOK_RULES: &[(&Lint, BookRule)] = &[
    (&window_overlap::WINDOW_OVERLAP, window_overlap::find),
    (&in_freeze::IN_FREEZE, in_freeze::find),
    (&in_freeze::EXCEPTION_NOT_APPROVED, in_freeze::find_unapproved),
    (&in_freeze::IN_HARD_FREEZE, in_freeze::find_hard),
    (&outside_maintenance::OUTSIDE_MAINTENANCE, outside_maintenance::find),
    (&same_person::SAME_PERSON, same_person::find),
    (&standard_change::STANDARD_CHANGE, standard_change::find_failed),
    (&contradicted::CONTRADICTED, contradicted::find_claims),
    (&UNKNOWN_REFERENCE, unlisted::find),
    (&near_name::NEAR_NAME, near_name::find),
    (&audience_unnamed::AUDIENCE_UNNAMED, audience_unnamed::find),
];

/// Holds the process against the book, on a day. Rules whose lint is off are not run.
pub fn check(book: &Book, settings: &Settings, levels: &Levels, today: Date) -> Vec<Finding> {
    check_while(book, settings, levels, today, &|| true)
}

/// The same as long as somebody wants it: what is found after that is left out.
pub fn check_while(
    book: &Book,
    settings: &Settings,
    levels: &Levels,
    today: Date,
    is_wanted: &(dyn Fn() -> bool + Sync),
) -> Vec<Finding> {
    let context = Context { book, settings, today };
    let is_on = |lint: &Lint| levels.of(lint) != Level::Off;
    let of_record: Vec<RecordRule> =
        RECORD_RULES.iter().filter(|(lint, _)| is_on(lint)).map(|(_, find)| *find).collect();
    let of_book: Vec<BookRule> = BOOK_RULES.iter().filter(|(lint, _)| is_on(lint)).map(|(_, find)| *find).collect();
    let records = if of_record.is_empty() { 0 } else { book.tables.len() as u32 };
    let mut findings: Vec<Finding> = (0..records)
        .into_par_iter()
        .filter_map(|index| Subject::new(&context, RecordIndex(index)).filter(|_| is_wanted()))
        .flat_map_iter(|subject| of_record.iter().flat_map(|find| find(&subject)).collect::<Vec<_>>())
        .collect();
    findings.par_extend(of_book.par_iter().filter(|_| is_wanted()).flat_map_iter(|find| find(&context)));
    findings
}

/// Takes out what only follows from front matter that could not be read whole: of a value of `approvals:` that cannot be
/// understood, that an approval is missing. It comes back when the fault is mended and it is still true. A fault whose
/// finding says what to write instead was read as if that were written, and hides nothing.
pub fn drop_consequences(book: &Book, levels: &Levels, findings: &mut Vec<Finding>) {
    let is_of_reading = |lint: &Lint| lint.group().is_of_reading() && lint.code != UNUSED_ALLOW.code;
    let faults: Vec<Place> = findings
        .iter()
        .filter(|finding| finding.replacement.is_none())
        .filter(|finding| is_of_reading(finding.lint) && levels.of(finding.lint) == Level::Error)
        .map(|finding| finding.place)
        .collect();
    if faults.is_empty() {
        return;
    }
    let headers = book.tables.iter().map(|(_, record)| record.header());
    let bodies: FxHashMap<SourceId, Span> = headers.filter_map(|header| Some((header.source?, header.body))).collect();
    let is_in_body = |place: &Place| bodies.get(&place.source).is_some_and(|body| place.span.start >= body.start);
    let unread: FxHashSet<SourceId> =
        faults.iter().filter(|place| !is_in_body(place)).map(|place| place.source).collect();
    // What stands in a body does not follow from the front matter.
    let is_consequence = |finding: &Finding| finding.lint.group().is_of_process() && !is_in_body(&finding.place);
    findings.retain(|finding| !(is_consequence(finding) && unread.contains(&finding.place.source)));
}
