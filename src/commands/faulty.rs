//! What keeps a verb from its work: faults of the records, told instead.

use std::path::Path;
use std::process::ExitCode;

use super::check::SHOWN;
use super::folders::shown;
use super::speech::say;
use crate::diag::{Findings, Folders, Format};
use crate::lints;
use crate::pipeline::Checked;

/// Tells what is wrong with the records of a folder, and how the run ends.
pub(super) fn faulty(folder: &Path, Checked { report, sources, content, .. }: Checked) -> ExitCode {
    let folders = Folders { site: shown(folder), content };
    let findings = Findings { report: &report, sources: &sources, folders: &folders, lints: lints::ALL };
    say(|mut errors| Format::Human.print(&findings, Some(SHOWN), &mut errors));
    ExitCode::from(1)
}
