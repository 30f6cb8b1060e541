//! RB208: the name of a configuration item or problem that has no file, and is nearly that of another.

use rustc_hash::FxHashMap;

use super::subject::{Context, Subject};
use crate::book::RecordIndex;
use crate::config::Listed;
use crate::diag::{Finding, Lint};
use crate::record::{Kind, Piece, fold};

/// The name of a configuration item or problem that has no file, and is nearly that of another.
pub const NEAR_NAME: Lint = Lint::process(
    "RB208",
    "near-name",
    "a configuration item or problem without a file whose id is nearly that of another",
    include_str!("near_name.md"),
);

/// Parts of names with fewer letters are often words of their own with one letter between them: `eu`, `us`.
const FEWEST_LETTERS: usize = 4;
/// The same of what stands before a problem's number: `PRB`.
const FEWEST_LETTERS_OF_PREFIX: usize = 3;
/// A longer name is not looked at: each of its letters is left out in turn.
const LONGEST: usize = 64;

pub(super) fn find(context: &Context<'_>) -> Vec<Finding> {
    let lists = |sort| context.settings.references.lists(sort);
    let mut near: FxHashMap<(Kind, String), String> = FxHashMap::default();
    if !lists(Listed::ConfigurationItems) {
        near.extend(near_items(context).map(|(id, other)| ((Kind::ConfigurationItem, id), other)));
    }
    if !lists(Listed::Problems) {
        near.extend(near_problems(context).into_iter().map(|(id, other)| ((Kind::Problem, id), other)));
    }
    let mut findings = Vec::new();
    if near.is_empty() {
        return findings;
    }
    for (index, _) in context.book.tables.iter() {
        let Some(subject) = Subject::new(context, index) else { continue };
        subject.record.each(&mut |key, piece| {
            let Piece::Id(reference) = piece else { return };
            let kind = key.refers.and_then(|refers| refers.kinds.first().copied());
            let Some(kind) = kind.filter(|kind| matches!(kind, Kind::ConfigurationItem | Kind::Problem)) else {
                return;
            };
            if let Some(other) = near.get(&(kind, fold(&reference.id))) {
                findings.push(finding(&subject, kind, reference.id.as_str(), other, reference.span));
            }
        });
    }
    findings
}

fn finding(subject: &Subject<'_>, kind: Kind, id: &str, other: &str, span: crate::source::Span) -> Finding {
    let (what, label) = match kind {
        Kind::Problem => ("problem", format!("others are called as `{other}` is")),
        _ => ("configuration item", format!("`{other}` has a file")),
    };
    Finding::new(&NEAR_NAME, subject.at(span), format!("{what} `{id}` has no file, and is nearly called as another"))
        .label(label)
        .help(format!("correct it, or add a file for `{id}`: then both are known"))
}

/// The records of a kind with their ids, by whether they have a file.
fn of_kind<'a>(context: &'a Context<'_>, kind: Kind, has_file: bool) -> impl Iterator<Item = &'a str> {
    let headers = context.book.tables.of_kind(kind).map(|index| context.book.get(RecordIndex(index)).header());
    headers.filter(move |header| header.source.is_some() == has_file).map(|header| header.id.as_str())
}

/// Items without a file, folded, each with the one whose name is nearly the same.
fn near_items<'a>(context: &'a Context<'_>) -> impl Iterator<Item = (String, String)> + 'a {
    let mut by_rest: FxHashMap<String, Vec<&str>> = FxHashMap::default();
    for id in of_kind(context, Kind::ConfigurationItem, true) {
        for rest in rests(&fold(id)) {
            by_rest.entry(rest).or_default().push(id);
        }
    }
    of_kind(context, Kind::ConfigurationItem, false).filter_map(move |id| {
        let written = fold(id);
        let candidates = rests(&written).into_iter().filter_map(|rest| by_rest.get(&rest)).flatten();
        let other = candidates.filter(|other| is_near(&written, &fold(other))).min()?;
        Some((written, (*other).to_owned()))
    })
}

/// A name, and the name without each of its letters in turn: two names with one slip between them have one in common.
fn rests(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    if letters.len() > LONGEST {
        return Vec::new();
    }
    let without = |left_out: usize| {
        let kept = letters.iter().enumerate().filter(|(at, _)| *at != left_out);
        kept.map(|(_, letter)| letter).collect::<String>()
    };
    let mut rests: Vec<String> = (0..=letters.len()).map(without).collect();
    rests.sort_unstable();
    rests.dedup();
    rests
}

/// Whether two names differ in one slip of one word: a letter too many, too few, another, or two in the other order; or
/// in what stands between words. Numbers tell names apart.
fn is_near(one: &str, other: &str) -> bool {
    let is_letter = |letter: &char| letter.is_alphanumeric();
    if one.chars().filter(is_letter).eq(other.chars().filter(is_letter)) {
        return one != other;
    }
    let words =
        |name: &str| -> Vec<String> { name.split(|letter: char| !is_letter(&letter)).map(str::to_owned).collect() };
    let (one, other) = (words(one), words(other));
    let mut different = one.iter().zip(&other).filter(|(one, other)| one != other);
    one.len() == other.len()
        && different.next().is_some_and(|(one, other)| is_slip(one, other, FEWEST_LETTERS))
        && different.next().is_none()
}

fn is_slip(one: &str, other: &str, fewest: usize) -> bool {
    let is_long = |word: &str| word.chars().count() >= fewest;
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).collect::<String>();
    is_long(one) && is_long(other) && digits(one) == digits(other) && strsim::damerau_levenshtein(one, other) == 1
}

/// Problems without a file, folded, whose letters before the number no problem with a file has, with one of those whose letters
/// are nearly the same and that are more, or have a file.
fn near_problems(context: &Context<'_>) -> FxHashMap<String, String> {
    struct Prefix<'a> {
        has_file: bool,
        ids: Vec<&'a str>,
    }
    let mut prefixes: FxHashMap<String, Prefix<'_>> = FxHashMap::default();
    for has_file in [true, false] {
        for id in of_kind(context, Kind::Problem, has_file) {
            let Some(prefix) = prefix(id) else { continue };
            let of = prefixes.entry(prefix).or_insert_with(|| Prefix { has_file, ids: Vec::new() });
            of.ids.push(id);
        }
    }
    let mut by_rest: FxHashMap<String, Vec<&str>> = FxHashMap::default();
    for prefix in prefixes.keys() {
        rests(prefix).into_iter().for_each(|rest| by_rest.entry(rest).or_default().push(prefix));
    }
    let weight = |of: &Prefix<'_>| (of.has_file, of.ids.len());
    let mut near = FxHashMap::default();
    for (written, of) in prefixes.iter().filter(|(_, of)| !of.has_file) {
        let candidates = rests(written).into_iter().filter_map(|rest| by_rest.get(&rest)).flatten();
        let slips = candidates.filter(|other| is_slip(written, other, FEWEST_LETTERS_OF_PREFIX));
        let heavier = slips.map(|other| &prefixes[*other]).filter(|other| weight(other) > weight(of));
        let Some(other) = heavier.max_by_key(|other| (weight(other), std::cmp::Reverse(other.ids[0]))) else {
            continue;
        };
        near.extend(of.ids.iter().map(|id| (fold(id), other.ids[0].to_owned())));
    }
    near
}

/// The letters before the number of an id, folded: `prb` of `PRB-1`.
fn prefix(id: &str) -> Option<String> {
    let prefix = id.split(|letter: char| !letter.is_alphabetic()).next().filter(|prefix| !prefix.is_empty())?;
    id[prefix.len()..].contains(|letter: char| letter.is_ascii_digit()).then(|| fold(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_of_one_word_is_near() {
        for (one, other) in [
            ("ledgr-db", "ledger-db"),
            ("legder-db", "ledger-db"),
            ("ledgerdb", "ledger-db"),
            ("ledger_db", "ledger-db"),
            ("ledger-dbx-core", "ledger-dbx-cora"),
        ] {
            assert!(is_near(one, other), "{one} {other}");
            let (one, other) = (rests(one), rests(other));
            assert!(one.iter().any(|rest| other.contains(rest)));
        }
        for (one, other) in [
            ("ledger-db", "ledger-db"),
            ("web-eu", "web-us"),
            ("db-cluster-a", "db-cluster-b"),
            ("node-1", "node-2"),
            ("host12", "host13"),
            ("host1", "host11"),
            ("ledger", "ledger-db"),
            ("legdr-db", "ledger-db"),
        ] {
            assert!(!is_near(one, other), "{one} {other}");
        }
    }

    #[test]
    fn the_letters_before_a_number_are_a_prefix() {
        assert_eq!(prefix("PRB-1").as_deref(), Some("prb"));
        assert_eq!(prefix("PRB-2026-1").as_deref(), Some("prb"));
        assert_eq!(prefix("1234"), None);
        assert_eq!(prefix("slow-night"), None);
    }
}
