//! A part of the whole, in percent.

use jiff::tz::TimeZone;

use super::data::Data;
use super::key::{Key, Piece, Shape};
use super::keys::{Held, Tell, Told};
use crate::read::{Fields, UNKNOWN_VALUE};

/// A part of the whole: from 0 to 100 percent, to the hundredth.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share {
    hundredths: u16,
    text: String,
}

impl Share {
    /// The whole.
    const WHOLE: u16 = 100 * 100;

    /// What somebody wrote: `25 %`, `25%`, `0.5` or `25`.
    fn parse(written: &str) -> Option<Share> {
        let number = written.trim().trim_end_matches('%').trim_end();
        let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
        let is_number = |text: &str, most| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if !is_number(whole, 3) || !is_number(part, 2) || written.matches('%').count() > 1 {
            return None;
        }
        let hundredths = whole.parse::<u16>().ok()?.checked_mul(100)? + format!("{part:0<2}").parse::<u16>().ok()?;
        let shown = match (hundredths / 100, hundredths % 100) {
            (whole, 0) => whole.to_string(),
            (whole, part) => format!("{whole}.{part:02}").trim_end_matches('0').to_owned(),
        };
        (hundredths <= Share::WHOLE).then(|| Share { hundredths, text: format!("{shown} %") })
    }

    /// Whether it is the whole.
    pub fn is_whole(&self) -> bool {
        self.hundredths == Share::WHOLE
    }

    /// As a page says it: `25 %`, `0.5 %`.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl Told for Option<Share> {
    fn each<'a>(&'a self, key: &'static Key, tell: &mut Tell<'_, 'a>) {
        self.iter().for_each(|share| tell(key, Piece::Text(&share.text)));
    }

    fn data(&self, _: &'static Key) -> Option<Data> {
        self.as_ref().and_then(|share| Data::of_text(&share.text))
    }

    fn clear(&mut self) {
        *self = None;
    }
}

impl Held for Option<Share> {
    const SHAPE: Shape = Shape::Share;

    fn read(fields: &Fields<'_>, key: &'static Key, _: &TimeZone) -> Option<Share> {
        let (written, span) = fields.spanned_text(key.name)?;
        let share = Share::parse(&written);
        if share.is_none() {
            let message = format!("`{written}` is no value of {}", key.quoted);
            let finding = fields.sink().finding(&UNKNOWN_VALUE, span, message);
            fields.sink().push(
                finding
                    .label("not a part of the whole in percent")
                    .help("write a number from 0 to 100, with a percent sign or without: `25 %`, `0.5 %`"),
            );
        }
        share
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_a_number_up_to_a_hundred() {
        for (written, shown) in [
            ("25 %", "25 %"),
            ("25%", "25 %"),
            ("25", "25 %"),
            (" 100 % ", "100 %"),
            ("0.5", "0.5 %"),
            ("0.50 %", "0.5 %"),
            ("0.05%", "0.05 %"),
            ("10.25", "10.25 %"),
            ("0", "0 %"),
            ("007", "7 %"),
        ] {
            assert_eq!(Share::parse(written).as_ref().map(Share::text), Some(shown), "{written}");
        }
        for written in [
            "100.01", "101", "-1", "+1", "1e1", "a lot", "", "%", "25 %%", "1.234", ".5", "5.", "1/2", "\u{664}",
            "65536", "1 0",
        ] {
            assert_eq!(Share::parse(written), None, "{written}");
        }
        let of = |written| Share::parse(written).unwrap();
        assert!(of("0.5") < of("2") && of("9.99") < of("10") && of("100").is_whole() && !of("99.99").is_whole());
    }
}
