//! Ids: how they are compared, and the safe address that is made of one.

use unicode_normalization::UnicodeNormalization;

/// A name of a person, a role or an audience as it is compared: as an id, and however its words are spaced.
pub fn fold_name(name: &str) -> String {
    fold(&name.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// An id as it is compared: NFC, lower case, every kind of dash the same.
pub fn fold(id: &str) -> String {
    if id.is_ascii() {
        return id.to_ascii_lowercase();
    }
    id.nfc()
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => '-',
            _ => letter,
        })
        .collect()
}

/// Names that a file cannot have on Windows, whatever its ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// The id made safe for an address: letters, digits, `.`, `_`, `-`; its own case kept.
///
/// Never empty, never a device's name, no dot at either end, at most 200 bytes.
pub fn address(id: &str) -> String {
    let is_sign = |letter: char| matches!(letter, '.' | '_' | '-');
    let mut safe = String::with_capacity(id.len());
    match id.bytes().all(|byte| byte.is_ascii_alphanumeric() || is_sign(char::from(byte))) {
        true => safe.push_str(id),
        false => {
            let keep = |letter: char| if letter.is_alphanumeric() || is_sign(letter) { letter } else { '-' };
            safe.extend(id.nfc().map(keep));
        }
    }
    while safe.len() > 190 {
        safe.pop();
    }
    safe.truncate(safe.trim_end_matches('.').len());
    safe.drain(..safe.len() - safe.trim_start_matches('.').len());
    if safe.is_empty() {
        safe.push('-');
    }
    let stem = safe.split('.').next().unwrap_or_default();
    let device = stem.trim_end_matches(|letter: char| letter.is_ascii_digit());
    if stem.len() - device.len() <= 1 && DEVICES.iter().any(|name| device.eq_ignore_ascii_case(name)) {
        safe.push_str("-record");
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_look_alike_are_one() {
        assert_eq!(fold("CHG\u{2011}2041"), "chg-2041");
        assert_eq!(fold("Cafe\u{301}"), fold("CAF\u{c9}"));
    }

    #[test]
    fn addresses_are_safe_file_names() {
        for (id, expected) in [
            ("CHG-2041", "CHG-2041"),
            ("a/../b", "a-..-b"),
            ("..", "-"),
            ("con", "con-record"),
            ("COM1", "COM1-record"),
            ("console", "console"),
            ("payments db", "payments-db"),
            ("\u{fc}ber.md.", "\u{fc}ber.md"),
        ] {
            assert_eq!(address(id), expected, "{id}");
        }
        assert!(address(&"x".repeat(500)).len() <= 200);
    }
}
