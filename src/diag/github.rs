//! Findings as workflow commands, which GitHub shows beside the lines of a pull request.

use std::io::{Result, Write};

use super::findings::{Findings, message_with_advice};
use super::lint::Level;

pub(super) fn print(findings: &Findings<'_>, out: &mut impl Write) -> Result<()> {
    for (level, finding) in findings.iter() {
        let region = findings.region(finding.place);
        let command = if level == Level::Error { "error" } else { "warning" };
        write!(out, "::{command} file={},line={}", property(&region.path), region.start.line)?;
        write!(out, ",endLine={},col={}", region.end.line, region.start.column)?;
        // GitHub takes an end column only where it is on the first line.
        if region.end.line == region.start.line && region.end.column > region.start.column {
            write!(out, ",endColumn={}", region.end.column)?;
        }
        let title = format!("{} {}", finding.lint.code, finding.lint.name);
        writeln!(out, ",title={}::{}", property(&title), data(&message_with_advice(finding)))?;
    }
    Ok(())
}

/// A text behind the command; the percent sign first, for the others bring some.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_property_or_begins_a_command() {
        assert_eq!(property("a:b,c%d\r\n::error::x"), "a%3Ab%2Cc%25d%0D%0A%3A%3Aerror%3A%3Ax");
        assert_eq!(data("a:b,c%d\n::error::x"), "a:b,c%25d%0A::error::x");
    }
}
