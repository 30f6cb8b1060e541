//! RB323: a standard change without an approved model that lets it through, or with a model and not of that type.

use jiff::civil::Date;
use jiff::{Timestamp, Zoned};
use rayon::prelude::*;

use super::subject::{Context, Subject};
use super::work::is_still_silent;
use crate::book::{RecordIndex, UNKNOWN_REFERENCE, WRONG_KIND};
use crate::diag::{Finding, Level, Lint};
use crate::record::{Change, ChangeType, Kind, Priority, Record, Reference, StandardChange};

/// A standard change without an approved model that lets it through, or with a model and not of that type.
pub const STANDARD_CHANGE: Lint = Lint::process(
    "RB323",
    "standard-change",
    "a standard change without an approved model that lets it through, or with a model and of another type",
    include_str!("standard_change.md"),
)
.gate();

/// What helps where the model does not let a change through.
const BY_ITSELF: &str =
    "make it `change_type: normal`, and have it assessed and approved by itself, or have the model approved again";

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let Record::Change(change) = subject.record else { return Vec::new() };
    match (change.change_type, &change.standard_change) {
        (Some(ChangeType::Standard), _) if is_still_silent(&change.plan) => Vec::new(),
        (Some(ChangeType::Standard), Some(named)) => of_model(subject, change, named),
        (Some(ChangeType::Standard), None) => {
            let at = subject.first_of(&["standard_change", "change_type"]);
            let finding = subject.finding(&STANDARD_CHANGE, at, "this is a standard change, and names no model");
            let finding = finding.label("by which model of the catalogue?");
            vec![finding.help(format!("add `standard_change:` with the id of an approved model, or {BY_ITSELF}"))]
        }
        (Some(of_type), Some(named)) if !named.id.trim().is_empty() => {
            let (word, id) = (of_type.word(), &named.id);
            let message = format!("this change is `{word}`, and names the standard change {id}");
            let finding = subject.finding(&STANDARD_CHANGE, "standard_change", message);
            let finding = finding.label("only a standard change follows a model");
            vec![finding.help("take the line out, or make it `change_type: standard` if it does follow the model")]
        }
        _ => Vec::new(),
    }
}

fn at_model(subject: &Subject<'_>, message: String, label: &str) -> Finding {
    subject.finding(&STANDARD_CHANGE, "standard_change", message).label(label).help(BY_ITSELF)
}

fn of_model(subject: &Subject<'_>, change: &Change, named: &Reference) -> Vec<Finding> {
    let book = subject.context.book;
    let Some((index, model)) = book.standard_change(subject.index) else {
        return not_there(subject, named).into_iter().collect();
    };
    let mut findings = Vec::new();
    findings.extend(unapproved(subject, model));
    findings.extend(run_out(subject, model));
    findings.extend(outside(subject, change, model));
    findings.extend(critical(subject, change, model));
    let Some(place) = model.header.place() else { return findings };
    let id = &book.get(index).header().id;
    findings.into_iter().map(|finding| finding.related(place, format!("the model {id}"))).collect()
}

/// A model that is not there, where that is no error by itself because the site or the record says so.
fn not_there(subject: &Subject<'_>, named: &Reference) -> Option<Finding> {
    let is_lowered = |lint: &Lint| {
        let lowered = subject.context.settings.lints.iter().rfind(|(code, ..)| code == lint.code);
        lowered.is_some_and(|(.., level)| *level != Level::Error)
            || subject.header().allow.iter().any(|allow| allow.names(lint))
    };
    let message = format!("this follows the standard change {}, which is not there", named.id);
    let is_told = !is_lowered(&UNKNOWN_REFERENCE) && !is_lowered(&WRONG_KIND);
    (!is_told).then(|| at_model(subject, message, "no model of the catalogue"))
}

fn unapproved(subject: &Subject<'_>, model: &StandardChange) -> Option<Finding> {
    let (id, today) = (&model.header.id, subject.context.today);
    let message = match model.approved_on {
        _ if model.header.draft => format!("the model {id} is a draft"),
        Some(on) if on > today => format!("the approval of the model {id} is dated {on}, which is after today"),
        _ if model.is_approved_by(today) => return None,
        _ => format!("the model {id} does not say who approved it, and on which day"),
    };
    let finding = at_model(subject, message, "not approved");
    Some(finding.help("a model is approved under its `approved_by` and `approved_on`"))
}

/// A model that had run out when the work began, or that will have when it is planned to.
fn run_out(subject: &Subject<'_>, model: &StandardChange) -> Option<Finding> {
    let Context { book, settings, today } = *subject.context;
    let (last, id) = (model.valid_until?, &model.header.id);
    let begins = book.begins_at(subject.index, &settings.time_zone).map(|begins| begins.date());
    let (day, what) = match (book.is_begun(subject.index), begins) {
        (true, Some(begun)) => (begun, format!("the work began on {begun}")),
        (false, Some(planned)) if planned > today => (planned, format!("this is planned for {planned}")),
        _ => (today, format!("today is {today}")),
    };
    (day > last).then(|| at_model(subject, format!("the model {id} is valid until {last}, and {what}"), "has run out"))
}

/// Configuration items that the model does not name, where it names any.
fn outside(subject: &Subject<'_>, change: &Change, model: &StandardChange) -> Vec<Finding> {
    let book = subject.context.book;
    let item = |named: &Reference| book.tables.find(Kind::ConfigurationItem, &named.id);
    let may_touch: Vec<RecordIndex> = model.header.configuration_items.iter().filter_map(item).collect();
    if model.header.configuration_items.is_empty() {
        return Vec::new();
    }
    let named = change.header.configuration_items.iter().enumerate();
    let outside = named.filter(|(_, named)| item(named).is_none_or(|item| !may_touch.contains(&item)));
    let findings = outside.map(|(number, named)| {
        let message = format!("{} is no item that the model {} may touch", named.id, model.header.id);
        let finding = subject.finding(&STANDARD_CHANGE, &format!("configuration_items.{number}"), message);
        finding.label("outside of the model").help(BY_ITSELF)
    });
    findings.collect()
}

fn critical(subject: &Subject<'_>, change: &Change, model: &StandardChange) -> Option<Finding> {
    let finding = match (change.risk, model.risk) {
        (Some(Priority::Critical), _) => {
            let message = "this is a standard change, and its risk is critical";
            subject.finding(&STANDARD_CHANGE, "risk", message).label("what is approved once is of little risk")
        }
        (_, Some(Priority::Critical)) => {
            let message = format!("the risk of the model {} is critical", model.header.id);
            subject.finding(&STANDARD_CHANGE, "standard_change", message).label("no model for that")
        }
        _ => return None,
    };
    Some(finding.help("make it `change_type: normal`, and have it assessed and approved by itself"))
}

/// A change of a model that is over: when it was, and whether it failed.
struct Ended {
    at: Timestamp,
    day: Date,
    change: RecordIndex,
    has_failed: bool,
}

/// Changes that began after the last change of their model had failed, and before that was approved again.
pub(super) fn find_failed(context: &Context<'_>) -> Vec<Finding> {
    let models = context.book.tables.of_kind(Kind::StandardChange);
    models.into_par_iter().flat_map_iter(|model| after_failures(context, RecordIndex(model))).collect()
}

fn after_failures(context: &Context<'_>, index: RecordIndex) -> Vec<Finding> {
    let Context { book, settings, .. } = *context;
    let Record::StandardChange(model) = book.get(index) else { return Vec::new() };
    let over = book.changes_of_model(index).filter(|change| book.is_over(*change));
    let ended = over.filter_map(|change| {
        let ended: Zoned = book.ended_at(change, &settings.time_zone)?;
        Some(Ended { at: ended.timestamp(), day: ended.date(), change, has_failed: book.has_failed(change) })
    });
    let mut ended: Vec<Ended> = ended.collect();
    ended.sort_unstable_by_key(|of| (of.at, of.change));
    if ended.iter().all(|of| !of.has_failed) {
        return Vec::new();
    }
    book.changes_of_model(index).filter_map(|change| after_failure(context, model, &ended, change)).collect()
}

fn after_failure(
    context: &Context<'_>,
    model: &StandardChange,
    ended: &[Ended],
    index: RecordIndex,
) -> Option<Finding> {
    let Context { book, settings, .. } = *context;
    let Record::Change(change) = book.get(index) else { return None };
    if change.change_type != Some(ChangeType::Standard) || is_still_silent(&change.plan) {
        return None;
    }
    let begins = book.begins_at(index, &settings.time_zone).filter(|_| book.is_begun(index));
    let before = begins.map_or(ended.len(), |begins| ended.partition_point(|of| of.at <= begins.timestamp()));
    let last = ended[..before].iter().rfind(|of| of.change != index)?;
    if !last.has_failed || model.approved_on.is_some_and(|on| on > last.day) {
        return None;
    }
    let failed = &book.get(last.change).header().id;
    let (id, day) = (&model.header.id, last.day);
    let message =
        format!("the last change by the model {id} failed ({failed}, {day}), and {id} was not approved again");
    let subject = Subject::new(context, index)?;
    let finding = at_model(&subject, message, "not approved since then");
    Some(match book.get(last.change).header().place() {
        Some(place) => finding.related(place, format!("{failed}, which failed")),
        None => finding,
    })
}
