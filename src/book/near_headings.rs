//! The headings of a body that are almost those of a plan.

use std::ops::Range;

use crate::read::markdown::Outline;
use crate::record::{Kind, PlanSection, near_section};
use crate::source::Span;

/// How far behind the beginning of its block a heading's text is looked for: a block can be as long as a body,
/// and a heading is a line.
const LOOKED_AT: usize = 400;

/// A heading that is almost one of the plan's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearHeading {
    /// What it seems to mean.
    pub section: PlanSection,
    /// Its text without markup.
    pub text: String,
    /// Its place in the record's file: of its text alone where that stands there as it is.
    pub span: Span,
    /// Whether it is a heading of Markdown that says no more than the part's name in other words.
    pub is_replaceable: bool,
}

/// Headings that almost name a part of the plan; under one that does, others are ordinary.
pub(super) fn near_headings(kind: Kind, body: &str, outline: &Outline) -> Vec<NearHeading> {
    let mut found = Vec::new();
    if !matches!(kind, Kind::Release | Kind::Change | Kind::KnownError) {
        return found;
    }
    let mut until = 0;
    // The sections that count, each apart from the others.
    let mut sections: Vec<Range<usize>> = Vec::new();
    for heading in &outline.headings {
        if PlanSection::of_heading(&heading.text).is_some() {
            sections.push(heading.range.start.max(until)..heading.section.end.max(until));
            until = until.max(heading.section.end);
        } else if let Some(near) =
            near_section(&heading.text, kind).filter(|_| heading.range.start >= until && !heading.is_empty)
        {
            let (span, is_alone) = text_in(body, heading.range.clone(), &heading.text);
            let is_replaceable = near.is_whole && is_alone;
            found.push(NearHeading { section: near.section, text: heading.text.clone(), span, is_replaceable });
        }
    }
    for caption in outline.captions.iter().filter(|caption| caption.is_marked) {
        let exact = PlanSection::of_heading(&caption.text).filter(|section| section.belongs_to(kind));
        let section = exact.or_else(|| Some(near_section(&caption.text, kind)?.section));
        let before = sections.partition_point(|section| section.start <= caption.block);
        let is_free = before == 0 || sections[before - 1].end <= caption.block;
        if let Some(section) = section.filter(|_| is_free) {
            let (span, _) = text_in(body, caption.place.clone(), &caption.text);
            found.push(NearHeading { section, text: caption.text.clone(), span, is_replaceable: false });
        }
    }
    found
}

/// The place of a text at the beginning of a range of the body, and whether it stands there; else the range's first line.
fn text_in(body: &str, range: Range<usize>, text: &str) -> (Span, bool) {
    let mut end = range.end.min(range.start + LOOKED_AT);
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    let part = &body[range.start..end];
    match part.find(text).filter(|_| !text.is_empty()) {
        Some(at) => (Span::new(range.start + at..range.start + at + text.len()), true),
        None => (Span::new(range.start..range.start + part.lines().next().unwrap_or_default().len()), false),
    }
}
