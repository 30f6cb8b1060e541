//! What the body of a record says about others: sections that are there, links, ids in the text.

use std::ops::Range;

use super::body_options::body_options;
use super::faulty_links::FaultyLinks;
use super::near_headings::{NearHeading, near_headings};
use super::references::Guide;
use super::tables::{RecordIndex, Tables};
use super::target::{Resolver, Target, body_text};
use crate::diag::Finding;
use crate::read::markdown::{self, ForeignSyntax, Reference, SearchableText};
use crate::read::{TOO_LARGE, UNCLOSED_HTML};
use crate::record::{Kind, PlanSection, Relation, is_placeholder};
use crate::source::{Place, Span};

/// What was found in a body.
#[derive(Debug, Default)]
pub struct Body {
    /// Sections of the plan with something under them.
    pub sections: Vec<PlanSection>,
    /// Headings of the plan with nothing under them, or no more than a placeholder, where no other heading of the same
    /// section has more: each with its place in the record's file.
    pub empty: Vec<(PlanSection, Span)>,
    /// Release notes with something under them: the heading's place in the record's file, and what stands there of the body.
    pub release_notes: Vec<(Span, Range<usize>)>,
    /// What stands of the body under the first heading of a rollback plan with something under it.
    pub rollback_plan: Option<Range<usize>>,
    /// Headings, and lines that look like some, that seem to mean a part of the plan which the body has not: outside of
    /// the sections that count.
    pub near: Vec<NearHeading>,
    /// Whether something stands before the first heading: it describes the record.
    pub has_lead: bool,
    /// All words, for the search.
    pub text: SearchableText,
}

type References = Vec<(RecordIndex, Relation, RecordIndex)>;

/// Reads a record's body: its sections, what it refers to, which files it names, and what leads nowhere.
pub(super) fn examine(
    resolver: &Resolver<'_>,
    guide: &Guide<'_>,
    index: RecordIndex,
    named: &mut Vec<String>,
    findings: &mut Vec<Finding>,
) -> (Body, References) {
    let mut references = References::new();
    let Some(text) = body_text(resolver.tables, resolver.sources, index) else {
        return (Body::default(), references);
    };
    let header = resolver.tables.get(index).header();
    let place = |range: Range<usize>| Place {
        source: header.source.unwrap_or(crate::source::SourceId(0)),
        span: Span::new(range).shifted(header.body.start as usize),
    };
    let mut foreign = Vec::new();
    let mut links = FaultyLinks::new(resolver, index, text);
    let options = body_options(resolver.tables.get(index));
    let outline = markdown::outline(text, &options, |reference, range| match reference {
        Reference::Mention { token } => {
            if let Some(other) = mentioned(resolver.tables, index, token) {
                references.push((index, Relation::Mentions, other));
            }
        }
        Reference::Wiki { kind, id } => match wiki(resolver.tables, kind, id) {
            Some(other) if other != index => references.push((index, Relation::Mentions, other)),
            Some(_) => {}
            None if markdown::is_contents(id) => {}
            None => findings.extend(guide.unknown_in_text(index, kind, id, &text[range.clone()], place(range))),
        },
        Reference::Link { destination } | Reference::Image { destination } => {
            if destination.contains("{{") || destination.contains("{%") {
                foreign.push((ForeignSyntax::Link, range.clone()));
            }
            match resolver.target(index, destination) {
                Target::Record(other, _) if other != index => references.push((index, Relation::Mentions, other)),
                Target::File(path) => named.push(path),
                Target::Withheld(path) => {
                    findings.extend(resolver.files.withheld_finding(&path, destination, place(range)));
                    named.push(path);
                }
                target => findings.extend(links.finding(&target, destination, range, place)),
            }
        }
    });
    foreign.extend_from_slice(&outline.foreign);
    findings.extend(super::foreign_syntax::findings(text, &foreign, place));
    if outline.is_too_deep {
        let finding = Finding::new(&TOO_LARGE, place(0..0), "quotations, lists or tags are nested too deeply here");
        findings.push(
            finding.label("the innermost are not shown").help("nest less: ten levels are more than anybody reads"),
        );
    }
    if let Some(range) = &outline.unclosed {
        findings.push(
            Finding::new(&UNCLOSED_HTML, place(range.clone()), "this HTML never ends")
                .label("what stands behind it is not shown as it is meant")
                .help("close it: a comment ends with `-->`, a tag such as `<pre>` with `</pre>`"),
        );
    }
    let (mut sections, mut empty, mut release_notes, mut rollback_plan) = (Vec::new(), Vec::new(), Vec::new(), None);
    for heading in &outline.headings {
        let Some(section) = PlanSection::of_heading(&heading.text) else { continue };
        match heading.is_empty || is_placeholder(&text[heading.section.clone()]) {
            true => empty.push((section, place(heading.range.clone()).span)),
            false => {
                if section == PlanSection::ReleaseNotes {
                    release_notes.push((place(heading.range.clone()).span, heading.section.clone()));
                }
                if section == PlanSection::RollbackPlan {
                    rollback_plan.get_or_insert(heading.section.clone());
                }
                sections.push(section);
            }
        }
    }
    empty.retain(|(section, _)| !sections.contains(section));
    let mut near = near_headings(resolver.tables.get(index).kind(), text, &outline);
    near.retain(|near| !sections.contains(&near.section));
    near.iter_mut().for_each(|near| near.span = near.span.shifted(header.body.start as usize));
    (
        Body {
            sections,
            empty,
            release_notes,
            rollback_plan,
            near,
            has_lead: !outline.is_lead_empty,
            text: outline.text,
        },
        references,
    )
}

/// The record that a wiki link names.
pub(super) fn wiki(tables: &Tables, kind: Option<&str>, id: &str) -> Option<RecordIndex> {
    match kind {
        Some(word) => tables.find(Kind::ALL.iter().copied().find(|kind| kind.word() == word)?, id),
        None => tables.with_id(id).first().copied(),
    }
}

/// The record that a bare id in the text names, other than the one that the text belongs to.
pub(super) fn mentioned(tables: &Tables, from: RecordIndex, token: &str) -> Option<RecordIndex> {
    let found = tables.with_id(token);
    if found.contains(&from) {
        return None;
    }
    found.iter().copied().find(|index| !matches!(tables.get(*index).kind(), Kind::Window | Kind::Page | Kind::Service))
}
