//! Findings as a line each: `releases/REL-1.md:3:9: error[RB102 unknown-value] message`.

use std::io::{Result, Write};

use super::finding::Finding;
use super::findings::Findings;
use super::harmless;
use super::lint::Level;

pub(super) fn print(findings: &Findings<'_>, out: &mut impl Write) -> Result<()> {
    for (level, finding) in findings.iter() {
        writeln!(out, "{}", line(findings, level, finding))?;
    }
    Ok(())
}

/// A finding in one line.
pub(super) fn line(findings: &Findings<'_>, level: Level, finding: &Finding) -> String {
    let region = findings.region(finding.place);
    let message = harmless(&finding.message).replace('\n', " ");
    format!(
        "{}:{}:{}: {}[{} {}] {message}",
        region.path,
        region.start.line,
        region.start.column,
        level.noun(),
        finding.lint.code,
        finding.lint.name,
    )
}
