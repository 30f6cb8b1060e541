//! EDGE: reads one text that people write, within the limits that hold for all of them.

use std::path::Path;

use anyhow::{Context, Result};

use super::look;
use super::text::{Source, Span};

/// The most that a text may hold that people write, in bytes: far more than any honest record has.
pub const MAX_TEXT_BYTES: usize = 1 << 20;

/// What keeps a text from being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextFault {
    /// It is not UTF-8.
    NotUtf8 {
        /// The first byte that begins no character.
        byte: u8,
        /// Where it stands.
        span: Span,
    },
    /// It holds more than [`MAX_TEXT_BYTES`].
    TooLarge,
}

/// A file's text, as far as it can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The text.
    pub source: Source,
    /// Why it is not all of the file.
    pub fault: Option<TextFault>,
}

/// Reads a text file; `None` where it is not there.
///
/// # Errors
///
/// It cannot be read, or is a link or no regular file.
pub fn load_text(path: &Path, name: &str) -> Result<Option<Text>> {
    let Some((bytes, is_all)) = look::read(path, MAX_TEXT_BYTES)? else { return Ok(None) };
    Ok(Some(match String::from_utf8(bytes) {
        Ok(text) => Text { source: Source::new(name, text), fault: (!is_all).then_some(TextFault::TooLarge) },
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            let source = Source::new(name, String::from_utf8_lossy(error.as_bytes()).into_owned());
            let fault = if is_all { not_utf8(error.as_bytes(), at) } else { TextFault::TooLarge };
            Text { source, fault: Some(fault) }
        }
    }))
}

/// Reads a file that is published as it is.
///
/// # Errors
///
/// It cannot be read, is not there any more, or is a link or no regular file.
pub fn load_file(path: &Path) -> Result<Vec<u8>> {
    let read = look::read(path, u32::MAX as usize)?;
    read.map(|(bytes, _)| bytes).with_context(|| format!("{} is not there any more", path.display()))
}

/// Marks the first byte that begins no character, in the text that is kept: with LF and without a byte-order mark.
fn not_utf8(bytes: &[u8], at: usize) -> TextFault {
    let carriage_returns = bytes[..at].windows(2).filter(|pair| *pair == b"\r\n").count();
    let mark = if bytes.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 };
    let start = at - carriage_returns - mark;
    TextFault::NotUtf8 { byte: bytes[at], span: Span::new(start..start + '\u{fffd}'.len_utf8()) }
}
