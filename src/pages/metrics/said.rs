//! How figures are said: shares with what they are shares of, the middle and the ends of many.

use crate::pages::parts::row::Link;
use crate::pages::parts::time::{days, minutes};

/// Below so many, a share is said in numbers alone: a percentage would look more exact than it is.
const FEW: usize = 10;
/// Below so many, a median says less than the ends.
const TOO_FEW_FOR_MEDIAN: usize = 5;

/// What is said where nothing is known.
pub(super) const NO_DATA: &str = "no data";

pub(super) fn plain(text: String) -> Link {
    Link { href: None, text }
}

pub(super) fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// A share with what it is a share of.
pub(super) fn rate(part: usize, whole: usize) -> String {
    match whole {
        0 => NO_DATA.to_owned(),
        1..FEW => format!("{part} of {whole}"),
        _ => format!("{} % ({part} of {whole})", (part * 100 + whole / 2) / whole),
    }
}

/// What lengths of time are counted in.
#[derive(Clone, Copy)]
pub(super) enum Unit {
    Days,
    Minutes,
}

impl Unit {
    fn text(self, whole: i64) -> String {
        match self {
            Unit::Days => days(whole),
            Unit::Minutes => minutes(whole),
        }
    }

    /// A number of halves.
    fn half_text(self, halves: i64) -> String {
        match self {
            _ if halves % 2 == 0 => self.text(halves / 2),
            Unit::Days => format!("{:.1} days", halves as f64 / 2.0),
            // Two hours, from where on hours are said.
            Unit::Minutes if halves < 240 => format!("{:.1} min", halves as f64 / 2.0),
            Unit::Minutes => format!("{} h {:04.1} min", halves / 120, (halves % 120) as f64 / 2.0),
        }
    }
}

/// The middle and the ends of sorted values; of a few, the ends alone.
pub(super) fn spread(sorted: &[i64], unit: Unit) -> String {
    match sorted {
        [] => NO_DATA.to_owned(),
        [one] => unit.text(*one),
        [first, .., last] if sorted.len() < TOO_FEW_FOR_MEDIAN => {
            format!("{} to {}", unit.text(*first), unit.text(*last))
        }
        [first, .., last] => {
            let middle = unit.half_text(sorted[(sorted.len() - 1) / 2] + sorted[sorted.len() / 2]);
            format!("Median {middle}, from {} to {}", unit.text(*first), unit.text(*last))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_of_an_even_number_is_between_two() {
        assert_eq!(spread(&[1, 2, 2, 3, 9, 9], Unit::Days), "Median 2.5 days, from 1 day to 9 days");
        assert_eq!(spread(&[-9, -2, -2, -1, 0, 1], Unit::Days), "Median -1.5 days, from -9 days to 1 day");
        assert_eq!(spread(&[1, 2, 4, 6, 9, 9], Unit::Days), "Median 5 days, from 1 day to 9 days");
        assert_eq!(spread(&[10, 20, 64, 65, 70, 80], Unit::Minutes), "Median 64.5 min, from 10 min to 80 min");
        assert_eq!(spread(&[1, 2, 124, 127, 200, 300], Unit::Minutes), "Median 2 h 05.5 min, from 1 min to 5 h 00 min");
        assert_eq!(spread(&[1, 2, 3, 4, 5], Unit::Minutes), "Median 3 min, from 1 min to 5 min");
    }
}
