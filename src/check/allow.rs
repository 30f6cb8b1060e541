//! Findings that a record silences, and silencers that silence nothing.

use rustc_hash::FxHashMap;

use super::history::OF_HISTORY;
use crate::book::Book;
use crate::diag::{Finding, Level, Levels, Lint};
use crate::read::{UNKNOWN_VALUE, nearest};
use crate::record::Allow;
use crate::source::{Place, SourceId};

/// An `allow` that silences nothing.
pub const UNUSED_ALLOW: Lint =
    Lint::error("RB008", "unused-allow", "an `allow` that silences nothing", include_str!("unused_allow.md"))
        .in_records(Level::Warn)
        .in_standard(Level::Warn);

/// Takes out the findings that their record allows, and adds those of allowing what is not there. What was not looked
/// for, being off, may be allowed all the same.
pub fn apply_allows(book: &Book, lints: &[&'static Lint], levels: &Levels, findings: &mut Vec<Finding>) {
    let mut allows: FxHashMap<SourceId, Vec<(&Allow, &str, bool)>> = FxHashMap::default();
    for (_, record) in book.tables.iter() {
        let header = record.header();
        if let (Some(source), false) = (header.source, header.allow.is_empty()) {
            allows
                .insert(source, header.allow.iter().map(|allow| (allow, meant(allow, lints, levels), false)).collect());
        }
    }
    if allows.is_empty() {
        return;
    }
    findings.retain(|finding| {
        let of_record = allows.get_mut(&finding.place.source).into_iter().flatten();
        let mut is_allowed = false;
        for (_, lint, used) in of_record {
            if finding.lint.is_waivable && (*lint == finding.lint.code || *lint == finding.lint.name) {
                (*used, is_allowed) = (true, true);
            }
        }
        !is_allowed
    });
    let mut unused: Vec<_> = allows
        .into_iter()
        .flat_map(|(source, allows)| allows.into_iter().map(move |(allow, lint, used)| (source, allow, lint, used)))
        .filter(|(_, allow, lint, used)| !used || *lint != allow.lint)
        .collect();
    unused.sort_by_key(|(source, allow, ..)| (*source, allow.span));
    for (source, allow, ..) in unused {
        let place = Place { source, span: allow.span };
        let known = lints.iter().find(|lint| lint.code == allow.lint || lint.name == allow.lint);
        findings.push(match known {
            Some(lint) if levels.of(lint) == Level::Off || OF_HISTORY.contains(lint) => continue,
            Some(lint) if !lint.is_waivable => {
                Finding::new(&UNUSED_ALLOW, place, format!("no record can silence `{}`", allow.lint))
                    .help("take the line out, and mend what is found")
            }
            Some(_) => Finding::new(&UNUSED_ALLOW, place, format!("nothing here is silenced by `{}`", allow.lint))
                .help("take the line out"),
            None => {
                let finding = Finding::new(&UNKNOWN_VALUE, place, format!("there is no lint `{}`", allow.lint));
                match nearest(&allow.lint, lints.iter().map(|lint| lint.name)) {
                    Some(near) => finding.replace_with(near),
                    None => finding.help("name a lint by its code or its name"),
                }
            }
        });
    }
}

/// The lint that is silenced: of a misspelt name the one that is meant, so that its findings do not come beside that one,
/// but only where the misspelling stops the build.
fn meant<'a>(allow: &'a Allow, lints: &[&'static Lint], levels: &Levels) -> &'a str {
    let names = || lints.iter().map(|lint| lint.name);
    match levels.of(&UNKNOWN_VALUE) == Level::Error && !names().any(|name| name == allow.lint) {
        true => nearest(&allow.lint, names()).unwrap_or(&allow.lint),
        false => &allow.lint,
    }
}
