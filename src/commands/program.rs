//! The command line: every verb with its options.

use clap::{Parser, Subcommand};

use super::build::BuildOptions;
use super::check::CheckOptions;
use super::editions::EditionsOptions;
use super::evidence::EvidenceOptions;
use super::explain::ExplainOptions;
use super::fmt::FmtOptions;
use super::init::InitOptions;
use super::list::ListOptions;
use super::manual::ManualOptions;
use super::new::NewOptions;
use super::notice::NoticeOptions;
use super::rename::RenameOptions;
use super::schema::SchemaOptions;
use super::search::SearchOptions;
use super::serve::ServeOptions;
use super::show::ShowOptions;
use super::status::StatusOptions;
use super::verify::VerifyOptions;

/// A static documentation site from release records
///
/// Teams commit Markdown files with front matter, one for each release, change or known error. relbook checks
/// them, links them by problem, configuration item and service, and writes a site that any static host serves.
///
/// Exit codes: 0 all is well; 1 the records have errors, or nothing was found; 2 the program could not run.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub struct Options {
    #[command(subcommand)]
    /// The verb.
    pub command: Command,
}

/// Every verb.
#[derive(Debug, Subcommand)]
#[allow(missing_docs, reason = "each bears the documentation of its options")]
pub enum Command {
    Build(BuildOptions),
    Check(CheckOptions),
    Editions(EditionsOptions),
    Evidence(EvidenceOptions),
    Explain(ExplainOptions),
    Fmt(FmtOptions),
    Init(InitOptions),
    List(ListOptions),
    Manual(ManualOptions),
    New(NewOptions),
    Notice(NoticeOptions),
    Rename(RenameOptions),
    Schema(SchemaOptions),
    Search(SearchOptions),
    Serve(ServeOptions),
    Show(ShowOptions),
    Status(StatusOptions),
    Verify(VerifyOptions),
    /// Print completions for a shell
    ///
    /// bash: relbook completions bash > ~/.local/share/bash-completion/completions/relbook
    /// zsh: relbook completions zsh > ~/.zfunc/_relbook, with ~/.zfunc in fpath
    /// fish: relbook completions fish > ~/.config/fish/completions/relbook.fish
    #[command(verbatim_doc_comment)]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write the manual pages of the program, for man
    Man {
        /// Folder to write them to
        #[arg(long, value_name = "DIR")]
        out: std::path::PathBuf,
    },
}

/// Every verb with its help, in order.
pub fn verbs() -> Vec<(String, String)> {
    use clap::CommandFactory;
    let mut program = Options::command();
    program.build();
    let verbs = program.get_subcommands_mut().filter(|verb| verb.get_name() != "help");
    verbs
        .map(|verb| {
            (
                verb.get_name().to_owned(),
                verb.clone().bin_name(format!("relbook {}", verb.get_name())).render_long_help().to_string(),
            )
        })
        .collect()
}
