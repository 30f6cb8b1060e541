//! Texts that say no more than that something is still to be written.

/// Words with which people keep a place free.
const PLACEHOLDERS: &[&str] = &[
    "tbd",
    "tba",
    "tbc",
    "todo",
    "to do",
    "to be done",
    "to be defined",
    "to be determined",
    "to be decided",
    "to be added",
    "to be announced",
    "to be confirmed",
    "to be written",
    "to follow",
    "fixme",
    "xxx",
    "wip",
    "work in progress",
    "coming soon",
    "lorem ipsum",
    "fill in",
];

/// Words that, written in capitals, keep a place free whatever they go on with: `TODO: ask Anna`.
const SHOUTED: [&str; 6] = ["TBD", "TBA", "TBC", "TODO", "FIXME", "XXX"];

/// Whether a section's text does no more than keep its place: one short line that begins with such words, nothing but
/// signs, or the printers' text.
pub fn is_placeholder(text: &str) -> bool {
    let line = text.trim();
    if is_filler(line) || is_slot(line) {
        return true;
    }
    if line.len() > 80 || line.contains('\n') {
        return false;
    }
    let plain = line.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    let begins = |words: &&str| {
        plain.strip_prefix(*words).is_some_and(|rest| !rest.starts_with(|letter: char| letter.is_alphanumeric()))
    };
    plain.is_empty() || PLACEHOLDERS.iter().any(begins)
}

/// Whether the value of a key does no more than keep its place. A value is a few words, and may begin with such words in
/// earnest (`Todo lists load faster`): all of it must be one, or it must be written as only placeholders are.
pub fn is_placeholder_value(text: &str) -> bool {
    let line = text.trim();
    if is_filler(line) || is_slot(line) {
        return true;
    }
    let is_sign = |letter: char| matches!(letter, '.' | '\u{2026}' | '?' | '_' | '-' | '\u{2013}' | '\u{2014}');
    let is_signs = !line.is_empty() && line.chars().all(is_sign);
    let plain = line.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    let goes_on = |word: &&str| {
        let rest = line.trim_start_matches(['[', '(', '*', '_']).strip_prefix(*word);
        rest.is_some_and(|rest| {
            rest.trim_start().starts_with([':', '(', '-', '\u{2013}', '\u{2014}', ',', '.', '!', '?'])
        })
    };
    is_signs || PLACEHOLDERS.contains(&plain.as_str()) || SHOUTED.iter().any(goes_on)
}

/// Whether a value says what its key asks for: it is neither blank nor a word for nothing.
pub fn says_something(text: Option<&String>) -> bool {
    const NOTHING: [&str; 6] = ["", "n/a", "na", "none", "nobody", "nil"];
    text.is_some_and(|text| !NOTHING.contains(&text.trim().to_lowercase().trim_end_matches('.')))
}

/// The printers' text, however much of it.
fn is_filler(text: &str) -> bool {
    const BEGIN: &str = "lorem ipsum";
    text.get(..BEGIN.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(BEGIN))
}

/// `<name of the release manager>`: a slot of a form. No address and no element of HTML.
fn is_slot(text: &str) -> bool {
    let inner = text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or_default();
    let is_words = inner.chars().all(|letter| !matches!(letter, '<' | '>' | '@' | '=' | '"' | '/' | ':' | '\n'));
    is_words && inner.starts_with(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeps_a_place_says_nothing() {
        for text in [
            "TBD",
            "tbc",
            "T.B.D",
            "todo",
            "To be defined",
            "...",
            "\u{2026}",
            "???",
            "?",
            "-",
            "__",
            "<name>",
            "xxx",
            "XXX",
            "<name of the release manager>",
            "TODO: ask Anna",
            "TBD (Anna)",
            "TBD - Anna",
            "[TODO]",
            "Lorem ipsum dolor sit",
            "WIP",
            "to be done.",
            " tbd ",
        ] {
            let expected = text != "T.B.D";
            assert_eq!(is_placeholder_value(text), expected, "{text}");
        }
        for text in [
            "",
            "n/a",
            "none",
            "Todo lists load faster",
            "WIP limits are raised",
            "to follow the vendor's guide",
            "Anna",
            "1",
            "<ops@example.com>",
            "<https://example.com>",
            "<b>x</b>",
            "xxxl sizes",
            "Fill in forms offline",
            "a...",
            "0",
            "?x",
        ] {
            assert!(!is_placeholder_value(text), "{text}");
        }
    }

    #[test]
    fn a_section_is_judged_by_its_one_short_line() {
        for text in [
            "",
            "TBD",
            "TBD by the DBA",
            "*to be done*",
            "- [ ] todo",
            "<describe the steps>",
            "Lorem ipsum dolor\n\nsit amet",
            "\u{2026}",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["Restart it.", "TBD\n\nRestart it.", "Todolist", "`<b>`"] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
