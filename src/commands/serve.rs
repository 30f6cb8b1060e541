//! `relbook serve`: the site while its records are written.

use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use jiff::civil::Date;

use super::folders::site;
use super::number::{counted, thousands};
use super::speech::{print, say};
use crate::diag::harmless;
use crate::pipeline::PreviewRequest;
use crate::serve::{News, ServeRequest, serve as serve_site};

/// Preview the site in a browser while its records are written
///
/// Pages are made from the records as they are now, and open pages follow each save. Nothing is written. What was found in
/// a record stands in a corner of its page; faults do not stop the preview. Ctrl+C ends it.
#[derive(Debug, Args)]
pub struct ServeOptions {
    /// Folder of the site: the one that holds relbook.toml and the record folders
    ///
    /// Without it, the site is where one stands, or in the nearest folder above with a relbook.toml.
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Port to listen at [default: 4000, or the next one that is free]
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,
    /// Address to listen at
    ///
    /// By default nobody but this machine can open the pages. They show drafts and internal records to whoever can.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    bind: IpAddr,
    /// Name of a host to answer to, beside this machine's own; may be given several times
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<String>,
    /// Open the home page in the browser
    #[arg(long)]
    open: bool,
    /// Leave drafts out, which are otherwise in and marked
    #[arg(long)]
    no_drafts: bool,
    /// Preview the edition with this name in place of the whole site
    #[arg(long, value_name = "NAME")]
    edition: Option<String>,
    /// Day that counts as today, as in 2026-11-28 [default: SOURCE_DATE_EPOCH, else the clock]
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
}

/// Previews a site until Ctrl+C. `today` is the day to take where the options name none.
///
/// # Errors
///
/// What kept the preview from starting.
pub fn serve(options: ServeOptions, today: Date) -> Result<ExitCode> {
    let folder = site(options.folder);
    let request = ServeRequest {
        preview: PreviewRequest {
            // What the system tells of changes names folders by their own names.
            folder: folder.canonicalize().unwrap_or(folder),
            edition: options.edition,
            with_drafts: !options.no_drafts,
            today: options.today.unwrap_or(today),
        },
        bind: options.bind,
        port: options.port,
        allowed_hosts: options.allow_host,
    };
    let wants_browser = options.open;
    serve_site(
        request,
        |served| {
            if let Some(taken) = served.taken {
                say(|errors| writeln!(errors, "note: port {taken} is taken"));
            }
            say(|errors| {
                writeln!(
                    errors,
                    "previewing {} at the address below; Ctrl+C ends it",
                    counted(served.records, "record")
                )
            });
            print(|out| writeln!(out, "{}", served.url))?;
            if wants_browser && let Err(error) = open::that_detached(&served.url) {
                say(|errors| writeln!(errors, "note: cannot open a browser: {}", harmless(&error.to_string())));
            }
            Ok(())
        },
        |news| say(|errors| writeln!(errors, "{}", sentence(&news))),
    )?;
    Ok(ExitCode::SUCCESS)
}

fn sentence(news: &News) -> String {
    match news {
        News::Changed(0, 0) => "changed: nothing to mend".to_owned(),
        News::Changed(errors, warnings) => {
            let count = |count: usize, noun: &str| {
                (count > 0).then(|| format!("{} {noun}{}", thousands(count), if count == 1 { "" } else { "s" }))
            };
            let counts: Vec<String> =
                [count(*errors, "error"), count(*warnings, "warning")].into_iter().flatten().collect();
            format!("changed: {}", counts.join(", "))
        }
        News::Fault(fault) => format!("the site stays as it was: {}", harmless(fault)),
    }
}
