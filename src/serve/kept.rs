//! The preview between its threads: one reads what changed, others make pages, and some pages wait for the checks.

use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};

use crate::diag::Level;
use crate::pipeline::{Change, Preview};

/// The preview, with the number of its state.
pub(super) struct Kept {
    preview: RwLock<Preview>,
    /// The number of the state that is there, and of the last one that was checked. One lock for both, so that nobody
    /// waits for what has come already.
    numbers: Mutex<Numbers>,
    checked: Condvar,
}

#[derive(Debug, Clone, Copy)]
struct Numbers {
    current: u64,
    checked: u64,
}

impl Kept {
    /// A preview that was checked.
    pub fn new(preview: Preview) -> Kept {
        Kept {
            preview: RwLock::new(preview),
            numbers: Mutex::new(Numbers { current: 1, checked: 1 }),
            checked: Condvar::new(),
        }
    }

    /// The preview as it is now, and the number of its state.
    pub fn now(&self) -> (RwLockReadGuard<'_, Preview>, u64) {
        let preview = self.preview.read().unwrap_or_else(PoisonError::into_inner);
        let number = self.numbers().current;
        (preview, number)
    }

    /// The same, once the checks are done of what was there when this was asked.
    pub fn checked(&self) -> (RwLockReadGuard<'_, Preview>, u64) {
        let mut numbers = self.numbers();
        let wanted = numbers.current;
        while numbers.checked < wanted {
            numbers = self.checked.wait(numbers).unwrap_or_else(PoisonError::into_inner);
        }
        drop(numbers);
        self.now()
    }

    /// Reads what may have changed at some paths, or anywhere where none is named; what that came to, and the number of
    /// the state.
    pub fn update(&self, paths: &[PathBuf]) -> (Change, u64) {
        let mut preview = self.preview.write().unwrap_or_else(PoisonError::into_inner);
        let change = preview.update(paths);
        let mut numbers = self.numbers();
        if change != Change::None {
            numbers.current += 1;
        }
        (change, numbers.current)
    }

    /// Works out what the checks find, while pages are made; how many errors and warnings there are.
    pub fn check(&self) -> (usize, usize) {
        let (preview, number) = self.now();
        let report = preview.examine();
        drop(preview);
        if let Some(report) = report {
            self.preview.write().unwrap_or_else(PoisonError::into_inner).conclude(report);
        }
        self.numbers().checked = number;
        self.checked.notify_all();
        let (preview, _) = self.now();
        preview.report().map_or((0, 0), |(report, _)| (report.count(Level::Error), report.count(Level::Warn)))
    }

    fn numbers(&self) -> MutexGuard<'_, Numbers> {
        self.numbers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
