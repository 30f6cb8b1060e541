//! Findings that a record silences, silencers that silence nothing, and those that are not as the site wants them.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::history::OF_HISTORY;
use crate::book::Book;
use crate::diag::{Finding, Level, Levels, Lint, Profile};
use crate::read::{UNKNOWN_VALUE, nearest};
use crate::record::{Allow, says_something};
use crate::source::{Place, SourceId};

/// An `allow` that silences nothing.
pub const UNUSED_ALLOW: Lint =
    Lint::error("RB008", "unused-allow", "an `allow` that silences nothing", include_str!("unused_allow.md"))
        .in_records(Level::Warn)
        .in_standard(Level::Warn)
        .never_waived();

/// An `allow` that has run out, that names nobody or no end where that is wanted, or of what cannot be silenced.
pub const WAIVER: Lint = Lint::process(
    "RB320",
    "waiver",
    "an `allow` that has run out, without a name or an end, or of what cannot be silenced",
    include_str!("waiver.md"),
)
.never_waived();

/// An entry of `allow`, the lint that it means, and whether it silenced anything.
struct Silencer<'a> {
    allow: &'a Allow,
    lint: &'a str,
    silenced: bool,
    /// Whether what it was to silence was found, and it has run out or cannot silence it.
    kept: bool,
    /// Whether no page tells of it: its record is a draft of the site, and the work has begun.
    is_hidden: bool,
}

/// Takes out the findings that their record allows, and adds those of allowing what is not there, no longer, or without
/// what the site wants to know. What was not looked for, being off, may be allowed all the same.
pub fn apply_allows(book: &Book, lints: &[&'static Lint], levels: &Levels, today: Date, findings: &mut Vec<Finding>) {
    let mut silencers: FxHashMap<SourceId, Vec<Silencer<'_>>> = FxHashMap::default();
    for (_, record) in book.tables.iter() {
        let header = record.header();
        if let (Some(source), false) = (header.source, header.allow.is_empty()) {
            let is_hidden = header.draft && record.plan().is_some_and(|plan| plan.was_carried_out(today));
            let of = |allow| {
                let lint = meant(allow, lints, levels);
                Silencer { allow, lint, silenced: false, kept: false, is_hidden }
            };
            silencers.insert(source, header.allow.iter().map(of).collect());
        }
    }
    if silencers.is_empty() {
        return;
    }
    findings.retain(|finding| {
        let of_record = silencers.get_mut(&finding.place.source).into_iter().flatten();
        let mut is_silenced = false;
        for silencer in of_record.filter(|of| of.lint == finding.lint.code || of.lint == finding.lint.name) {
            if !levels.is_waivable(finding.lint) || silencer.allow.waiver.is_over(today) || silencer.is_hidden {
                silencer.kept = true;
            } else {
                (silencer.silenced, is_silenced) = (true, true);
            }
        }
        !is_silenced
    });
    let mut silencers: Vec<_> = silencers
        .into_iter()
        .flat_map(|(source, of_record)| of_record.into_iter().map(move |silencer| (source, silencer)))
        .collect();
    silencers.sort_by_key(|(source, silencer)| (*source, silencer.allow.span));
    for (source, silencer) in silencers {
        findings.extend(fault(&silencer, Place { source, span: silencer.allow.span }, lints, levels));
    }
}

/// What is wrong with an entry, if anything is.
fn fault(silencer: &Silencer<'_>, place: Place, lints: &[&'static Lint], levels: &Levels) -> Option<Finding> {
    let Allow { lint: written, waiver, .. } = silencer.allow;
    let Some(lint) = lints.iter().find(|lint| silencer.allow.names(lint)) else {
        let finding = Finding::new(&UNKNOWN_VALUE, place, format!("there is no lint `{written}`"));
        return Some(match nearest(written, lints.iter().map(|lint| lint.name)) {
            Some(near) => finding.replace_with(near),
            None => finding.help("name a lint by its code or its name"),
        });
    };
    if levels.of(lint) == Level::Off {
        return None;
    }
    let of = |message: String| Finding::new(&WAIVER, place, message);
    if !levels.is_waivable(lint) {
        let finding = of(format!("no record can silence `{written}`"));
        return Some(finding.help("take the line out, and mend what is found"));
    }
    if silencer.is_hidden {
        let finding =
            of(format!("`{written}` is silenced in a draft, and no page tells of it")).label("the work has begun");
        return Some(finding.help("take `draft` out: what is silenced stands on the record\u{2019}s page"));
    }
    if let (true, Some(until)) = (silencer.kept, waiver.until) {
        let finding = of(format!("`{written}` was silenced until {until}, and is there still"));
        return Some(finding.help("mend what is found; or have it agreed to again, and write the new day"));
    }
    if !silencer.silenced {
        let finding = Finding::new(&UNUSED_ALLOW, place, format!("nothing here is silenced by `{written}`"));
        return (!OF_HISTORY.contains(lint)).then(|| finding.help("take the line out"));
    }
    let unsaid = match (!says_something(waiver.by.as_ref()), waiver.until.is_none()) {
        _ if levels.profile != Profile::Strict => return None,
        (true, true) => "by nobody and for ever",
        (true, false) => "by nobody",
        (false, true) => "for ever",
        (false, false) => return None,
    };
    let finding = of(format!("`{written}` is silenced {unsaid}")).label("who agreed to it, and until when?");
    Some(finding.help(format!("write `{written}: {{reason: \u{2026}, by: \u{2026}, until: \u{2026}}}`")))
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
