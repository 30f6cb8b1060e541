//! `relbook search`: searches a built site from the terminal.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail, ensure};
use clap::Args;

use super::speech::{print, say};
use crate::diag::harmless;
use crate::search::{Found, Hit, Searcher};

/// How many records are printed.
const SHOWN: usize = 10;

/// Search a built site as its search page does
#[derive(Debug, Args)]
pub struct SearchOptions {
    /// Words, an error message, an id with or without its zeros; "quoted words" must follow one another
    #[arg(value_name = "QUERY")]
    query: String,
    /// Folder of the built site, or the site's own folder with the built site in `site`
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
}

/// Prints the best records; the exit code is 1 where there is none. Where the quoted words follow one another in no
/// record, those that have the words stand behind a line that says so, and the exit code is 1 as well.
///
/// # Errors
///
/// There is no built site, or its index cannot be read.
pub fn search(options: SearchOptions) -> Result<ExitCode> {
    let (site, root) = find(&options.folder)?;
    let fetch = |path: &str| {
        let path = site.join(path);
        // A FIFO would wait for ever.
        ensure!(path.is_file(), "{} is no file: build the site again", path.display());
        std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let found = Searcher::open(&root, &fetch)?.search(&options.query, SHOWN)?;
    say(|errors| writeln!(errors, "{}", count(&found)));
    if found.is_cut {
        say(|errors| writeln!(errors, "only the first words of the query were looked for"));
    }
    print(|out| {
        if found.lacks_phrase && !found.hits.is_empty() {
            writeln!(out, "Not as quoted, but with the words:")?;
        }
        found.hits.iter().try_for_each(|hit| writeln!(out, "{}", describe(hit)))
    })?;
    Ok(ExitCode::from(u8::from(found.hits.is_empty() || found.lacks_phrase)))
}

/// What was found, in a sentence.
fn count(found: &Found) -> String {
    if found.is_empty {
        return "there is nothing to look for: a query has letters or digits".to_owned();
    }
    let records = match found.total {
        1 => "1 record".to_owned(),
        total => format!("{total} records"),
    };
    let lacks = if found.lacks_phrase { "in no record do the quoted words follow one another; " } else { "" };
    let found = match (found.total, found.has_most, found.is_corrected) {
        (0, ..) => "no record has any of these words".to_owned(),
        (_, true, _) => format!("no record has all of these words; {records} nearest to it"),
        (_, _, true) => format!("no record has all of these words as typed; {records} with words spelled nearly so"),
        _ if found.lacks_phrase => format!("{records} with the words"),
        _ => records,
    };
    format!("{lacks}{found}")
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

/// A record on a few lines; what a terminal would obey is left out, and no text makes a line of its own.
fn describe(hit: &Hit) -> String {
    let card = &hit.card;
    let title = if card.title.is_empty() { String::new() } else { format!("  {}", card.title) };
    let mut facts = vec![hit.kind.clone(), hit.status.clone()];
    facts.extend(hit.was_rolled_back.then(|| "Was rolled back".to_owned()));
    facts.extend(hit.date().map(|date| date.to_string()));
    facts.extend([hit.service.clone(), card.href.clone()]);
    let mut lines = vec![format!("{}{title}", card.id)];
    if !card.workaround_state.is_empty() {
        let told = [&*card.workaround_state, &*card.workaround];
        lines.push(told.join(": ").trim_end_matches(": ").to_owned());
    }
    facts.retain(|fact| !fact.is_empty());
    lines.insert(1, facts.join(" \u{b7} "));
    let lines: Vec<String> = lines.iter().map(|line| harmless(line).replace(['\n', '\t'], " ")).collect();
    lines.join("\n    ")
}
