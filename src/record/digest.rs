//! What identifies the bytes of a component: a checksum, or the commit that it was built from.

use jiff::tz::TimeZone;

use super::data::Data;
use super::key::{Key, Piece, Shape};
use super::keys::{Held, Tell, Told};
use crate::read::{Fields, UNKNOWN_VALUE};

/// How many letters `sha256`, `sha384` and `sha512` have in hexadecimal, and the name of a commit.
const LENGTHS: [(&str, usize); 3] = [("sha256:", 64), ("sha384:", 96), ("sha512:", 128)];
const COMMIT: usize = 40;

/// How many letters a page shows of one.
const SHORT: usize = 12;

/// A checksum with its algorithm (`sha256:…`, `sha384:…`, `sha512:…`, as the OCI image specification writes it), or the
/// name of a git commit; in hexadecimal, small letters.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Digest(String);

impl Digest {
    /// What somebody wrote, if it has the form.
    pub fn parse(written: &str) -> Option<Digest> {
        let is_hex = |text: &str| text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let (hex, length) = LENGTHS
            .iter()
            .find_map(|(algorithm, length)| Some((written.strip_prefix(algorithm)?, *length)))
            .unwrap_or((written, COMMIT));
        (hex.len() == length && is_hex(hex)).then(|| Digest(written.to_owned()))
    }

    /// The whole of it.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Its beginning, which tells it from others for people.
    pub fn short(&self) -> &str {
        let hex = self.0.find(':').map_or(0, |at| at + 1);
        &self.0[..hex + SHORT]
    }
}

impl Told for Option<Digest> {
    fn each<'a>(&'a self, key: &'static Key, tell: &mut Tell<'_, 'a>) {
        self.iter().for_each(|digest| tell(key, Piece::Text(&digest.0)));
    }

    fn data(&self, _: &'static Key) -> Option<Data> {
        self.as_ref().and_then(|digest| Data::of_text(&digest.0))
    }

    fn clear(&mut self) {
        *self = None;
    }
}

impl Held for Option<Digest> {
    const SHAPE: Shape = Shape::Digest;

    fn read(fields: &Fields<'_>, key: &'static Key, _: &TimeZone) -> Option<Digest> {
        let (written, span) = fields.spanned_text(key.name)?;
        let digest = Digest::parse(&written);
        if digest.is_none() {
            let message = format!("`{written}` is no value of {}", key.quoted);
            let finding = fields.sink().finding(&UNKNOWN_VALUE, span, message);
            fields.sink().push(finding.label("neither a checksum nor a commit").help(
                "write `sha256:` and 64 hexadecimal digits in small letters (`sha384:`, `sha512:` alike), or the 40 of a commit",
            ));
        }
        digest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_names_its_algorithm_or_is_a_commit() {
        let of = |prefix: &str, letter: &str, length: usize| format!("{prefix}{}", letter.repeat(length));
        for right in [of("sha256:", "a", 64), of("sha384:", "0", 96), of("sha512:", "f", 128), of("", "9", 40)] {
            assert_eq!(Digest::parse(&right).map(|digest| digest.text().to_owned()), Some(right));
        }
        for wrong in [
            of("sha256:", "a", 63),
            of("sha256:", "A", 64),
            of("sha256:", "g", 64),
            of("sha256", "a", 64),
            of("md5:", "a", 32),
            of("", "9", 39),
            of("", "9", 64),
            of("sha512:", "\u{e4}", 64),
            String::new(),
        ] {
            assert_eq!(Digest::parse(&wrong), None, "{wrong}");
        }
        assert_eq!(Digest::parse(&of("sha256:", "a", 64)).unwrap().short(), "sha256:aaaaaaaaaaaa");
    }
}
