//! `relbook explain`: what a lint finds, what a key takes, what a word means.

use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::Args;
use clap::builder::styling::Style;

use super::speech::print;
use crate::lints;
use crate::manual::{KeyReference, keys, words};
use crate::read::nearest;

const BOLD: Style = Style::new().bold();

/// Explain a lint, a key of the front matter or a word: what it finds, takes or means
#[derive(Debug, Args)]
pub struct ExplainOptions {
    /// Code or name of a lint, a key or a word, as in RB302, empty-section, windows.start or rolled-back
    #[arg(value_name = "LINT|KEY|WORD")]
    wanted: String,
}

/// Prints the explanation of a lint, a key or a word.
///
/// # Errors
///
/// There is nothing of this name.
pub fn explain(options: ExplainOptions) -> Result<ExitCode> {
    let wanted = options.wanted.trim().to_lowercase();
    let texts = texts(&wanted);
    if texts.is_empty() {
        let lints = lints::ALL.iter().flat_map(|lint| [lint.code.to_owned(), lint.name.to_owned()]);
        let keys = keys().into_iter().map(|of| of.path);
        let words = words().into_iter().map(|of| of.word.word.to_owned());
        let names: Vec<String> = lints.chain(keys).chain(words).collect();
        match nearest(&wanted, names.iter().map(String::as_str)) {
            Some(near) => bail!("there is no lint, key or word `{wanted}`; did you mean `{near}`?"),
            None => bail!(
                "there is no lint, key or word `{wanted}`; `relbook check --list` names all lints, `relbook schema` all keys"
            ),
        }
    }
    print(|out| out.write_all(texts.join("\n").as_bytes()))?;
    Ok(ExitCode::SUCCESS)
}

/// What there is to say of a name: a lint of this name, else keys of this path or name, and words.
fn texts(wanted: &str) -> Vec<String> {
    if let Some(lint) = lints::ALL.iter().find(|lint| lint.code.to_lowercase() == wanted || lint.name == wanted) {
        return vec![format!("{BOLD}{} {}{BOLD:#}\n\n{}", lint.code, lint.name, readable(lint.explanation))];
    }
    let keys = keys();
    let is_exact = |of: &&KeyReference| of.path == wanted;
    let is_last = |of: &&KeyReference| of.path.rsplit('.').next() == Some(wanted);
    let mut found: Vec<&KeyReference> = keys.iter().filter(is_exact).collect();
    if found.is_empty() {
        found = keys.iter().filter(is_last).collect();
    }
    let words = words().into_iter().filter(|of| of.word.word == wanted);
    found.iter().map(|of| readable(&of.to_string())).chain(words.map(|of| readable(&of.to_string()))).collect()
}

/// Markdown as a terminal shows it best: headings bold, blocks indented, each under the name of its file.
fn readable(markdown: &str) -> String {
    let mut is_block = false;
    let line = |line: &str| match (line.strip_prefix("```"), line.strip_prefix("## ")) {
        (Some(info), _) => {
            is_block = !is_block;
            let file = info.split_once(' ').map(|(_, file)| file).filter(|_| is_block);
            file.map(|file| format!("    {BOLD}{file}{BOLD:#}\n")).unwrap_or_default()
        }
        _ if is_block => format!("    {line}").trim_end().to_owned() + "\n",
        (None, Some(heading)) => format!("{BOLD}{heading}{BOLD:#}\n"),
        (None, None) => format!("{line}\n"),
    };
    markdown.trim_end().lines().map(line).collect()
}
