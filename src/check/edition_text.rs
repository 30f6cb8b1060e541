//! What an edition shows of a record's words: the texts under its keys, and the sections of its body.

use std::ops::Range;

use super::subject::Subject;
use crate::book::{Excerpt, body_options};
use crate::config::EditionSettings;
use crate::read::markdown::{self, Reference};
use crate::record::{Audience, Record};

/// Texts of a record that an edition shows, each with the key that it stands under.
pub(super) fn texts<'a>(record: &'a Record, edition: &EditionSettings) -> Vec<(&'static str, &'a str)> {
    let header = record.header();
    let title = (header.title != header.id).then_some(header.title.as_str());
    let mut texts = vec![("title", title), ("summary", header.summary.as_deref())];
    if let Record::KnownError(known) = record {
        texts.push(("symptoms", known.symptoms.as_deref()));
        texts.push(("cause", known.cause.as_deref()));
        texts.push(("workaround", known.workaround.as_deref()));
    }
    texts.push(("business_case", record.plan().and_then(|plan| plan.business_case.as_deref())));
    texts.into_iter().filter(|(key, _)| edition.shows_key(key)).filter_map(|(key, text)| Some((key, text?))).collect()
}

/// What is shown of a body: whether it has anything, and every record that is named by its id, with its place.
pub(super) struct Shown {
    pub has_text: bool,
    pub named: Vec<(Named, Range<usize>)>,
}

/// How a text names a record.
pub(super) enum Named {
    Bare(String),
    Wiki(Option<String>, String),
}

/// Reads a text that is shown whole.
pub(super) fn shown(record: &Record, text: &str) -> Shown {
    let mut named = Vec::new();
    let outline = markdown::outline(text, &body_options(record), |reference, range| match reference {
        Reference::Mention { token } => named.push((Named::Bare(token.to_owned()), range)),
        // A link with a text of its own prints that text and not the id.
        Reference::Wiki { kind, id } if !text[range.clone()].contains('|') => {
            named.push((Named::Wiki(kind.map(str::to_owned), id.to_owned()), range));
        }
        _ => {}
    });
    let has_text = !outline.is_lead_empty || outline.headings.iter().any(|heading| !heading.is_empty);
    Shown { has_text, named }
}

/// Reads a body as an edition shows it.
pub(super) fn shown_of_body(record: &Record, body: &str, edition: &EditionSettings) -> Shown {
    let excerpt = Excerpt::new(record, body, edition);
    let mut named = shown(record, body).named;
    named.retain(|(_, at)| excerpt.ranges.iter().any(|range| range.contains(&at.start)));
    Shown { has_text: shown(record, &excerpt.text(body)).has_text, named }
}

/// The editions that take a record's kind in, if the record is meant for customers at all.
pub(super) fn editions<'a>(subject: &'a Subject<'_>) -> Vec<(&'a str, &'a EditionSettings)> {
    let header = subject.header();
    if header.audience != Audience::Customer || header.draft {
        return Vec::new();
    }
    let kind = subject.record.kind();
    let all = subject.context.settings.editions.iter();
    let mut editions: Vec<_> = all
        .filter(|(_, edition)| edition.types.contains(&kind))
        .map(|(name, edition)| (name.as_str(), edition))
        .collect();
    editions.sort_by_key(|(name, _)| *name);
    editions
}
