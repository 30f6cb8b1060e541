//! The anchors of headings and of what an author names: known ones, else made from the text; no two alike.

use std::collections::HashMap;

use super::reference::Options;

/// Longer headings exist, longer fragments help nobody.
const LONGEST: usize = 80;

/// An id of the author's own is kept whole up to here: links elsewhere may use it.
const LONGEST_ID: usize = 200;

/// Gives anchors to the headings of one body, in their order.
pub(super) struct Anchors<'a> {
    options: Options<'a>,
    known: HashMap<String, Known>,
}

/// What became of an anchor that a heading asked for.
#[derive(Default)]
struct Known {
    is_taken: bool,
    /// The last number that was added to it after a clash.
    number: usize,
}

impl<'a> Anchors<'a> {
    pub(super) fn new(options: &Options<'a>) -> Anchors<'a> {
        Anchors { options: *options, known: HashMap::new() }
    }

    /// The anchor of the next heading, and whether it is the id that its author gave it. A heading in a quotation or
    /// list does not count as a known one, and a known one keeps its own anchor.
    pub(super) fn next(&mut self, title: &str, id: Option<&str>, is_nested: bool) -> (String, bool) {
        let fixed = (self.options.fixed_anchor)(title);
        match (fixed, id.and_then(safe_id)) {
            (Some(fixed), _) => (self.take(fixed.to_owned(), !is_nested), false),
            (None, Some(id)) => (self.named(id), true),
            (None, None) => {
                let wanted = slug(title);
                let is_free = !self.is_reserved(&wanted);
                (self.take(wanted, is_free), false)
            }
        }
    }

    /// The anchor for an id that the author wrote, where it can be one at all. What the page itself uses stays its own.
    pub(super) fn of_id(&mut self, id: &str) -> Option<String> {
        safe_id(id).map(|id| self.named(id))
    }

    fn named(&mut self, id: String) -> String {
        let is_free = !self.is_reserved(&id) && (self.options.fixed_anchor)(&id).is_none_or(|fixed| fixed != id);
        self.take(id, is_free)
    }

    /// The wanted anchor if it may be had and nobody has it yet, else the first free one with a number.
    fn take(&mut self, wanted: String, is_free: bool) -> String {
        let known = self.known.entry(wanted.clone()).or_default();
        if is_free && !known.is_taken {
            known.is_taken = true;
            return wanted;
        }
        let mut number = known.number;
        let anchor = loop {
            number += 1;
            let anchor = format!("{wanted}-{number}");
            if !self.is_reserved(&anchor) && !self.known.get(&anchor).is_some_and(|known| known.is_taken) {
                break anchor;
            }
        };
        self.known.entry(wanted).or_default().number = number;
        self.known.entry(anchor.clone()).or_default().is_taken = true;
        anchor
    }

    fn is_reserved(&self, anchor: &str) -> bool {
        self.options.reserved_anchors.binary_search(&anchor).is_ok()
    }
}

/// An id as it can stand in an attribute and an address: letters, digits, `.`, `_`, `-`, everything else a dash.
/// Without a colon, which the ids of footnotes have.
fn safe_id(id: &str) -> Option<String> {
    let keep = |letter: char| if letter.is_alphanumeric() || matches!(letter, '.' | '_' | '-') { letter } else { '-' };
    let id = id.trim();
    let is_usable = id.contains(char::is_alphanumeric) && id.len() <= LONGEST_ID;
    is_usable.then(|| id.chars().map(keep).collect())
}

/// Letters in lower case and digits, everything else a dash; apostrophes vanish.
pub(super) fn slug(title: &str) -> String {
    let mut slug = String::with_capacity(title.len().min(LONGEST));
    let mut wants_dash = false;
    for character in title.chars() {
        if slug.len() >= LONGEST {
            break;
        }
        if character.is_alphanumeric() {
            if wants_dash && !slug.is_empty() {
                slug.push('-');
            }
            wants_dash = false;
            match character {
                '\0'..='\x7f' => slug.push(character.to_ascii_lowercase()),
                _ => slug.extend(character.to_lowercase().filter(|lower| lower.is_alphanumeric())),
            }
        } else if !matches!(character, '\'' | '\u{2019}') {
            wants_dash = true;
        }
    }
    if slug.is_empty() { "section".to_owned() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchors(options: &Options<'_>, titles: &[&str]) -> Vec<String> {
        let mut anchors = Anchors::new(options);
        titles.iter().map(|title| anchors.next(title, None, false).0).collect()
    }

    #[test]
    fn slugs_keep_letters_and_digits_of_any_script() {
        assert_eq!(slug("What\u{2019}s new in 1.10?"), "whats-new-in-1-10");
        assert_eq!(slug("  \u{dc}ber_uns \u{2014} \u{4e2d}\u{6587} "), "\u{fc}ber-uns-\u{4e2d}\u{6587}");
        assert_eq!(slug("!!!"), "section");
        assert!(slug(&"\u{e9} ".repeat(1000)).len() <= LONGEST + 3);
    }

    #[test]
    fn the_first_known_heading_wins_and_reserved_ids_are_left_alone() {
        let options = Options {
            fixed_anchor: &|title| title.to_lowercase().contains("backout").then_some("rollback-plan"),
            reserved_anchors: &["rollback-plan", "search", "search-1"],
            ..Options::default()
        };
        assert_eq!(
            anchors(&options, &["Rollback plan", "Backout", "Backout plan", "Search", "Search", "a", "a", "a-1", "A"]),
            ["rollback-plan-1", "rollback-plan", "rollback-plan-2", "search-2", "search-3", "a", "a-1", "a-1-1", "a-2"]
        );
        assert_eq!(Anchors::new(&options).next("Backout", None, true).0, "rollback-plan-1");
    }

    #[test]
    fn an_authors_id_is_kept_where_nobody_else_has_it() {
        let options = Options {
            fixed_anchor: &|title| title.to_lowercase().starts_with("rollback").then_some("rollback-plan"),
            reserved_anchors: &["search"],
            ..Options::default()
        };
        let mut anchors = Anchors::new(&options);
        for (id, expected) in [
            ("fix-12", Some("fix-12")),
            ("fix-12", Some("fix-12-1")),
            ("search", Some("search-1")),
            ("rollback-plan", Some("rollback-plan-1")),
            (" a b:c\"<", Some("a-b-c--")),
            ("\u{fc}ber.1_2", Some("\u{fc}ber.1_2")),
            ("", None),
            ("--", None),
            (&"x".repeat(LONGEST_ID + 1), None),
        ] {
            assert_eq!(anchors.of_id(id).as_deref(), expected, "{id}");
        }
        assert_eq!(anchors.next("Rollback plan", Some("back"), false), ("rollback-plan".to_owned(), false));
        assert_eq!(anchors.next("Fixed", Some("fixes"), false), ("fixes".to_owned(), true));
        assert_eq!(anchors.next("Fixed", Some("fixes"), true), ("fixes-1".to_owned(), true));
    }

    #[test]
    fn many_equal_headings_take_linear_time() {
        let titles = vec!["a"; 50_000];
        assert_eq!(anchors(&Options::default(), &titles).last().unwrap(), "a-49999");
    }
}
