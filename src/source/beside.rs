//! EDGE: looks beside the folders of the records for what looks like records too.

#![allow(clippy::disallowed_methods, reason = "EDGE")]

use std::ffi::OsString;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use anyhow::{Context, Result};

use super::listing::{Folder, PassedOver, Unread, Wanted, has_front_matter, head};
use super::look;
use super::name::{Ending, ending, is_hidden, is_left_alone};
use super::text::Source;
use super::walk::{Visited, Walk};

/// How many files of a folder with a near name are looked at: one that looks like a record will do.
const LOOKED_AT: usize = 1000;

/// Adds what looks like records beside the folders of the records, by the names that lie there: each folder and each
/// file once.
pub(super) fn look_beside(wanted: &Wanted<'_>, names_of_content: &[String], folder: &mut Folder) -> Result<()> {
    for name in names_of_content {
        let (path, from) = (wanted.below_site(name), wanted.root().join(name));
        let Some(kind) = look::kind(&from)? else { continue };
        if wanted.folders.contains(&name.as_str()) || wanted.ignore.names(&path, kind.is_dir()) {
            continue;
        }
        if kind.is_dir() {
            if let Some(near) = (wanted.near)(name) {
                folder.passed_over.extend(first_in(wanted, &path, Unread::Near(near))?);
            }
        } else if kind.is_file() && ending(name) != Ending::None {
            let source = Source::new(name.as_str(), head(&from)?);
            if has_front_matter(&source.text) {
                folder.passed_over.push(PassedOver { source, why: Unread::NoFolder });
            }
        }
    }
    if !wanted.content.is_empty() {
        let holds_content = |name: &str| wanted.content.split('/').next() == Some(name);
        let is_of_records = |name: &&String| wanted.folders.contains(&name.as_str()) && !holds_content(name);
        for name in names(wanted.site)?.iter().filter(is_of_records) {
            folder.passed_over.extend(first_in(wanted, name, Unread::OutsideContent)?);
        }
    }
    Ok(())
}

/// The first file in a folder of the site that looks like a record. A link in the folder's place is not followed.
fn first_in(wanted: &Wanted<'_>, name: &str, why: Unread) -> Result<Option<PassedOver>> {
    if !look::kind(&wanted.site.join(name))?.is_some_and(|kind| kind.is_dir()) {
        return Ok(None);
    }
    let walk = Walk { site: wanted.site, ignore: wanted.ignore, is_published: false };
    let (mut first, mut seen) = (None, 0);
    // What is passed over in a folder that nothing reads is no news.
    walk.each(name, &mut Vec::new(), &mut |found, _| {
        seen += 1;
        let is_meant = match (why, ending(&found.path)) {
            // Beside the folder of the records, anybody may have a folder `pages`.
            (Unread::OutsideContent, Ending::Record) => head(&found.from).is_ok_and(|head| has_front_matter(&head)),
            (Unread::OutsideContent, _) => false,
            (_, ending) => matches!(ending, Ending::Record | Ending::OtherMarkdown),
        };
        if found.kind.is_file() && is_meant && !is_left_alone(&found.path) {
            first = Some(found);
        }
        if first.is_some() || seen == LOOKED_AT { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    let Some(Visited { path, from, .. }) = first else { return Ok(None) };
    Ok(Some(PassedOver { source: Source::new(wanted.below_content(&path), head(&from)?), why }))
}

/// The names in a folder that are neither hidden nor left alone, in order.
pub(super) fn names(folder: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read the folder {}", folder.display()))?;
    let names: std::io::Result<Vec<OsString>> = entries.map(|entry| Ok(entry?.file_name())).collect();
    let names = names.with_context(|| format!("cannot read the folder {}", folder.display()))?;
    let mut names: Vec<String> = names.into_iter().filter_map(|name| name.into_string().ok()).collect();
    names.retain(|name| !is_hidden(name) && !is_left_alone(name));
    names.sort();
    Ok(names)
}
