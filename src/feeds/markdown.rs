//! A record as Markdown with front matter, written from its keys and its body.

use std::borrow::Cow;
use std::fmt::Write;

use super::written::{is_as_written, markdown_of};
use crate::book::RecordIndex;
use crate::edition::Edition;
use crate::pages::{Context, rendered};
use crate::record::Data;
use crate::route::Route;

/// Where a record stands as Markdown: beside its page. Only what has a file does.
pub(super) fn address(edition: &Edition, index: RecordIndex) -> Option<Route> {
    let record = edition.get(index);
    let has_text = record.header().source.is_some() && edition.has_page(index);
    has_text.then(|| Route::markdown(record.kind(), &record.header().id))
}

/// Writes a record as Markdown with front matter (YAML).
pub(super) fn write(context: &Context<'_>, index: RecordIndex, out: &mut Vec<u8>) {
    let record = context.edition.get(index);
    let mut text = "---\n".to_owned();
    push_entry(&mut text, 0, "type", &Data::Text(record.kind().word().to_owned()));
    record.each_data(&mut |key, data| push_entry(&mut text, 0, key.name, &data));
    text.push_str("---\n");
    let body = match is_as_written(context, index) {
        true => Cow::Borrowed(context.edition.body(index).trim_start_matches('\n')),
        false => Cow::Owned(made(context, index)),
    };
    if !body.is_empty() {
        text.push('\n');
        text.push_str(&body);
    }
    out.extend_from_slice(text.as_bytes());
}

/// The body made from what is shown of it.
fn made(context: &Context<'_>, index: RecordIndex) -> String {
    let mut text = String::new();
    for section in rendered(context, index).iter() {
        text.push_str(if text.is_empty() { "" } else { "\n" });
        if section.level > 0 {
            text.extend(std::iter::repeat_n('#', section.level.into()));
            writeln!(text, " {}\n", markdown_of(&section.title_html)).unwrap_or_default();
        }
        let body = markdown_of(&section.html);
        if !body.is_empty() {
            writeln!(text, "{body}").unwrap_or_default();
        }
    }
    text
}

fn push_entry(out: &mut String, depth: usize, name: &str, data: &Data) {
    out.extend(std::iter::repeat_n("  ", depth));
    push_scalar(out, name);
    out.push(':');
    push_data(out, depth, data);
}

/// Puts a value behind the name of its key, or behind the dash of its list.
fn push_data(out: &mut String, depth: usize, data: &Data) {
    match data {
        Data::Text(text) => {
            out.push(' ');
            push_scalar(out, text);
            out.push('\n');
        }
        Data::Flag(is_set) => writeln!(out, " {is_set}").unwrap_or_default(),
        Data::List(items) => {
            out.push('\n');
            for item in items {
                out.extend(std::iter::repeat_n("  ", depth + 1));
                out.push('-');
                push_item(out, depth + 2, item);
            }
        }
        Data::Map(entries) => {
            out.push('\n');
            entries.iter().for_each(|(name, data)| push_entry(out, depth + 1, name, data));
        }
    }
}

/// Puts an item behind the dash of its list: the first entry of a map on the same line.
fn push_item(out: &mut String, depth: usize, item: &Data) {
    let Data::Map(entries) = item else { return push_data(out, depth, item) };
    for (number, (name, data)) in entries.iter().enumerate() {
        if number == 0 {
            out.push(' ');
            push_scalar(out, name);
            out.push(':');
            push_data(out, depth, data);
        } else {
            push_entry(out, depth, name, data);
        }
    }
}

/// Words that YAML 1.1 or 1.2 reads as something else than a text.
const READ_OTHERWISE: [&str; 11] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"];

/// A text that every version of YAML reads as that text: plain where it is of letters, digits and few signs and begins
/// with a letter, else in double quotes.
fn push_scalar(out: &mut String, text: &str) {
    let is_plain = text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.' | '/' | ' '))
        && !text.ends_with(' ')
        && !READ_OTHERWISE.iter().any(|word| word.eq_ignore_ascii_case(text));
    if is_plain {
        out.push_str(text);
        return;
    }
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            letter if is_printable(letter) => out.push(letter),
            letter => write!(out, "\\U{:08X}", u32::from(letter)).unwrap_or_default(),
        }
    }
    out.push('"');
}

/// Whether a letter may stand in a YAML file as it is, and in one line: no control character, no byte-order mark, no
/// separator of lines.
fn is_printable(letter: char) -> bool {
    !letter.is_control() && !matches!(letter, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}
