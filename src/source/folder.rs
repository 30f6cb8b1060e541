//! EDGE: reads the record files of a site's folder from disk.
//!
//! 1. Walk the folders of the record kinds, in order of name.
//! 2. Read every file that is a record, in parallel; remember every other file with its size.
//! 3. Look beside these folders for what looks like records too.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::beside::{look_beside, names};
use super::file::{Text, load_text};
use super::listing::{Folder, PassedOver, Unread, Wanted, has_front_matter, head};
use super::look::{self, noun};
use super::name::{Ending, bundle, ending, is_index, is_left_alone, record_stem};
use super::text::{Source, Sources};
use super::walk::{SiteFile, Visited, Walk};
use super::withheld;

/// A file that a walk met: its path below the records' folder, and where it is.
type Met = (String, PathBuf);

/// Reads the records of a site, and lists the files beside them.
///
/// # Errors
///
/// A folder or file that is there and cannot be read, or a link in the place of a folder.
pub fn load(wanted: &Wanted<'_>, sources: &mut Sources) -> Result<Folder> {
    let mut folder = Folder::default();
    let names = match look::folder(wanted.site, wanted.content, &mut folder.notes)? {
        Some(root) => names(&root)?,
        None => Vec::new(),
    };
    // To the letter, on every disk: one that does not tell cases apart would read `Changes`, and git and the next
    // machine would not.
    let folders: Vec<&str> = wanted.folders.iter().copied().filter(|name| names.iter().any(|it| it == name)).collect();
    folder.missing = folders.is_empty().then(|| no_records(wanted, &names));
    let mut found = Vec::new();
    for name in folders {
        walk(wanted, name, &mut folder, &mut found)?;
    }
    folder.notes.extend(left_alone(&found));
    let texts = sort_out(found, &mut folder)?;
    folder.files.par_iter_mut().try_for_each(|file| -> Result<()> {
        file.withheld = withheld::look(&file.path, &file.from)?;
        Ok(())
    })?;
    look_beside(wanted, &names, &mut folder)?;
    folder.passed_over.sort_by(|one, other| one.source.path.cmp(&other.source.path));
    let read: Vec<Result<Option<Text>>> = texts.par_iter().map(|(path, from)| load_text(from, path)).collect();
    for ((path, _), text) in texts.iter().zip(read) {
        let Text { source, fault } = text?.with_context(|| format!("{path} went while it was read"))?;
        let id = sources.add(source);
        match fault {
            None => folder.records.push(id),
            Some(fault) => folder.faulty.push((id, fault)),
        }
    }
    Ok(folder)
}

/// What to say where there is no folder of records.
fn no_records(wanted: &Wanted<'_>, names: &[String]) -> String {
    let root = wanted.root();
    let near = names.iter().find_map(|name| Some((name, (wanted.near)(name)?)));
    let near = near.map_or_else(String::new, |(name, near)| format!("; there is `{name}`: should it be `{near}`?"));
    format!(
        "{} holds no records: expected a folder such as `releases`, `changes` or `known-errors` in it{near}",
        root.display()
    )
}

/// Adds what lies in one folder of records.
fn walk(wanted: &Wanted<'_>, name: &str, folder: &mut Folder, files: &mut Vec<Met>) -> Result<()> {
    let Folder { notes, passed_over, .. } = folder;
    let walk = Walk { site: wanted.site, ignore: wanted.ignore, is_published: false };
    walk.each(&wanted.below_site(name), notes, &mut |Visited { path, from, kind }, notes| {
        if kind.is_file() {
            files.push((wanted.below_content(&path).to_owned(), from));
        } else if record_stem(&path).is_some() && !is_left_alone(&path) {
            let source = Source::new(wanted.below_content(&path), String::new());
            passed_over.push(PassedOver { source, why: Unread::Kind(noun(kind)) });
        } else {
            notes.push(format!("passed over {path}: {}", noun(kind)));
        }
        ControlFlow::Continue(())
    })
}

/// The records to be that a name with `_` keeps out: in one note, for whoever comes from a house where such names are read.
fn left_alone(files: &[Met]) -> Option<String> {
    let is_kept_out = |path: &str| record_stem(path).is_some() && path.split('/').any(|part| part.starts_with('_'));
    let mut paths = files.iter().map(|(path, _)| path.as_str()).filter(|path| is_kept_out(path));
    let first = paths.next()?;
    let more = match paths.count() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Some(format!("left alone {first}{more}: names that begin with `_` are no records"))
}

/// Tells the records among the files from the rest, and of the rest what looks like records.
fn sort_out(mut files: Vec<Met>, folder: &mut Folder) -> Result<Vec<Met>> {
    files.sort();
    let bundles: FxHashSet<String> = files.iter().filter_map(|(path, _)| bundle(path)).map(str::to_owned).collect();
    let is_bundle = |folder: &str| bundles.contains(folder);
    let mut texts = Vec::new();
    for (path, from) in files {
        if is_record(&path, is_bundle) {
            texts.push((path, from));
        } else {
            folder.passed_over.extend(lookalike(&path, &from, is_bundle)?);
            folder.files.push(SiteFile::new(path, from));
        }
    }
    Ok(texts)
}

/// A file in a folder of records that is none and looks like one.
fn lookalike(path: &str, from: &Path, is_bundle: impl Fn(&str) -> bool) -> Result<Option<PassedOver>> {
    let ending = ending(path);
    if ending == Ending::None || is_left_alone(path) || folders_above(path).any(is_bundle) {
        return Ok(None);
    }
    let source = Source::new(path, head(from)?);
    let why = if ending == Ending::Record { Unread::Index } else { Unread::Ending };
    let is_meant = ending != Ending::Text || has_front_matter(&source.text);
    Ok(is_meant.then_some(PassedOver { source, why }))
}

/// The folders above a file below the kind's own.
fn folders_above(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').skip(1).map(|(at, _)| &path[..at])
}

/// Markdown is a record, but for what lies beside a bundle's `index.md`, and what is left alone.
pub(super) fn is_record(path: &str, is_bundle: impl Fn(&str) -> bool) -> bool {
    if ending(path) != Ending::Record || is_left_alone(path) {
        return false;
    }
    match bundle(path) {
        // The bundle's own record, unless the bundle lies in another.
        Some(own) => !folders_above(own).any(is_bundle),
        None => !is_index(path.rsplit('/').next().unwrap_or(path)) && !folders_above(path).any(is_bundle),
    }
}
