//! `[lints]`: the profile, and levels that differ from it.

use super::settings::Settings;
use crate::diag::{Level, Lint, Profile};
use crate::read::{Fields, Term, UNKNOWN_FIELD, UNKNOWN_VALUE, Value, nearest};

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
    for entry in fields.entries().iter().filter(|entry| entry.key != "profile") {
        let sink = fields.sink();
        let Some(lint) = lints.iter().find(|lint| lint.code == entry.key || lint.name == entry.key) else {
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
