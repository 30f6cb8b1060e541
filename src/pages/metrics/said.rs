//! How figures are said: shares with what they are shares of, the middle and the ends of many.

use crate::pages::row::Link;

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

/// The middle and the ends of sorted values; of a few, the ends alone.
pub(super) fn spread(sorted: &[i64], unit: fn(i64) -> String) -> String {
    match sorted {
        [] => NO_DATA.to_owned(),
        [one] => unit(*one),
        [first, .., last] if sorted.len() < TOO_FEW_FOR_MEDIAN => format!("{} to {}", unit(*first), unit(*last)),
        [first, .., last] => {
            let middle = (sorted[(sorted.len() - 1) / 2] + sorted[sorted.len() / 2]) / 2;
            format!("Median {}, from {} to {}", unit(middle), unit(*first), unit(*last))
        }
    }
}
