//! `relbook editions`: who else may see what.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use jiff::civil::Date;

use super::folders::site;
use super::number::counted;
use super::speech::print;
use crate::authoring::{EditionListed, RecordExplained, explain_editions, list_editions};
use crate::diag::harmless;
use crate::edition::Explained;
use crate::pipeline::open;

/// List the editions, or say what each shows of a record and why
///
/// Each edition is named with its site's name and address, its folder, and how many records are in it; drafts are in none.
#[derive(Debug, Args)]
pub struct EditionsOptions {
    /// Say for each edition whether the record with this id is in it, what it shows of the record, and why not the rest
    #[arg(long, value_name = "ID")]
    explain: Option<String>,
    /// Folder of the site [default: the one where one stands, or the nearest above with a relbook.toml]
    #[arg(short = 'C', long = "site", value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// Lists editions, or explains them.
///
/// # Errors
///
/// There is no such record, or it cannot be printed.
pub fn editions(options: EditionsOptions, today: Date) -> Result<ExitCode> {
    let opened = open(&site(options.folder), today)?;
    let text = match &options.explain {
        Some(id) => explained(&explain_editions(&opened, id)?),
        None => list_editions(&opened).iter().map(listed).collect(),
    };
    let none = "there is no edition: add a table [editions.NAME] to relbook.toml\n".to_owned();
    let text = if opened.settings.editions.is_empty() { none } else { text };
    print(|out| out.write_all(text.as_bytes()))?;
    Ok(ExitCode::SUCCESS)
}

fn listed(edition: &EditionListed<'_>) -> String {
    let EditionListed { name, title, base_url, counts } = edition;
    let records = counted(counts.iter().map(|(_, count)| count).sum(), "record");
    let kinds: Vec<String> = counts.iter().map(|(kind, count)| counted(*count, kind.word())).collect();
    let kinds = if kinds.is_empty() { String::new() } else { format!(": {}", kinds.join(", ")) };
    let address = base_url.map_or_else(String::new, |url| format!("\n  address: {}", harmless(url)));
    format!("{}\n  title: {}\n  folder: site-{0}{address}\n  {records}{kinds}\n", harmless(name), harmless(title))
}

fn explained(of: &RecordExplained<'_>) -> String {
    let header = of.record.header();
    let mut text = format!("{}  {}\n", harmless(&header.id), harmless(&header.title));
    for (edition, shown) in &of.of {
        match shown {
            Ok(shown) => text += &format!("\n{}: it is in this edition\n{}", harmless(edition), parts(shown)),
            Err(reasons) => {
                let reasons: Vec<&str> = reasons.iter().map(|reason| reason.reason()).collect();
                text +=
                    &format!("\n{}: it is not in this edition, for {}\n", harmless(edition), reasons.join(", and "));
            }
        }
    }
    text
}

fn parts(shown: &Explained) -> String {
    let texts = |texts: &[String]| texts.iter().map(|text| harmless(text).into_owned()).collect::<Vec<_>>().join(", ");
    let lines = [
        ("keys that it shows", shown.keys.join(", ")),
        ("keys that `keys` does not list", shown.hidden_keys.join(", ")),
        ("sections that it shows", texts(&shown.sections)),
        ("sections that `sections` does not list, or not as a whole", texts(&shown.hidden_sections)),
    ];
    let lines = lines.into_iter().filter(|(_, words)| !words.is_empty());
    lines.map(|(label, words)| format!("  {label}: {words}\n")).collect()
}
