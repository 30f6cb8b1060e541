//! Front matter in one shape: the keys in the order of their kind, words of closed sets as they are declared, lists where lists
//! are meant.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use jiff::tz::TimeZone;

use super::file;
use super::set::lines_of_keys;
use crate::diag::Sink;
use crate::pipeline::{content_of, paths_of};
use crate::read::{
    BAD_DATE, Edit, Node, Value, WRONG_TYPE, edited, front_matter_of, is_same, says_the_same_but, split,
};
use crate::record::{Defaults, Key, Kind, Shape, Words, kind_of, read};
use crate::source::{Source, SourceId, Span};

/// A record's file in one shape; the same where it is so already, or where it cannot be understood. Its body, its comments and
/// its line ends stay.
pub fn format(path: &str, file: &str) -> String {
    // A carriage return alone ends a line as it is read, and could not be put back.
    let has_odd_ends = file.replace("\r\n", "\n").contains('\r');
    let Some(kind) = kind_of(path, file).filter(|_| !has_odd_ends) else { return file.to_owned() };
    let mended = mended(path, file, kind);
    let ordered = ordered(path, &mended, kind);
    let [before, after] = [&mended, &ordered].map(|text| front_matter_of(&Source::new(path, text.clone())));
    let is_right = match (before, after) {
        (Some(before), Some(after)) => has_the_same(&before, &after),
        (before, after) => before.is_none() && after.is_none(),
    };
    // Below the name of a table in TOML nothing can be moved.
    if is_right { ordered } else { mended }
}

/// What became of some records.
#[derive(Debug, Default)]
pub struct Formatted {
    /// How many were looked at.
    pub looked_at: usize,
    /// Those that changed, or would.
    pub changed: Vec<Changed>,
}

/// A file that changed, or would.
#[derive(Debug)]
pub struct Changed {
    /// Its path below the folder of the records.
    pub path: String,
    /// Its text as it was.
    pub before: String,
    /// Its text as it is.
    pub after: String,
}

/// Puts the records of a site's folder into one shape: the named ones, or all where none is named.
///
/// # Errors
///
/// A file cannot be read or written.
pub fn format_all(folder: &Path, named: &[PathBuf], is_dry: bool) -> Result<Formatted> {
    let content = content_of(folder)?;
    let wanted =
        named.iter().map(|file| file.canonicalize().with_context(|| format!("cannot find {}", file.display())));
    let wanted: Vec<PathBuf> = wanted.collect::<Result<_>>()?;
    let mut formatted = Formatted::default();
    for path in paths_of(folder)? {
        let at = content.join(&path);
        if !wanted.is_empty() && !at.canonicalize().is_ok_and(|at| wanted.contains(&at)) {
            continue;
        }
        let before = file::load(&at)?;
        let after = format(&path, &before);
        formatted.looked_at += 1;
        if after != before {
            if !is_dry {
                file::replace(&at, &after)?;
            }
            formatted.changed.push(Changed { path, before, after });
        }
    }
    Ok(formatted)
}

/// The same with words and lists as they are meant.
fn mended(path: &str, file: &str, kind: Kind) -> String {
    let source = Source::new(path, file.to_owned());
    let Some(tree) = front_matter_of(&source) else { return file.to_owned() };
    let mut edits = Vec::new();
    if let Value::Map(entries) = &tree.value {
        for entry in entries {
            if let Some(key) = kind.key(&entry.key) {
                words(key.shape, &entry.node, &mut edits);
            }
        }
    }
    let sink = Sink::new(SourceId(0));
    read(&source, &Defaults::new(TimeZone::UTC), &sink);
    let is_certain = |lint| lint == &WRONG_TYPE || lint == &BAD_DATE;
    for finding in sink.into_findings().into_iter().filter(|finding| is_certain(finding.lint)) {
        edits.extend(finding.replacement.map(|text| Edit { span: finding.place.span, text }));
    }
    let spans: Vec<Span> = edits.iter().map(|edit| edit.span).collect();
    let made = edited(file, &edits);
    match front_matter_of(&Source::new(path, made.clone())) {
        Some(after) if says_the_same_but(&tree, &after, &spans) => made,
        _ => file.to_owned(),
    }
}

/// Words of closed sets that are written in another way than they are declared.
fn words(shape: Shape, node: &Node, edits: &mut Vec<Edit>) {
    match (shape, &node.value) {
        (Shape::Word(words), Value::Scalar { text, .. }) => {
            if let Some(own) = own_word(words, text).filter(|own| own != text) {
                edits.push(Edit { span: node.span, text: node.like(own) });
            }
        }
        (Shape::List(one) | Shape::OneOrMore(one), Value::List(items)) => {
            items.iter().for_each(|item| self::words(*one, item, edits));
        }
        (Shape::Map(map), Value::Map(entries)) => {
            for entry in entries {
                let key = (map.keys)().iter().find(|key| key.name == entry.key);
                key.into_iter().for_each(|key| self::words(key.shape, &entry.node, edits));
            }
        }
        _ => {}
    }
}

/// The declared word for one that is read as it.
fn own_word(words: &'static Words, written: &str) -> Option<&'static str> {
    let plain = written.to_lowercase().replace([' ', '_'], "-");
    let own = words.all.iter().find(|word| word.word == plain).map(|word| word.word);
    own.or_else(|| words.also.iter().find(|(word, _)| *word == plain).map(|(_, own)| words.all[*own].word))
}

/// The same with the keys in the order of their kind; those that are none of it come last, as they stand.
fn ordered(path: &str, file: &str, kind: Kind) -> String {
    let source = Source::new(path, file.to_owned());
    let (Some(lines), Some(parts)) = (lines_of_keys(&source), split(&source, &Sink::new(SourceId(0)))) else {
        return file.to_owned();
    };
    let order: Vec<&'static Key> = kind.keys().collect();
    let rank = |name: &str| order.iter().position(|key| key.name == name).unwrap_or(order.len());
    let mut keys = lines.keys;
    if keys.is_sorted_by_key(|(name, _)| rank(name)) {
        return file.to_owned();
    }
    keys.sort_by_key(|(name, _)| rank(name));
    let text: String = keys.into_iter().map(|(_, lines)| lines).collect();
    edited(file, &[Edit { span: parts.matter, text: text + &lines.rest }])
}

/// Whether two trees say the same, in whatever order their keys are.
fn has_the_same(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::Map(one), Value::Map(other)) => {
            one.len() == other.len()
                && one.iter().all(|entry| {
                    other.iter().any(|of| of.key == entry.key && is_same(&of.node.value, &entry.node.value))
                })
        }
        (one, other) => is_same(one, other),
    }
}

#[cfg(test)]
mod tests {
    use super::format;

    #[test]
    fn keys_come_in_the_order_of_their_kind_with_their_comments() {
        let file = "---\nstatus: Roll_back\n# who asked\ninitiator: Ada # for short\ntitle: One\ntags: label\nodd: 1\nid: REL-1\n---\n\nBody  \n";
        let made = format("releases/REL-1.md", file);
        assert_eq!(
            made,
            "---\nid: REL-1\ntitle: One\ntags: [label]\nstatus: Roll_back\n# who asked\ninitiator: Ada # for short\nodd: 1\n---\n\nBody  \n"
        );
        assert_eq!(format("releases/REL-1.md", &made), made);
    }

    #[test]
    fn words_are_written_as_they_are_declared_and_line_ends_stay() {
        let file = "---\r\ntitle: One\r\nstatus: \"Rolled Back\"\r\n---\r\nBody\n";
        assert_eq!(format("releases/REL-1.md", file), file.replace("Rolled Back", "rolled-back"));
        let file = "---\ntitle: One\nstatus: open\n---\n";
        assert_eq!(format("known-errors/KE-1.md", file), file.replace("open", "confirmed"));
    }

    #[test]
    fn what_is_not_understood_is_left_alone() {
        for file in [
            "",
            "text",
            "---\n{a: 1, title: b}\n---\n",
            "---\ntitle: [\n---\n",
            "+++\ntitle = \"x\"\n[[windows]]\nstart = \"2026-01-01\"\nend = \"2026-01-02\"\n+++\n",
        ] {
            assert_eq!(format("releases/REL-1.md", file), file);
        }
        assert_eq!(format("elsewhere/REL-1.md", "---\nstatus: x\ntitle: y\n---\n"), "---\nstatus: x\ntitle: y\n---\n");
    }
}
