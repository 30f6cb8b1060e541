//! Text that the parser hands out in pieces, joined, with the place of each byte in the body.

use std::ops::Range;

/// A run of text; as long as its pieces adjoin in the body, nothing is copied.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// The run's place in the body, from its first piece to its last.
    range: Range<usize>,
    /// The text, once it is no longer a slice of the body.
    joined: Option<Joined>,
}

#[derive(Debug)]
struct Joined {
    text: String,
    /// Offset in the text, and what stands there in the body.
    pieces: Vec<(usize, Range<usize>)>,
}

impl Run {
    pub(super) fn is_empty(&self) -> bool {
        self.range.is_empty() && self.joined.is_none()
    }

    /// Adds a piece that stands at `range` of the body, perhaps in other letters: `&amp;`.
    pub(super) fn push(&mut self, body: &str, piece: &str, range: Range<usize>) {
        let is_slice = body.get(range.clone()).is_some_and(|slice| std::ptr::eq(slice, piece));
        if is_slice && self.joined.is_none() && (self.is_empty() || self.range.end == range.start) {
            self.range = if self.is_empty() { range } else { self.range.start..range.end };
            return;
        }
        let was_empty = self.is_empty();
        let joined = self.joined.get_or_insert_with(|| Joined {
            text: body[self.range.clone()].to_owned(),
            pieces: if was_empty { Vec::new() } else { vec![(0, self.range.clone())] },
        });
        joined.pieces.push((joined.text.len(), range.clone()));
        joined.text.push_str(piece);
        self.range = if was_empty { range } else { self.range.start..range.end.max(self.range.end) };
    }

    pub(super) fn text<'a>(&'a self, body: &'a str) -> &'a str {
        self.joined.as_ref().map_or_else(|| &body[self.range.clone()], |joined| joined.text.as_str())
    }

    /// Where a part of the text stands in the body.
    pub(super) fn source(&self, part: Range<usize>) -> Range<usize> {
        match &self.joined {
            None => self.range.start + part.start..self.range.start + part.end,
            Some(joined) => {
                let start = joined.source(part.start, |range| range.start);
                start..joined.source(part.end.saturating_sub(1), |range| range.end - 1).saturating_add(1).max(start)
            }
        }
    }
}

impl Joined {
    /// The place of one byte; `otherwise` picks one for a piece of other length than its place.
    fn source(&self, offset: usize, otherwise: impl Fn(&Range<usize>) -> usize) -> usize {
        let index = self.pieces.partition_point(|(start, _)| *start <= offset).saturating_sub(1);
        let Some((start, range)) = self.pieces.get(index) else { return 0 };
        let end = self.pieces.get(index + 1).map_or(self.text.len(), |(next, _)| *next);
        if end - start == range.len() { range.start + (offset - start) } else { otherwise(range) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adjoining_pieces_are_not_copied_and_others_keep_their_places() {
        let body = "CHG\\_1 &amp; x";
        let mut run = Run::default();
        run.push(body, &body[0..2], 0..2);
        run.push(body, &body[2..3], 2..3);
        assert!(run.joined.is_none());
        run.push(body, &body[4..7], 4..7);
        run.push(body, "&", 7..12);
        run.push(body, &body[12..14], 12..14);
        assert_eq!(run.text(body), "CHG_1 & x");
        assert_eq!(run.source(0..5), 0..6);
        assert_eq!(run.source(6..7), 7..12);
        assert_eq!(run.source(8..9), 13..14);
    }
}
