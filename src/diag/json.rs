//! Findings as JSON of a fixed version: fields are added, never renamed, and a new `version` says so otherwise.

use std::io::{Result, Write};

use serde::Serialize;

use super::finding::Finding;
use super::findings::{Findings, Region, advice};
use super::harmless;
use super::lint::Level;
use crate::source::{Place, Position};

/// Changes with every field that is taken away or means something else.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document {
    version: u32,
    program: &'static str,
    program_version: &'static str,
    errors: usize,
    warnings: usize,
    findings: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    code: &'static str,
    name: &'static str,
    level: &'static str,
    message: String,
    label: String,
    help: Vec<String>,
    replacement: Option<String>,
    #[serde(flatten)]
    range: Range,
    related: Vec<Related>,
}

#[derive(Serialize)]
struct Related {
    label: String,
    #[serde(flatten)]
    range: Range,
}

#[derive(Serialize)]
struct Range {
    path: String,
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    line: usize,
    column: usize,
}

pub(super) fn print(findings: &Findings<'_>, out: &mut impl Write) -> Result<()> {
    let document = Document {
        version: VERSION,
        program: env!("CARGO_PKG_NAME"),
        program_version: env!("CARGO_PKG_VERSION"),
        errors: findings.report.count(Level::Error),
        warnings: findings.report.count(Level::Warn),
        findings: findings.iter().map(|(level, finding)| entry(findings, level, finding)).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn entry(findings: &Findings<'_>, level: Level, finding: &Finding) -> Entry {
    let related = |(place, label): &(Place, String)| Related {
        label: harmless(label).into_owned(),
        range: range(findings.region(*place)),
    };
    Entry {
        code: finding.lint.code,
        name: finding.lint.name,
        level: level.noun(),
        message: harmless(&finding.message).into_owned(),
        label: harmless(&finding.label).into_owned(),
        help: advice(&Finding { replacement: None, ..finding.clone() }),
        replacement: finding.replacement.as_deref().map(|text| harmless(text).into_owned()),
        range: range(findings.region(finding.place)),
        related: finding.related.iter().map(related).collect(),
    }
}

fn range(region: Region) -> Range {
    let point = |position: Position| Point { line: position.line, column: position.column };
    Range { path: region.path, start: point(region.start), end: point(region.end) }
}
