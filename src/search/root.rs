//! The file that leads to all others of an index, read.

use super::bytes::Reader;
use super::dictionary::Directory;
use super::files::{NAME, Name};
use super::index::FORMAT;

/// What the file that leads to all others says.
#[derive(Debug, Default)]
pub(super) struct Root {
    pub documents: u32,
    /// Words and labels of the kinds.
    pub kinds: Vec<(String, String)>,
    /// Words and labels of the statuses, and whether a known error with it is over.
    pub statuses: Vec<(String, String, bool)>,
    pub services: Vec<String>,
    pub terms: Directory,
    pub endings: Directory,
    pub columns: Vec<Name>,
    pub cards: Vec<Name>,
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
        root.statuses.push((word, label, reader.number()? == 1));
    }
    root.services = reader.texts()?;
    root.terms = directory(&mut reader)?;
    root.endings = directory(&mut reader)?;
    root.columns = names(&mut reader)?;
    let _values_are_for_the_browser = names(&mut reader)?;
    root.cards = names(&mut reader)?;
    Some(root)
}

fn name(reader: &mut Reader<'_>) -> Option<Name> {
    reader.bytes(NAME)?.try_into().ok()
}

fn names(reader: &mut Reader<'_>) -> Option<Vec<Name>> {
    (0..reader.number()?).map(|_| name(reader)).collect()
}

fn directory(reader: &mut Reader<'_>) -> Option<Directory> {
    Some(Directory { beginnings: reader.texts()?, names: names(reader)? })
}
