//! What a finding is known by from run to run, whatever line it has moved to.

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use super::findings::Findings;

/// The fingerprints of all findings, in their order: SHA-256 of code, path and message, and of a number among those
/// that are the same.
pub(super) fn fingerprints(findings: &Findings<'_>) -> Vec<String> {
    let mut seen: FxHashMap<(&str, String, &str), usize> = FxHashMap::default();
    findings
        .iter()
        .map(|(_, finding)| {
            let path = findings.folders.path(&findings.sources[finding.place.source]);
            let number = seen.entry((finding.lint.code, path.clone(), &finding.message)).or_default();
            *number += 1;
            let text = format!("{}\0{path}\0{}\0{number}", finding.lint.code, finding.message);
            Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
        })
        .collect()
}
