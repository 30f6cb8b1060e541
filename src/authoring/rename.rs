//! Another id for a record: whoever names it follows.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail, ensure};

use super::file;
use super::find::find;
use super::set::{Matter, Step, says_but_more};
use crate::book::{Book, RecordIndex, Target, body_options, in_place};
use crate::pipeline::Opened;
use crate::read::markdown::{self, Reference};
use crate::read::{Edit, edited};
use crate::record::{Piece, address, fold};
use crate::route::Route;
use crate::source::{Source, SourceId, Span};

/// What was written, or would be.
#[derive(Debug)]
pub struct Renamed {
    /// The id that it had.
    pub was: String,
    /// Every place that follows: path below the folder of the records, line.
    pub places: Vec<(String, usize)>,
    /// The file's new path, where it has one.
    pub moved: Option<(String, String)>,
}

/// Gives a record another id: its file, the references of front matter, the links and the exceptions of all others follow. Its
/// address becomes a former one, its id a former id.
///
/// # Errors
///
/// There is no such record, the id is taken, or a file cannot be changed without changing more; then nothing is written.
pub fn rename(opened: &Opened, id: &str, new: &str, keeps_address: bool, is_dry: bool) -> Result<Renamed> {
    let book = &opened.book;
    let index = find(book, id)?;
    let record = book.get(index);
    let (kind, was) = (record.kind(), record.header().id.clone());
    ensure!(!new.trim().is_empty() && !new.contains(['[', ']', '|', '\n']), "`{new}` cannot be an id");
    if let Some(taken) = book.tables.find(kind, new).filter(|other| *other != index) {
        ensure!(
            book.get(taken).header().source.is_none(),
            "the id `{new}` is taken by another {}",
            kind.label().to_lowercase()
        );
    }
    let own = record.header().source.context("the record has no file")?;
    let mut edits: BTreeMap<SourceId, Vec<Edit>> = BTreeMap::new();
    for (other, of_other) in book.tables.iter() {
        let Some(source) = of_other.header().source else { continue };
        let found = edits.entry(source).or_default();
        follow_in_matter(book, index, other, new, found);
        follow_in_body(book, index, other, new, found);
    }
    let moved = moved(&book.sources[own].path, &was, new);
    let matter = Matter::of(&book.sources[own]).context("the front matter of the record cannot be read")?;
    let of_own = edits.entry(own).or_default();
    let mut place = |edit: Option<Edit>, what: &str| -> Result<()> {
        of_own.push(edit.with_context(|| format!("{what} cannot be written into {}", book.sources[own].path))?);
        Ok(())
    };
    let has_id =
        matches!(&matter.tree.value, crate::read::Value::Map(entries) if entries.iter().any(|entry| entry.key == "id"));
    if has_id || moved.is_none() {
        place(matter.set(&[Step::Key("id")], new), "the id")?;
    }
    place(matter.append("former_ids", &was), "the former id")?;
    if keeps_address && address(&was) != address(new) {
        place(matter.append("aliases", Route::record(kind, &was).as_str()), "the former address")?;
    }
    edits.retain(|_, edits| !edits.is_empty());
    let mut places = Vec::new();
    let mut written: Vec<(PathBuf, String, String)> = Vec::new();
    for (source, edits) in &edits {
        let of = &book.sources[*source];
        let at = opened.content.join(&of.path);
        let before = file::load(&at)?;
        let after = edited(&before, edits);
        let tree = crate::read::front_matter_of(of);
        let is_right =
            tree.is_none_or(|tree| says_but_more(&tree, &Source::new(of.path.as_str(), after.clone()), edits));
        ensure!(is_right, "{}: cannot be changed without changing more; nothing was written", of.path);
        places.extend(edits.iter().map(|edit| (of.path.clone(), of.position(edit.span.start).line)));
        written.push((at, before, after));
    }
    if !is_dry {
        write(opened, &written, moved.as_ref())?;
    }
    places.dedup();
    Ok(Renamed { was, places, moved })
}

/// Writes all, or puts back what was written.
fn write(opened: &Opened, written: &[(PathBuf, String, String)], moved: Option<&(String, String)>) -> Result<()> {
    let moved = moved.map(|(from, to)| (opened.content.join(from), opened.content.join(to)));
    if let Some((_, to)) = &moved {
        ensure!(!to.exists(), "{} is there already; nothing was written", to.display());
    }
    for (number, (path, _, after)) in written.iter().enumerate() {
        if let Err(error) = file::replace(path, after) {
            for (path, before, _) in &written[..number] {
                file::replace(path, before)?;
            }
            bail!("{error:#}; what was written before was put back");
        }
    }
    match moved {
        Some((from, to)) => {
            fs::rename(&from, &to).with_context(|| format!("cannot move {} to {}", from.display(), to.display()))
        }
        None => Ok(()),
    }
}

/// Where the file, or the folder of a bundle, goes: where its name is the id, the new id is its name.
fn moved(path: &str, was: &str, new: &str) -> Option<(String, String)> {
    let from = path.strip_suffix("/index.md").unwrap_or(path);
    let (folder, name) = from.rsplit_once('/')?;
    let (stem, ending) = match path.ends_with("/index.md") {
        true => (name, ""),
        false => name.rsplit_once('.').map(|(stem, _)| (stem, &name[stem.len()..]))?,
    };
    (fold(stem) == fold(was) || stem == address(was))
        .then(|| (from.to_owned(), format!("{folder}/{}{ending}", address(new))))
}

/// References of the front matter.
fn follow_in_matter(book: &Book, to: RecordIndex, from: RecordIndex, new: &str, edits: &mut Vec<Edit>) {
    let record = book.get(from);
    let Some(source) = record.header().source else { return };
    record.each(&mut |key, piece| {
        let (Some(refers), Piece::Id(reference)) = (key.refers, piece) else { return };
        let is_meant = refers.kinds.iter().find_map(|kind| book.tables.find(*kind, &reference.id)) == Some(to);
        if is_meant && to != from {
            let before = &book.sources[source].text[reference.span.range()];
            edits.push(Edit { span: reference.span, text: in_place(new, before) });
        }
    });
}

/// Links of the body: `[[…]]` by id, and relative ones by file.
fn follow_in_body(book: &Book, to: RecordIndex, from: RecordIndex, new: &str, edits: &mut Vec<Edit>) {
    let record = book.get(from);
    let (body, start) = (book.body(from), record.header().body.start as usize);
    let was = &book.get(to).header().id;
    let own_path = book.get(to).header().source.map(|source| book.sources[source].path.clone()).unwrap_or_default();
    let moved = moved(&own_path, was, new);
    markdown::outline(body, &body_options(record), |reference, range| {
        let written = &body[range.clone()];
        let text = match reference {
            Reference::Wiki { kind, id } if book.wiki(kind, id) == Some(to) => written.replacen(id, new, 1),
            Reference::Link { destination } | Reference::Image { destination } => {
                let Some((old, new)) = &moved else { return };
                let is_meant = matches!(book.target(from, destination), Target::Record(of, _) | Target::NoFragment(of, _) if of == to);
                let names = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
                if !is_meant || !destination.contains(&names(old)) {
                    return;
                }
                written.replacen(&names(old), &names(new), 1)
            }
            _ => return,
        };
        if text != written {
            edits.push(Edit { span: Span::new(range).shifted(start), text });
        }
    });
}
