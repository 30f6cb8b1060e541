//! The cards of results: small files of neighbouring documents, of which a search fetches those of the results that
//! it shows. They are deflated (RFC 1951), for a host need not compress what it serves; browsers inflate by themselves.

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;

use super::bytes::{Reader, put_text};
use super::card::Card;
use super::files::{Files, Name, add_parts};

/// How many cards a file has: neighbours in the order of results, so that a page of ten results takes one or two files, and
/// a file is some thousands of bytes.
pub(super) const CARDS: usize = 16;
/// How many documents have the name of their files in common: as many as one thread indexes at a time, which is asserted, so
/// that a changed record renames the files of its own thousand and no others.
pub(super) const CARD_RANGE: usize = 1 << 10;
/// The fastest of ten levels; the next ones take a third more time for a twentieth fewer bytes.
const LEVEL: u8 = 1;
/// No file of cards is longer than this by far; what claims to be is damaged, and memory is not given to it.
const LONGEST: usize = 1 << 24;

/// Writes the cards of some neighbouring documents.
pub(super) fn write(cards: &[Card], files: &mut Files) -> Name {
    add_parts(files, cards.chunks(CARDS).map(block).collect())
}

fn block(cards: &[Card]) -> Vec<u8> {
    let mut out = Vec::new();
    for card in cards {
        for text in [&card.id, &card.title, &card.href, &card.text, &card.workaround_state, &card.workaround] {
            put_text(&mut out, text);
        }
    }
    compress_to_vec(&out, LEVEL)
}

/// Reads a file of cards; none where it is none.
pub(super) fn read(bytes: &[u8]) -> Vec<Card> {
    let inflated = decompress_to_vec_with_limit(bytes, LONGEST).unwrap_or_default();
    let mut reader = Reader::new(&inflated);
    std::iter::from_fn(|| card(&mut reader)).collect()
}

fn card(reader: &mut Reader<'_>) -> Option<Card> {
    let mut text = || reader.text().map(str::to_owned);
    Some(Card {
        id: text()?,
        title: text()?,
        href: text()?,
        text: text()?,
        workaround_state: text()?,
        workaround: text()?,
    })
}
