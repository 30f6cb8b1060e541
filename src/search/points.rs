//! The points of all documents, as a query's words are looked up one after the other.

/// Points for a problem's number that was typed, for the records of the problem. No words give so many, and so a record
/// with them is a result whatever words it has.
pub(super) const PROBLEM_POINTS: u64 = 1 << 24;

/// What a word is worth that so many documents have (Robertson and Sparck Jones 1976), in sixteenths; one that all have
/// is worth something too, or nothing would be found by it.
pub(super) fn rarity(documents: u64, count: u64) -> u64 {
    let (documents, count) = (documents.max(count) as f64, count as f64);
    ((1.0 + (documents - count + 0.5) / (count + 0.5)).ln() * 16.0 + 0.5).floor().max(1.0) as u64
}

/// The points of every document so far.
pub(super) struct Points {
    points: Vec<u64>,
    /// What the words that it has are worth.
    worth: Vec<u64>,
    /// How many words it has.
    words: Vec<u32>,
    /// Whether it can be a result; nothing where all can.
    is_allowed: Option<Vec<bool>>,
}

impl Points {
    /// None yet; only some documents can be results, if these are named.
    pub(super) fn new(documents: usize, of: Option<&[u32]>) -> Points {
        let is_allowed = of.map(|of| {
            let mut is_allowed = vec![false; documents];
            for document in of.iter().filter(|document| (**document as usize) < documents) {
                is_allowed[*document as usize] = true;
            }
            is_allowed
        });
        Points { points: vec![0; documents], worth: vec![0; documents], words: vec![0; documents], is_allowed }
    }

    fn is_allowed(&self, at: usize) -> bool {
        at < self.points.len() && self.is_allowed.as_ref().is_none_or(|is_allowed| is_allowed[at])
    }

    /// Notes that documents have a word.
    pub(super) fn have(&mut self, documents: impl Iterator<Item = u32>, rarity: u64) {
        for at in documents.map(|document| document as usize) {
            if self.is_allowed(at) {
                self.worth[at] += rarity;
                self.words[at] += 1;
            }
        }
    }

    /// Gives documents what a word's terms are worth in them.
    pub(super) fn give(&mut self, best: impl IntoIterator<Item = (u32, u32)>, rarity: u64) {
        for (document, best) in best {
            if self.is_allowed(document as usize) {
                self.points[document as usize] += rarity * u64::from(best);
            }
        }
    }

    /// Gives points to a document, whether it could be a result without them or not.
    pub(super) fn give_all(&mut self, document: u32, points: u64) {
        if let Some(of_document) = self.points.get_mut(document as usize) {
            *of_document += points;
        }
    }

    /// The documents with all words, and those whose number was typed.
    pub(super) fn with_all(&self, words: u32) -> Vec<(u32, u64)> {
        let has_all = |&at: &usize| (words > 0 && self.words[at] == words) || self.points[at] >= PROBLEM_POINTS;
        (0..self.points.len()).filter(has_all).map(|at| (at as u32, self.points[at])).collect()
    }

    /// The documents that have nearly as much of the query as the one that has most, points by how much they have.
    pub(super) fn with_most(&self) -> Vec<(u32, u64)> {
        let most = self.worth.iter().copied().max().unwrap_or(0);
        let has_most = |&at: &usize| self.worth[at] > 0 && self.worth[at] * 10 >= most * 7;
        (0..self.points.len()).filter(has_most).map(|at| (at as u32, self.points[at] * self.worth[at] / most)).collect()
    }
}
