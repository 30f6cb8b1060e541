//! The site's folder as paths are printed: seen from where the reader stands, or from the repository's root.

use std::path::{Component, Path};

/// A folder as it was named, for the front of printed paths: nothing for the current one.
pub(super) fn shown(folder: &Path) -> String {
    let parts = folder.components().filter(|part| *part != Component::CurDir);
    parts.collect::<std::path::PathBuf>().to_string_lossy().into_owned()
}

/// A folder as seen from the root of the repository that it lies in; nothing where it is the root, or in none.
pub(super) fn in_repository(folder: &Path) -> String {
    let Ok(folder) = folder.canonicalize() else { return String::new() };
    let root = folder.ancestors().find(|above| above.join(".git").exists());
    let below = root.and_then(|root| folder.strip_prefix(root).ok()).unwrap_or(Path::new(""));
    below.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}
