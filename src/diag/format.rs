//! The shapes in which findings are printed, each for its reader.

use std::io::{Result, Write};

use super::findings::Findings;
use super::{github, gitlab, human, json, junit, sarif, short};

/// A shape in which findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people: the line, the marked place, what to do
    Human,
    /// A line a finding, as compilers and editors know it
    Short,
    /// JSON of a fixed version, for your own programs
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Workflow commands that GitHub shows beside the lines
    Github,
    /// GitLab's code quality report
    Gitlab,
    /// JUnit's report, a test a record
    Junit,
}

impl Format {
    /// Whether its paths begin at the repository's root, and not at the folder that the reader stands in.
    pub fn is_of_repository(self) -> bool {
        !matches!(self, Format::Human | Format::Short)
    }

    /// Prints the findings. People get `limit` findings of each lint, machines all of them.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn print(self, findings: &Findings<'_>, limit: Option<usize>, out: &mut impl Write) -> Result<()> {
        match self {
            Format::Human => human::print(findings, limit, out),
            Format::Short => short::print(findings, out),
            Format::Json => json::print(findings, out),
            Format::Sarif => sarif::print(findings, out),
            Format::Github => github::print(findings, out),
            Format::Gitlab => gitlab::print(findings, out),
            Format::Junit => junit::print(findings, out),
        }
    }
}
