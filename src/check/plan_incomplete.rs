//! RB301: parts of the plan that the record's status wants and that are missing.

use super::near_heading::near;
use super::subject::Subject;
use super::words::list;
use crate::diag::{Finding, Lint};
use crate::record::{Part, PlanKind, Record};

/// A part that the record's status wants and that is missing.
pub const PLAN_INCOMPLETE: Lint = Lint::process(
    "RB301",
    "plan-incomplete",
    "a part of the plan that the record\u{2019}s status wants and that is missing",
    include_str!("plan_incomplete.md"),
);

/// Parts that a rule of their own speaks of: RB207, RB304, RB305, RB307, RB310.
const ELSEWHERE: &[Part] = &[
    Part::ConfigurationItems,
    Part::Approvals,
    Part::SecurityReview,
    Part::OperationalReview,
    Part::PreTests,
    Part::PostTests,
    Part::Review,
];

pub(super) fn find(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(readiness) = subject.readiness() else { return Vec::new() };
    let empty = &subject.context.book.bodies[subject.index.0 as usize].empty;
    let has_heading = |part: &Part| part.section().is_some_and(|section| empty.iter().any(|(of, _)| *of == section));
    let is_said_here = |part: &Part| !ELSEWHERE.contains(part) && !has_heading(part);
    let missing: Vec<Part> = readiness.missing.iter().copied().filter(is_said_here).collect();
    if missing.is_empty() {
        return Vec::new();
    }
    let names: Vec<String> = missing.iter().map(|part| part.label().to_lowercase()).collect();
    let owner = owner(subject.record, readiness.kind);
    let article = if owner.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    let what = if missing.len() == 1 { "it" } else { "them" };
    let mut finding = subject
        .finding(&PLAN_INCOMPLETE, "status", format!("the plan lacks: {}", list(&names)))
        .label(format!("{article} {owner} in this status wants {what}"));
    let (sections, keys): (Vec<Part>, Vec<Part>) = missing.iter().copied().partition(|part| part.section().is_some());
    if !keys.is_empty() {
        let keys: Vec<String> = keys.iter().map(|part| format!("`{}`", part.word())).collect();
        finding = finding.help(format!("add to the front matter: {}", list(&keys)));
    }
    if missing.iter().any(|part| part.fragment() == Part::Effects.fragment()) {
        finding =
            finding.help("a list of effects says whom it concerns, or that it is nobody: `subcontractors: [none]`");
    }
    if !sections.is_empty() {
        let headings: Vec<String> = sections.iter().map(|part| format!("`## {}`", part.label())).collect();
        finding = finding.help(format!("add to the body, with a text under each: {}", list(&headings)));
        for near in
            near(subject).into_iter().filter(|near| sections.iter().any(|part| part.section() == Some(near.section)))
        {
            let meant = near.section.label();
            finding = finding.help(format!("`{}` is not read as `{meant}`: if it is meant, call it so", near.text));
        }
    }
    vec![finding.help("or take the status back to one that does not want it yet")]
}

/// `major release`, `standard change`.
fn owner(record: &Record, kind: PlanKind) -> String {
    record.type_word().map(|of_type| format!("{of_type} ")).unwrap_or_default() + kind.label()
}
