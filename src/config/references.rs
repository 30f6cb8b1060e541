//! `[references]`: what must have a file, or stand in a list, before records may name it.

use std::collections::BTreeMap;

use crate::read::{Fields, Term};
use crate::record::fold_name;

/// What exists by being named unless the site lists it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// A configuration item has a file.
    ConfigurationItems,
    /// A problem has a file.
    Problems,
    /// A service has the file of a configuration item of the class `service`.
    Services,
    /// A person stands under `people`.
    People,
}

impl Term for Listed {
    const WORDS: &'static [(&'static str, Listed)] = &[
        ("configuration-items", Listed::ConfigurationItems),
        ("problems", Listed::Problems),
        ("services", Listed::Services),
        ("people", Listed::People),
    ];
}

/// What records may name only where the site knows it.
#[derive(Debug, Clone, Default)]
pub struct References {
    /// What the site lists, all of it.
    pub listed: Vec<Listed>,
    /// The people, as they are written, by their names in small letters.
    pub people: BTreeMap<String, String>,
}

impl References {
    /// Whether the site lists all of a sort.
    pub fn lists(&self, sort: Listed) -> bool {
        self.listed.contains(&sort)
    }
}

/// `listed = ["people"]`, `people = ["Ilse Brandt"]`
pub(super) fn read(fields: Fields<'_>) -> References {
    let listed = fields.terms("listed");
    let people =
        fields.texts("people").into_iter().map(|(name, _)| (fold_name(&name), name.trim().to_owned())).collect();
    fields.finish();
    References { listed, people }
}
