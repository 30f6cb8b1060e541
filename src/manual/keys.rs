//! The reference of keys: every key of the front matter, however deep it stands, from its declaration.

use std::collections::BTreeMap;
use std::fmt;

use crate::record::{Key, Kind, PlanKind, Process, Shape, Showing, Word};

/// A key of the front matter, as the manual tells of it.
#[derive(Debug)]
pub struct KeyReference {
    /// Its name, behind those of the keys under which it stands: `windows.start`.
    pub path: String,
    /// What was declared.
    pub key: &'static Key,
    /// Whose key it is, in the order of kinds.
    pub kinds: Vec<Kind>,
}

/// A word of a closed set, as the manual tells of it.
#[derive(Debug)]
pub struct WordReference {
    /// The word.
    pub word: &'static Word,
    /// The keys under which it may stand, each with the kinds of record that have it.
    pub keys: Vec<(String, Vec<Kind>)>,
}

/// Every key, by path, and then by kind.
pub fn keys() -> Vec<KeyReference> {
    let mut all = Vec::new();
    for kind in Kind::ALL.iter().copied().filter(|kind| *kind != Kind::Service) {
        kind.keys().for_each(|key| gather("", key, kind, &mut all));
    }
    all.sort_by(|one: &KeyReference, other| one.path.cmp(&other.path));
    all
}

fn gather(above: &str, key: &'static Key, kind: Kind, all: &mut Vec<KeyReference>) {
    let path = format!("{above}{}", key.name);
    match all.iter_mut().find(|of| of.path == path && std::ptr::eq(of.key, key)) {
        Some(of) if of.kinds.contains(&kind) => return,
        Some(of) => of.kinds.push(kind),
        None => all.push(KeyReference { path: path.clone(), key, kinds: vec![kind] }),
    }
    key.shape.keys().iter().for_each(|inner| gather(&format!("{path}."), inner, kind, all));
}

/// Every word of the closed sets that keys take, in order.
pub fn words() -> Vec<WordReference> {
    let mut all: BTreeMap<(&'static str, &'static str), WordReference> = BTreeMap::new();
    for KeyReference { path, key, kinds } in keys() {
        let Shape::Word(words) = key.shape else { continue };
        for word in words.all {
            let new = || WordReference { word, keys: Vec::new() };
            all.entry((word.word, word.doc)).or_insert_with(new).keys.push((path.clone(), kinds.clone()));
        }
    }
    all.into_values().collect()
}

impl KeyReference {
    /// From which status on a plan wants it by the built-in process: each kind of plan with its type, and the status.
    fn wanted(&self) -> Vec<String> {
        let process = Process::default();
        let is_of = |kind: PlanKind| match kind {
            PlanKind::Release => self.kinds.contains(&Kind::Release),
            PlanKind::Change | PlanKind::DeliveredChange => self.kinds.contains(&Kind::Change),
        };
        let wants =
            |part: &str| part == self.path || part.strip_prefix(&*self.path).is_some_and(|of| of.starts_with('.'));
        let rows = process.rows.iter().filter(|row| is_of(row.kind));
        let rows = rows.filter(|row| row.parts.iter().any(|part| wants(part.word())));
        rows.map(|row| format!("{} ({}): from `{}` on", row.kind.label(), row.of_type, row.status.word())).collect()
    }

    /// What one line of front matter with it looks like.
    pub fn example(&self) -> String {
        let inner = example(self.key, self.key.shape);
        let mut names: Vec<&str> = self.path.split('.').collect();
        let own = names.pop().unwrap_or_default();
        names.iter().rev().fold(format!("{own}: {inner}"), |line, name| format!("{name}: {{{line}}}"))
    }
}

fn example(key: &Key, shape: Shape) -> String {
    match shape {
        Shape::Text => "\u{2026}".to_owned(),
        Shape::Day | Shape::DayOfMoment => "2026-11-28".to_owned(),
        Shape::Moment => "2026-11-28T22:00".to_owned(),
        Shape::Flag => "true".to_owned(),
        Shape::Url => "https://example.com/".to_owned(),
        Shape::File => "install.pdf".to_owned(),
        Shape::Path => "old/address.html".to_owned(),
        Shape::Zone => "Europe/Brussels".to_owned(),
        Shape::Duration => "PT4H".to_owned(),
        Shape::Rule => "FREQ=WEEKLY;BYDAY=SA".to_owned(),
        Shape::Digest => format!("sha256:{}", "0".repeat(64)),
        Shape::Share => "25 %".to_owned(),
        Shape::Word(words) => words.all.first().map_or("", |word| word.word).to_owned(),
        Shape::Id => match key.refers.and_then(|refers| refers.kinds.first()) {
            Some(Kind::Release) => "REL-2026-028",
            Some(Kind::Change) => "CHG-2041",
            Some(Kind::KnownError) => "KE-0112",
            Some(Kind::Problem) => "PRB-0033",
            Some(Kind::StandardChange) => "SC-012",
            _ => "ledger-db",
        }
        .to_owned(),
        Shape::List(one) => format!("[{}]", example(key, *one)),
        Shape::OneOrMore(one) => example(key, *one),
        Shape::Map(map) => {
            let (required, others): (Vec<&Key>, Vec<&Key>) = (map.keys)().iter().partition(|key| key.is_required);
            let shown = required.into_iter().chain(others).take(3);
            let lines = shown.map(|key| format!("{}: {}", key.name, example(key, key.shape)));
            format!("{{{}}}", lines.collect::<Vec<_>>().join(", "))
        }
        Shape::Named(one) => format!("{{RB402: {}}}", example(key, *one)),
        Shape::Free => "{cost_centre: \u{2026}}".to_owned(),
    }
}

/// What a key takes, in words.
fn takes(shape: Shape) -> String {
    match shape {
        Shape::Text => "a text".to_owned(),
        Shape::Day => "a day: `2026-11-28`".to_owned(),
        Shape::DayOfMoment => "a day, or a moment of which the day counts".to_owned(),
        Shape::Moment => "a day or a moment: `2026-11-28`, `2026-11-28T22:00`, `2026-11-28T22:00+01:00`".to_owned(),
        Shape::Flag => "`true` or `false`".to_owned(),
        Shape::Url => "an address that begins with `https://`, `http://`, `mailto:` or `tel:`".to_owned(),
        Shape::File => "a file beside the record, by its path below the record\u{2019}s folder".to_owned(),
        Shape::Path => "a path of the site".to_owned(),
        Shape::Zone => "a time zone of the IANA database: `Europe/Brussels`".to_owned(),
        Shape::Duration => "a length of time: `PT4H`, `4h` or `1h 30m`".to_owned(),
        Shape::Rule => "a rule of recurrence as in calendars (RFC 5545): `FREQ=WEEKLY;BYDAY=SA`".to_owned(),
        Shape::Digest => {
            "`sha256:`, `sha384:` or `sha512:` and a checksum in hexadecimal, or a commit of 40 digits".to_owned()
        }
        Shape::Share => "a part of the whole: `25 %`, `0.5 %`, or a number from 0 to 100".to_owned(),
        Shape::Word(_) => "one of these words:".to_owned(),
        Shape::Id => "the id of a record".to_owned(),
        Shape::List(one) => format!("a list; of each: {}", takes(*one)),
        Shape::OneOrMore(one) => format!("{}, or a list", takes(*one)),
        Shape::Map(map) => match map.text {
            Some(text) => format!("a text, which is its `{text}`, or a map"),
            None => "a map".to_owned(),
        },
        Shape::Named(one) => format!("a map with names as its keys; under each: {}", takes(*one)),
        Shape::Free => "a map with keys of your own".to_owned(),
    }
}

/// The kinds that have a key, in words.
fn of_kinds(kinds: &[Kind]) -> String {
    match kinds.len() == Kind::ALL.len() - 1 {
        true => "every record".to_owned(),
        false => kinds.iter().map(|kind| kind.with_article()).collect::<Vec<_>>().join(", "),
    }
}

impl fmt::Display for KeyReference {
    /// As Markdown: what it is, what it takes, whose it is, when it is wanted, what it looks like.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let KeyReference { path, key, kinds } = self;
        writeln!(out, "## {path}\n\n{}\n", key.doc.trim())?;
        writeln!(out, "- Key of {}{}", of_kinds(kinds), if key.is_required { "; it must be there" } else { "" })?;
        writeln!(out, "- Takes {}", takes(key.shape))?;
        if let Shape::Word(words) = key.shape {
            words.all.iter().try_for_each(|word| writeln!(out, "  - `{}`: {}", word.word, word.doc.trim()))?;
            if !words.also.is_empty() {
                let also: Vec<String> = words.also.iter().map(|(word, _)| format!("`{word}`")).collect();
                writeln!(out, "- Read as well: {}", also.join(", "))?;
            }
        }
        key.shape.keys().iter().try_for_each(|key| writeln!(out, "  - `{}`: {}", key.name, key.doc.trim()))?;
        if let Some(refers) = key.refers {
            let named: Vec<&str> = refers.kinds.iter().map(|kind| kind.with_article()).collect();
            writeln!(out, "- Names {}", named.join(" or "))?;
        }
        match key.showing {
            Showing::Listed if !path.contains('.') => writeln!(out, "- In editions that list it")?,
            Showing::Listed => {}
            Showing::Always => writeln!(out, "- In every edition that shows the record")?,
            Showing::Never => writeln!(out, "- In no edition")?,
            Showing::With(other) => writeln!(out, "- In editions that list `{other}`")?,
        }
        for wanted in self.wanted() {
            writeln!(out, "- Wanted of a {wanted}")?;
        }
        writeln!(out, "\n```yaml\n{}\n```", self.example())
    }
}

impl fmt::Display for WordReference {
    /// As Markdown: what it means, and where it may stand.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "## {}\n\n{}\n", self.word.word, self.word.doc.trim())?;
        writeln!(out, "- On a page: {}", self.word.label)?;
        for (path, kinds) in &self.keys {
            writeln!(out, "- Under `{path}` of {}", of_kinds(kinds))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_told_of_with_all_that_was_declared() {
        let all = keys();
        let of = |path: &str| all.iter().find(|of| of.path == path).unwrap_or_else(|| panic!("no key {path}"));
        assert_eq!(of("windows.start").kinds, [Kind::Release, Kind::Change]);
        assert_eq!(of("changes").to_string().lines().next(), Some("## changes"));
        let told = of("impact").to_string();
        assert!(told.contains("from `approved` on") && told.contains("`security`"), "{told}");
        assert_eq!(
            of("review.lessons").example(),
            "review: {lessons: [{lesson: \u{2026}, theme: \u{2026}, configuration_items: [ledger-db]}]}"
        );
        assert_eq!(all.iter().filter(|of| of.path == "start").count(), 1);
        assert_eq!(all.iter().filter(|of| of.path == "status").count(), 4);
    }

    #[test]
    fn every_key_is_documented_in_a_sentence_with_an_end() {
        for KeyReference { path, key, .. } in keys() {
            let doc = key.doc.trim();
            assert!(doc.ends_with('.') && doc.split_whitespace().count() > 1, "{path}: {doc}");
        }
    }
}
