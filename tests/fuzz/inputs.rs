//! Inputs: seeds that are cut, joined, doubled and sprinkled with what parsers stumble over.

/// Numbers that look random and are the same in every run (splitmix64).
pub(crate) struct Numbers(u64);

impl Numbers {
    /// The numbers of one input.
    pub(crate) fn of(seed: u64, number: u64) -> Numbers {
        let mut numbers = Numbers(seed ^ number.wrapping_mul(0xD134_2543_DE82_EF95));
        numbers.next();
        numbers
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    pub(crate) fn of_all<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }
}

/// What parsers of every kind stumble over.
const ODD: &[&str] = &[
    "\0",
    "\r",
    "\r\n",
    "\n\n",
    "\t",
    "\u{feff}",
    "\u{202e}",
    "\u{2028}",
    "\u{85}",
    "é",
    "e\u{301}",
    "ß",
    "İ",
    "𝒳",
    "👩‍👩‍👧",
    "\u{fffd}",
    "\"",
    "'",
    "\\",
    "`",
    "```",
    "~~~",
    "<",
    ">",
    "</",
    "<!--",
    "-->",
    "<![CDATA[",
    "&",
    "&#0;",
    "&#x110000;",
    "&lt;",
    "[",
    "]",
    "](",
    "[[",
    "]]",
    "[^1]",
    "[^1]:",
    "{",
    "}",
    "{{",
    "}}",
    "{%",
    "%}",
    "(",
    ")",
    "|",
    "|---|",
    ":",
    ": ",
    ":\n",
    "- ",
    "-",
    "---",
    "---\n",
    "+++",
    "+++\n",
    "...",
    "#",
    "# ",
    "##",
    "=",
    "==",
    "*",
    "**",
    "_",
    "!",
    "![",
    "@",
    "%",
    "%00",
    "%2e%2e%2f",
    "..",
    "../",
    "/",
    "//",
    "?",
    "&amp",
    ";",
    ",",
    "~",
    "null",
    "true",
    "yes",
    "0",
    "-0",
    "00",
    "1e999",
    "-1",
    "9999999999999999999999",
    "0x",
    ".inf",
    "NaN",
    "2026-02-30",
    "0000-01-01",
    "9999-12-31",
    "-9999-01-01",
    "2026-11-22T24:00",
    "2026-11-22T23:59:60",
    "2026-03-29T02:30",
    "+14:00",
    "[Europe/London]",
    "Z",
    "PT0S",
    "P9999Y",
    "-PT1H",
    "FREQ=",
    "FREQ=SECONDLY",
    "INTERVAL=0",
    "COUNT=0",
    "COUNT=99999999999",
    "UNTIL=00000101",
    "BYDAY=-53MO",
    "BYSETPOS=-1",
    "BYMONTHDAY=31",
    "BYMONTH=2",
    "&a ",
    "*a",
    "!!binary ",
    "!<x>",
    "? ",
    "<<: ",
    "|\n",
    ">-\n",
    "'''",
    "\"\"\"",
    "javascript:",
    "data:",
    "<script>",
    "<svg onload=x>",
    "<h2>",
    "</h2>",
    "<table><tr><td>",
    "<a href=",
    "REL-1",
    "CHG-1",
    "KE-1",
];

/// The longest input: findings cost what is written.
const LONGEST: usize = 4 << 10;

/// The input of a number: one of the seeds, or two of them, changed in up to eight places.
pub(crate) fn input(seeds: &[&[u8]], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = numbers.of_all(seeds).to_vec();
    for _ in 0..numbers.below(8) {
        change(&mut bytes, seeds, numbers);
        bytes.truncate(LONGEST);
    }
    bytes
}

fn change(bytes: &mut Vec<u8>, seeds: &[&[u8]], numbers: &mut Numbers) {
    let at = numbers.below(bytes.len() + 1);
    let end = (at + numbers.below(12)).min(bytes.len());
    match numbers.below(10) {
        0 => _ = bytes.drain(at..end),
        1 => {
            let line = |byte: &u8| *byte == b'\n';
            let from = bytes[..at].iter().rposition(line).map_or(0, |found| found + 1);
            let to = bytes[at..].iter().position(line).map_or(bytes.len(), |found| at + found + 1);
            match numbers.below(3) {
                0 => _ = bytes.drain(from..to),
                1 => {
                    let line = bytes[from..to].to_vec();
                    bytes.splice(from..from, line);
                }
                _ => {
                    let line: Vec<u8> = bytes.drain(from..to).collect();
                    let to = numbers.below(bytes.len() + 1);
                    bytes.splice(to..to, line);
                }
            }
        }
        2 => {
            let part = bytes[at..end].repeat(1 + numbers.below(64));
            bytes.splice(at..end, part);
        }
        3 => {
            let other = numbers.of_all(seeds);
            let from = numbers.below(other.len() + 1);
            let to = (from + numbers.below(80)).min(other.len());
            bytes.splice(at..at, other[from..to].iter().copied());
        }
        4 => {
            let byte = numbers.below(256) as u8;
            bytes.splice(at..end.min(at + 1), [byte]);
        }
        5 => {
            let word = numbers.of_all(ODD).repeat(1 + numbers.below(40));
            bytes.splice(at..at, word.into_bytes());
        }
        _ => {
            let word = numbers.of_all(ODD).bytes();
            bytes.splice(at..end, word);
        }
    }
}

/// The same as a text: what is no UTF-8 is refused before anything reads it.
pub(crate) fn text(seeds: &[&str], numbers: &mut Numbers) -> String {
    let seeds: Vec<&[u8]> = seeds.iter().map(|seed| seed.as_bytes()).collect();
    String::from_utf8_lossy(&input(&seeds, numbers)).into_owned()
}
