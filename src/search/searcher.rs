//! Searching a built index.
//!
//! 1. Every word of the query is looked up in the dictionary, with what it may mean.
//! 2. Every document that has the word gets points: rarer words give more, and so does a place that says more.
//! 3. Documents with all words are the results; where there is none, once more with typing errors; where there is
//!    still none, those with most of the words.
//! 4. The record whose id was typed comes first, then those of the problem whose number was typed; where points are
//!    equal, open known errors, then the newest.
//! 5. Where words must follow one another, the best results are looked through, and those stay that have them so.
//!
//! `themes/default/assets/search.js` does the same in the browser, and a test holds the two together.

use std::cmp::Reverse;

use anyhow::{Context, Result};
use jiff::ToSpan;
use jiff::civil::Date;

use super::cards::{self, CARD_RANGE, CARDS};
use super::columns::{self, COLUMN_RANGE, Facts};
use super::dictionary::{Entry, PostingsPlace};
use super::document::Card;
use super::files::{part_route, route};
use super::lookup::Alternative;
use super::merge::decode;
use super::phrase::{has_phrases, words_of_page};
use super::query::Query;
use super::root::{self, Root};

/// Points for the id that was typed, and for its being the number of a record's problem.
const ID_POINTS: u64 = 1 << 26;
const PROBLEM_POINTS: u64 = 1 << 24;
/// With more words, a typing error in one does not hide the record that has the others.
const MOST_WORDS_WITH_ERRORS: usize = 6;
/// How many results are looked through for words that follow one another.
const MOST_LOOKED_THROUGH: usize = 40;

/// Gets a file of the site by its address below the root.
pub type Fetch<'a> = &'a dyn Fn(&str) -> Result<Vec<u8>>;

/// A built index that can be searched.
pub struct Searcher<'a> {
    fetch: Fetch<'a>,
    root: Root,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// How many records.
    pub total: usize,
    /// Whether none has all the words, and these have most of them.
    pub has_most: bool,
    /// The best of them.
    pub hits: Vec<Hit>,
}

/// A record that was found.
#[derive(Debug)]
pub struct Hit {
    /// Its points.
    pub points: u64,
    /// What is known of it.
    pub facts: Facts,
    /// Its kind.
    pub kind: String,
    /// Its status; empty where it has none.
    pub status: String,
    /// Its service; empty where it has none.
    pub service: String,
    /// What a result shows.
    pub card: Card,
}

impl Hit {
    /// The day that it is listed under.
    pub fn date(&self) -> Option<Date> {
        (self.facts.day != 0).then(|| Date::constant(1970, 1, 1).saturating_add(self.facts.day.days()))
    }
}

/// The points of every document so far.
struct Points {
    points: Vec<u64>,
    /// What the words that it has are worth.
    worth: Vec<u64>,
    /// How many words it has.
    words: Vec<u32>,
}

impl<'a> Searcher<'a> {
    /// Opens the index that this file leads to.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or is none.
    pub fn open(root: &str, fetch: Fetch<'a>) -> Result<Searcher<'a>> {
        let root = root::read(&fetch(root)?).with_context(|| Self::broken(root))?;
        Ok(Searcher { fetch, root })
    }

    pub(super) fn root(&self) -> &Root {
        &self.root
    }

    pub(super) fn fetch(&self, path: &str) -> Result<Vec<u8>> {
        (self.fetch)(path)
    }

    pub(super) fn broken(path: &str) -> String {
        format!("{path} is no part of this version's search index; build the site again")
    }

    /// The best `limit` records for a query.
    ///
    /// # Errors
    ///
    /// If a file of the index is missing or broken.
    pub fn search(&self, text: &str, limit: usize) -> Result<Found> {
        let query = Query::new(text);
        let (mut results, has_most) = self.results(&query)?;
        let facts = self.facts(&results)?;
        let is_open_known_error = |facts: &Facts| {
            let word = |of: &(String, String)| of.0 == crate::record::Kind::KnownError.word();
            self.root.kinds.get(facts.kind as usize).is_some_and(word)
                && self.root.statuses.get(facts.status as usize).is_some_and(|status| !status.2)
        };
        let facts_of = |document: u32| facts(document).unwrap_or_default();
        results.sort_by_cached_key(|(document, points)| {
            let facts = facts_of(*document);
            (Reverse(*points), !is_open_known_error(&facts), Reverse(facts.day), *document)
        });
        let mut found = Found { total: results.len(), has_most, hits: Vec::new() };
        let results = match query.phrases.is_empty() || has_most {
            true => results,
            false => match self.with_phrases(&results, &query)? {
                none if none.is_empty() => results,
                some => {
                    found.total = some.len();
                    some
                }
            },
        };
        for (document, points) in results.into_iter().take(limit) {
            found.hits.push(self.hit(document, points, facts_of(document))?);
        }
        Ok(found)
    }

    /// Documents with points, and whether they have only most of the words.
    fn results(&self, query: &Query) -> Result<(Vec<(u32, u64)>, bool)> {
        let with_errors = [false, true];
        let tries = if query.words.len() > MOST_WORDS_WITH_ERRORS { &with_errors[..1] } else { &with_errors[..] };
        let mut points = Points::new(self.root.documents as usize);
        for with_errors in tries {
            points = Points::new(self.root.documents as usize);
            for (number, word) in query.words.iter().enumerate() {
                let is_open = query.is_open && number + 1 == query.words.len();
                self.add(&mut points, &self.lookup(word, is_open, *with_errors)?, true)?;
            }
            for compound in &query.compounds {
                let alternative = self.exact(compound)?.map(|entry| (entry, 16));
                self.add(&mut points, alternative.as_slice(), false)?;
            }
            self.add_numbers(&mut points, query)?;
            let all = points.with_all(query.words.len() as u32);
            if !all.is_empty() {
                return Ok((all, false));
            }
        }
        Ok((points.with_most(), true))
    }

    /// Adds the points of a word. `is_wanted` is whether documents must have it.
    fn add(&self, points: &mut Points, alternatives: &[Alternative], is_wanted: bool) -> Result<()> {
        let count: u64 = alternatives.iter().map(|(entry, _)| u64::from(entry.count)).sum();
        let rarity = rarity(u64::from(self.root.documents), count);
        let mut best: rustc_hash::FxHashMap<u32, u32> = Default::default();
        for (entry, factor) in alternatives {
            for (document, impact) in decode(entry.count, &self.postings(entry)?) {
                let of_document = best.entry(document).or_default();
                *of_document = (*of_document).max(factor * (impact + 1));
            }
        }
        for (document, best) in best {
            let at = document as usize;
            if at < points.points.len() {
                points.points[at] += rarity * u64::from(best);
                points.worth[at] += if is_wanted { rarity } else { 0 };
                points.words[at] += u32::from(is_wanted);
            }
        }
        Ok(())
    }

    /// Adds the points for an id or the number of a problem that was typed whole.
    fn add_numbers(&self, points: &mut Points, query: &Query) -> Result<()> {
        for (namespace, more) in [("id", ID_POINTS), ("problem", PROBLEM_POINTS)] {
            if let Some(entry) = self.exact(&format!("{namespace}={}", query.whole))? {
                for (document, _) in decode(entry.count, &self.postings(&entry)?) {
                    if let Some(of_document) = points.points.get_mut(document as usize) {
                        *of_document += more;
                    }
                }
            }
        }
        Ok(())
    }

    fn postings(&self, entry: &Entry) -> Result<Vec<u8>> {
        match &entry.place {
            PostingsPlace::Here(bytes) => Ok(bytes.clone()),
            PostingsPlace::File(path, start) => {
                let file = self.fetch(path)?;
                file.get(*start..start + entry.size).map(<[u8]>::to_vec).with_context(|| Self::broken(path))
            }
        }
    }

    /// Reads what is known of some documents.
    fn facts(&self, results: &[(u32, u64)]) -> Result<impl Fn(u32) -> Option<Facts> + use<>> {
        let mut ranges: Vec<Vec<Facts>> = vec![Vec::new(); self.root.columns.len()];
        for (document, _) in results {
            let number = *document as usize / COLUMN_RANGE;
            let Some(name) = self.root.columns.get(number).filter(|_| ranges[number].is_empty()) else { continue };
            let path = route(name);
            ranges[number] = columns::read(&self.fetch(&path)?).with_context(|| Self::broken(&path))?;
        }
        Ok(move |document| ranges.get(document as usize / COLUMN_RANGE)?.get(document as usize % COLUMN_RANGE).copied())
    }

    fn card(&self, document: u32) -> Result<Card> {
        let (range, within) = (document as usize / CARD_RANGE, document as usize % CARD_RANGE);
        let name = self.root.cards.get(range).with_context(|| Self::broken("the search index"))?;
        let path = part_route(name, (within / CARDS) as u32);
        let card = cards::read(&self.fetch(&path)?).into_iter().nth(within % CARDS);
        card.with_context(|| Self::broken(&path))
    }

    fn hit(&self, document: u32, points: u64, facts: Facts) -> Result<Hit> {
        let label = |list: &[(String, String)], number: u32| list.get(number as usize).map(|of| of.1.clone());
        let service = facts.service.checked_sub(1).and_then(|number| self.root.services.get(number as usize));
        Ok(Hit {
            points,
            facts,
            kind: label(&self.root.kinds, facts.kind).unwrap_or_default(),
            status: self.root.statuses.get(facts.status as usize).map(|of| of.1.clone()).unwrap_or_default(),
            service: service.cloned().unwrap_or_default(),
            card: self.card(document)?,
        })
    }

    /// Those of the best results in which the words follow one another.
    fn with_phrases(&self, results: &[(u32, u64)], query: &Query) -> Result<Vec<(u32, u64)>> {
        let mut right = Vec::new();
        for (document, points) in results.iter().take(MOST_LOOKED_THROUGH) {
            let card = self.card(*document)?;
            let shown = [&*card.id, &*card.title, &*card.text, &*card.workaround].join("\n");
            let is_right = has_phrases(&shown, &query.phrases)
                || has_phrases(&words_of_page(&self.fetch(card.href.as_str())?), &query.phrases);
            if is_right {
                right.push((*document, *points));
            }
        }
        Ok(right)
    }
}

/// What a word is worth that so many documents have (Robertson and Sparck Jones 1976), in sixteenths.
fn rarity(documents: u64, count: u64) -> u64 {
    let (documents, count) = (documents.max(count) as f64, count as f64);
    ((1.0 + (documents - count + 0.5) / (count + 0.5)).ln() * 16.0 + 0.5).floor() as u64
}

impl Points {
    fn new(documents: usize) -> Points {
        Points { points: vec![0; documents], worth: vec![0; documents], words: vec![0; documents] }
    }

    /// The documents with all words, and those whose number was typed.
    fn with_all(&self, words: u32) -> Vec<(u32, u64)> {
        let has_all =
            |&at: &usize| self.points[at] > 0 && (self.words[at] == words || self.points[at] >= PROBLEM_POINTS);
        (0..self.points.len()).filter(has_all).map(|at| (at as u32, self.points[at])).collect()
    }

    /// The documents that have nearly as much of the query as the one that has most, points by how much they have.
    fn with_most(&self) -> Vec<(u32, u64)> {
        let most = self.worth.iter().copied().max().unwrap_or(0);
        let has_most = |&at: &usize| self.worth[at] > 0 && self.worth[at] * 10 >= most * 7;
        (0..self.points.len()).filter(has_most).map(|at| (at as u32, self.points[at] * self.worth[at] / most)).collect()
    }
}
