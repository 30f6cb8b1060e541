//! What is said of notations of other programs in a body: each once, at its first place, with how many more there are.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diag::Finding;
use crate::read::FOREIGN_SYNTAX;
use crate::read::markdown::ForeignSyntax;
use crate::source::Place;

/// How many further places are named: they show what is meant, and the rest is found by looking for the same.
const NAMED: usize = 5;

/// The findings of one body; `place` makes a place in the file of one in the body.
pub(super) fn findings(
    body: &str,
    foreign: &[(ForeignSyntax, Range<usize>)],
    place: impl Fn(Range<usize>) -> Place,
) -> Vec<Finding> {
    let mut places: BTreeMap<ForeignSyntax, Vec<Range<usize>>> = BTreeMap::new();
    for (syntax, range) in foreign {
        places.entry(*syntax).or_default().push(range.clone());
    }
    let finding = |(syntax, ranges): (ForeignSyntax, Vec<Range<usize>>)| {
        let written = body[ranges[0].clone()].trim();
        let message = match syntax {
            ForeignSyntax::Link => format!("`{written}` is {}", syntax.describe()),
            _ => format!("`{written}` is {}, and is printed as it stands", syntax.describe()),
        };
        let label = match ranges.len() - 1 {
            0 => "relbook knows no such notation".to_owned(),
            more => format!("relbook knows no such notation; {more} more in this record"),
        };
        let finding =
            Finding::new(&FOREIGN_SYNTAX, place(ranges[0].clone()), message).label(label).help(syntax.instead());
        let others = ranges.into_iter().skip(1).take(NAMED);
        others.fold(finding, |finding, range| finding.related(place(range), "here too"))
    };
    places.into_iter().map(finding).collect()
}
