//! Which parts of a site's folder a preview follows.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::texts::read_settings;
use crate::config::Settings;
use crate::record::record_folders;

/// Which folders are followed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Followed {
    /// Folders in which only what lies in them itself counts: the site's, and that of the records.
    pub flat: Vec<PathBuf>,
    /// Folders with all that lies below them. They need not be there.
    pub deep: Vec<PathBuf>,
}

impl Followed {
    /// The folders of a site, by its settings as they are now.
    ///
    /// # Errors
    ///
    /// The settings cannot be read.
    pub fn of(folder: &Path) -> Result<Followed> {
        let (_, settings, _) = read_settings(folder)?;
        Ok(followed(folder, &settings))
    }
}

/// The folders of a site whose changes concern it.
pub(super) fn followed(folder: &Path, settings: &Settings) -> Followed {
    let content = if settings.content.is_empty() { folder.to_owned() } else { folder.join(&settings.content) };
    let mut deep: Vec<PathBuf> = record_folders().into_iter().map(|name| content.join(name)).collect();
    deep.extend(["static", "theme"].map(|name| folder.join(name)));
    let mut flat = vec![folder.to_owned()];
    flat.extend(content.ancestors().take_while(|above| *above != folder).map(Path::to_owned));
    flat.sort();
    flat.dedup();
    Followed { flat, deep }
}
