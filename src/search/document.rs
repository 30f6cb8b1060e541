//! What of a record is searched: all its texts and days, and none but those that the edition has.

use std::collections::BTreeSet;

use jiff::Zoned;
use jiff::civil::Date;

use super::like;
use super::partial::Partial;
use crate::book::RecordIndex;
use crate::edition::Edition;
use crate::read::markdown::SearchableText;
use crate::record::{Header, Key, Kind, KnownErrorStatus, Piece, Plan, Record, Relation, last_day};

/// How much a word counts by where it stands (BM25F: Robertson and Zaragoza 2009). A known error is looked for by
/// what it shows on the screen; ids and names say more than prose. What counts is the order and the rough distance of these
/// numbers: one word in a title outdoes some repetitions in running text, and an exact message outdoes a title.
pub(super) mod weight {
    pub(crate) const ID: u8 = 10;
    pub(crate) const ERROR_CODES: u8 = 8;
    pub(crate) const TITLE: u8 = 6;
    pub(crate) const SYMPTOMS: u8 = 4;
    pub(crate) const SUMMARY: u8 = 3;
    pub(crate) const NAMES: u8 = 3;
    pub(crate) const WORKAROUND: u8 = 2;
    pub(crate) const PEOPLE: u8 = 2;
    pub(crate) const DAYS: u8 = 1;
}

/// The keys whose texts say more than running text; all others are just that.
const WEIGHTS: &[(u8, &[&str])] = &[
    (weight::ERROR_CODES, &["error_codes"]),
    (weight::SYMPTOMS, &["symptoms"]),
    (weight::SUMMARY, &["summary"]),
    (weight::NAMES, &["configuration_items", "problems", "service", "services", "tags", "version"]),
    (weight::WORKAROUND, &["workaround"]),
    (
        weight::PEOPLE,
        &["approved_by", "by", "contact", "initiator", "owner", "release_manager", "role", "support_group"],
    ),
    (weight::PEOPLE, &["accountable", "consulted", "informed", "responsible"]),
];

/// Adds all texts of a record to an index.
pub(super) fn document(edition: &Edition, index: RecordIndex, body: &SearchableText, texts: &mut Partial) {
    let record = edition.get(index);
    let header = record.header();
    mark(header, texts);
    texts.add(weight::ID, &header.id);
    if header.title != header.id {
        texts.add(weight::TITLE, &header.title);
    }
    let mut days = days_of_windows(record);
    record.each_key(&mut |key, held| {
        if !matches!(key.name, "id" | "title") {
            held.each(key, &mut |key, piece| {
                days.extend(day(piece));
                piece.text().into_iter().for_each(|text| add(edition, key, text, texts));
            });
        }
    });
    for day in days {
        texts.add(weight::DAYS, &day.to_string());
        texts.add(weight::DAYS, &day.strftime("%-d %b %Y").to_string());
    }
    for heading in &body.headings {
        texts.add(weight::WORKAROUND, &body.text[heading.clone()]);
    }
    texts.add(0, &body.text);
}

/// The days on which windows of a record begin and end, as planned and as it came; no key tells of them.
fn days_of_windows(record: &Record) -> BTreeSet<Date> {
    let windows = record.plan().map_or(&[][..], |plan| &plan.windows).iter();
    let of_plan = windows.flat_map(|window| {
        let actual = [&window.actual_start, &window.actual_end].into_iter().flatten().map(Zoned::date);
        actual.chain([window.start.date(), window.last_day()])
    });
    // An edition shows when a window of the calendar is wherever it shows the window.
    let own = match record {
        Record::Window(window) => window.first.as_ref(),
        _ => None,
    };
    of_plan.chain(own.into_iter().flat_map(|(start, end)| [start.date(), last_day(end)])).collect()
}

/// The day of a piece, if it is one.
fn day(piece: Piece<'_>) -> Option<Date> {
    match piece {
        Piece::Day(day) => Some(day),
        Piece::Moment(moment) => Some(moment.date),
        _ => None,
    }
}

/// Adds what stands under a key. A configuration item is found by its name too.
fn add(edition: &Edition, key: &Key, text: &str, texts: &mut Partial) {
    let weight = WEIGHTS.iter().find(|(_, keys)| keys.contains(&key.name)).map_or(0, |(weight, _)| *weight);
    texts.add(weight, text);
    if key.refers.is_some_and(|refers| refers.relation == Relation::ConfigurationItem) {
        let item = edition.tables.find(Kind::ConfigurationItem, text).map(|item| edition.get(item).header());
        let named = item.filter(|item| item.title != item.id);
        named.into_iter().for_each(|item| texts.add(weight::NAMES, &item.title));
    }
}

/// Marks what results are narrowed by.
fn mark(header: &Header, texts: &mut Partial) {
    for key in like::keys(&header.id) {
        texts.mark("like", &key);
    }
    for item in &header.configuration_items {
        texts.mark("item", &item.id);
    }
    for problem in &header.problems {
        texts.mark("problem", &problem.id);
    }
    for tag in &header.tags {
        texts.mark("tag", tag);
    }
}

/// How far a record is, as results and facets tell it.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RecordStatus {
    /// The word of its status; empty where it has none.
    pub word: &'static str,
    pub label: &'static str,
    /// Whether it was taken back once, whatever came after.
    pub was_rolled_back: bool,
}

/// A record's status.
pub(super) fn status(record: &Record) -> RecordStatus {
    let (word, label) = record.status().map(|status| (status.word, status.label)).unwrap_or_default();
    RecordStatus { word, label, was_rolled_back: record.plan().is_some_and(Plan::was_rolled_back) }
}

/// Whether a known error with this status is over.
pub(super) fn is_over(word: &str) -> bool {
    KnownErrorStatus::ALL.iter().any(|status| status.word() == word && !status.is_open())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Keyed;

    fn has(keys: &[Key], name: &str) -> bool {
        keys.iter().any(|key| key.name == name || has(key.shape.keys(), name))
    }

    #[test]
    fn every_weight_is_of_a_key() {
        let groups: Vec<&[Key]> = Kind::ALL.iter().flat_map(|kind| kind.key_groups()).collect();
        for name in WEIGHTS.iter().flat_map(|(_, keys)| *keys) {
            assert!(groups.iter().any(|group| has(group, name)), "no record has the key {name}");
        }
        assert!(!groups.iter().any(|group| has(group, "no_such_key")));
        assert!(has(Header::keys(), "title"));
    }
}
