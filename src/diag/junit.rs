//! Findings as JUnit's XML: a test a record, which fails with the record's errors.

use std::io::{Result, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::finding::Finding;
use super::findings::{Findings, message_with_advice};
use super::human::counted;
use super::lint::Level;
use super::short;
use crate::source::{Source, SourceId};

/// A record and what was found in it.
struct Case<'a> {
    source: &'a Source,
    errors: Vec<&'a Finding>,
    warnings: Vec<&'a Finding>,
}

pub(super) fn print(findings: &Findings<'_>, out: &mut impl Write) -> Result<()> {
    let cases = cases(findings);
    let failures = cases.iter().filter(|case| !case.errors.is_empty()).count();
    let [tests, failures] = [cases.len().to_string(), failures.to_string()];
    let counts = [("name", "relbook"), ("tests", &tests), ("failures", &failures), ("errors", "0")];
    let mut writer = Writer::new_with_indent(&mut *out, b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    writer.create_element("testsuites").with_attributes(counts).write_inner_content(|writer| {
        writer
            .create_element("testsuite")
            .with_attributes(counts)
            .write_inner_content(|writer| cases.iter().try_for_each(|case| write_case(findings, case, writer)))?;
        Ok(())
    })?;
    writeln!(out)
}

/// Every text with its findings, in order of path.
fn cases<'a>(findings: &Findings<'a>) -> Vec<Case<'a>> {
    let case = |(_, source)| Case { source, errors: Vec::new(), warnings: Vec::new() };
    let mut cases: Vec<Case<'a>> = findings.sources.iter().map(case).collect();
    for (level, finding) in findings.report.findings() {
        let SourceId(number) = finding.place.source;
        let case = &mut cases[number as usize];
        if *level == Level::Error { case.errors.push(finding) } else { case.warnings.push(finding) }
    }
    // Settings that nobody wrote are no test.
    cases.retain(|case| !case.source.text.is_empty() || !case.errors.is_empty() || !case.warnings.is_empty());
    cases.sort_by(|one, other| one.source.path.cmp(&other.source.path));
    cases
}

fn write_case(findings: &Findings<'_>, case: &Case<'_>, writer: &mut Writer<impl Write>) -> Result<()> {
    let path = text(&findings.folders.path(case.source));
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let element = writer.create_element("testcase").with_attributes([("classname", folder), ("name", path.as_str())]);
    if case.errors.is_empty() && case.warnings.is_empty() {
        element.write_empty()?;
        return Ok(());
    }
    element.write_inner_content(|writer| {
        if let Some(first) = case.errors.first() {
            let message = match case.errors.len() {
                1 => text(&first.message),
                count => text(&format!("{}, the first: {}", counted(count, "error"), first.message)),
            };
            let lines = text(&lines(findings, Level::Error, &case.errors));
            writer
                .create_element("failure")
                .with_attributes([("type", first.lint.code), ("message", message.as_str())])
                .write_text_content(BytesText::new(&lines))?;
        }
        if !case.warnings.is_empty() {
            let lines = text(&lines(findings, Level::Warn, &case.warnings));
            writer.create_element("system-out").write_text_content(BytesText::new(&lines))?;
        }
        Ok(())
    })?;
    Ok(())
}

fn lines(findings: &Findings<'_>, level: Level, of_case: &[&Finding]) -> String {
    let mut lines = String::new();
    for finding in of_case {
        lines += &short::line(findings, level, finding);
        lines += "\n";
        for advice in message_with_advice(finding).lines().skip(1) {
            lines += &format!("  {advice}\n");
        }
    }
    lines
}

/// A text that XML can hold (XML 1.0, 2.2): the two characters that are none, and all that a terminal would obey,
/// are replaced.
fn text(text: &str) -> String {
    super::harmless(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
