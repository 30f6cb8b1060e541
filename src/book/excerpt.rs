//! The parts of a body that an edition shows: its listed sections, each up to whatever looks like the heading of a part
//! that is not listed.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::body_options::body_options;
use crate::config::EditionSettings;
use crate::read::markdown::{self, Options, Outline};
use crate::record::{PlanSection, Record, near_section};

/// What an edition shows of a body.
#[derive(Debug, Default)]
pub struct Excerpt {
    /// The ranges that are shown, in order.
    pub ranges: Vec<Range<usize>>,
    /// Where a listed section was left out in part: what looks like which heading, and where it stands.
    pub cuts: Vec<(PlanSection, Range<usize>)>,
}

impl Excerpt {
    /// What an edition shows of a record's body.
    pub fn new(record: &Record, body: &str, edition: &EditionSettings) -> Excerpt {
        let options = Options { plain_captions: true, ..body_options(record) };
        let outline = markdown::outline(body, &options, |_, _| ());
        let cutter = Cutter { record, edition, outline: &outline };
        let mut excerpt = Excerpt::default();
        let lead = outline.headings.first().map_or(body.len(), |heading| heading.range.start);
        if edition.shows_section(PlanSection::Description.label()) {
            cutter.show(0..lead, &mut excerpt);
        }
        let mut until = 0;
        for heading in &outline.headings {
            if heading.range.start >= until && edition.shows_section(&heading.text) {
                until = cutter.show(heading.range.start..heading.section.end, &mut excerpt);
            }
        }
        excerpt
    }

    /// The shown text. Nothing in it tells that anything was left out.
    pub fn text(&self, body: &str) -> String {
        let pieces =
            self.ranges.iter().map(|range| body[range.clone()].trim_end()).filter(|piece| !piece.trim().is_empty());
        let mut text = String::new();
        for piece in pieces {
            text.push_str(if text.is_empty() { "" } else { "\n\n" });
            text.push_str(piece);
        }
        text.push_str(if text.is_empty() { "" } else { "\n" });
        self.push_definitions(body, &mut text);
        text
    }

    /// A link of a shown section whose target is said elsewhere, `[label]: target`, is a link all the same.
    fn push_definitions(&self, body: &str, text: &mut String) {
        let shown = text.to_lowercase();
        let labels: FxHashSet<&str> = shown.split(']').filter_map(|before| Some(before.rsplit_once('[')?.1)).collect();
        let is_shown = |at: usize| {
            let before = self.ranges.partition_point(|range| range.start <= at);
            before > 0 && at < self.ranges[before - 1].end
        };
        if labels.is_empty() {
            return;
        }
        for (label, place) in markdown::definitions(body) {
            if !is_shown(place.start) && labels.contains(label.to_lowercase().as_str()) {
                text.push('\n');
                text.push_str(body[place].trim());
                text.push('\n');
            }
        }
    }
}

struct Cutter<'a> {
    record: &'a Record,
    edition: &'a EditionSettings,
    outline: &'a Outline,
}

impl Cutter<'_> {
    /// Shows a listed range without what looks like another part; answers where it ended.
    fn show(&self, range: Range<usize>, excerpt: &mut Excerpt) -> usize {
        let holes = self.holes(&range, excerpt);
        let captions = &self.outline.captions;
        let first = captions.partition_point(|caption| caption.block < range.start);
        let captions = captions[first..].iter().take_while(|caption| caption.block < range.end);
        let is_shown = |at: usize| {
            let before = holes.partition_point(|hole| hole.start <= at);
            before == 0 || holes[before - 1].end <= at
        };
        let mut shown = captions.filter(|caption| is_shown(caption.block));
        let end = match shown.find_map(|caption| Some((self.hidden(&caption.text, caption.is_marked)?, caption))) {
            Some((section, caption)) => {
                excerpt.cuts.push((section, caption.place.clone()));
                caption.block
            }
            None => range.end,
        };
        let mut start = range.start;
        for hole in holes.into_iter().take_while(|hole| hole.start < end) {
            excerpt.ranges.push(start..hole.start);
            start = hole.end;
        }
        if start < end {
            excerpt.ranges.push(start..end);
        }
        end
    }

    /// What a listed range does not show though it stands in it: the title again, and parts that are not listed under
    /// headings of their own.
    fn holes(&self, range: &Range<usize>, excerpt: &mut Excerpt) -> Vec<Range<usize>> {
        let title = self.outline.title_again.iter().filter(|title| range.contains(&title.start));
        let mut holes: Vec<Range<usize>> = title.cloned().collect();
        let headings = &self.outline.headings;
        let first = headings.partition_point(|heading| heading.range.start <= range.start);
        for heading in headings[first..].iter().take_while(|heading| heading.range.start < range.end) {
            let is_in_hole = holes.last().is_some_and(|hole| heading.range.start < hole.end);
            if let Some(section) = self.hidden(&heading.text, true).filter(|_| !is_in_hole) {
                holes.push(heading.range.start..heading.section.end);
                excerpt.cuts.push((section, heading.range.clone()));
            }
        }
        holes
    }

    /// The part that a heading, or what looks like one, opens, where the edition does not list it. In a line that nothing
    /// sets apart, one word alone is an ordinary word.
    fn hidden(&self, text: &str, is_marked: bool) -> Option<PlanSection> {
        let exact = PlanSection::of_heading(text).filter(|section| is_marked || section.word().contains('-'));
        let near = || near_section(text, self.record.kind()).map(|near| near.section);
        let section = exact.or_else(|| is_marked.then(near).flatten())?;
        let is_listed = self.edition.shows_section(section.label()) || self.edition.shows_section(text);
        (!is_listed).then_some(section)
    }
}
