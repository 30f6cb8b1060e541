//! Why a record is in an edition or not, and what of it the edition shows.

use crate::book::{Excerpt, body_options};
use crate::config::EditionSettings;
use crate::read::markdown;
use crate::record::{Audience, Key, Record};

/// Why a record is not in an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// It is a draft.
    Draft,
    /// Its audience is the company's own staff.
    Internal,
    /// The edition has no records of its kind.
    Kind,
}

impl LeftOut {
    /// Why, as a part of a sentence.
    pub fn reason(self) -> &'static str {
        match self {
            LeftOut::Draft => "it is a draft",
            LeftOut::Internal => "its `audience` is not `customer`",
            LeftOut::Kind => "`types` does not list its kind",
        }
    }

    /// Every reason for which an edition leaves a record out; none where the record is in it.
    pub fn of(record: &Record, edition: &EditionSettings) -> Vec<LeftOut> {
        let header = record.header();
        let reasons = [
            (LeftOut::Draft, header.draft),
            (LeftOut::Internal, header.audience != Audience::Customer),
            (LeftOut::Kind, !edition.types.contains(&record.kind())),
        ];
        reasons.into_iter().filter_map(|(reason, holds)| holds.then_some(reason)).collect()
    }
}

/// What an edition shows of a record, and what of it not.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Explained {
    /// Keys of the front matter under which something stands, and that are shown, in order.
    pub keys: Vec<&'static str>,
    /// Those that are not.
    pub hidden_keys: Vec<&'static str>,
    /// Headings of the body that are shown, in order.
    pub sections: Vec<String>,
    /// Those that are not, or of which a part is not.
    pub hidden_sections: Vec<String>,
}

impl Explained {
    /// What an edition shows of a record that is in it.
    pub fn new(record: &Record, body: &str, edition: &EditionSettings) -> Explained {
        let mut explained = Explained::default();
        record.each_key(&mut |key: &'static Key, held| {
            let mut is_said = false;
            held.each(key, &mut |_, _| is_said = true);
            if is_said {
                let is_shown = key.is_shown(&|name| edition.shows_key(name));
                if is_shown { &mut explained.keys } else { &mut explained.hidden_keys }.push(key.name);
            }
        });
        let excerpt = Excerpt::new(record, body, edition);
        for heading in markdown::outline(body, &body_options(record), |_, _| ()).headings {
            let is_shown = excerpt.ranges.iter().any(|range| range.contains(&heading.range.start));
            if is_shown { &mut explained.sections } else { &mut explained.hidden_sections }.push(heading.text);
        }
        explained
    }
}
