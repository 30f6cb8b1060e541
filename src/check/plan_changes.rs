//! What of a plan is not as it was when it was approved: its times, its plans, what it delivers, of which type it is, and what it touches.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::book::{Book, body_options};
use crate::read::markdown;
use crate::record::{Kind, Plan, PlanSection, Record, Reference, Window, fold};

/// The sections that say how the work is done.
const SECTIONS: [PlanSection; 4] =
    [PlanSection::ImplementationPlan, PlanSection::DeploymentPlan, PlanSection::RollbackPlan, PlanSection::TestPlan];

/// Ids that records had, with the one that each has now.
pub(super) type FormerIds = FxHashMap<(Kind, String), String>;

/// Ids that the records of a book had, but for those that are another's now.
pub(super) fn former_ids(book: &Book) -> FormerIds {
    let mut all = FormerIds::default();
    for (_, record) in book.tables.iter() {
        let header = record.header();
        for former in header.former_ids.iter().filter(|former| book.tables.find(record.kind(), former).is_none()) {
            all.insert((record.kind(), fold(former)), fold(&header.id));
        }
    }
    all
}

/// A record with its text.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    pub record: &'a Record,
    pub text: &'a str,
}

/// What has changed, in words: `window 1`, `the rollback plan`. A window that was approved on one of some days, for itself
/// and later than before, counts as it is. `named` has the changes that named a release from their side, then and now.
pub(super) fn plan_changes(
    was: Written<'_>,
    is: Written<'_>,
    former: &FormerIds,
    named: [BTreeSet<String>; 2],
    days: &RangeInclusive<Date>,
) -> Vec<String> {
    let (Some(plan_then), Some(plan)) = (was.record.plan(), is.record.plan()) else { return Vec::new() };
    let mut changes = times(plan_then, plan, days);
    let (sections_then, sections) = (sections(was), sections(is));
    let differing = SECTIONS.iter().zip(sections_then.iter().zip(&sections)).filter(|(_, (then, now))| then != now);
    changes.extend(differing.map(|(section, _)| format!("the {}", section.label().to_lowercase())));
    if let (Record::Release(then), Record::Release(now)) = (was.record, is.record) {
        let [mut delivered_then, mut delivered] = named;
        delivered_then.extend(ids(&then.changes, Kind::Change, former));
        delivered.extend(ids(&now.changes, Kind::Change, former));
        if delivered_then != delivered {
            changes.push("the changes that it delivers".to_owned());
        }
    }
    // What a type wants was agreed to with it: a patch needs less than the minor release that was approved.
    if was.record.type_word() != is.record.type_word() {
        changes.push("the type".to_owned());
    }
    let items = |of: Written<'_>| ids(&of.record.header().configuration_items, Kind::ConfigurationItem, former);
    if items(was) != items(is) {
        changes.push("the configuration items".to_owned());
    }
    changes
}

/// The windows, or the planned day where there are none. The first window is no change where it begins on the planned day.
fn times(then: &Plan, now: &Plan, days: &RangeInclusive<Date>) -> Vec<String> {
    if then.windows.is_empty() && now.windows.is_empty() {
        let is_same = then.planned_date == now.planned_date;
        return if is_same { Vec::new() } else { vec!["the planned date".to_owned()] };
    }
    let is_planned = |number: usize, window: &Window| {
        number == 0 && then.windows.is_empty() && then.planned_date == Some(window.start.date())
    };
    let count = then.windows.len().max(now.windows.len());
    let changed = (0..count).filter(|number| match (then.windows.get(*number), now.windows.get(*number)) {
        (Some(then), Some(now)) => !is_same_time(then, now) && !is_approved_anew(Some(then), now, days),
        (None, Some(now)) => !is_planned(*number, now) && !is_approved_anew(None, now, days),
        _ => true,
    });
    changed.map(|number| format!("window {}", number + 1)).collect()
}

fn is_same_time(then: &Window, now: &Window) -> bool {
    then.start == now.start
        && then.end == now.end
        && then.days.planned() == now.days.planned()
        && then.downtime == now.downtime
}

/// Whether a window has an approval of its own that is later than the one it had.
fn is_approved_anew(then: Option<&Window>, now: &Window, days: &RangeInclusive<Date>) -> bool {
    let before = then.and_then(|then| then.approved_on);
    now.approved_on.is_some_and(|on| days.contains(&on) && before.is_none_or(|before| on > before))
}

/// What stands under each of the headings, joined where one stands there twice.
fn sections(of: Written<'_>) -> [String; SECTIONS.len()] {
    let mut texts = SECTIONS.map(|_| String::new());
    let Some(body) = of.text.get(of.record.header().body.range()) else { return texts };
    let outline = markdown::outline(body, &body_options(of.record), |_, _| ());
    for heading in &outline.headings {
        let section = PlanSection::of_heading(&heading.text);
        if let Some(number) = SECTIONS.iter().position(|of| Some(*of) == section) {
            body[heading.section.clone()].split_whitespace().for_each(|word| {
                texts[number].push_str(word);
                texts[number].push(' ');
            });
        }
    }
    texts
}

fn ids(references: &[Reference], kind: Kind, former: &FormerIds) -> BTreeSet<String> {
    references.iter().map(|reference| current(kind, &reference.id, former)).collect()
}

/// The id that a record has now, in the spelling by which ids are compared.
pub(super) fn current(kind: Kind, id: &str, former: &FormerIds) -> String {
    let id = fold(id);
    former.get(&(kind, id.clone())).cloned().unwrap_or(id)
}
