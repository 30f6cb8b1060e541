//! What of an output folder belongs to the program itself.

use std::path::Path;

use super::manifest::MANIFEST;

/// The new site, where it cannot be made beside the old one.
pub(super) const STAGING_INSIDE: &str = ".relbook/new";
/// What keeps a second build out.
pub(super) const LOCK_INSIDE: &str = ".relbook/lock";

/// Whether a path below the output, as bytes, belongs to the program itself and to no manifest.
pub(super) fn is_own(path: &Path) -> bool {
    [MANIFEST, LOCK_INSIDE, STAGING_INSIDE].iter().any(|own| path == Path::new(own))
}
