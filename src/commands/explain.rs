//! `relbook explain`: what a lint finds, why it matters, and what to write instead.

use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::Args;
use clap::builder::styling::Style;

use super::speech::print;
use crate::lints;
use crate::read::nearest;

const BOLD: Style = Style::new().bold();

/// Explain a lint: what it finds, why it matters, what to write instead
#[derive(Debug, Args)]
pub struct ExplainOptions {
    /// Code or name of the lint, as in RB302 or empty-section
    #[arg(value_name = "LINT")]
    lint: String,
}

/// Prints the explanation of a lint.
///
/// # Errors
///
/// There is no such lint.
pub fn explain(options: ExplainOptions) -> Result<ExitCode> {
    let wanted = options.lint.trim().to_lowercase();
    let Some(lint) = lints::ALL.iter().find(|lint| lint.code.to_lowercase() == wanted || lint.name == wanted) else {
        let names = lints::ALL.iter().flat_map(|lint| [lint.code, lint.name]);
        match nearest(&wanted, names) {
            Some(near) => bail!("there is no lint `{wanted}`; did you mean `{near}`? `relbook check --list` names all"),
            None => bail!("there is no lint `{wanted}`; `relbook check --list` names all"),
        }
    };
    print(|out| write!(out, "{BOLD}{} {}{BOLD:#}\n\n{}", lint.code, lint.name, readable(lint.explanation)))?;
    Ok(ExitCode::SUCCESS)
}

/// Markdown as a terminal shows it best: headings bold, blocks indented, each under the name of its file.
fn readable(markdown: &str) -> String {
    let mut is_block = false;
    let line = |line: &str| match (line.strip_prefix("```"), line.strip_prefix("## ")) {
        (Some(info), _) => {
            is_block = !is_block;
            let file = info.split_once(' ').map_or(info, |(_, file)| file);
            if is_block { format!("    {BOLD}{file}{BOLD:#}\n") } else { String::new() }
        }
        _ if is_block => format!("    {line}").trim_end().to_owned() + "\n",
        (None, Some(heading)) => format!("{BOLD}{heading}{BOLD:#}\n"),
        (None, None) => format!("{line}\n"),
    };
    markdown.trim_end().lines().map(line).collect()
}
