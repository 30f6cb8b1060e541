//! A record: all that its page shows, as data.

use schemars::JsonSchema;
use serde::Serialize;

use super::card::Card;
use super::item::ItemFacts;
use super::known_error::KnownErrorFacts;
use super::list::List;
use super::model::ModelFacts;
use super::plan::PlanFacts;
use super::reference::{self, references};
use super::section::{Section, sections};
use super::service::ServiceFacts;
use crate::book::RecordIndex;
use crate::feeds::markdown;
use crate::pages::Context;
use crate::record::{Data, Record, Reference};
use crate::source::Change;

/// A record.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RecordDocument {
    /// What stands of it in lists.
    #[serde(flatten)]
    card: Card,
    /// The record as Markdown with front matter.
    #[serde(skip_serializing_if = "Option::is_none")]
    markdown: Option<String>,
    /// Every key of its front matter, under its own name; times with their offset from UTC (RFC 3339).
    #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
    keys: Data,
    /// Ids of records that are not in this edition, each with the name of its key.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    plain: Vec<Plain>,
    /// The sections of its body.
    sections: Vec<Section>,
    /// The records that it names and that name it.
    references: List<reference::Reference>,
    /// Of a release or change: what follows from the whole of the records.
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<PlanFacts>,
    /// Of a known error: what ends it, and which releases have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    known_error: Option<KnownErrorFacts>,
    /// Of a configuration item: what happened to it, and what is ahead.
    #[serde(skip_serializing_if = "Option::is_none")]
    configuration_item: Option<ItemFacts>,
    /// Of a service: its releases in order, and what is ahead.
    #[serde(skip_serializing_if = "Option::is_none")]
    service_facts: Option<ServiceFacts>,
    /// Of a standard change: how its changes went; not there in an edition.
    #[serde(skip_serializing_if = "Option::is_none")]
    standard_change: Option<ModelFacts>,
    /// Of a release: the files among its artefacts, with where they are published.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    files: Vec<File>,
    /// Its file below the site's folder; not there in an edition.
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    /// When it was changed, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    history: Option<HistoryFacts>,
}

/// A file among the artefacts.
#[derive(Debug, Serialize, JsonSchema)]
struct File {
    /// Its path below the record's folder, as the record names it.
    file: String,
    /// Where it is published.
    url: String,
}

/// An id that is printed as plain text, for want of a record in this edition.
#[derive(Debug, Serialize, JsonSchema)]
struct Plain {
    /// The key, in words for people.
    key: &'static str,
    /// The id.
    id: String,
}

/// When a record was changed.
#[derive(Debug, Serialize, JsonSchema)]
struct HistoryFacts {
    /// The first change; not there in an edition.
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<ChangeFacts>,
    /// The last change.
    last: ChangeFacts,
}

/// A change of a record.
#[derive(Debug, Serialize, JsonSchema)]
struct ChangeFacts {
    /// The commit, by its whole name; not there for what is not committed, and in an edition.
    #[serde(skip_serializing_if = "Option::is_none")]
    commit: Option<String>,
    /// Who made the commit; not there in an edition.
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    /// When (RFC 3339); in an edition the day alone.
    at: Option<String>,
}

/// A record, as data.
pub(super) fn record(context: &Context<'_>, index: RecordIndex) -> RecordDocument {
    let edition = context.edition;
    let of = edition.get(index);
    let plain = edition.plain.get(&index).map_or(&[][..], Vec::as_slice);
    let is_whole = edition.name().is_none();
    RecordDocument {
        card: Card::new(context, index),
        markdown: markdown::address(edition, index).map(|route| context.href(&route)),
        keys: keys(context, index),
        plain: plain.iter().map(|(key, id)| Plain { key, id: id.clone() }).collect(),
        sections: sections(context, index),
        references: references(context, index, 1),
        plan: of.plan().map(|plan| PlanFacts::new(context, index, plan)),
        known_error: match of {
            Record::KnownError(_) => Some(KnownErrorFacts::new(context, index)),
            _ => None,
        },
        configuration_item: match of {
            Record::ConfigurationItem(_) => Some(ItemFacts::new(context, index)),
            _ => None,
        },
        service_facts: match of {
            Record::Service(_) => Some(ServiceFacts::new(context, index)),
            _ => None,
        },
        standard_change: match of {
            Record::StandardChange(model) => ModelFacts::new(context, index, model),
            _ => None,
        },
        files: files(context, index),
        source: of.header().source.filter(|_| is_whole).map(|source| edition.sources[source].path.clone()),
        history: history(context, index),
    }
}

fn files(context: &Context<'_>, index: RecordIndex) -> Vec<File> {
    let named = context.edition.get(index).artefacts().iter().filter_map(|of| of.file.as_ref());
    let file = |file: &Reference| {
        let (route, _) = context.edition.artefact(index, &file.id)?;
        Some(File { file: file.id.clone(), url: context.href(&route) })
    };
    named.filter_map(file).collect()
}

/// Every key of a record's front matter.
fn keys(context: &Context<'_>, index: RecordIndex) -> Data {
    let mut keys = Vec::new();
    context.edition.get(index).each_data(&mut |key, data| keys.push((key.name.to_owned(), data)));
    Data::Map(keys)
}

fn history(context: &Context<'_>, index: RecordIndex) -> Option<HistoryFacts> {
    let (history, source) = (context.history?, context.edition.get(index).header().source?);
    let path = &context.edition.sources[source].path;
    let is_whole = context.edition.name().is_none();
    let facts = |of: &Change<'_>| ChangeFacts {
        commit: of.commit.filter(|_| is_whole).map(|commit| commit.id.clone()),
        author: of.commit.filter(|commit| is_whole && !commit.author.is_empty()).map(|commit| commit.author.clone()),
        at: of.at.map(|at| match is_whole {
            true => at.to_string(),
            false => at.to_zoned(context.settings.time_zone.clone()).date().to_string(),
        }),
    };
    let last = history.last(path);
    last.at?;
    Some(HistoryFacts {
        first: history.first(path).filter(|_| is_whole).map(|first| facts(&first)),
        last: facts(&last),
    })
}
