//! Text for terminals: nothing in it gives a command.

use std::borrow::Cow;

/// A text with nothing in it that a terminal would obey; line breaks and tabs stay.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let turns = |letter| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_command = |letter: char| turns(letter) || (letter.is_control() && !matches!(letter, '\n' | '\t'));
    match text.contains(is_command) {
        true => text.chars().map(|letter| if is_command(letter) { '\u{fffd}' } else { letter }).collect(),
        false => Cow::Borrowed(text),
    }
}

/// The same on one line.
pub fn harmless_line(text: &str) -> Cow<'_, str> {
    match harmless(text) {
        text if text.contains(['\n', '\t']) => Cow::Owned(text.replace(['\n', '\t'], "\u{fffd}")),
        text => text,
    }
}
