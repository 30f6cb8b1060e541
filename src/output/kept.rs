//! Keeps files that stand where the new site has something, and of which a damaged manifest does not tell whose they are.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::folders::{self, is_same_file, is_taken};
use super::manifest::OWN_FOLDER;

const KEPT: &str = "kept";

/// The folder below a site's that is free for them: `.relbook/kept`, else with a number.
pub(super) fn free_folder(site: &Path) -> PathBuf {
    let named = |number: usize| {
        let name = if number == 1 { KEPT.to_owned() } else { format!("{KEPT}-{number}") };
        Path::new(OWN_FOLDER).join(name)
    };
    (1..).map(named).find(|folder| !is_taken(&site.join(folder))).unwrap_or_else(|| named(1))
}

/// Moves files of a site into a free folder of it.
pub(super) fn set_aside(site: &Path, paths: &[PathBuf]) -> io::Result<()> {
    let folder = free_folder(site);
    for path in paths {
        let to = folder.join(path);
        folders::make_parents(site, &to)?;
        fs::rename(site.join(path), site.join(to))?;
    }
    Ok(())
}

/// Whether a site keeps this very file, which had the path `route`.
pub(super) fn holds(site: &Path, file: &Path, route: &Path) -> bool {
    let Ok(entries) = fs::read_dir(site.join(OWN_FOLDER)) else { return false };
    let is_kept = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().starts_with(KEPT);
    entries.flatten().filter(is_kept).any(|entry| is_same_file(file, &entry.path().join(route)))
}
