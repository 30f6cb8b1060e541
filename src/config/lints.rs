//! `[lints]`: the profile, and levels that differ from it.

use super::settings::Settings;
use crate::diag::{Level, Lint, Profile};
use crate::read::{Fields, Term, UNKNOWN_FIELD, UNKNOWN_VALUE, Value, nearest};
use crate::source::Span;

impl Term for Profile {
    const WORDS: &'static [(&'static str, Profile)] =
        &[("records", Profile::Records), ("standard", Profile::Standard), ("strict", Profile::Strict)];
}

impl Term for Level {
    const WORDS: &'static [(&'static str, Level)] =
        &[("off", Level::Off), ("warn", Level::Warn), ("error", Level::Error)];
}

pub(super) fn read_lints(fields: Fields<'_>, lints: &[&'static Lint], settings: &mut Settings) {
    settings.profile = fields.term("profile").unwrap_or_default();
    if fields.node("never_allow").is_some() {
        settings.never_allow = Some(never_allow(&fields, lints));
    }
    for entry in fields.entries().iter().filter(|entry| !matches!(entry.key.as_str(), "profile" | "never_allow")) {
        let sink = fields.sink();
        let Some(lint) = named(lints, &entry.key) else {
            let mut finding = sink
                .finding(&UNKNOWN_FIELD, entry.key_span, format!("there is no lint `{}`", entry.key))
                .label("neither a code nor a name of a lint");
            finding = match nearest(&entry.key, lints.iter().map(|lint| lint.name)) {
                Some(near) => finding.replace_with(near),
                None => finding.help("`relbook check --list` names them all"),
            };
            sink.push(finding);
            continue;
        };
        let level = match &entry.node.value {
            Value::Scalar { text, .. } => Level::WORDS.iter().find(|(word, _)| word == text),
            _ => None,
        };
        match level {
            Some((_, level)) => settings.lints.push((lint.code.to_owned(), entry.key_span, *level)),
            None => sink.push(
                sink.finding(&UNKNOWN_VALUE, entry.node.span, "this is no level")
                    .help("allowed: \"error\", \"warn\", \"off\""),
            ),
        }
    }
}

fn named(lints: &[&'static Lint], word: &str) -> Option<&'static Lint> {
    lints.iter().copied().find(|lint| lint.code == word || lint.name == word)
}

/// `never_allow = ["RB304"]`: lints that no record can silence, by code or name.
fn never_allow(fields: &Fields<'_>, lints: &[&'static Lint]) -> Vec<String> {
    let sink = fields.sink();
    let code = |(word, span): (String, Span)| {
        let found = named(lints, &word);
        if found.is_none() {
            let finding = sink.finding(&UNKNOWN_VALUE, span, format!("there is no lint `{word}`"));
            sink.push(match nearest(&word, lints.iter().map(|lint| lint.name)) {
                Some(near) => finding.replace_with(format!("\"{near}\"")),
                None => finding.help("`relbook check --list` names them all"),
            });
        }
        found.map(|lint| lint.code.to_owned())
    };
    fields.texts("never_allow").into_iter().filter_map(code).collect()
}
