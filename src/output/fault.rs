//! Turns a failure of the file system into a sentence that names the path and says what to do.

use std::io::{self, ErrorKind};
use std::path::Path;

/// "cannot DO PATH (advice)", with the system's own words as the cause.
pub(super) fn fault(doing: &str, path: &Path, error: impl Into<io::Error>) -> anyhow::Error {
    let error = error.into();
    let advice = advice(error.kind()).map_or(String::new(), |advice| format!(" ({advice})"));
    anyhow::Error::new(error).context(format!("cannot {doing} {}{advice}", path.display()))
}

fn advice(kind: ErrorKind) -> Option<&'static str> {
    Some(match kind {
        ErrorKind::StorageFull => "the disk is full: free some room and build again",
        ErrorKind::QuotaExceeded => "your quota is used up: free some room and build again",
        ErrorKind::ReadOnlyFilesystem => "the disk is read-only: choose another output folder",
        ErrorKind::PermissionDenied => {
            "not permitted: give this account the right to write there, or choose another output folder"
        }
        ErrorKind::InvalidFilename => "the name is too long or not allowed on this disk",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_named_with_path_and_advice() {
        let full = io::Error::from(ErrorKind::StorageFull);
        let said = format!("{:#}", fault("write", Path::new("/srv/site/a.html"), full));
        assert!(said.starts_with("cannot write /srv/site/a.html (the disk is full"));
    }

    #[test]
    fn other_failures_keep_the_words_of_the_system() {
        let error = fault("open", Path::new("x"), rustix::io::Errno::LOOP);
        assert!(format!("{error:#}").starts_with("cannot open x: "));
    }
}
