//! Searching a built index.
//!
//! 1. Every word of the query is looked up in the dictionary, with what it may mean.
//! 2. Every document that has the word gets points: rarer words give more, and so does a place that says more.
//! 3. Words in quotation marks follow one another in the results; where they do so in no document, that is said, and
//!    what has the words is offered.
//! 4. Documents with all words are the results; where there is none, once more with typing errors; where there is
//!    still none, those with most of the words.
//! 5. The record whose id was typed comes first, then those of the problem whose number was typed; where points are
//!    equal, open known errors, then the newest.
//!
//! `themes/default/assets/search.js` does the same in the browser, and a test holds the two together.

use std::cmp::Reverse;

use anyhow::{Context, Result};
use jiff::ToSpan;
use jiff::civil::Date;

use super::card::Card;
use super::cards::{self, CARD_RANGE, CARDS};
use super::columns::{self, COLUMN_RANGE, Facts};
use super::dictionary::{Entry, PostingsPlace};
use super::files::{part_route, route};
use super::fold::fold;
use super::like;
use super::meant::Meant;
use super::merge::decode;
use super::points::{PROBLEM_POINTS, Points, rarity};
use super::query::Query;
use super::root::{self, Root};
use crate::record::Status;

/// Points for the id that was typed, for each step of likeness: more than any words give, so that a typed number comes first.
const ID_POINTS: u64 = 1 << 26;
/// Of how many records the ids are held against what was typed: each takes a card, and ids that are alike in their form are few.
const MOST_LIKE: usize = 8;

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
    /// Whether none has all the words as they were typed, and these have one that is spelled nearly so.
    pub is_corrected: bool,
    /// Whether in none the words in quotation marks follow one another: these are offered in place of results.
    pub lacks_phrase: bool,
    /// Whether there were no words to look for.
    pub is_empty: bool,
    /// Whether there were so many words that only the first of them were looked for.
    pub is_cut: bool,
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
    /// Whether it was taken back once and its status does not say so.
    pub was_rolled_back: bool,
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
        let with_phrases = self.with_phrases(&query)?;
        let lacks_phrase = with_phrases.as_ref().is_some_and(Vec::is_empty);
        let (mut results, found) = self.results(&query, with_phrases.filter(|_| !lacks_phrase).as_deref())?;
        let facts = self.facts(&results)?;
        let is_open_known_error = |facts: &Facts| {
            let word = |of: &(String, String)| of.0 == crate::record::Kind::KnownError.word();
            self.root.kinds.get(facts.kind as usize).is_some_and(word)
                && self.root.statuses.get(facts.status as usize).is_some_and(|status| !status.is_over)
        };
        let facts_of = |document: u32| facts(document).unwrap_or_default();
        results.sort_by_cached_key(|(document, points)| {
            let facts = facts_of(*document);
            (Reverse(*points), !is_open_known_error(&facts), Reverse(facts.day), *document)
        });
        let hits = results.iter().take(limit);
        Ok(Found {
            total: results.len(),
            lacks_phrase,
            is_empty: query.words.is_empty(),
            is_cut: query.is_cut,
            hits: hits
                .map(|(document, points)| self.hit(*document, *points, facts_of(*document)))
                .collect::<Result<_>>()?,
            ..found
        })
    }

    /// Documents with points, of these alone where there are any, and how they were found.
    fn results(&self, query: &Query, of: Option<&[u32]>) -> Result<(Vec<(u32, u64)>, Found)> {
        let with_errors = [false, true];
        let tries = if query.is_short() { &with_errors[..] } else { &with_errors[..1] };
        let mut points = Points::new(self.root.documents as usize, of);
        for with_errors in tries {
            points = Points::new(self.root.documents as usize, of);
            let mut is_corrected = *with_errors;
            for number in 0..query.words.len() {
                let word = &query.words[number];
                let meant = match word.is_quoted && of.is_some() {
                    true => self.known(word)?,
                    false => self.lookup(query, number, *with_errors)?,
                };
                is_corrected |= meant.is_corrected;
                self.add(&mut points, &meant, true)?;
            }
            for compound in &query.compounds {
                self.add(&mut points, &self.meant(compound)?, false)?;
            }
            if query.phrases.is_empty() {
                self.add_numbers(&mut points, query)?;
            }
            let all = points.with_all(query.words.len() as u32);
            if !all.is_empty() {
                let is_corrected = is_corrected && all.iter().any(|(_, points)| *points < PROBLEM_POINTS);
                return Ok((all, Found { is_corrected, ..Found::default() }));
            }
        }
        Ok((points.with_most(), Found { has_most: true, ..Found::default() }))
    }

    /// Adds the points of a word. `is_wanted` is whether documents must have it.
    fn add(&self, points: &mut Points, meant: &Meant, is_wanted: bool) -> Result<()> {
        let (best, count) = self.best(&meant.alternatives)?;
        let rarity = rarity(u64::from(self.root.documents), meant.count.unwrap_or(count));
        match meant.count {
            Some(_) => points.have(0..self.root.documents, rarity),
            None if is_wanted => points.have(best.keys().copied(), rarity),
            None => {}
        }
        points.give(best, rarity);
        Ok(())
    }

    /// Adds the points for an id or the number of a problem that was typed, or one like it.
    fn add_numbers(&self, points: &mut Points, query: &Query) -> Result<()> {
        let mut problems = vec![query.whole.clone()];
        for (document, likeness, id) in self.like(&query.whole)? {
            points.give_all(document, ID_POINTS * likeness);
            problems.push(fold(&id));
        }
        problems.sort();
        problems.dedup();
        for problem in problems {
            let Some(entry) = self.exact(&format!("problem={problem}"))? else { continue };
            for (document, _) in decode(entry.count, &self.postings(&entry)?) {
                points.give_all(document, PROBLEM_POINTS);
            }
        }
        Ok(())
    }

    /// The records whose ids are like what was typed, how much so, and the ids.
    fn like(&self, typed: &str) -> Result<Vec<(u32, u64, String)>> {
        let mut documents = Vec::new();
        for key in like::keys(typed) {
            if let Some(entry) = self.exact(&format!("like={key}"))? {
                documents
                    .extend(decode(entry.count, &self.postings(&entry)?).into_iter().map(|(document, _)| document));
            }
        }
        documents.sort_unstable();
        documents.dedup();
        let id = |document: u32| {
            let id = self.card(document)?.id;
            Ok((document, like::likeness(typed, &id), id))
        };
        documents.into_iter().take(MOST_LIKE).map(id).collect()
    }

    pub(super) fn postings(&self, entry: &Entry) -> Result<Vec<u8>> {
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
        let status = self.root.statuses.get(facts.status as usize);
        Ok(Hit {
            points,
            facts,
            kind: label(&self.root.kinds, facts.kind).unwrap_or_default(),
            status: status.map(|of| of.label.clone()).unwrap_or_default(),
            was_rolled_back: status.is_some_and(|of| of.was_rolled_back && of.word != Status::RolledBack.word()),
            service: service.cloned().unwrap_or_default(),
            card: self.card(document)?,
        })
    }
}
