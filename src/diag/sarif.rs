//! Findings as SARIF 2.1.0 (OASIS), for code scanning.

use std::io::{Result, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::finding::Finding;
use super::findings::{Findings, Region, message_with_advice};
use super::fingerprint::fingerprints;
use super::harmless;
use super::lint::{Level, Lint};
use crate::source::Place;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

/// What a path's parts may hold as they are (RFC 3986, `pchar`), and the slash between them.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

pub(super) fn print(findings: &Findings<'_>, out: &mut impl Write) -> Result<()> {
    let results: Vec<Value> = findings
        .iter()
        .zip(fingerprints(findings))
        .map(|((level, finding), fingerprint)| result(findings, level, finding, &fingerprint))
        .collect();
    let document = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": findings.lints.iter().map(|lint| rule(lint)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {"SRCROOT": {"description": {"text": "the root of the repository"}}},
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn rule(lint: &Lint) -> Value {
    let [_, standard, _] = lint.levels;
    json!({
        "id": lint.code,
        "name": lint.name,
        "shortDescription": {"text": lint.summary},
        "defaultConfiguration": {"enabled": standard != Level::Off, "level": of_level(standard)},
    })
}

fn result(findings: &Findings<'_>, level: Level, finding: &Finding, fingerprint: &str) -> Value {
    let region = findings.region(finding.place);
    let mut result = json!({
        "ruleId": finding.lint.code,
        "level": of_level(level),
        "message": {"text": message(&message_with_advice(finding))},
        "locations": [{"physicalLocation": physical_location(&region)}],
        "partialFingerprints": {"relbook/v1": fingerprint},
    });
    if let Some(index) = findings.lints.iter().position(|lint| lint.code == finding.lint.code) {
        result["ruleIndex"] = json!(index);
    }
    if !finding.related.is_empty() {
        let related = |(id, (place, label)): (usize, &(Place, String))| {
            json!({
                "id": id + 1,
                "message": {"text": message(&harmless(label))},
                "physicalLocation": physical_location(&findings.region(*place)),
            })
        };
        result["relatedLocations"] = finding.related.iter().enumerate().map(related).collect();
    }
    if let Some(replacement) = &finding.replacement {
        result["fixes"] = json!([{
            "description": {"text": "write this instead"},
            "artifactChanges": [{
                "artifactLocation": artifact_location(&region.path),
                "replacements": [{
                    "deletedRegion": lines_and_columns(&region),
                    "insertedContent": {"text": harmless(replacement)},
                }],
            }],
        }]);
    }
    result
}

fn of_level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warn => "warning",
        Level::Off => "none",
    }
}

/// A plain message; what would be taken for a link into the file is escaped (SARIF 2.1.0, 3.11.6).
fn message(text: &str) -> String {
    match text.contains("](") {
        true => text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]"),
        false => text.to_owned(),
    }
}

fn physical_location(region: &Region) -> Value {
    json!({"artifactLocation": artifact_location(&region.path), "region": lines_and_columns(region)})
}

fn artifact_location(path: &str) -> Value {
    json!({"uri": utf8_percent_encode(path, PATH).to_string(), "uriBaseId": "SRCROOT"})
}

fn lines_and_columns(region: &Region) -> Value {
    json!({
        "startLine": region.start.line,
        "startColumn": region.start.column,
        "endLine": region.end.line,
        "endColumn": region.end.column,
    })
}
