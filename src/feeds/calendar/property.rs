//! Lines of a calendar: names, values and parameters, folded and escaped (RFC 5545, 3.1 and 3.3.11).

use std::fmt::Write;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

/// The longest line, in bytes, without its end (RFC 5545, 3.1).
const LONGEST: usize = 75;

/// The lines of a calendar.
#[derive(Debug, Default)]
pub(super) struct Lines {
    text: String,
}

impl Lines {
    /// A line with a value that needs no escaping.
    pub(super) fn raw(&mut self, name: &str, value: &str) {
        let mut length = 0;
        for letter in name.chars().chain([':']).chain(value.chars()) {
            // Behind the break of a line stands a space, which belongs to the next.
            if length + letter.len_utf8() > LONGEST {
                self.text.push_str("\r\n ");
                length = 1;
            }
            self.text.push(letter);
            length += letter.len_utf8();
        }
        self.text.push_str("\r\n");
    }

    /// A line with a text.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.raw(name, &escaped(text));
    }

    /// A line with a moment in UTC.
    pub(super) fn moment(&mut self, name: &str, at: Timestamp) {
        self.raw(name, &utc(at));
    }

    /// Further lines.
    pub(super) fn append(&mut self, other: &Lines) {
        self.text.push_str(&other.text);
    }

    /// All of them.
    pub(super) fn as_bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }
}

/// A text as a value: what has a meaning of its own is escaped, and control characters are taken out.
pub(super) fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for letter in text.trim().chars() {
        match letter {
            '\\' | ';' | ',' => {
                value.push('\\');
                value.push(letter);
            }
            '\n' => value.push_str("\\n"),
            '\t' => value.push(' '),
            letter if letter.is_control() => {}
            letter => value.push(letter),
        }
    }
    value
}

/// A moment in UTC: `20261128T220000Z`.
pub(super) fn utc(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// A time of the wall clock: `20261128T220000`.
pub(super) fn local(at: DateTime) -> String {
    at.strftime("%Y%m%dT%H%M%S").to_string()
}

/// A day: `20261128`.
pub(super) fn day(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// An offset from UTC: `+0100`, with seconds where it has some.
pub(super) fn offset(of: jiff::tz::Offset) -> String {
    let seconds = of.seconds().unsigned_abs();
    let mut text = format!("{}{:02}{:02}", if of.is_negative() { '-' } else { '+' }, seconds / 3600, seconds / 60 % 60);
    if !seconds.is_multiple_of(60) {
        write!(text, "{:02}", seconds % 60).unwrap_or_default();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_letters_and_lose_nothing() {
        let text = "\u{20ac}\u{1f600}e".repeat(60);
        let mut lines = Lines::default();
        lines.text("SUMMARY", &text);
        let all = String::from_utf8(lines.as_bytes().to_vec()).unwrap();
        assert!(all.ends_with("\r\n"));
        assert!(all.trim_end().split("\r\n").all(|line| line.len() <= LONGEST));
        assert_eq!(all.replace("\r\n ", "").trim_end(), format!("SUMMARY:{text}"));
    }

    #[test]
    fn what_has_a_meaning_is_escaped() {
        assert_eq!(escaped(" a\\b;c,d\ne\r\tf\u{0}\u{85} "), "a\\\\b\\;c\\,d\\ne f");
    }

    #[test]
    fn an_offset_has_its_sign_and_its_seconds() {
        let of = |seconds| offset(jiff::tz::Offset::from_seconds(seconds).unwrap());
        assert_eq!([of(0), of(3600), of(-12_600), of(1_172)], ["+0000", "+0100", "-0330", "+001932"]);
    }
}
