//! `[editions]`: what audiences may see.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::base_url::published_at;
use crate::read::{Fields, UNKNOWN_VALUE, nearest};
use crate::record::{Kind, PlanSection, Showing, heading_key};

/// The keys of the front matter that an edition can list, in order.
pub fn showable() -> &'static [&'static str] {
    static SHOWABLE: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
        let listed = Kind::ALL.iter().flat_map(|kind| kind.keys()).filter(|key| key.showing == Showing::Listed);
        let names: BTreeSet<&str> = listed.map(|key| key.name).collect();
        names.into_iter().collect()
    });
    &SHOWABLE
}

/// What one audience may see.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EditionSettings {
    /// The name of its site, where that is another than the whole site's.
    pub title: Option<String>,
    /// What its home page says of it, in a sentence or two.
    pub lead: Option<String>,
    /// Where it will be published, where it says so; with a slash at its end.
    pub base_url: Option<String>,
    /// Kinds of record.
    pub types: Vec<Kind>,
    /// Keys of the front matter.
    pub keys: Vec<String>,
    /// Sections of the body, by heading.
    pub sections: Vec<String>,
}

impl EditionSettings {
    /// Whether a key of the front matter is listed.
    pub fn shows_key(&self, key: &str) -> bool {
        debug_assert!(key.is_empty() || showable().contains(&key), "{key} can be listed by no edition");
        self.keys.iter().any(|listed| listed == key)
    }

    /// Whether a section is listed, by its heading, a synonym of it, or the key that says the same.
    pub fn shows_section(&self, heading: &str) -> bool {
        let section = PlanSection::of_heading(heading);
        let key = heading_key(heading);
        let same = |listed: &String| match section {
            Some(_) => PlanSection::of_heading(listed) == section,
            None => !key.is_empty() && heading_key(listed) == key,
        };
        let key = match section {
            Some(PlanSection::Workaround) => "workaround",
            Some(PlanSection::Symptoms) => "symptoms",
            Some(PlanSection::RootCause) => "cause",
            Some(PlanSection::BusinessCase) => "business_case",
            _ => "",
        };
        self.sections.iter().any(same) || self.shows_key(key)
    }
}

/// Whether an edition's name can stand in a folder's, on every disk.
pub(super) fn is_edition_name(name: &str) -> bool {
    (1..=64).contains(&name.len()) && name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_'))
}

/// One edition.
pub(super) fn read(fields: Fields<'_>) -> EditionSettings {
    let types = fields.terms("types");
    let sections = fields.texts("sections").into_iter().map(|(text, _)| text).collect();
    let mut keys = Vec::new();
    for (key, span) in fields.texts("keys") {
        if showable().contains(&key.as_str()) {
            keys.push(key);
            continue;
        }
        let finding = fields
            .sink()
            .finding(&UNKNOWN_VALUE, span, format!("`{key}` is no key that an edition can show"))
            .label("shows nothing");
        fields.sink().push(match nearest(&key, showable().iter().copied()) {
            Some(near) => finding.replace_with(near),
            None => finding.help("list keys of the front matter, such as `summary`; the `id` is always shown"),
        });
    }
    let (title, lead, base_url) = (fields.text("title"), fields.text("lead"), published_at(&fields));
    let settings = EditionSettings { title, lead, base_url, types, keys, sections };
    fields.finish();
    settings
}
