//! The terms in order, cut into files of a size that is quickly fetched, each with the postings of its terms.
//!
//! A file begins with how many terms it has and the names of the files with its longer postings; then comes for each
//! term how many letters it shares with the one before, the rest of it, how many documents have it, and how long its
//! postings are, with those themselves where they are short. Longer postings stand one behind the other in files of
//! their own, and a reader finds each by the lengths before it.
//!
//! For typing errors the words stand once more in a second dictionary, read from their ends: a word with one error is
//! right in its first half or in its second. Neighbours have a dictionary of the same form, and the parts of words one
//! without postings.

use std::ops::Range;

use rayon::prelude::*;

use super::bytes::{Reader, put_behind, put_number, put_texts};
use super::files::{Files, NAME, Name, add, add_parts, part_route, route};
use super::merge::Term;

/// A file is cut when it has reached about this many bytes: with its head it fits into the first window of a connection, some
/// 14 KB (RFC 6928), so that a word costs one round trip.
pub(super) const BLOCK: usize = 6 << 10;
/// Postings up to so many bytes stand with their term: most words are in few records, and need no second file.
const SHORT: usize = 48;
/// A file of longer postings takes no more than so many bytes, unless one term's alone are more: what is fetched for one
/// term are mostly those of others.
const FAR: usize = 8 << 10;

/// How many files have a name in common, each with its number behind it: the directory then has one name for that many.
pub(super) const NAMED: usize = 16;

/// What leads to the files of a dictionary.
#[derive(Debug, Default)]
pub(super) struct Directory {
    /// For each file the shortest text that comes behind all terms before it, and not behind its own.
    pub beginnings: Vec<String>,
    /// The names of the files, [`NAMED`] by [`NAMED`].
    pub names: Vec<Name>,
}

/// A term in the dictionary, and where its postings are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub text: String,
    /// How many documents have it.
    pub count: u32,
    pub place: PostingsPlace,
    /// How many bytes they are.
    pub size: usize,
}

/// Where the postings of a term are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PostingsPlace {
    /// With the term.
    Here(Vec<u8>),
    /// In this file, from this byte on.
    File(String, usize),
}

/// Writes the dictionary.
pub(super) fn write(terms: &[Term], files: &mut Files) -> Directory {
    let ranges = cut(terms.iter().map(size_of));
    let written: Vec<(Name, Files)> = ranges
        .par_chunks(NAMED)
        .map(|ranges| {
            let mut files = Files::new();
            let blocks = ranges.iter().map(|range| block(&terms[range.clone()], &mut files)).collect();
            (add_parts(&mut files, blocks), files)
        })
        .collect();
    let mut directory = Directory { beginnings: beginnings(&ranges, |at| &terms[at].text), names: Vec::new() };
    for (name, of_blocks) in written {
        files.extend(of_blocks);
        directory.names.push(name);
    }
    directory
}

/// About how many bytes some terms take in a dictionary.
pub(super) fn size(terms: &[Term]) -> usize {
    terms.iter().map(size_of).sum()
}

fn size_of(term: &Term) -> usize {
    term.text.len() + 3 + if term.postings.len() <= SHORT { term.postings.len() } else { 0 }
}

/// The shortest text that comes behind all terms before a range and not behind its own, for each range.
fn beginnings<'a>(ranges: &[Range<usize>], term: impl Fn(usize) -> &'a str) -> Vec<String> {
    let beginning = |range: &Range<usize>| {
        let first = term(range.start);
        let before = range.start.checked_sub(1).map_or("", &term);
        let ends = first.char_indices().map(|(at, letter)| at + letter.len_utf8());
        ends.map(|end| &first[..end]).find(|text| *text > before).unwrap_or(first).to_owned()
    };
    ranges.iter().map(beginning).collect()
}

/// Writes the words read from their ends. Numbers and joined words are no words that have typing errors.
pub(super) fn write_endings(terms: &[Term], files: &mut Files) -> Directory {
    let is_word = |term: &&Term| is_plain(&term.text);
    write_texts(terms.par_iter().filter(is_word).map(|term| term.text.chars().rev().collect()).collect(), files)
}

/// Writes a dictionary of texts without postings.
pub(super) fn write_texts(mut texts: Vec<String>, files: &mut Files) -> Directory {
    texts.par_sort_unstable();
    let ranges = cut(texts.iter().map(|text| text.len()));
    let mut directory = Directory { beginnings: beginnings(&ranges, |at| &texts[at]), names: Vec::new() };
    for ranges in ranges.chunks(NAMED) {
        let block = |range: &Range<usize>| {
            let mut out = Vec::new();
            put_texts(&mut out, texts[range.clone()].iter().map(String::as_str));
            out
        };
        directory.names.push(add_parts(files, ranges.iter().map(block).collect()));
    }
    directory
}

/// Whether a term is a word of at least four letters and nothing else: one with a typing error, or a part of another
/// one, may stand for it.
pub(super) fn is_plain(term: &str) -> bool {
    term.chars().nth(3).is_some() && term.chars().all(char::is_alphabetic)
}

/// Cuts things of these sizes into pieces of about the size of a file.
fn cut(sizes: impl Iterator<Item = usize>) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let (mut start, mut end, mut sum) = (0, 0, 0);
    for size in sizes {
        sum += size;
        end += 1;
        if sum >= BLOCK {
            ranges.push(start..end);
            (start, sum) = (end, 0);
        }
    }
    if start < end {
        ranges.push(start..end);
    }
    ranges
}

/// One file of a dictionary.
pub(super) fn block(terms: &[Term], files: &mut Files) -> Vec<u8> {
    let mut far: Vec<Vec<u8>> = Vec::new();
    for postings in terms.iter().map(|term| &term.postings).filter(|postings| postings.len() > SHORT) {
        match far.last_mut().filter(|last| last.len() + postings.len() <= FAR) {
            Some(last) => last.extend_from_slice(postings),
            None => far.push(postings.to_vec()),
        }
    }
    let mut out = Vec::with_capacity(BLOCK + 1024);
    put_number(&mut out, terms.len() as u32);
    put_number(&mut out, far.len() as u32);
    for file in far {
        let name = add(files, file);
        out.extend_from_slice(&name);
    }
    let mut before = "";
    for term in terms {
        put_behind(&mut out, before, &term.text);
        put_number(&mut out, term.count);
        put_number(&mut out, term.postings.len() as u32);
        if term.postings.len() <= SHORT {
            out.extend_from_slice(&term.postings);
        }
        before = &term.text;
    }
    out
}

/// Reads a file of the dictionary.
pub(super) fn read(bytes: &[u8]) -> Option<Vec<Entry>> {
    let mut reader = Reader::new(bytes);
    let count = reader.number()?;
    let files = (0..reader.number()?).map(|_| reader.bytes(NAME).map(route)).collect::<Option<Vec<_>>>()?;
    let mut entries: Vec<Entry> = Vec::new();
    let (mut file, mut at) = (0, 0);
    for _ in 0..count {
        let text = reader.text_behind(entries.last().map_or("", |entry| &entry.text))?;
        let count = reader.number()?;
        let size = reader.number()? as usize;
        let place = if size <= SHORT {
            PostingsPlace::Here(reader.bytes(size)?.to_vec())
        } else {
            if at > 0 && at + size > FAR {
                (file, at) = (file + 1, 0);
            }
            at += size;
            PostingsPlace::File(files.get(file)?.clone(), at - size)
        };
        entries.push(Entry { text, count, place, size });
    }
    Some(entries)
}

/// Reads names behind their number.
pub(super) fn names(reader: &mut Reader<'_>) -> Option<Vec<Name>> {
    (0..reader.number()?).map(|_| reader.bytes(NAME)?.try_into().ok()).collect()
}

/// Reads a file of texts without postings.
pub(super) fn read_texts(bytes: &[u8]) -> Option<Vec<String>> {
    Reader::new(bytes).texts()
}

/// Reads a file of words read from their ends, and gives them as they are written.
pub(super) fn read_endings(bytes: &[u8]) -> Option<Vec<String>> {
    let endings = read_texts(bytes)?;
    Some(endings.into_iter().map(|ending| ending.chars().rev().collect()).collect())
}

impl Directory {
    /// Writes it behind other things.
    pub(super) fn put(&self, out: &mut Vec<u8>) {
        put_texts(out, self.beginnings.iter().map(String::as_str));
        put_number(out, self.names.len() as u32);
        self.names.iter().for_each(|name| out.extend_from_slice(name));
    }

    /// Reads what [`Directory::put`] wrote.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Directory> {
        Some(Directory { beginnings: reader.texts()?, names: names(reader)? })
    }

    /// The addresses of the files that can hold terms with this beginning.
    pub(super) fn files_of(&self, beginning: &str) -> impl Iterator<Item = String> {
        let first = self.beginnings.partition_point(|of| of.as_str() <= beginning).saturating_sub(1);
        let is_before = |of: &String| of.as_str() <= beginning || of.starts_with(beginning);
        let end = self.beginnings.partition_point(is_before).max((first + 1).min(self.beginnings.len()));
        (first..end).filter_map(|file| Some(part_route(self.names.get(file / NAMED)?, (file % NAMED) as u32)))
    }
}
