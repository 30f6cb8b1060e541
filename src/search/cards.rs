//! The cards of results: small files of neighbouring documents, of which a search fetches those of the results that
//! it shows.

use super::bytes::{Reader, put_text};
use super::document::Card;
use super::files::{Files, Name, name_of, part_route};

/// How many cards a file has.
pub(super) const CARDS: usize = 16;
/// How many documents have the name of their files in common.
pub(super) const CARD_RANGE: usize = 1 << 10;

/// Writes the cards of some neighbouring documents.
pub(super) fn write(cards: &[Card], files: &mut Files) -> Name {
    let blocks: Vec<Vec<u8>> = cards.chunks(CARDS).map(block).collect();
    let name = name_of(blocks.iter().map(Vec::as_slice));
    files.extend(blocks.into_iter().enumerate().map(|(number, block)| (part_route(&name, number as u32), block)));
    name
}

fn block(cards: &[Card]) -> Vec<u8> {
    let mut out = Vec::new();
    for card in cards {
        for text in [&card.id, &card.title, &card.href, &card.text, &card.workaround_state, &card.workaround] {
            put_text(&mut out, text);
        }
    }
    out
}

/// Reads a file of cards.
pub(super) fn read(bytes: &[u8]) -> Vec<Card> {
    let mut reader = Reader::new(bytes);
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
