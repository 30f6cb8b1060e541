//! EDGE: the site's folder: found from where one stands, and as paths are printed from there or from the repository's root.

#![allow(clippy::disallowed_methods, reason = "EDGE")]

use std::path::{Component, Path, PathBuf};

/// The folder of the site: the named one, else the one where one stands or the nearest above with a `relbook.toml`, else
/// where one stands. Above it is written with `..`, so that printed paths begin where one stands.
pub(super) fn site(named: Option<PathBuf>) -> PathBuf {
    if let Some(named) = named {
        return named;
    }
    above(Path::new("")).unwrap_or_else(|| PathBuf::from("."))
}

/// The site that a file lies in: the nearest folder above it with a `relbook.toml`, else where one stands.
pub(super) fn site_of(file: &Path) -> PathBuf {
    let folder = file.parent().unwrap_or(Path::new(""));
    let has_settings = |folder: &&Path| folder.join("relbook.toml").is_file();
    match folder.ancestors().find(has_settings) {
        Some(folder) if folder == Path::new("") => PathBuf::from("."),
        Some(folder) => folder.to_owned(),
        None => site(None),
    }
}

/// The nearest folder from one upwards with a `relbook.toml`, seen from that one.
fn above(folder: &Path) -> Option<PathBuf> {
    let here = Path::new(".").join(folder).canonicalize().ok()?;
    let steps = here.ancestors().position(|above| above.join("relbook.toml").is_file())?;
    Some(match steps {
        0 => PathBuf::from("."),
        steps => std::iter::repeat_n("..", steps).collect(),
    })
}

/// A folder as it was named, for the front of printed paths: nothing for the current one.
pub(super) fn shown(folder: &Path) -> String {
    let parts = folder.components().filter(|part| *part != Component::CurDir);
    parts.collect::<PathBuf>().to_string_lossy().into_owned()
}

/// A folder as seen from the root of the repository that it lies in; nothing where it is the root, or in none.
pub(super) fn in_repository(folder: &Path) -> String {
    let Ok(folder) = folder.canonicalize() else { return String::new() };
    let root = folder.ancestors().find(|above| above.join(".git").exists());
    let below = root.and_then(|root| folder.strip_prefix(root).ok()).unwrap_or(Path::new(""));
    below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
