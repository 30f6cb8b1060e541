//! Where the links of a body lead.

use super::body_options::body_options;
use super::files::{Files, join};
use super::fragments::{BodyFragments, id_on_page};
use super::tables::{RecordIndex, Tables};
use crate::read::markdown::{self, Fragments};
use crate::record::Kind;
use crate::route::Route;
use crate::source::Sources;

/// Where a link in a body leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To a record's page, perhaps to one of its sections.
    Record(RecordIndex, Option<String>),
    /// To a file beside the record, by its path.
    File(String),
    /// To a place on the same page.
    Fragment(String),
    /// To a list of the site.
    Route(Route),
    /// Away from the site.
    Outside,
    /// To a record's page, but to no place on it: the fragment.
    NoFragment(RecordIndex, String),
    /// Nowhere: why.
    Nowhere(&'static str),
    /// To a file beside the record that is not published, by its path.
    Withheld(String),
    /// To something that could run a script.
    Unsafe,
}

/// Everything that links are resolved with.
pub(super) struct Resolver<'a> {
    pub tables: &'a Tables,
    pub files: &'a Files,
    pub sources: &'a Sources,
    pub fragments: &'a BodyFragments,
}

impl Resolver<'_> {
    /// Where a link of a record's body leads.
    pub(super) fn target(&self, from: RecordIndex, destination: &str) -> Target {
        let destination = destination.trim();
        if !markdown::safe_url(destination) {
            return Target::Unsafe;
        }
        let has_scheme = destination
            .split(['/', '?', '#'])
            .next()
            .is_some_and(|head| head.split_once(':').is_some_and(|(scheme, _)| !scheme.is_empty()));
        if has_scheme || destination.starts_with("//") {
            return Target::Outside;
        }
        let (path, fragment) = match destination.split_once('#') {
            Some((path, fragment)) => (path, Some(fragment).filter(|fragment| !fragment.is_empty())),
            None => (destination, None),
        };
        let path = path.split('?').next().unwrap_or_default();
        let decode = |text: &str| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned();
        let (path, fragment) = (decode(path), fragment.map(decode));
        if path.is_empty() {
            return match fragment {
                Some(fragment) => match self.fragments_of(from).find(&fragment) {
                    Some(found) => Target::Fragment(id_on_page(found).to_owned()),
                    None => Target::NoFragment(from, fragment),
                },
                None => Target::Nowhere("this page has no such heading"),
            };
        }
        self.below_root(from, &path, fragment)
    }

    fn below_root(&self, from: RecordIndex, path: &str, fragment: Option<String>) -> Target {
        let Some(source) = self.tables.get(from).header().source else { return Target::Nowhere("no file") };
        let from_path = &self.sources[source].path;
        let joined = match path.strip_prefix('/') {
            Some(absolute) => join("", absolute),
            None => join(from_path, path),
        };
        let Some(joined) = joined else { return Target::Nowhere("it leads out of the site's folder") };
        let record = self.tables.at_path(&joined).or_else(|| self.at_address(&joined));
        if let Some(record) = record {
            let Some(fragment) = fragment else { return Target::Record(record, None) };
            return match self.fragments_of(record).find(&fragment) {
                Some(found) => Target::Record(record, Some(id_on_page(found).to_owned())),
                None => Target::NoFragment(record, fragment),
            };
        }
        if let Some(file) = self.files.find(from_path, path).filter(|_| !path.starts_with('/')) {
            return match file.withheld {
                None => Target::File(file.path.clone()),
                Some(_) => Target::Withheld(file.path.clone()),
            };
        }
        let list =
            Kind::ALL.iter().find(|kind| **kind != Kind::Window && joined == format!("{}/index.html", kind.folder()));
        match list {
            Some(kind) if !self.tables.of_kind(*kind).is_empty() && *kind != Kind::Page => {
                Target::Route(Route::list(*kind))
            }
            _ => Target::Nowhere("there is no such record or file"),
        }
    }

    /// The record whose page has this address on the site.
    fn at_address(&self, path: &str) -> Option<RecordIndex> {
        let (folder, file) = path.split_once('/')?;
        let kind = Kind::ALL.iter().find(|kind| **kind != Kind::Window && kind.folder() == folder)?;
        self.tables.find(*kind, file.strip_suffix(".html")?)
    }

    /// The fragments of a record's body.
    pub(super) fn fragments_of(&self, record: RecordIndex) -> &Fragments {
        self.fragments.of(record, || {
            let text = body_text(self.tables, self.sources, record).unwrap_or_default();
            Fragments::new(&markdown::outline(text, &body_options(self.tables.get(record)), |_, _| ()))
        })
    }
}

/// The body of a record, if it has a file.
pub(super) fn body_text<'a>(tables: &Tables, sources: &'a Sources, record: RecordIndex) -> Option<&'a str> {
    let header = tables.get(record).header();
    Some(&sources[header.source?].text[header.body.range()])
}
