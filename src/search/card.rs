//! What a result shows of a record, beside what is in the columns.

use crate::book::RecordIndex;
use crate::edition::{Edition, Remedy};
use crate::read::markdown::SearchableText;
use crate::record::{PlanSection, Record};

/// Longest passage that a result can show, in bytes: three lines on a desk, enough to tell whether it is what was meant.
const LONGEST_PASSAGE: usize = 400;
/// Longest workaround that a result can show, in bytes: what is longer is read on the page, where its steps have lines of
/// their own.
const LONGEST_WORKAROUND: usize = 320;

/// What a result shows beside what is in the columns.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Card {
    /// The record's id.
    pub id: String,
    /// Its title; empty where it is the id.
    pub title: String,
    /// Its page below the site's root.
    pub href: String,
    /// Where its text begins, without headings and without the workaround.
    pub text: String,
    /// What a known error's record says of a workaround, in words; empty where nothing may be said of it.
    pub workaround_state: String,
    /// The workaround.
    pub workaround: String,
}

/// The card of a record.
pub(super) fn card(edition: &Edition, index: RecordIndex, body: &SearchableText) -> Card {
    let record = edition.get(index);
    let header = record.header();
    let mut card = Card {
        id: header.id.clone(),
        title: if header.title == header.id { String::new() } else { header.title.clone() },
        href: edition.page_of(index).map(|route| route.href()).unwrap_or_default(),
        ..Card::default()
    };
    let mut pieces: Vec<&str> = header.summary.iter().map(String::as_str).collect();
    let mut sections: Vec<(&str, &str)> = sections(body).collect();
    if let Record::KnownError(known) = record {
        let at = sections.iter().position(|(heading, _)| opens_workaround(heading));
        let section = at.map(|at| sections.remove(at).1);
        let text = known.workaround.as_deref().or(section).unwrap_or_default();
        card.workaround = shortened(&[text], LONGEST_WORKAROUND);
        card.workaround_state = edition.remedy(index).map_or("", Remedy::label).to_owned();
        pieces.extend(known.error_codes.iter().map(String::as_str));
        pieces.extend(known.symptoms.as_deref());
    }
    pieces.extend(sections.into_iter().map(|(_, text)| text));
    card.text = shortened(&pieces, LONGEST_PASSAGE);
    card
}

/// The sections of a body: heading and text. Before the first heading there is none.
fn sections(body: &SearchableText) -> impl Iterator<Item = (&str, &str)> {
    let starts = std::iter::once(0..0).chain(body.headings.iter().cloned());
    let ends = body.headings.iter().map(|heading| heading.start).chain([body.text.len()]);
    starts.zip(ends).map(|(heading, end)| (&body.text[heading.clone()], body.text[heading.end..end].trim()))
}

fn opens_workaround(heading: &str) -> bool {
    matches!(PlanSection::of_heading(heading), Some(PlanSection::Workaround | PlanSection::Workarounds))
}

/// The beginning of some texts, blanks made one, cut between words.
fn shortened(pieces: &[&str], limit: usize) -> String {
    let mut short = String::new();
    for word in pieces.iter().flat_map(|piece| piece.split_whitespace()) {
        if short.len() + 1 + word.len() > limit {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    short
}
