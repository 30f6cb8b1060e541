//! Versions in the order in which they follow one another.
//!
//! 1. A version begins with a number, after an optional `v`; anything else cannot be compared and is none.
//! 2. First come the numbers between dots, those that are missing as 0: `1.10` is behind `1.9.4`, and `4.9` is `4.9.0`.
//! 3. Of versions with the same numbers, candidates come before the final one, and what follows it behind.
//! 4. Candidates compare as SemVer 2 has it, but for digits within a word, which are a number too: `rc9` comes before
//!    `rc10`. What stands behind a `+` says how it was built, and counts for nothing.

use std::cmp::Ordering;

/// Words that make a candidate of what stands before them, where no dash does.
const CANDIDATES: [&str; 12] =
    ["alpha", "beta", "canary", "cr", "dev", "ea", "milestone", "nightly", "pre", "preview", "rc", "snapshot"];
/// Letters that do so only with a number behind them: `3.6b1` is a beta, `1.0.2b` follows `1.0.2`.
const CANDIDATE_LETTERS: [&str; 4] = ["a", "b", "c", "m"];

/// A version that can be compared. Two that say the same in other words, such as `v1.0` and `1.0.0`, are equal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// The numbers between dots, without zeros at the end.
    numbers: Vec<Number>,
    rank: Rank,
    /// What stands behind the numbers.
    parts: Vec<Identifier>,
}

/// Where a version stands among those with the same numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Candidate,
    Final,
    FollowUp,
}

/// A number of any length: its digits without zeros in front.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Number(Box<str>);

/// A part of what stands behind the numbers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Identifier {
    Number(Number),
    Word(Vec<Token>),
}

/// A letter of a word, or digits within it, where digits stand in the order of ASCII.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Token {
    Sign(char),
    Number(Number),
    Letter(char),
}

impl Version {
    /// Reads a version; nothing where it cannot be compared.
    pub fn new(text: &str) -> Option<Version> {
        let text = text.trim();
        let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
        text.starts_with(|first: char| first.is_ascii_digit()).then(|| {
            let (text, _) = text.split_once('+').unwrap_or((text, ""));
            let (mut numbers, rest) = leading_numbers(text);
            let is_whole = numbers.len() == 3;
            while numbers.last().is_some_and(|last| last.0.is_empty()) {
                numbers.pop();
            }
            let parts = match rest.strip_prefix('-') {
                // SemVer parts what follows at dots alone.
                Some(candidate) if is_whole => identifiers(candidate, |letter| letter == '.'),
                _ => identifiers(rest, |letter| !letter.is_alphanumeric()),
            };
            let rank = match (parts.is_empty(), is_candidate(rest)) {
                (true, _) => Rank::Final,
                (false, true) => Rank::Candidate,
                (false, false) => Rank::FollowUp,
            };
            Version { numbers, rank, parts }
        })
    }
}

/// The numbers between dots with which a text begins, and what stands behind them.
fn leading_numbers(text: &str) -> (Vec<Number>, &str) {
    let mut numbers = Vec::new();
    let mut rest = text;
    loop {
        let digits = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
        numbers.push(Number::new(&rest[..digits]));
        rest = &rest[digits..];
        match rest.strip_prefix('.') {
            Some(next) if next.starts_with(|first: char| first.is_ascii_digit()) => rest = next,
            _ => return (numbers, rest),
        }
    }
}

/// Whether what stands behind the numbers says that the version is still to become final.
fn is_candidate(rest: &str) -> bool {
    let is_blank = |letter: char| !letter.is_alphanumeric();
    let words = rest.trim_start_matches(is_blank);
    let (word, behind) = words.split_at(words.find(|letter: char| !letter.is_alphabetic()).unwrap_or(words.len()));
    let is_numbered = behind.trim_start_matches(is_blank).starts_with(|next: char| next.is_ascii_digit());
    let is_any = |known: &[&str]| known.iter().any(|known| known.eq_ignore_ascii_case(word));
    rest.starts_with('-') || is_any(&CANDIDATES) || (is_numbered && is_any(&CANDIDATE_LETTERS))
}

fn identifiers(text: &str, is_between: impl Fn(char) -> bool) -> Vec<Identifier> {
    text.split(is_between).filter(|part| !part.is_empty()).map(Identifier::new).collect()
}

impl Identifier {
    fn new(part: &str) -> Identifier {
        if part.bytes().all(|byte| byte.is_ascii_digit()) {
            return Identifier::Number(Number::new(part));
        }
        let mut tokens = Vec::new();
        let mut rest = part;
        while let Some(first) = rest.chars().next() {
            let digits = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
            let length = if digits > 0 { digits } else { first.len_utf8() };
            tokens.push(match digits {
                0 if first < '0' => Token::Sign(first),
                0 => Token::Letter(first),
                _ => Token::Number(Number::new(&rest[..digits])),
            });
            rest = &rest[length..];
        }
        Identifier::Word(tokens)
    }
}

impl Number {
    fn new(digits: &str) -> Number {
        Number(digits.trim_start_matches('0').into())
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Number) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        Version::new(text).unwrap_or_else(|| panic!("{text} can be compared"))
    }

    /// Each stands before the next, whichever two are held against each other.
    fn assert_rises(texts: &[&str]) {
        for (number, one) in texts.iter().enumerate() {
            for (other_number, other) in texts.iter().enumerate() {
                let wanted = number.cmp(&other_number);
                assert_eq!(version(one).cmp(&version(other)), wanted, "{one} against {other}");
            }
        }
    }

    #[test]
    fn numbers_compare_as_numbers_and_candidates_come_before_the_final_one() {
        assert_rises(&["4.9-rc1", "4.9", "4.9.1", "4.10", "10.0"]);
        assert_rises(&["3.0.0-rc.9", "3.0.0-rc.10", "3.0.0", "3.0.1-0", "3.0.1"]);
        assert_rises(&["2.0-rc9", "2.0-rc10", "2.0"]);
        assert_rises(&["v9", "10", "v11"]);
        assert_rises(&["1.4.9", "1.5a1", "1.5b2", "1.5b10", "1.5rc1", "1.5", "1.5.0.1", "1.5.0.2"]);
        assert_rises(&["1.0.1", "1.0.2", "1.0.2a", "1.0.2k", "1.0.3"]);
        assert_rises(&["5.3.0.BETA1", "5.3.0.RC1", "5.3.0", "5.3.0.RELEASE", "5.3.0.SP1", "5.3.1.SNAPSHOT"]);
        assert_rises(&["2026.3", "2026.3.1", "2026.10", "2027.1"]);
        assert_rises(&["1.2.3", "1.2.3_4", "1.2.3_10", "1.2.4 beta 2", "1.2.4", "1.2.4 patch 1"]);
    }

    /// The example of SemVer 2, section 11.4.4.
    #[test]
    fn precedence_is_that_of_semver() {
        assert_rises(&[
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "2.0.0",
            "2.1.0",
            "2.1.1",
        ]);
        assert_rises(&["1.0.0-1", "1.0.0-1-0", "1.0.0-a-b", "1.0.0-a0", "1.0.0-aa"]);
    }

    #[test]
    fn other_ways_to_write_a_version_are_equal() {
        for (one, other) in [
            ("v1.2.3", "1.2.3"),
            ("V1.2.3", "v1.2.3"),
            (" 1.2.3 ", "1.2.3"),
            ("4.9", "4.9.0"),
            ("1.2.3+build.7", "1.2.3+build.12"),
            ("1.2.3-rc.1+5", "1.2.3-rc.1"),
            ("2026.07", "2026.7"),
            ("1.0-rc01", "1.0-rc1"),
        ] {
            assert_eq!(version(one), version(other), "{one} and {other}");
        }
    }

    #[test]
    fn what_begins_with_no_number_cannot_be_compared() {
        for text in ["", " ", "v", "Big Ben", "vista 2", "release-1.2", "-1", "\u{661}.0", "vv1", ".5"] {
            assert_eq!(Version::new(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_have_any_length() {
        let long = "9".repeat(4_000);
        assert_rises(&[
            "1.18446744073709551615",
            "1.18446744073709551616",
            "1.99999999999999999999999",
            &format!("1.{long}"),
        ]);
        assert_eq!(version(&format!("1.{}7", "0".repeat(4_000))), version("1.7"));
    }

    /// A generator with a fixed seed (xorshift64, Marsaglia 2003).
    struct Random(u64);

    impl Random {
        fn below(&mut self, limit: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            (self.0 % limit as u64) as usize
        }

        fn version(&mut self) -> String {
            const PIECES: [&str; 28] = [
                "0",
                "1",
                "2",
                "9",
                "10",
                "01",
                "18446744073709551616",
                ".",
                ".",
                ".",
                ".",
                "-",
                "-",
                "_",
                " ",
                "+",
                "a",
                "b",
                "rc",
                "RC",
                "beta",
                "final",
                "x",
                "SNAPSHOT",
                "\u{e9}",
                "~",
                "(",
                "..",
            ];
            let start = ["", "v", "V"][self.below(3)].to_owned() + ["0", "1", "2", "10"][self.below(4)];
            (0..self.below(7)).fold(start, |text, _| text + PIECES[self.below(PIECES.len())])
        }
    }

    #[test]
    fn the_order_is_total_and_consistent() {
        let mut random = Random(0x9e37_79b9_7f4a_7c15);
        let texts: Vec<String> = (0..220).map(|_| random.version()).collect();
        let versions: Vec<Version> = texts.iter().map(|text| version(text)).collect();
        for (one, of_one) in versions.iter().zip(&texts) {
            for (other, of_other) in versions.iter().zip(&texts) {
                assert_eq!(one.cmp(other), other.cmp(one).reverse(), "{of_one} and {of_other}");
                assert_eq!(one.cmp(other) == Ordering::Equal, one == other, "{of_one} and {of_other}");
                for (third, of_third) in versions.iter().zip(&texts) {
                    let is_broken = one <= other && other <= third && one > third;
                    assert!(!is_broken, "{of_one}, {of_other}, {of_third}");
                }
            }
        }
    }
}
