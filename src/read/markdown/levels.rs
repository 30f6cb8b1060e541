//! The levels at which headings are shown: none is skipped, whatever number of `#` was typed.

/// Where a heading stands in the tree of headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// 1 for the top headings, 2 for those under them.
    pub(super) depth: u8,
    /// The number in `<h2>`.
    pub(super) level: u8,
}

/// The headings that the next one may belong under.
#[derive(Debug)]
pub(super) struct Levels {
    top: u8,
    sections: Vec<u8>,
    nested: Vec<u8>,
}

impl Levels {
    pub(super) fn new(top: u8) -> Levels {
        Levels { top: top.clamp(1, 6), sections: Vec::new(), nested: Vec::new() }
    }

    /// A heading that begins a section.
    pub(super) fn section(&mut self, written: u8) -> Place {
        self.nested.clear();
        descend(&mut self.sections, written);
        self.place(self.sections.len())
    }

    /// A heading inside a section's text, in a quotation or in raw HTML: always below the section's.
    pub(super) fn nested(&mut self, written: u8) -> Place {
        descend(&mut self.nested, written);
        self.place(self.sections.len() + self.nested.len())
    }

    fn place(&self, depth: usize) -> Place {
        let depth = depth as u8;
        Place { depth, level: (self.top + depth - 1).min(6) }
    }
}

fn descend(above: &mut Vec<u8>, written: u8) {
    while above.last().is_some_and(|&last| last >= written) {
        above.pop();
    }
    above.push(written);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_begin_at_the_top_and_skip_none() {
        let mut levels = Levels::new(2);
        let shown: Vec<u8> = [3, 2, 6, 4, 5, 2].iter().map(|&written| levels.section(written).level).collect();
        assert_eq!(shown, [2, 2, 3, 3, 4, 2]);
        let shown: Vec<u8> = [2, 6, 6, 1].iter().map(|&written| levels.nested(written).level).collect();
        assert_eq!(shown, [3, 4, 4, 3]);
        assert_eq!(levels.section(1).level, 2);
        assert_eq!(levels.nested(6).level, 3);
    }
}
