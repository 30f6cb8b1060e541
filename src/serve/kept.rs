//! The preview between its threads: one reads what changed, one works out what follows from that, others make pages, and
//! some pages wait for what follows.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};

use anyhow::Result;
use rayon::{ThreadPool, ThreadPoolBuilder, current_num_threads};

use crate::diag::Level;
use crate::pipeline::{Change, Preview, Wait};

/// The preview, with the number of its state.
pub(super) struct Kept {
    preview: RwLock<Preview>,
    /// One lock for all three, so that nobody waits for what has come already.
    numbers: Mutex<Numbers>,
    advanced: Condvar,
    /// Whether a change waits for the preview.
    waits: AtomicBool,
    /// Works behind the pages: a core is left for these.
    behind: ThreadPool,
}

/// The number of the state that is there, and of the last one with addresses, and with checks, of its own.
#[derive(Debug, Clone, Copy)]
struct Numbers {
    current: u64,
    addressed: u64,
    checked: u64,
}

impl Kept {
    /// A preview that was just opened.
    ///
    /// # Errors
    ///
    /// No thread can be started.
    pub(super) fn new(preview: Preview) -> Result<Kept> {
        let threads = current_num_threads().saturating_sub(1).max(1);
        let name = |number| format!("behind {number}");
        Ok(Kept {
            preview: RwLock::new(preview),
            numbers: Mutex::new(Numbers { current: 1, addressed: 1, checked: 0 }),
            advanced: Condvar::new(),
            waits: AtomicBool::new(false),
            behind: ThreadPoolBuilder::new().num_threads(threads).thread_name(name).build()?,
        })
    }

    /// The preview as it is now, and the number of its state.
    pub(super) fn now(&self) -> (RwLockReadGuard<'_, Preview>, u64) {
        let preview = self.preview.read().unwrap_or_else(PoisonError::into_inner);
        let number = self.numbers().current;
        (preview, number)
    }

    /// The same, once that is there which is waited for, of what was there when this was asked.
    pub(super) fn after(&self, wait: Wait) -> (RwLockReadGuard<'_, Preview>, u64) {
        let mut numbers = self.numbers();
        let wanted = numbers.current;
        let is_there = |numbers: &Numbers| match wait {
            Wait::Nothing => true,
            Wait::Addresses => numbers.addressed >= wanted,
            Wait::Checks => numbers.checked >= wanted,
        };
        while !is_there(&numbers) {
            numbers = self.advanced.wait(numbers).unwrap_or_else(PoisonError::into_inner);
        }
        drop(numbers);
        self.now()
    }

    /// Reads what may have changed at some paths, or anywhere where none is named; what that came to, and the number of
    /// the state.
    pub(super) fn update(&self, paths: &[PathBuf]) -> (Change, u64) {
        self.waits.store(true, Relaxed);
        let mut preview = self.preview.write().unwrap_or_else(PoisonError::into_inner);
        self.waits.store(false, Relaxed);
        let change = preview.update(paths);
        let mut numbers = self.numbers();
        if change != Change::None {
            numbers.current += 1;
        }
        self.advanced.notify_all();
        (change, numbers.current)
    }

    /// Waits until there is a state without checks of its own, and works these out with its addresses, while pages are
    /// made; how many errors and warnings there are. A theme with faults is one error more. What is changed meanwhile does
    /// not wait for checks that nobody wants any more.
    pub(super) fn conclude(&self) -> (usize, usize) {
        loop {
            let mut numbers = self.numbers();
            while numbers.checked >= numbers.current {
                numbers = self.advanced.wait(numbers).unwrap_or_else(PoisonError::into_inner);
            }
            drop(numbers);
            if self.behind.install(|| self.try_conclude()).is_some() {
                let (preview, _) = self.now();
                let of_theme = usize::from(preview.has_theme_fault());
                let count = |level| preview.report().map_or(0, |(report, _)| report.count(level));
                return (count(Level::Error) + of_theme, count(Level::Warn));
            }
        }
    }

    /// The same for the state that is there now; nothing where another comes before it is done.
    fn try_conclude(&self) -> Option<()> {
        let (preview, number) = self.now();
        let addresses = preview.addresses();
        drop(preview);
        if let Some(addresses) = addresses {
            self.change(number, |preview| preview.readdress(addresses))?;
        }
        self.advance(|numbers| numbers.addressed = number);
        let (preview, now) = self.now();
        if now != number {
            return None;
        }
        if !preview.is_examined() {
            let report = preview.examine(&|| !self.waits.load(Relaxed))?;
            drop(preview);
            self.change(number, |preview| preview.conclude(report))?;
        }
        self.advance(|numbers| numbers.checked = number);
        Some(())
    }

    /// Changes the state with a number, if it is still there.
    fn change(&self, number: u64, how: impl FnOnce(&mut Preview)) -> Option<()> {
        let mut preview = self.preview.write().unwrap_or_else(PoisonError::into_inner);
        (self.numbers().current == number).then(|| how(&mut preview))
    }

    fn advance(&self, how: impl FnOnce(&mut Numbers)) {
        how(&mut self.numbers());
        self.advanced.notify_all();
    }

    fn numbers(&self) -> MutexGuard<'_, Numbers> {
        self.numbers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
