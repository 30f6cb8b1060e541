//! Compares and digests bytes, in memory and on disk, a chunk at a time.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use rustix::fs::{CWD, Mode, OFlags};
use sha2::{Digest as _, Sha256};

use super::fault::fault;

/// How much of a file is in memory at a time.
pub(super) const CHUNK: usize = 64 * 1024;

/// A SHA-256.
pub(super) type Digest = [u8; 32];

thread_local! {
    static CHUNKS: RefCell<[Box<[u8]>; 2]> =
        RefCell::new([vec![0; CHUNK].into_boxed_slice(), vec![0; CHUNK].into_boxed_slice()]);
}

/// The SHA-256 of bytes in memory.
pub(super) fn digest(bytes: &[u8]) -> Digest {
    Sha256::digest(bytes).into()
}

/// The digest as sha256sum prints it.
pub(super) fn hex(digest: &Digest) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(2 * digest.len());
    for digit in digest.iter().flat_map(|byte| [byte >> 4, byte & 15]) {
        text.push(char::from(DIGITS[usize::from(digit)]));
    }
    text
}

/// The digest that a text of 64 digits stands for.
pub(super) fn unhex(text: &str) -> Option<Digest> {
    if text.len() != 64 || !is_hex(text) {
        return None;
    }
    let mut digest = Digest::default();
    for (index, byte) in digest.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * index..2 * index + 2], 16).ok()?;
    }
    Some(digest)
}

/// Whether a text is hexadecimal, of whatever length.
pub(super) fn is_hex(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Opens a file or folder for reading; a link in its place is not followed, and a FIFO does not block.
pub(super) fn open(from: &Path) -> anyhow::Result<File> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let source = rustix::fs::openat(CWD, from, flags, Mode::empty());
    Ok(File::from(source.map_err(|error| fault("read", from, error))?))
}

/// Calls `take` with each chunk of the file; gives its size and digest.
pub(super) fn each_chunk(
    file: &mut File,
    path: &Path,
    take: &mut dyn FnMut(&[u8]) -> anyhow::Result<()>,
) -> anyhow::Result<(u64, Digest)> {
    CHUNKS.with_borrow_mut(|[chunk, _]| {
        let (mut hasher, mut size) = (Sha256::new(), 0);
        loop {
            let filled = fill(file, chunk).map_err(|error| fault("read", path, error))?;
            if filled == 0 {
                return Ok((size, hasher.finalize().into()));
            }
            hasher.update(&chunk[..filled]);
            take(&chunk[..filled])?;
            size += filled as u64;
        }
    })
}

/// The digest of a file on disk.
pub(super) fn file_digest(path: &Path) -> anyhow::Result<Digest> {
    let (_, digest) = each_chunk(&mut open(path)?, path, &mut |_| Ok(()))?;
    Ok(digest)
}

/// Whether the file's next bytes are these.
pub(super) fn is_equal(file: &mut File, bytes: &[u8]) -> bool {
    CHUNKS.with_borrow_mut(|[chunk, _]| {
        bytes.chunks(CHUNK).all(|part| {
            let there = &mut chunk[..part.len()];
            file.read_exact(there).is_ok() && there == part
        })
    })
}

/// The digest of `source` if `file` has the same bytes. Only the source's failures are errors.
pub(super) fn equal_digest(file: &mut File, source: &mut File) -> io::Result<Option<Digest>> {
    CHUNKS.with_borrow_mut(|[chunk, there]| {
        let mut hasher = Sha256::new();
        loop {
            let filled = fill(source, chunk)?;
            let same = matches!(fill(file, there), Ok(found) if chunk[..filled] == there[..found]);
            if !same {
                return Ok(None);
            }
            if filled == 0 {
                return Ok(Some(hasher.finalize().into()));
            }
            hasher.update(&chunk[..filled]);
        }
    })
}

/// Reads until the chunk is full or the file ends.
fn fill(file: &mut File, chunk: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < chunk.len() {
        match file.read(&mut chunk[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_those_of_sha256sum() {
        let hello = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
        assert_eq!(hex(&digest(b"hello")), hello);
        assert_eq!(unhex(hello), Some(digest(b"hello")));
        for bad in ["", "2cf24d", &hello.replace('2', "g"), &hello.replace('2', "+")] {
            assert_eq!(unhex(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_file_is_digested_whatever_its_length() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        for length in [0, 1, CHUNK - 1, CHUNK, 2 * CHUNK + 1] {
            let bytes = vec![b'x'; length];
            std::fs::write(&path, &bytes).unwrap();
            assert_eq!(file_digest(&path).unwrap(), digest(&bytes), "{length}");
        }
    }
}
