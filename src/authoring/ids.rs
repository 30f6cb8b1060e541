//! The next number of a kind.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::record::{Kind, fold};

/// The next id of a kind, by the ids that are there: the prefix of the newest, this year's where it has a year, and the number
/// behind the greatest. `None` for kinds whose ids are names.
pub(super) fn next(kind: Kind, taken: &[String], year: i16) -> Option<String> {
    let first = match kind {
        Kind::Release => format!("REL-{year}-001"),
        Kind::Change => "CHG-0001".to_owned(),
        Kind::KnownError => "KE-0001".to_owned(),
        Kind::Problem => "PRB-0001".to_owned(),
        Kind::StandardChange => "SC-001".to_owned(),
        Kind::ConfigurationItem | Kind::Service | Kind::Window | Kind::Page => return None,
    };
    let shapes = taken.iter().filter_map(|id| Shape::of(id));
    let Some(shape) = shapes.max_by_key(|shape| (shape.year().map(str::to_owned), shape.number)) else {
        return Some(first);
    };
    let prefix = most_usual(taken, &shape.with_year(year));
    let greatest = taken.iter().filter_map(|id| Shape::of(id)).filter(|of| fold(&of.prefix) == fold(&prefix));
    let mut number = greatest.map(|of| of.number).max().unwrap_or_default() + 1;
    let taken: FxHashSet<String> = taken.iter().map(|id| fold(id)).collect();
    loop {
        let id = format!("{prefix}{number:0width$}", width = shape.width);
        if !taken.contains(&fold(&id)) {
            return Some(id);
        }
        number += 1;
    }
}

/// A prefix as it is written most often: case does not tell ids apart.
fn most_usual(taken: &[String], prefix: &str) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for shape in taken.iter().filter_map(|id| Shape::of(id)).filter(|of| fold(&of.prefix) == fold(prefix)) {
        *counts.entry(shape.prefix).or_default() += 1;
    }
    // Of two that are as usual, the first in order: capital letters come before small ones.
    let most = counts.into_iter().rev().max_by_key(|(_, count)| *count);
    most.map_or_else(|| prefix.to_owned(), |(prefix, _)| prefix)
}

/// An id that ends in a number.
struct Shape {
    prefix: String,
    number: u64,
    width: usize,
}

impl Shape {
    fn of(id: &str) -> Option<Shape> {
        let prefix = id.trim_end_matches(|letter: char| letter.is_ascii_digit());
        let digits = &id[prefix.len()..];
        Some(Shape { prefix: prefix.to_owned(), number: digits.parse().ok()?, width: digits.len() })
    }

    /// Where in the prefix a year stands: four digits for themselves, of this century.
    fn year_at(&self) -> Option<usize> {
        let parts = self.prefix.split(|letter: char| !letter.is_ascii_digit());
        let year = parts.into_iter().find(|part| part.len() == 4 && part.starts_with("20"))?;
        Some(year.as_ptr() as usize - self.prefix.as_ptr() as usize)
    }

    fn year(&self) -> Option<&str> {
        self.year_at().map(|at| &self.prefix[at..at + 4])
    }

    fn with_year(&self, year: i16) -> String {
        match self.year_at() {
            Some(at) => format!("{}{year}{}", &self.prefix[..at], &self.prefix[at + 4..]),
            None => self.prefix.clone(),
        }
    }
}

/// A title as an id of kinds that have no number: small letters, with hyphens between words.
pub(super) fn of_title(title: &str) -> String {
    let words = title.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_number_follows_the_pattern_that_is_there() {
        let next =
            |kind, taken: &[&str], year| next(kind, &taken.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>(), year);
        for (kind, taken, expected) in [
            (Kind::Release, &[][..], Some("REL-2026-001")),
            (Kind::Release, &["REL-2026-028", "REL-2026-003"], Some("REL-2026-029")),
            (Kind::Release, &["REL-2025-099"], Some("REL-2026-001")),
            (Kind::Release, &["REL-2025-099", "REL-2027-004", "REL-2026-001"], Some("REL-2026-002")),
            (Kind::Change, &["CHG-2041", "chg-2042", "odd"], Some("CHG-2043")),
            (Kind::KnownError, &["KE-9"], Some("KE-10")),
            (Kind::ConfigurationItem, &["ledger-db"], None),
        ] {
            assert_eq!(next(kind, taken, 2026).as_deref(), expected, "{taken:?}");
        }
        assert_eq!(of_title("Ledger DB, \u{fc}ber all"), "ledger-db-\u{fc}ber-all");
    }
}
