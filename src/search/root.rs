//! The file that leads to all others of an index, read.

use super::bytes::Reader;
use super::dictionary::{Directory, names};
use super::files::{NAME, Name, route};
use super::index::FORMAT;
use super::neighbours::KEY_BITS;
use super::places::Shards;

/// What the file that leads to all others says.
#[derive(Debug, Default)]
pub(super) struct Root {
    pub documents: u32,
    /// Words and labels of the kinds.
    pub kinds: Vec<(String, String)>,
    pub statuses: Vec<RootStatus>,
    pub services: Vec<String>,
    pub terms: Directory,
    pub endings: Directory,
    pub columns: Vec<Name>,
    pub cards: Vec<Name>,
    pub neighbours: Shards,
    /// The file that leads to the parts of words; only some searches want it.
    pub within: String,
}

/// A status as documents have it.
#[derive(Debug, Default)]
pub(super) struct RootStatus {
    pub word: String,
    pub label: String,
    /// Whether a known error with it is over.
    pub is_over: bool,
    /// Whether those that have it were taken back once.
    pub was_rolled_back: bool,
}

/// Reads the file that leads to all others; nothing where it is none.
pub(super) fn read(bytes: &[u8]) -> Option<Root> {
    let mut reader = Reader::new(bytes);
    if reader.text()? != FORMAT {
        return None;
    }
    let mut root = Root { documents: reader.number()?, ..Root::default() };
    for _ in 0..reader.number()? {
        root.kinds.push((reader.text()?.to_owned(), reader.text()?.to_owned()));
    }
    for _ in 0..reader.number()? {
        let (word, label) = (reader.text()?.to_owned(), reader.text()?.to_owned());
        let is_over = reader.number()? == 1;
        root.statuses.push(RootStatus { word, label, is_over, was_rolled_back: reader.number()? == 1 });
    }
    root.services = reader.texts()?;
    root.terms = Directory::read(&mut reader)?;
    root.endings = Directory::read(&mut reader)?;
    root.columns = names(&mut reader)?;
    let _values_are_for_the_browser = names(&mut reader)?;
    root.cards = names(&mut reader)?;
    root.neighbours = Shards { bits: reader.number()?.min(KEY_BITS), names: names(&mut reader)? };
    root.within = route(reader.bytes(NAME)?);
    Some(root)
}
