//! The record that a person names.

use anyhow::{Result, bail};

use crate::book::{Book, RecordIndex, form};
use crate::read::{Said, nearest, understand};
use crate::record::{Kind, Record, fold};

/// The record that is meant by an id, perhaps with its kind before it (`change:CHG-2041`): case, separators and zeros before
/// a number do not matter.
///
/// # Errors
///
/// No record has it, or several have; the message names the nearest, or all of them.
pub(super) fn find(book: &Book, written: &str) -> Result<RecordIndex> {
    let (kind, id) = match written.split_once(':') {
        Some((kind, id)) => match understand::<Kind>(kind) {
            Said::Term(kind) | Said::Meant(_, kind) => (Some(kind), id),
            Said::Nothing => (None, written),
        },
        None => (None, written),
    };
    let all = || {
        let with_file = book.tables.iter().filter(|(_, record)| record.header().source.is_some());
        with_file.filter(|(_, record)| kind.is_none_or(|kind| record.kind() == kind))
    };
    let of = |is_same: &dyn Fn(&str) -> bool| -> Vec<(RecordIndex, &Record)> {
        all().filter(|(_, record)| is_same(&record.header().id)).collect()
    };
    let exact = of(&|own| fold(own) == fold(id));
    let found = if exact.is_empty() { of(&|own| form(own) == form(id)) } else { exact };
    match found.as_slice() {
        [(index, _)] => Ok(*index),
        [] => match nearest(id, all().map(|(_, record)| record.header().id.as_str())) {
            Some(near) => bail!("no record has the id `{id}`; did you mean `{near}`?"),
            None => bail!("no record has the id `{id}`; `relbook list` names them all"),
        },
        several => {
            let names = several.iter().map(|(_, of)| format!("{}:{}", of.kind().word(), of.header().id));
            bail!("several records have the id `{id}`: {}", names.collect::<Vec<_>>().join(", "))
        }
    }
}
