//! What was found so far in a run, with the levels that it counts by.

use super::finding::Finding;
use super::lint::{Level, Levels, Lint};
use super::report::Report;
use crate::source::Sources;

/// What was found so far in a run, with the levels that it counts by: the one owner of findings until they are reported.
#[derive(Debug, Clone, Default)]
pub struct Found {
    levels: Levels,
    findings: Vec<Finding>,
}

impl Found {
    /// Nothing yet.
    pub fn new(levels: Levels) -> Found {
        Found { levels, findings: Vec::new() }
    }

    /// What each lint counts as.
    pub fn levels(&self) -> &Levels {
        &self.levels
    }

    /// Lets a lint count for no less than a level.
    pub fn raise(&mut self, lint: &Lint, level: Level) {
        let now = self.levels.of(lint);
        self.levels.chosen.insert(lint.code, now.max(level));
    }

    /// Takes one more.
    pub fn push(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Whether a build must stop.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| self.levels.of(finding.lint) == Level::Error)
    }

    /// All of them, in the order in which they were found.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The levels, and all findings to change.
    pub fn parts_mut(&mut self) -> (&Levels, &mut Vec<Finding>) {
        (&self.levels, &mut self.findings)
    }

    /// All of them in order, each with its level.
    pub fn report(self, sources: &Sources) -> Report {
        Report::new(self.findings, &self.levels, sources)
    }
}

impl Extend<Finding> for Found {
    fn extend<T: IntoIterator<Item = Finding>>(&mut self, findings: T) {
        self.findings.extend(findings);
    }
}
