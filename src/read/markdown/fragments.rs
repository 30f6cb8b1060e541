//! Which fragments lead where in a body: its own anchors, ids as their author wrote them, and the anchors that forges
//! make of its headings.

use std::collections::HashMap;

use unicode_normalization::char::is_combining_mark;

use super::anchors::slug;
use super::outline::Outline;

/// How many anchors a search for near ones compares: a body has a dozen, a hostile one a hundred thousand.
const COMPARED: usize = 500;

/// Longer fragments are compared with none.
const LONGEST: usize = 80;

/// The fragments of one body.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Fragments {
    /// Every fragment that leads somewhere, and the anchor that it leads to; of the page's title none.
    known: HashMap<Box<str>, Option<u32>>,
    /// The anchors, in their order.
    anchors: Vec<Box<str>>,
}

/// Where a fragment leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FragmentTarget<'a> {
    /// To an element of the body, by its id.
    Anchor(&'a str),
    /// To the page's title, which the body repeated.
    Title,
}

impl Fragments {
    /// The fragments of an outlined body.
    pub fn new(outline: &Outline) -> Fragments {
        let mut fragments = Fragments::default();
        let anchors: Vec<Option<u32>> = outline.targets.iter().map(|target| fragments.add(&target.anchor)).collect();
        for (target, anchor) in outline.targets.iter().zip(&anchors) {
            if let Some(written) = &target.written {
                fragments.lead(written.clone(), *anchor);
            }
        }
        let titles =
            || outline.targets.iter().zip(&anchors).filter_map(|(t, anchor)| Some((t.title.as_ref()?, *anchor)));
        let (mut github, mut gitlab) = (Numbers::default(), Numbers::default());
        for (title, anchor) in titles() {
            let of_forge = forge_slug(title);
            fragments.lead(gitlab.next(without_runs(&of_forge)), anchor);
            fragments.lead(github.next(of_forge), anchor);
        }
        for (title, anchor) in titles() {
            fragments.lead(slug(title), anchor);
        }
        fragments
    }

    fn add(&mut self, anchor: &str) -> Option<u32> {
        if anchor.is_empty() {
            return None;
        }
        let number = self.anchors.len() as u32;
        self.anchors.push(anchor.into());
        self.known.insert(anchor.into(), Some(number));
        Some(number)
    }

    /// A fragment leads to the first that it could mean.
    fn lead(&mut self, fragment: String, anchor: Option<u32>) {
        if !fragment.is_empty() {
            self.known.entry(fragment.into_boxed_str()).or_insert(anchor);
        }
    }

    /// Where a fragment leads, if it leads anywhere. Upper and lower case are one where it leads nowhere otherwise.
    pub fn find(&self, fragment: &str) -> Option<FragmentTarget<'_>> {
        let bare = fragment.strip_prefix("user-content-");
        let found = [Some(fragment), bare].into_iter().flatten().find_map(|name| self.known.get(name));
        let found = found.or_else(|| self.known.get(bare.unwrap_or(fragment).to_lowercase().as_str()))?;
        Some(found.map_or(FragmentTarget::Title, |number| FragmentTarget::Anchor(&self.anchors[number as usize])))
    }

    /// The anchors of the body, those that are spelt like a fragment first.
    pub fn nearest(&self, fragment: &str) -> Vec<&str> {
        let mut near: Vec<&str> = self.anchors.iter().take(COMPARED).map(|anchor| &**anchor).collect();
        if fragment.len() <= LONGEST {
            near.sort_by_cached_key(|anchor| distance(anchor, fragment));
        }
        near
    }

    /// The one anchor that a misspelt fragment means: no other is as near, and it is near enough.
    pub fn meant(&self, fragment: &str) -> Option<&str> {
        let near = self.nearest(fragment);
        let (first, second) = (*near.first()?, near.get(1));
        let far = distance(first, fragment);
        let is_near = fragment.len() <= LONGEST && far <= 1.max(first.len().min(fragment.len()) / 3);
        (is_near && second.is_none_or(|second| distance(second, fragment) > far)).then_some(first)
    }
}

fn distance(anchor: &str, fragment: &str) -> usize {
    match anchor.len() <= LONGEST {
        true => strsim::damerau_levenshtein(&slug(anchor), &slug(fragment)),
        false => usize::MAX,
    }
}

/// What GitHub and those like it make of a heading: lower case, punctuation dropped, each blank a dash.
fn forge_slug(title: &str) -> String {
    let letters = title.trim().chars().flat_map(char::to_lowercase);
    letters
        .filter_map(|letter| match letter {
            ' ' | '-' => Some('-'),
            '_' => Some('_'),
            _ => (letter.is_alphanumeric() || is_combining_mark(letter)).then_some(letter),
        })
        .collect()
}

/// What GitLab makes of it: dashes that follow one another are one.
fn without_runs(slug: &str) -> String {
    let mut single = String::with_capacity(slug.len());
    for letter in slug.chars() {
        if letter != '-' || !single.ends_with('-') {
            single.push(letter);
        }
    }
    single
}

/// Numbers equal names as forges do: `a`, `a-1`, `a-2`.
#[derive(Default)]
struct Numbers(HashMap<String, usize>);

impl Numbers {
    fn next(&mut self, name: String) -> String {
        let Some(&last) = self.0.get(&name) else {
            self.0.insert(name.clone(), 0);
            return name;
        };
        let mut number = last;
        let numbered = loop {
            number += 1;
            let numbered = format!("{name}-{number}");
            if !self.0.contains_key(&numbered) {
                break numbered;
            }
        };
        self.0.insert(name, number);
        self.0.insert(numbered.clone(), 0);
        numbered
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::markdown::{Options, outline};

    fn fragments(body: &str) -> Fragments {
        let options = Options { page_title: "Gate 1.0", ..Options::default() };
        Fragments::new(&outline(body, &options, |_, _| ()))
    }

    #[test]
    fn the_anchors_of_forges_lead_to_their_headings() {
        let found = fragments(
            "# Gate 1.0\n\n## v1.25.0\n\n## C++ / Java clients\n\n## gate_ctl\n\n## Caf\u{e9} \u{1f680} now\n\n## Fixed\n\n> ## Fixed\n\n## `a b` *c*\n",
        );
        for (fragment, expected) in [
            ("v1-25-0", Some("v1-25-0")),
            ("v1250", Some("v1-25-0")),
            ("c--java-clients", Some("c-java-clients")),
            ("c-java-clients", Some("c-java-clients")),
            ("gate_ctl", Some("gate-ctl")),
            ("caf\u{e9}--now", Some("caf\u{e9}-now")),
            ("fixed", Some("fixed")),
            ("Fixed", Some("fixed")),
            ("user-content-fixed", Some("fixed")),
            ("fixed-1", Some("fixed-1")),
            ("a-b-c", Some("a-b-c")),
            ("fixes", None),
            ("", None),
        ] {
            assert_eq!(found.find(fragment), expected.map(FragmentTarget::Anchor), "{fragment}");
        }
        assert_eq!(found.find("gate-10"), Some(FragmentTarget::Title));
        assert_eq!(found.find("gate-1-0"), Some(FragmentTarget::Title));
    }

    #[test]
    fn ids_of_the_author_lead_to_where_he_wrote_them() {
        let found = fragments(
            "<a id=\"fix-12\"></a>text\n\n<a name=\"a b\"></a>\n\n<h2 id=Big>Big</h2>\n\n## Fixed {#fixes}\n\n<span id=fixed>x</span>\n",
        );
        for (fragment, expected) in
            [("fix-12", "fix-12"), ("a b", "a-b"), ("Big", "Big"), ("fixes", "fixes"), ("fixed", "fixed")]
        {
            assert_eq!(found.find(fragment), Some(FragmentTarget::Anchor(expected)), "{fragment}");
        }
    }

    #[test]
    fn near_anchors_come_first_and_one_alone_is_meant() {
        let found = fragments("## Fixed\n\n## Known limits\n\n## Notes\n");
        assert_eq!(found.nearest("known-limit"), ["known-limits", "notes", "fixed"]);
        assert_eq!(found.meant("known-limit"), Some("known-limits"));
        assert_eq!(found.meant("fixd"), Some("fixed"));
        assert_eq!(found.meant("somewhere-else"), None);
        assert_eq!(fragments("## a1\n\n## a2\n").meant("a3"), None);
    }
}
