//! Findings as GitLab's code quality report, a subset of Code Climate's.

use std::io::{Result, Write};

use serde::Serialize;

use super::findings::{Findings, message_with_advice};
use super::fingerprint::fingerprints;
use super::lint::Level;

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

pub(super) fn print(findings: &Findings<'_>, out: &mut impl Write) -> Result<()> {
    let issues: Vec<Issue> = findings
        .iter()
        .zip(fingerprints(findings))
        .map(|((level, finding), fingerprint)| {
            let region = findings.region(finding.place);
            Issue {
                description: format!("{} {}: {}", finding.lint.code, finding.lint.name, message_with_advice(finding)),
                check_name: finding.lint.name,
                fingerprint,
                severity: if level == Level::Error { "major" } else { "minor" },
                location: Location {
                    path: region.path,
                    lines: Lines { begin: region.start.line, end: region.end.line },
                },
            }
        })
        .collect();
    serde_json::to_writer_pretty(&mut *out, &issues)?;
    writeln!(out)
}
