//! What is special about some headings: the page's title again, and `{#id}` at the end.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// Whether a heading says no more than the page's title, its id, or both.
pub(super) fn is_page_title(heading: &str, title: &str, id: &str) -> bool {
    let (heading, title, id) = (folded(heading), folded(title), folded(id));
    if heading.is_empty() {
        return false;
    }
    if heading == title || heading == id {
        return true;
    }
    let is_joint = |letter: char| letter.is_whitespace() || ":-|/()[]".contains(letter);
    let words = heading.trim_matches(is_joint);
    let before = words.strip_prefix(&id).filter(|rest| rest.starts_with(is_joint));
    let behind = words.strip_suffix(&id).filter(|rest| rest.ends_with(is_joint));
    let is_title = |rest: &str| rest.trim_matches(is_joint) == title.trim_matches(is_joint);
    !id.is_empty() && [before, behind].into_iter().flatten().any(is_title)
}

/// One line in lower case: blanks, dashes and quotes of all kinds alike, no stop at its end.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        folded.push_str(if folded.is_empty() { "" } else { " " });
        folded.extend(word.nfc().flat_map(char::to_lowercase).map(|letter| match letter {
            '\u{2010}'..='\u{2015}' => '-',
            '\u{2018}' | '\u{2019}' => '\'',
            '\u{201c}' | '\u{201d}' => '"',
            _ => letter,
        }));
    }
    folded.truncate(folded.trim_end_matches(['.', ':', ' ']).len());
    folded
}

/// The id in the attributes at the end of a heading, `{#id}`, and where in the body the heading's text ends.
pub(super) fn attributes(body: &str, heading: Range<usize>) -> Option<(&str, usize)> {
    let start = heading.start;
    let mut text = body.get(heading)?.trim_end();
    if text.starts_with('#') {
        text = text.trim_end_matches('#').trim_end();
    } else {
        text = text.rsplit_once('\n')?.0.trim_end();
    }
    let (before, inner) = text.strip_suffix('}')?.rsplit_once('{')?;
    if before.ends_with('\\') || before.trim_matches(['#', ' ', '\t']).is_empty() {
        return None;
    }
    let mut id = None;
    for part in inner.strip_prefix(':').unwrap_or(inner).split_whitespace() {
        match (part.strip_prefix('#'), part.strip_prefix('.')) {
            (Some(name), _) if is_name(name) => id = id.or(Some(name)),
            (_, Some(class)) if is_name(class) => {}
            _ => return None,
        }
    }
    Some((id?, start + before.trim_end().len()))
}

/// A name without a sign at its ends: nothing in it is markup.
fn is_name(name: &str) -> bool {
    let is_inner = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | ':');
    name.starts_with(char::is_alphanumeric) && name.ends_with(char::is_alphanumeric) && name.chars().all(is_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_again_is_known_by_its_words() {
        for heading in [
            "Gate 1.0",
            "GATE  1.0",
            "Gate 1.0.",
            "REL-1",
            "REL-1: Gate 1.0",
            "REL-1 \u{2013} Gate 1.0",
            "rel-1 Gate 1.0",
            "Gate 1.0 (REL-1)",
            "[REL-1] Gate 1.0",
        ] {
            assert!(is_page_title(heading, "Gate 1.0", "REL-1"), "{heading}");
        }
        for heading in ["", "Gate 1.1", "Gate", "Gate 1.0 and more", "REL-1: Gate", "REL-12", "REL-1Gate 1.0"] {
            assert!(!is_page_title(heading, "Gate 1.0", "REL-1"), "{heading}");
        }
        assert!(!is_page_title("Fixed", "", ""));
    }

    #[test]
    fn attributes_have_an_id_and_end_the_text() {
        for (body, expected) in [
            ("## Fixed {#fixes}\n", Some(("fixes", "## Fixed"))),
            ("## Fixed {#fixes} ##\n", Some(("fixes", "## Fixed"))),
            ("## Fixed {: #a-b .c}", Some(("a-b", "## Fixed"))),
            ("## Fixed{.c #x}", Some(("x", "## Fixed"))),
            ("Fixed {#fixes}\n====\n", Some(("fixes", "Fixed"))),
            ("## {#fixes}\n", None),
            ("## The set {a, b}\n", None),
            ("## Fixed {.c}\n", None),
            ("## Fixed {#_a_}\n", None),
            ("## Fixed \\{#fixes}\n", None),
            ("## Fixed {#a onclick=x}\n", None),
            ("Fixed\n====\n", None),
        ] {
            let found = attributes(body, 0..body.len()).map(|(id, end)| (id, &body[..end]));
            assert_eq!(found, expected, "{body}");
        }
    }
}
