//! How numbers, texts and runs of bits stand in the files of the index.

/// Quotients from here on are written as they are: a run of more ones would be longer than the number itself, with its sign.
const ESCAPE: u32 = 24;

/// Appends a number, seven bits a byte, the lowest first.
pub(super) fn put_number(out: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Appends a text behind its length.
pub(super) fn put_text(out: &mut Vec<u8>, text: &str) {
    put_number(out, text.len() as u32);
    out.extend_from_slice(text.as_bytes());
}

/// Appends a text as what it shares with the one before it, and the rest.
pub(super) fn put_behind(out: &mut Vec<u8>, before: &str, text: &str) {
    let shared = before.bytes().zip(text.bytes()).take_while(|(one, other)| one == other).count();
    put_number(out, text.floor_char_boundary(shared) as u32);
    put_text(out, &text[text.floor_char_boundary(shared)..]);
}

/// Appends texts in order behind their number, each behind the one before it.
pub(super) fn put_texts<'a>(out: &mut Vec<u8>, texts: impl ExactSizeIterator<Item = &'a str>) {
    put_number(out, texts.len() as u32);
    let mut before = "";
    for text in texts {
        put_behind(out, before, text);
        before = text;
    }
}

/// Reads what the functions above wrote. What was cut off gives nothing.
#[derive(Debug, Clone)]
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader { rest: bytes }
    }

    pub(super) fn number(&mut self) -> Option<u32> {
        let mut number = 0u32;
        for shift in (0..35).step_by(7) {
            let (&byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            number |= u32::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    pub(super) fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    pub(super) fn text(&mut self) -> Option<&'a str> {
        let length = self.number()?;
        std::str::from_utf8(self.bytes(length as usize)?).ok()
    }

    pub(super) fn text_behind(&mut self, before: &str) -> Option<String> {
        let shared = self.number()? as usize;
        Some(before.get(..shared)?.to_owned() + self.text()?)
    }

    pub(super) fn texts(&mut self) -> Option<Vec<String>> {
        let mut texts: Vec<String> = Vec::new();
        for _ in 0..self.number()? {
            texts.push(self.text_behind(texts.last().map_or("", String::as_str))?);
        }
        Some(texts)
    }
}

/// Writes runs of bits, the highest bit of a byte first.
#[derive(Debug, Default)]
pub(super) struct BitWriter {
    out: Vec<u8>,
    pending: u64,
    count: u32,
}

impl BitWriter {
    /// Appends the lowest `width` bits, at most 32.
    #[inline]
    pub(super) fn put(&mut self, bits: u32, width: u32) {
        self.pending = self.pending << width | u64::from(bits);
        self.count += width;
        while self.count >= 8 {
            self.count -= 8;
            self.out.push((self.pending >> self.count) as u8);
        }
    }

    /// Appends a number in Rice's code (Rice and Plaunt 1971): short where it is near or below two to the power of
    /// `parameter`.
    #[inline]
    pub(super) fn put_rice(&mut self, number: u32, parameter: u32) {
        let quotient = number >> parameter;
        if quotient >= ESCAPE {
            self.put((1 << ESCAPE) - 1, ESCAPE);
            self.put(number, 32);
        } else {
            self.put((1 << (quotient + 1)) - 2, quotient + 1);
            self.put(number & ((1 << parameter) - 1), parameter);
        }
    }

    /// The bytes, the last filled up with zeros.
    pub(super) fn finish(mut self) -> Vec<u8> {
        if self.count > 0 {
            let missing = 8 - self.count;
            self.put(0, missing);
        }
        self.out
    }
}

/// Reads runs of bits. What was cut off gives zeros.
#[derive(Debug)]
pub(super) struct BitReader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> BitReader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> BitReader<'a> {
        BitReader { bytes, at: 0 }
    }

    fn bit(&mut self) -> u32 {
        let byte = self.bytes.get(self.at / 8).copied().unwrap_or(0);
        self.at += 1;
        u32::from(byte >> (8 - (self.at - 1) % 8 - 1) & 1)
    }

    pub(super) fn take(&mut self, width: u32) -> u32 {
        (0..width).fold(0, |bits, _| bits << 1 | self.bit())
    }

    pub(super) fn rice(&mut self, parameter: u32) -> u32 {
        let mut quotient = 0;
        while self.bit() == 1 {
            quotient += 1;
            if quotient == ESCAPE {
                return self.take(32);
            }
        }
        quotient << parameter | self.take(parameter)
    }
}

/// The parameter for numbers of this sum.
pub(super) fn rice_parameter(sum: u64, count: u64) -> u32 {
    let mean = sum / count.max(1);
    (mean * 7 / 10).checked_ilog2().unwrap_or(0).min(20)
}

/// A number whose sign stands in its lowest bit.
pub(super) fn zigzag(number: i32) -> u32 {
    (number << 1 ^ number >> 31) as u32
}

/// The number with its sign where it belongs.
pub(super) fn unzigzag(number: u32) -> i32 {
    (number >> 1) as i32 ^ -((number & 1) as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let numbers = [0, 1, 5, 127, 128, 40_000, 16_384, u32::MAX];
        let mut out = Vec::new();
        numbers.iter().for_each(|&number| put_number(&mut out, number));
        put_text(&mut out, "\u{e9}t\u{e9}");
        let mut reader = Reader::new(&out);
        assert_eq!(numbers.map(|_| reader.number().unwrap()), numbers);
        assert_eq!((reader.text(), reader.number()), (Some("\u{e9}t\u{e9}"), None));
        for parameter in [0, 3, 20] {
            let mut bits = BitWriter::default();
            numbers.iter().for_each(|&number| bits.put_rice(number, parameter));
            bits.put(5, 4);
            let bytes = bits.finish();
            let mut reader = BitReader::new(&bytes);
            assert_eq!(numbers.map(|_| reader.rice(parameter)), numbers);
            assert_eq!(reader.take(4), 5);
        }
        for number in [0, 1, -1, 20_000, i32::MIN] {
            assert_eq!(unzigzag(zigzag(number)), number);
        }
    }
}
