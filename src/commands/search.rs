//! `relbook search`: searches a built site from the terminal.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Args;

use super::speech::{print, say};
use crate::diag::harmless;
use crate::search::{Hit, Searcher};

/// How many records are printed.
const SHOWN: usize = 10;

/// Search a built site as its search page does
#[derive(Debug, Args)]
pub struct SearchOptions {
    /// Words, an error message, an id; "quoted words" must follow one another
    #[arg(value_name = "QUERY")]
    query: String,
    /// Folder of the built site, or the site's own folder with the built site in `site`
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
}

/// Prints the best records; the exit code is 1 where there is none.
///
/// # Errors
///
/// There is no built site, or its index cannot be read.
pub fn search(options: SearchOptions) -> Result<ExitCode> {
    let (site, root) = find(&options.folder)?;
    let fetch = |path: &str| {
        let path = site.join(path);
        std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let found = Searcher::open(&root, &fetch)?.search(&options.query, SHOWN)?;
    let count = match (found.total, found.has_most) {
        (0, _) => "no record has any of these words".to_owned(),
        (total, true) => format!("no record has all of these words; {total} with most of them"),
        (1, false) => "1 record".to_owned(),
        (total, false) => format!("{total} records"),
    };
    say(|errors| writeln!(errors, "{count}"));
    print(|out| found.hits.iter().try_for_each(|hit| writeln!(out, "{}", describe(hit))))?;
    Ok(ExitCode::from(u8::from(found.hits.is_empty())))
}

/// The folder of a built site, and the file of it that leads to the index.
fn find(folder: &Path) -> Result<(PathBuf, String)> {
    for site in [folder.to_owned(), folder.join("site")] {
        let Ok(entries) = std::fs::read_dir(site.join("search")) else { continue };
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let mut roots: Vec<String> = names.filter(|name| name.starts_with("root-")).collect();
        if let (Some(root), None) = (roots.pop(), roots.pop()) {
            return Ok((site, format!("search/{root}")));
        }
    }
    bail!("{} holds no built site with a search index: run `relbook build` first", folder.display())
}

/// A record on a few lines; what a terminal would obey is left out.
fn describe(hit: &Hit) -> String {
    let card = &hit.card;
    let title = if card.title.is_empty() { String::new() } else { format!("  {}", card.title) };
    let mut facts = vec![hit.kind.clone(), hit.status.clone()];
    facts.extend(hit.date().map(|date| date.to_string()));
    facts.extend([hit.service.clone(), card.href.clone()]);
    facts.retain(|fact| !fact.is_empty());
    let mut text = format!("{}{title}\n    {}", card.id, facts.join(" \u{b7} "));
    if !card.workaround_state.is_empty() {
        let told = [&*card.workaround_state, &*card.workaround];
        text.push_str(&format!("\n    {}", told.join(": ").trim_end_matches(": ")));
    }
    harmless(&text).into_owned()
}
