//! The body that was rendered last: a record's page and what of it is there for other programs are made one behind the
//! other, from one rendering.

use std::sync::{Arc, Mutex, PoisonError};

use crate::book::RecordIndex;
use crate::read::markdown::Section;

/// A rendered body, with whose it is and the way up to the root that its links have.
type Rendered = (RecordIndex, String, Arc<[Section]>);

/// The body that was rendered last, if any was. Each thread has one of its own.
#[derive(Debug, Default)]
pub struct Bodies {
    last: Mutex<Option<Rendered>>,
}

impl Bodies {
    /// The body of a record with links from a root: that which was rendered last, if it is that one, else made anew.
    pub(super) fn get(&self, index: RecordIndex, root: &str, make: impl FnOnce() -> Vec<Section>) -> Arc<[Section]> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some((of, from, sections)) if *of == index && from == root => Arc::clone(sections),
            _ => {
                let made: Arc<[Section]> = make().into();
                *last = Some((index, root.to_owned(), Arc::clone(&made)));
                made
            }
        }
    }
}
