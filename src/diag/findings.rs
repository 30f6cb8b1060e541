//! A report with all that it takes to print it: the texts, where they lie, and the lints that there are.

use super::finding::Finding;
use super::harmless;
use super::lint::{Level, Lint};
use super::report::Report;
use crate::source::{Place, Position, Source, Sources};

/// A report with all that it takes to print it.
#[derive(Clone, Copy)]
pub struct Findings<'a> {
    /// What was found.
    pub report: &'a Report,
    /// The texts that it speaks of.
    pub sources: &'a Sources,
    /// Where their paths begin.
    pub folders: &'a Folders,
    /// Every lint that there is.
    pub lints: &'a [&'static Lint],
}

/// Where the site's files lie, seen from the folder that printed paths begin at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folders {
    /// The folder of `relbook.toml`; empty where the paths begin there.
    pub site: String,
    /// The folder of the records below it; empty where it is the same.
    pub content: String,
}

impl Folders {
    /// A text's path as it is printed.
    pub fn path(&self, source: &Source) -> String {
        // The settings and the theme do not lie in the folder of the records.
        let is_of_site = source.path == "relbook.toml" || source.path.starts_with("theme/");
        let content = if is_of_site { "" } else { self.content.as_str() };
        let parts = [self.site.as_str(), content, source.path.as_str()];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        harmless(&parts.join("/")).into_owned()
    }
}

/// Where something stands: from a line and column up to, not including, another. Columns count characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Region {
    pub(super) path: String,
    pub(super) start: Position,
    pub(super) end: Position,
}

impl Findings<'_> {
    /// Every finding with its level, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Level, &Finding)> {
        self.report.findings().iter().map(|(level, finding)| (*level, finding))
    }

    pub(super) fn region(&self, place: Place) -> Region {
        let source = &self.sources[place.source];
        let (start, end) = (source.position(place.span.start), source.position(place.span.end));
        Region { path: self.folders.path(source), start, end: end.max(start) }
    }
}

/// What is expected and what to do, one sentence each.
pub(super) fn advice(finding: &Finding) -> Vec<String> {
    let replacement = finding.replacement.iter().map(|text| format!("write this instead: {text}"));
    finding.help.iter().cloned().chain(replacement).map(|text| harmless(&text).into_owned()).collect()
}

/// The message with what is expected and what to do, a line each.
pub(super) fn message_with_advice(finding: &Finding) -> String {
    let mut text = harmless(&finding.message).into_owned();
    for advice in advice(finding) {
        text.push('\n');
        text.push_str(&advice);
    }
    text
}
