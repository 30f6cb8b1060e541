//! What of all that was found concerns an edition.

use jiff::civil::Date;
use rustc_hash::FxHashSet;

use crate::check::check as hold_process;
use crate::config::Settings;
use crate::diag::{Finding, Found};
use crate::edition::Edition;
use crate::source::SourceId;

/// What of all that was found concerns an edition: what is found in it too, for the rest may name what was left out.
pub(super) fn of_edition(found: &Found, edition: &Edition, settings: &Settings, today: Date) -> Found {
    let Some(of_link) = edition.found_anew() else { return found.clone() };
    let mut anew = of_link.to_vec();
    anew.extend(hold_process(edition, settings, found.levels(), today));
    let key = |finding: &Finding| (finding.place, finding.lint.code);
    anew.sort_by_key(key);
    let sources: FxHashSet<SourceId> =
        edition.tables.iter().filter_map(|(_, record)| record.header().source).chain([SourceId::SETTINGS]).collect();
    let is_found_anew = |finding: &&Finding| {
        let start = anew.partition_point(|other| key(other) < key(finding));
        anew[start..].iter().take_while(|other| key(other) == key(finding)).any(|other| other == *finding)
    };
    // What is wrong with a file by itself names no other.
    let is_of_file =
        |finding: &&Finding| finding.lint.group().is_of_reading() && sources.contains(&finding.place.source);
    let mut concerning = Found::new(found.levels().clone());
    concerning.extend(found.findings().iter().filter(|of| is_of_file(of) || is_found_anew(of)).cloned());
    concerning
}
