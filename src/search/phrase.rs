//! The documents in which words follow one another.
//!
//! Two words are looked up as neighbours. More are covered by pairs of them, and a document has the row where the
//! places of all pairs fit: so the answer is exact for rows of any length, and no text is read for it.

use std::collections::BTreeMap;

use anyhow::Result;

use super::merge::decode;
use super::neighbours;
use super::places::{PLACES, decode_documents, decode_places};
use super::query::{Phrase, Query};
use super::searcher::Searcher;

impl Searcher<'_> {
    /// The documents, in order, that have all rows of words of a query; nothing where it asks for none.
    pub(super) fn with_phrases(&self, query: &Query) -> Result<Option<Vec<u32>>> {
        let mut right: Option<Vec<u32>> = None;
        for Phrase { words, spelled } in &query.phrases {
            let mut documents = self.with_row(words)?;
            if spelled != words {
                documents.extend(self.with_row(spelled)?);
                documents.sort_unstable();
                documents.dedup();
            }
            if let Some(before) = &right {
                documents.retain(|document| before.binary_search(document).is_ok());
            }
            right = Some(documents);
        }
        Ok(right)
    }

    fn with_row(&self, words: &[String]) -> Result<Vec<u32>> {
        match words {
            [] => Ok(Vec::new()),
            [word] => match self.exact(word)? {
                Some(entry) => {
                    Ok(decode(entry.count, &self.postings(&entry)?).into_iter().map(|(document, _)| document).collect())
                }
                None => Ok(Vec::new()),
            },
            [first, second] => match self.neighbours(&neighbours::term(first, second))? {
                Some(entry) => Ok(decode_documents(entry.count, &self.postings(&entry)?)),
                None => Ok(Vec::new()),
            },
            _ => self.with_long_row(words),
        }
    }

    fn with_long_row(&self, words: &[String]) -> Result<Vec<u32>> {
        // Each second pair, and the last one.
        let last = words.len() - 2;
        let mut starts: Option<BTreeMap<u32, Vec<u32>>> = None;
        for at in (0..last).step_by(2).chain([last]) {
            let here = self.places(&neighbours::term(&words[at], &words[at + 1]), at as u32)?;
            starts = Some(match starts {
                None => here,
                Some(before) => both(before, &here),
            });
            if starts.as_ref().is_some_and(BTreeMap::is_empty) {
                break;
            }
        }
        Ok(starts.unwrap_or_default().into_keys().collect())
    }

    /// Where rows begin that have these neighbours so many places behind their beginning, by document.
    fn places(&self, term: &str, behind: u32) -> Result<BTreeMap<u32, Vec<u32>>> {
        let (Some(documents), Some(places)) = (self.neighbours(term)?, self.neighbours(&format!("{term}{PLACES}"))?)
        else {
            return Ok(BTreeMap::new());
        };
        let all = decode_documents(documents.count, &self.postings(&documents)?);
        let places = decode_places(places.count, &self.postings(&places)?);
        let starts = |places: Vec<u32>| places.into_iter().filter_map(|place| place.checked_sub(behind)).collect();
        Ok(all.into_iter().zip(places.into_iter().map(starts)).collect())
    }
}

/// What stands in both.
fn both(before: BTreeMap<u32, Vec<u32>>, here: &BTreeMap<u32, Vec<u32>>) -> BTreeMap<u32, Vec<u32>> {
    let in_both = |(document, mut starts): (u32, Vec<u32>)| {
        let here = here.get(&document)?;
        starts.retain(|start| here.binary_search(start).is_ok());
        (!starts.is_empty()).then_some((document, starts))
    };
    before.into_iter().filter_map(in_both).collect()
}
