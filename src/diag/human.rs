//! Findings for people: the line, the marked place, what was expected, a suggestion.

use std::collections::BTreeMap;
use std::io::Write;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level as Title, Patch, Renderer, Snippet};

use super::finding::Finding;
use super::findings::Findings;
use super::harmless::harmless;
use super::lint::{Level, Lint};
use crate::source::{Source, Span};

/// Prints every finding of a report, of each lint the first `limit`, then what was left out and a line that counts all.
pub(super) fn print(findings: &Findings<'_>, limit: Option<usize>, out: &mut impl Write) -> std::io::Result<()> {
    let renderer = Renderer::styled().decor_style(DecorStyle::Unicode);
    let mut counts: BTreeMap<&str, (&Lint, usize)> = BTreeMap::new();
    for (level, finding) in findings.iter() {
        let (_, count) = counts.entry(finding.lint.code).or_insert((finding.lint, 0));
        *count += 1;
        if limit.is_none_or(|limit| *count <= limit) {
            writeln!(out, "{}\n", renderer.render(&groups(level, finding, findings)))?;
        }
    }
    for (lint, count) in counts.values() {
        if let Some(more) = limit.and_then(|limit| count.checked_sub(limit)).filter(|more| *more > 0) {
            writeln!(out, "and {more} more {} {}", lint.code, lint.name)?;
        }
    }
    let (errors, warnings) = (findings.report.count(Level::Error), findings.report.count(Level::Warn));
    match (errors, warnings) {
        (0, 0) => Ok(()),
        (0, _) => writeln!(out, "{}", counted(warnings, "warning")),
        (_, 0) => writeln!(out, "{}", counted(errors, "error")),
        _ => writeln!(out, "{}, {}", counted(errors, "error"), counted(warnings, "warning")),
    }
}

/// `1 error`, `2 errors`
pub(super) fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn groups<'a>(level: Level, finding: &'a Finding, findings: &'a Findings<'_>) -> Vec<Group<'a>> {
    let Findings { sources, folders, .. } = findings;
    let title = if level == Level::Error { Title::ERROR } else { Title::WARNING };
    let source = &sources[finding.place.source];
    let primary = AnnotationKind::Primary.span(visible(source, finding.place.span)).label(harmless(&finding.label));
    let mut snippet = Snippet::source(&*source.text).path(folders.path(source)).annotation(primary);
    let mut elsewhere = Vec::new();
    for (place, label) in &finding.related {
        let annotation =
            AnnotationKind::Context.span(visible(&sources[place.source], place.span)).label(harmless(label));
        if place.source == finding.place.source {
            snippet = snippet.annotation(annotation);
        } else {
            let other = &sources[place.source];
            elsewhere.push(Snippet::source(&*other.text).path(folders.path(other)).annotation(annotation));
        }
    }
    let code = format!("{} {}", finding.lint.code, finding.lint.name);
    let mut group = title.primary_title(harmless(&finding.message)).id(code).element(snippet).elements(elsewhere);
    for help in &finding.help {
        group = group.element(Title::HELP.message(harmless(help)));
    }
    let mut groups = vec![group];
    if let Some(replacement) = &finding.replacement {
        let patch = Patch::new(finding.place.span.range(), harmless(replacement));
        groups.push(
            Title::HELP
                .secondary_title("write this instead")
                .element(Snippet::source(&*source.text).path(folders.path(source)).patch(patch)),
        );
    }
    groups
}

/// The span cut to its first line and to whole characters: a finding marks a place, not a page.
fn visible(source: &Source, span: Span) -> std::ops::Range<usize> {
    let text = &source.text;
    let floor = |mut offset: usize| {
        offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    };
    let (start, end) = (floor(span.start as usize), floor(span.end as usize));
    let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
    start..end.clamp(start, line_end)
}
