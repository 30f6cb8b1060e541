//! Holds a tree against its manifest.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::bytes::file_digest;
use super::fault::fault;
use super::manifest::{MANIFEST, Manifest, is_absent};
use super::survey::Survey;

/// One way in which a tree is not what its manifest says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// The manifest names a file that is not there.
    Missing(PathBuf),
    /// A file has other bytes than were written, or is no regular file any more.
    Changed(PathBuf),
    /// A file that the manifest does not name.
    Foreign(PathBuf),
}

impl Difference {
    /// The path below the folder.
    pub fn path(&self) -> &Path {
        match self {
            Difference::Missing(path) | Difference::Changed(path) | Difference::Foreign(path) => path,
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self {
            Difference::Missing(_) => "missing",
            Difference::Changed(_) => "changed",
            Difference::Foreign(_) => "foreign",
        };
        write!(text, "{word} {}", self.path().display())
    }
}

/// Holds a tree against its manifest: missing, changed and foreign files, sorted by path.
///
/// # Errors
///
/// If the folder bears no manifest or one that cannot be made out, or if a file cannot be read.
pub fn verify(dir: &Path) -> anyhow::Result<Vec<Difference>> {
    let manifest = Manifest::read(dir)?.with_context(|| {
        format!("{} bears no manifest ({MANIFEST}): it is not a site that relbook built", dir.display())
    })?;
    if let Some(damage) = &manifest.damage {
        bail!("cannot make out {}: {damage}; build the site again", dir.join(MANIFEST).display());
    }
    let mut differences = Vec::new();
    for entry in &manifest.entries {
        let (route, path) = (PathBuf::from(&*entry.route), dir.join(&*entry.route));
        match fs::symlink_metadata(&path) {
            Err(error) if is_absent(&error) => differences.push(Difference::Missing(route)),
            Err(error) => return Err(fault("look at", &path, error)),
            Ok(found) => {
                let is_whole = found.is_file() && found.len() == entry.size;
                if !is_whole || file_digest(&path)? != entry.digest {
                    differences.push(Difference::Changed(route));
                }
            }
        }
    }
    // A site without files, so that nothing clashes and what the manifest names is merely stale.
    let found = Survey::of(dir, &Manifest::default(), false, |route| manifest.names(route))?;
    // What was a file of ours and is a link now counts as changed already.
    let foreign = found.foreign.into_iter().filter(|path| !path.to_str().is_some_and(|it| manifest.names(it)));
    differences.extend(foreign.map(Difference::Foreign));
    differences.sort_by(|one, other| one.path().cmp(other.path()));
    Ok(differences)
}
