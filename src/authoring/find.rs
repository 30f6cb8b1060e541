//! The record that a person names.

use anyhow::{Result, bail};

use crate::book::{Book, RecordIndex};
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
    let found = if exact.is_empty() { of(&|own| plain(own) == plain(id)) } else { exact };
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

/// An id without what people leave out or add: case, separators, zeros before a number.
fn plain(id: &str) -> String {
    let mut plain = String::new();
    let mut is_in_number = false;
    for letter in fold(id).chars() {
        let is_digit = letter.is_ascii_digit();
        if letter.is_alphanumeric() && (letter != '0' || is_in_number) {
            plain.push(letter);
        }
        is_in_number = is_digit && (is_in_number || letter != '0');
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn what_people_leave_out_of_an_id_does_not_matter() {
        assert_eq!(plain("REL-2026-028"), plain("rel 2026 028"));
        assert_eq!(plain("REL-2026-028"), plain("rel 2026 28"));
        assert_eq!(plain("KE-0112"), plain("ke112"));
        assert_ne!(plain("CHG-10"), plain("CHG-1"));
    }
}
