//! What is said of the links of a body that lead nowhere, or may not be published.

use std::ops::Range;

use super::lints::BROKEN_LINK;
use super::tables::RecordIndex;
use super::target::{Resolver, Target};
use crate::diag::Finding;
use crate::read::UNSAFE_LINK;
use crate::source::Place;

/// How many links of one body that lead to no place of a page are held against the fragments of that page: each is compared
/// with all of them, and a text with more such links has another fault.
const COMPARED: usize = 20;

/// How many fragments of a page are named where a link leads to none of them: a line of a terminal holds some six.
const SHOWN: usize = 6;

/// Makes the findings of one body's links.
pub(super) struct FaultyLinks<'a> {
    resolver: &'a Resolver<'a>,
    index: RecordIndex,
    body: &'a str,
    compared: usize,
}

impl<'a> FaultyLinks<'a> {
    pub(super) fn new(resolver: &'a Resolver<'a>, index: RecordIndex, body: &'a str) -> FaultyLinks<'a> {
        FaultyLinks { resolver, index, body, compared: 0 }
    }

    /// What is wrong with a link, if anything is; `place` makes a place in the file of one in the body.
    pub(super) fn finding(
        &mut self,
        target: &Target,
        destination: &str,
        range: Range<usize>,
        place: impl Fn(Range<usize>) -> Place,
    ) -> Option<Finding> {
        let broken =
            |at| Finding::new(&BROKEN_LINK, place(at), format!("the link `{}` leads nowhere", short(destination)));
        match target {
            Target::Nowhere(why) => {
                let help = "link to the record's file (`../changes/CHG-2041.md`), to a file beside it, or by id (`[[CHG-2041]]`)";
                Some(broken(range).label(*why).help(help))
            }
            Target::NoFragment(other, fragment) => {
                self.compared += 1;
                let meant = match self.compared <= COMPARED {
                    true => self.resolver.fragments_of(*other).meant(fragment),
                    false => None,
                };
                let corrected = meant.and_then(|meant| self.corrected(range.clone(), fragment, meant));
                let finding = match corrected {
                    Some(corrected) => broken(range).replace_with(corrected),
                    None => broken(range),
                };
                Some(self.with_fragments(finding, *other, fragment))
            }
            Target::Unsafe => Some(
                Finding::new(&UNSAFE_LINK, place(range), "this link is not published")
                    .label("its scheme is not allowed: the text stays, and leads nowhere")
                    .help("allowed: http, https, mailto, tel and relative links"),
            ),
            _ => None,
        }
    }

    /// Names the fragments that the page has.
    fn with_fragments(&self, finding: Finding, other: RecordIndex, fragment: &str) -> Finding {
        let page = if other == self.index { "this page" } else { "that record" };
        let finding = finding.label(format!("{page} has no such heading"));
        if self.compared > COMPARED {
            return finding;
        }
        let near = self.resolver.fragments_of(other).nearest(fragment);
        let mut shown: Vec<String> = near.iter().take(SHOWN).map(|anchor| format!("`#{anchor}`")).collect();
        if near.len() > SHOWN {
            shown.push("\u{2026}".to_owned());
        }
        match shown.is_empty() {
            true => finding.help(format!("{page} has no heading: link to its top, without `#{}`", short(fragment))),
            false => finding.help(format!("{page} has, the nearest first: {}", shown.join(", "))),
        }
    }

    /// A link with another fragment, if its own stands in it as it is.
    fn corrected(&self, link: Range<usize>, fragment: &str, meant: &str) -> Option<String> {
        let link = &self.body[link];
        let (before, behind) = link.split_at(link.rfind(&format!("#{fragment}"))? + 1);
        Some(format!("{before}{meant}{}", &behind[fragment.len()..]))
    }
}

fn short(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((at, _)) => format!("{}\u{2026}", &text[..at]),
        None => text.to_owned(),
    }
}
