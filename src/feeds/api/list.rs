//! A list in documents of a thousand entries.

use schemars::JsonSchema;
use serde::Serialize;

use super::address::{self, DOCUMENT_LENGTH};
use crate::pages::Context;
use crate::route::Route;

/// A list, or a part of it.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct List<T> {
    /// How many entries there are in all.
    pub(super) total: usize,
    /// The address of the next part; null in the last.
    pub(super) next: Option<String>,
    /// The entries of this part.
    pub(super) items: Vec<T>,
}

impl<T> List<T> {
    /// The part with this number, from 1, of a list that begins at an address.
    pub(super) fn new<S>(
        context: &Context<'_>,
        all: impl ExactSizeIterator<Item = S>,
        number: usize,
        first: &Route,
        entry: impl FnMut(S) -> T,
    ) -> List<T> {
        let total = all.len();
        let start = (number - 1) * DOCUMENT_LENGTH;
        List {
            total,
            next: (start + DOCUMENT_LENGTH < total).then(|| context.href(&address::page(first, number + 1))),
            items: all.skip(start).take(DOCUMENT_LENGTH).map(entry).collect(),
        }
    }
}
