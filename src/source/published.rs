//! EDGE: lists the files of a folder that are taken as they are: `static`, and the site's own theme.

use std::ops::ControlFlow;
use std::path::Path;

use anyhow::Result;

use super::ignore::Ignore;
use super::look::noun;
use super::walk::{SiteFile, Visited, Walk};

/// Lists the files in the folder `name` of the site, in order of path below it; nothing where it is not there. What is
/// passed over goes to `notes`.
///
/// # Errors
///
/// The folder is there and cannot be read, or is a link.
pub fn load_published(site: &Path, name: &str, ignore: &Ignore, notes: &mut Vec<String>) -> Result<Vec<SiteFile>> {
    let mut files = Vec::new();
    let walk = Walk { site, ignore, is_published: true };
    walk.each(name, notes, &mut |Visited { path, from, kind }, notes| {
        let below = path.strip_prefix(name).unwrap_or(&path).trim_start_matches('/');
        match kind.is_file() {
            true => files.push(SiteFile::new(below.to_owned(), from)),
            false => notes.push(format!("passed over {path}: {}", noun(kind))),
        }
        ControlFlow::Continue(())
    })?;
    files.sort();
    Ok(files)
}
