//! Takes from all records what an audience may see. Default deny: a record is made anew from the keys that are
//! listed, and a key that nobody lists is not in it.

use rustc_hash::{FxHashMap, FxHashSet};

use super::audience::Audience;
use super::explained::LeftOut;
use super::ranges::untold;
use crate::book::Excerpt;
use crate::config::{EditionSettings, Settings};
use crate::record::{Kind, Record, Refers, Relation, fold};
use crate::source::{Source, Sources, Span};

/// Ids that are printed as plain text, each under its key.
type PlainIds = Vec<(&'static str, String)>;

/// What is left for an audience.
pub(super) struct Selection {
    pub records: Vec<Record>,
    pub sources: Sources,
    /// Ids that are printed as plain text: of which record, under which key.
    pub plain: Vec<(Kind, String, PlainIds)>,
    /// Known errors, and releases with their services, of whose ranges nothing may be told.
    pub untold: FxHashSet<(Kind, String)>,
}

pub(super) fn select(records: Vec<Record>, mut sources: Sources, audience: &Audience) -> Selection {
    let settings = audience.edition.as_ref().map(|(_, settings)| settings);
    let is_kept = |record: &Record| {
        let header = record.header();
        (audience.with_drafts || !header.draft)
            && settings.is_none_or(|of| LeftOut::of(record, of).iter().all(|why| *why == LeftOut::Draft))
    };
    let mut scope = Scope { kept: FxHashSet::default(), left_out: FxHashMap::default(), settings };
    for record in records.iter().filter(|record| record.header().source.is_some()) {
        let key = (record.kind(), fold(&record.header().id));
        match is_kept(record) {
            true => {
                scope.kept.insert(key);
            }
            false => {
                scope.left_out.insert(key, record.header().draft && !audience.with_drafts);
            }
        }
    }
    let mut selection =
        Selection { records: Vec::new(), sources: Sources::default(), plain: Vec::new(), untold: FxHashSet::default() };
    for record in records.into_iter().filter(|record| record.header().source.is_some() && is_kept(record)) {
        let mut plain = Vec::new();
        let (mut shown, whole) = match settings {
            Some(settings) => {
                let mut shown = listed(&record, settings);
                shorten_body(&mut shown, &record, &mut sources, settings);
                (shown, Some(record))
            }
            None => (record, None),
        };
        scope.drop_references(&mut shown, &mut plain);
        selection.untold.extend(whole.iter().flat_map(|whole| untold(whole, &shown, settings)));
        if !plain.is_empty() {
            selection.plain.push((shown.kind(), shown.header().id.clone(), plain));
        }
        selection.records.push(shown);
    }
    selection.sources = sources;
    selection
}

/// The same record with nothing but the listed keys.
fn listed(record: &Record, settings: &EditionSettings) -> Record {
    let mut shown = record.clone();
    shown.show(&|key| settings.shows_key(key));
    let has_name = record.kind() == Kind::ConfigurationItem && settings.shows_key("name");
    let header = shown.header_mut();
    match has_name {
        true => header.title.clone_from(&record.header().title),
        false if header.title.is_empty() => header.title.clone_from(&header.id),
        false => {}
    }
    // Nothing is built while a key has to be read under another name.
    header.renamed.clear();
    shown
}

/// What customers may see of a record that the company's own staff show them by hand: the keys that the edition
/// `customer` lists, else those without which nobody can be told of planned work.
pub fn shown_to_customers(record: &Record, settings: &Settings) -> Record {
    const KEYS: [&str; 7] = ["title", "summary", "version", "service", "status", "planned_date", "windows"];
    let default = || EditionSettings { keys: KEYS.map(str::to_owned).into(), ..EditionSettings::default() };
    listed(record, &settings.editions.get("customer").cloned().unwrap_or_else(default))
}

/// Which records are left.
struct Scope<'a> {
    kept: FxHashSet<(Kind, String)>,
    /// Records that have a file and are left out: whether as a draft, which leaves no trace at all.
    left_out: FxHashMap<(Kind, String), bool>,
    settings: Option<&'a EditionSettings>,
}

enum Fate {
    Linked,
    PlainText,
    Dropped,
}

impl Scope<'_> {
    fn fate(&self, refers: Refers, id: &str) -> Fate {
        let names: Vec<(Kind, String)> = refers.kinds.iter().map(|kind| (*kind, fold(id))).collect();
        if names.iter().any(|name| self.kept.contains(name)) {
            return Fate::Linked;
        }
        let is_draft = |kind: &Kind| self.left_out.get(&(*kind, fold(id))) == Some(&true);
        match names.iter().find_map(|name| self.left_out.get(name)) {
            // That something was let through a freeze is nothing to an outsider who does not see what.
            _ if refers.relation == Relation::Exception => Fate::Dropped,
            // Nor is a draft named where another kind of record is meant.
            Some(true) => Fate::Dropped,
            None if Kind::ALL.iter().any(is_draft) => Fate::Dropped,
            Some(false) => Fate::PlainText,
            None if self.settings.is_none() || refers.kinds.iter().any(|kind| kind.exists_by_name()) => Fate::Linked,
            None => Fate::PlainText,
        }
    }

    fn drop_references(&self, record: &mut Record, plain: &mut Vec<(&'static str, String)>) {
        record.retain(&mut |key, reference| match key
            .refers
            .map_or(Fate::Linked, |refers| self.fate(refers, &reference.id))
        {
            Fate::Linked => true,
            Fate::PlainText => {
                plain.push((key.label, reference.id.clone()));
                false
            }
            Fate::Dropped => false,
        });
    }
}

/// Puts a text with nothing but the listed sections in the place of the record's own.
fn shorten_body(record: &mut Record, whole: &Record, sources: &mut Sources, settings: &EditionSettings) {
    let header = record.header_mut();
    let Some(source) = header.source else { return };
    let path = sources[source].path.clone();
    let text = &sources[source].text[header.body.range()];
    let kept = Excerpt::new(whole, text, settings).text(text);
    header.fence = Span::default();
    header.body = Span::new(0..kept.len());
    header.source = Some(sources.add(Source { path, text: kept.into() }));
}
