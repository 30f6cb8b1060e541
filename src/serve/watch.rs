//! What has changed below the site's folder, as the system tells it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use anyhow::{Context, Result};
use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

use crate::pipeline::Followed;

/// How long a file must be left alone before it is read: an editor that empties a file and writes it anew takes less.
const QUIET: Duration = Duration::from_millis(5);

/// How often it is looked whether it was.
const LOOK: Duration = Duration::from_millis(2);

/// Follows the folders of a site.
pub(super) struct Watch {
    debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
    receiver: Receiver<Vec<PathBuf>>,
    watched: BTreeSet<PathBuf>,
}

impl Watch {
    /// Begins with nothing.
    ///
    /// # Errors
    ///
    /// The system cannot tell what changes.
    pub(super) fn start() -> Result<Watch> {
        let (sender, receiver) = channel();
        let tell = move |result: DebounceEventResult| report(result, &sender);
        let debouncer = new_debouncer(QUIET, Some(LOOK), tell).context("this system cannot tell which files change")?;
        Ok(Watch { debouncer, receiver, watched: BTreeSet::new() })
    }

    /// Follows some folders, as far as they are there, and no others; whether there is one that was not followed before.
    ///
    /// # Errors
    ///
    /// The system follows no more folders.
    pub(super) fn follow(&mut self, followed: &Followed) -> Result<bool> {
        let flat = followed.flat.iter().map(|folder| (folder, RecursiveMode::NonRecursive));
        let deep = followed.deep.iter().map(|folder| (folder, RecursiveMode::Recursive));
        let wanted: Vec<(&PathBuf, RecursiveMode)> = flat.chain(deep).filter(|(folder, _)| is_folder(folder)).collect();
        let is_gone = |folder: &&PathBuf| !wanted.iter().any(|(other, _)| other == folder);
        for folder in self.watched.iter().filter(is_gone).cloned().collect::<Vec<_>>() {
            self.leave(&folder);
        }
        let mut is_news = false;
        for (folder, mode) in wanted {
            if self.watched.insert(folder.clone()) {
                is_news = true;
                self.debouncer.watch(folder, mode).with_context(|| {
                    format!(
                        "cannot follow the folder {}: on Linux, raise the limit fs.inotify.max_user_watches",
                        folder.display()
                    )
                })?;
            }
        }
        Ok(is_news)
    }

    /// The paths of what has changed, when something has; none where it cannot be said what. A followed folder that is
    /// among them may be another now, and is to be followed anew.
    pub(super) fn next(&mut self) -> Option<Vec<PathBuf>> {
        let mut paths = self.receiver.recv().ok()?;
        let mut is_unknown = paths.is_empty();
        for more in self.receiver.try_iter() {
            is_unknown |= more.is_empty();
            paths.extend(more);
        }
        paths.sort();
        paths.dedup();
        for folder in paths.iter().filter(|path| self.watched.contains(*path)).cloned().collect::<Vec<_>>() {
            self.leave(&folder);
        }
        Some(if is_unknown { Vec::new() } else { paths })
    }

    fn leave(&mut self, folder: &Path) {
        self.watched.remove(folder);
        // A folder that is gone is not followed any more by itself.
        let _ = self.debouncer.unwatch(folder);
    }
}

/// Whether a path is that of a folder, and no link to one.
fn is_folder(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|found| found.is_dir())
}

/// Hands on what may have changed something. Reading does not, and our own reading least.
fn report(result: DebounceEventResult, sender: &Sender<Vec<PathBuf>>) {
    let paths = match result {
        Err(_) => Some(Vec::new()),
        Ok(events) => {
            let is_rescan = events.iter().any(|event| event.need_rescan());
            let is_change = |kind: &EventKind| {
                !kind.is_access() || matches!(kind, EventKind::Access(AccessKind::Close(AccessMode::Write)))
            };
            let changed = events.iter().filter(|event| is_change(&event.kind));
            let paths: Vec<PathBuf> = changed.flat_map(|event| event.paths.iter().cloned()).collect();
            match (is_rescan, paths.is_empty()) {
                (true, _) => Some(Vec::new()),
                (false, true) => None,
                (false, false) => Some(paths),
            }
        }
    };
    if let Some(paths) = paths {
        let _ = sender.send(paths);
    }
}
