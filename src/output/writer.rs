//! One build's output, from the opening to the publication.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, ensure};

use super::exchange::{self, Way};
use super::folders::is_same_file;
use super::lock::Lock;
use super::manifest::{Entry, Manifest, check_route};
use super::place::{Place, Seat};
use super::recovery;
use super::staging::Staging;
use super::stepwise;
use super::store::{Put, Store};
use super::survey::Survey;

/// On what terms an output is written.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    /// The edition that is built; none is the whole site.
    pub edition: Option<String>,
    /// Whether a person has named the folder, and another edition's may be replaced.
    pub may_replace: bool,
    /// Whether it is left to the system when what was written comes to disk.
    pub is_unsynced: bool,
}

/// One build's output: a tree being made beside the published one.
///
/// Dropped without [`Output::publish`], it takes the unfinished tree with it and leaves the published one
/// as it was.
pub struct Output {
    place: Place,
    edition: Option<String>,
    way: Way,
    old: Option<Manifest>,
    staging: Staging,
    store: Store,
    progress: Mutex<Progress>,
    has_failed: AtomicBool,
    /// Whether the staging is settled, or must stay for the next run to settle it.
    is_settled: bool,
    // Declared last, so that it is released after everything else.
    _lock: Lock,
}

#[derive(Default)]
struct Progress {
    entries: Vec<Entry>,
    written: usize,
    bytes: u64,
}

/// What a publication did.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Files that are new or have other bytes than before.
    pub written: usize,
    /// Files that are the published ones.
    pub unchanged: usize,
    /// Files of the old site that the new one has not.
    pub removed: usize,
    /// The size of the whole site.
    pub bytes: u64,
    /// What was done about a manifest that could not be read to its end.
    pub recovered: Option<String>,
    /// Whether the two trees could not change places and the files were carried over one by one.
    pub in_place: bool,
    /// Why something of the old tree or the staging could not be removed after the publication; the next
    /// build tries again.
    pub left_behind: Option<String>,
}

impl Output {
    /// Takes the lock, finishes or clears what a killed run left, and opens an empty tree.
    ///
    /// # Errors
    ///
    /// If the output folder is not ours to replace or holds another edition, if another relbook is writing it, if another
    /// version wrote its manifest, or if the disk refuses.
    pub fn open(out: &Path, site_folder: &Path, terms: &Terms) -> anyhow::Result<Output> {
        Output::open_as(out, site_folder, terms, None, Way::usual())
    }

    fn open_as(out: &Path, site_folder: &Path, terms: &Terms, seat: Option<Seat>, way: Way) -> anyhow::Result<Output> {
        let is_synced = !terms.is_unsynced;
        let place = Place::find(out, site_folder)?;
        let (lock, seat) = place.lock(seat)?;
        recovery::recover(&place, seat, is_synced).with_context(|| {
            format!("the last build of {} was broken off and cannot be settled", place.out.display())
        })?;
        place.refuse_foreign()?;
        let old = Manifest::read(&place.out)?;
        if let Some(old) = old.as_ref().filter(|_| !terms.may_replace) {
            refuse_edition(old, terms, &place.out)?;
        }
        let staging = Staging::make(&place.staging(seat), is_synced)?;
        let store = match Store::open(&place.out, &staging) {
            Ok(store) => store,
            Err(error) => {
                let _ = staging.clear(&place.out);
                return Err(error);
            }
        };
        let way = if seat == Seat::Inside { Way::FileByFile } else { way };
        Ok(Output {
            place,
            edition: terms.edition.clone(),
            way,
            old,
            staging,
            store,
            progress: Mutex::default(),
            has_failed: AtomicBool::new(false),
            is_settled: false,
            _lock: lock,
        })
    }

    /// The tree that is being made, for checks on it before it is published. Not to be written to.
    pub fn tree(&self) -> &Path {
        &self.staging.tree
    }

    /// Puts one file, with `/` between the parts of `route`.
    ///
    /// # Errors
    ///
    /// If the route was put before or leads out of the site, or if the disk refuses. After an error the
    /// output cannot be published any more.
    pub fn write(&self, route: &str, bytes: &[u8]) -> anyhow::Result<()> {
        self.put(route, || self.store.put(route, bytes))
    }

    /// Puts a copy of a file, however large.
    ///
    /// # Errors
    ///
    /// As [`Output::write`], and if `from` is no regular file, cannot be read, or does not stop changing.
    pub fn copy(&self, route: &str, from: &Path) -> anyhow::Result<()> {
        self.put(route, || self.store.put_file(route, from))
    }

    fn put(&self, route: &str, put: impl FnOnce() -> anyhow::Result<Put>) -> anyhow::Result<()> {
        let Put { entry, is_new } =
            check_route(route).and_then(|()| put()).inspect_err(|_| self.has_failed.store(true, Ordering::Relaxed))?;
        let mut progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        progress.written += usize::from(is_new);
        progress.bytes += entry.size;
        progress.entries.push(entry);
        Ok(())
    }

    /// Publishes the tree: the folder is the old site until it is the new one. A tree that differs in
    /// nothing from the published one is dropped, and the published one not touched.
    ///
    /// # Errors
    ///
    /// If a file could not be put, if a file that is not ours stands where the site has one, or if the
    /// disk refuses; the old site is then whole. Only where files are carried over one by one can an error
    /// leave a mixture, which the next [`Output::open`] completes.
    pub fn publish(mut self, inputs: &str) -> anyhow::Result<Summary> {
        let (new, mut summary) = self.take_stock(inputs)?;
        if summary.written == 0 && self.old.as_ref() == Some(&new) {
            return Ok(summary);
        }
        let survey = self.survey(&new)?;
        summary.removed = survey.stale.len();
        summary.recovered = self.old.as_ref().and_then(|old| recovered(old, &survey));
        self.staging.seal(&new)?;
        let adopted = self.way != Way::FileByFile && exchange::adopt(&survey, &self.place.out, self.tree())?;
        self.staging.sync()?;
        // Both manifests and all names, which the steps below do not need.
        drop((new, survey, self.old.take()));
        let way = if adopted { self.way } else { Way::FileByFile };
        let finished = match exchange::exchange(way, &self.staging, &self.place.out)? {
            true => self.staging.sync_names(self.place.out.parent().unwrap_or(&self.place.out)),
            false => {
                self.publish_file_by_file()?;
                summary.in_place = true;
                Ok(())
            }
        };
        self.is_settled = true;
        // The new site is there, so that this is no failure of the build.
        let cleared = finished.and_then(|()| self.staging.clear(&self.place.out));
        summary.left_behind = cleared.err().map(|error| format!("{error:#}"));
        Ok(summary)
    }

    fn take_stock(&mut self, inputs: &str) -> anyhow::Result<(Manifest, Summary)> {
        let failed = self.has_failed.load(Ordering::Relaxed);
        ensure!(!failed, "a file of the site could not be written, so nothing is published");
        let progress = self.progress.get_mut().unwrap_or_else(PoisonError::into_inner);
        let Progress { entries, written, bytes } = std::mem::take(progress);
        let unchanged = entries.len() - written;
        let summary = Summary { written, unchanged, bytes, ..Summary::default() };
        Ok((Manifest::of_build(self.edition.take(), inputs, entries)?, summary))
    }

    fn survey(&self, new: &Manifest) -> anyhow::Result<Survey> {
        if !self.place.out.is_dir() {
            return Ok(Survey::default());
        }
        let out = &self.place.out;
        let is_damaged = self.old.as_ref().is_some_and(|old| old.damage.is_some());
        // What was linked into the new tree had the bytes that this build made.
        let is_linked = |route: &str| is_damaged && is_same_file(&self.staging.tree.join(route), &out.join(route));
        let is_ours = |route: &str| self.old.as_ref().is_some_and(|old| old.claims(out, route)) || is_linked(route);
        Survey::of(out, new, is_damaged, is_ours)
    }

    fn publish_file_by_file(&mut self) -> anyhow::Result<()> {
        self.staging.begin_journal()?;
        self.staging.sync()?;
        self.is_settled = true;
        stepwise::complete(&self.staging, &self.place.out)
            .context("the site was published in part; the next build completes it")
    }
}

/// Refuses a folder with another edition than the one that is built.
fn refuse_edition(old: &Manifest, terms: &Terms, out: &Path) -> anyhow::Result<()> {
    let words = |edition: &Option<String>| match edition {
        Some(name) => format!("the edition `{name}`"),
        None => "the whole site".to_owned(),
    };
    ensure!(
        old.damage.is_some() || old.edition == terms.edition,
        "{} holds {}, and this build is {}: name the folder with --out and say --replace to write over it, or name another",
        out.display(),
        words(&old.edition),
        words(&terms.edition)
    );
    Ok(())
}

/// What became of a site whose manifest could not be read to its end.
fn recovered(old: &Manifest, survey: &Survey) -> Option<String> {
    let damage = old.damage.as_ref()?;
    let kept = match survey.displaced.len() {
        0 => String::new(),
        count => format!("; of those, {count} that stood in the new site's way are kept in .relbook/kept"),
    };
    Some(format!(
        "the manifest of the last build was damaged ({damage}), and a new one is written; files of which it did not say \
         that relbook wrote them stay in the output folder{kept}"
    ))
}

impl Drop for Output {
    fn drop(&mut self) {
        if !self.is_settled {
            // Whatever stays is cleared by the next run.
            let _ = self.staging.clear(&self.place.out);
        }
    }
}

#[cfg(test)]
mod tests;
