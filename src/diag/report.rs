//! All findings of a run, in order, each with its level.

use super::finding::Finding;
use super::lint::{Level, Levels};
use crate::source::Sources;

/// All findings of a run that are not off, ordered by path, place and code.
#[derive(Debug, Clone, Default)]
pub struct Report {
    findings: Vec<(Level, Finding)>,
}

impl Report {
    /// Gives each finding its level, drops those that are off, and puts the rest in order.
    pub fn new(findings: Vec<Finding>, levels: &Levels, sources: &Sources) -> Report {
        let mut findings: Vec<_> = findings
            .into_iter()
            .map(|finding| (levels.of(finding.lint), finding))
            .filter(|(level, _)| *level != Level::Off)
            .collect();
        findings.sort_by(|(_, one), (_, other)| {
            let key = |finding: &Finding| (finding.place.span, finding.lint.code);
            (sources[one.place.source].path.as_str(), key(one))
                .cmp(&(sources[other.place.source].path.as_str(), key(other)))
                .then_with(|| one.message.cmp(&other.message))
        });
        findings.dedup();
        Report { findings }
    }

    /// The findings in order.
    pub fn findings(&self) -> &[(Level, Finding)] {
        &self.findings
    }

    /// How many findings have this level.
    pub fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|(of_finding, _)| *of_finding == level).count()
    }

    /// Whether a build must stop.
    pub fn has_errors(&self) -> bool {
        self.count(Level::Error) > 0
    }
}
