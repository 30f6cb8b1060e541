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

/// Whether a section's text does no more than keep its place: one short line that begins with such words, or nothing
/// but signs.
pub fn is_placeholder(text: &str) -> bool {
    let line = text.trim();
    if line.len() > 80 || line.contains('\n') {
        return false;
    }
    let plain = line.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    let begins = |words: &&str| {
        plain.strip_prefix(*words).is_some_and(|rest| !rest.starts_with(|letter: char| letter.is_alphanumeric()))
    };
    plain.is_empty() || PLACEHOLDERS.iter().any(begins)
}
