//! How bodies are read, so that every reading finds the same headings and fragments.

use std::sync::LazyLock;

use crate::read::markdown::Options;
use crate::record::{PlanSection, Record, Relation};

/// Fragments that the pages' own parts use, beside those of lists and lessons.
const PARTS: &[&str] = &[
    "main",
    "nav",
    "facts",
    "readiness",
    "before",
    "reason",
    "windows",
    "timeline",
    "effects",
    "impact",
    "raci",
    "deviations",
    "escalation",
    "approvals",
    "notifications",
    "tests",
    "artefacts",
    "components",
    "runs",
    "stages",
    "review",
    "lessons",
    "rollback",
    "carried",
    "ranges",
    "history",
    "coming",
    "next-free",
    "figures",
    "neighbourhood",
    "versions",
];
/// A review has fewer lessons than this: each has a fragment that no heading may take.
const LESSONS: usize = 100;

/// Fragments that pages use themselves; headings of a body take others.
static RESERVED: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let lists = Relation::fragments();
    let lessons = (1..=LESSONS).map(|number| format!("lesson-{number}"));
    let owned = lists.into_iter().chain(lessons).map(|fragment| &*fragment.leak());
    let mut reserved: Vec<&str> = PARTS.iter().copied().chain(owned).collect();
    reserved.sort_unstable();
    reserved
});

/// The fragment of a heading that opens a part of the plan.
fn fixed_anchor(heading: &str) -> Option<&'static str> {
    PlanSection::of_heading(heading).map(PlanSection::word)
}

/// How the body of a record is read.
pub fn body_options(record: &Record) -> Options<'_> {
    let header = record.header();
    Options {
        fixed_anchor: &fixed_anchor,
        reserved_anchors: &RESERVED,
        page_title: &header.title,
        page_id: &header.id,
        ..Options::default()
    }
}
