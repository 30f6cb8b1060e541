//! Applies what findings say to write instead.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Result;

use super::file;
use crate::pipeline::{CheckRequest, Checked, check};
use crate::read::{Edit, edited, front_matter_of, says_the_same_but};
use crate::source::{Source, SourceId};

/// Rounds of checking and writing: what is found in the next one was hidden by what is mended in this.
const ROUNDS: usize = 8;

/// What was written.
#[derive(Debug, Default)]
pub struct Fixed {
    /// How many places of each file, by its path below the folder of the records; of `relbook.toml` below the site's.
    pub files: BTreeMap<String, usize>,
    /// What would have changed more than its place, and was left alone: path and message.
    pub refused: Vec<(String, String)>,
}

/// Writes into the records, and into `relbook.toml`, what the findings say to write instead, until none says more.
///
/// # Errors
///
/// What keeps the check from running; a file that cannot be read or written.
pub fn fix(request: &CheckRequest) -> Result<Fixed> {
    let mut fixed = Fixed::default();
    for _ in 0..ROUNDS {
        let checked = check(request)?;
        let mut of_files: BTreeMap<SourceId, Vec<(Edit, &str)>> = BTreeMap::new();
        for (_, finding) in checked.report.findings() {
            if let Some(text) = &finding.replacement {
                let edit = Edit { span: finding.place.span, text: text.clone() };
                of_files.entry(finding.place.source).or_default().push((edit, &finding.message));
            }
        }
        let mut is_changed = false;
        for (source, edits) in of_files {
            is_changed |= fix_file(request, &checked, source, edits, &mut fixed)?;
        }
        if !is_changed {
            break;
        }
    }
    Ok(fixed)
}

fn fix_file(
    request: &CheckRequest,
    checked: &Checked,
    source: SourceId,
    edits: Vec<(Edit, &str)>,
    fixed: &mut Fixed,
) -> Result<bool> {
    let before = &checked.sources[source];
    let Some(path) = path_of(request, checked, source) else { return Ok(false) };
    let on_disk = file::load(&path)?;
    let mut taken: Vec<Edit> = Vec::new();
    for (edit, message) in edits {
        let is_taken = taken.iter().any(|of| of.span.start < edit.span.end && edit.span.start < of.span.end);
        if is_taken || taken.contains(&edit) {
            continue;
        }
        taken.push(edit);
        if !says_the_rest(before, &on_disk, &taken, source) {
            taken.pop();
            let refused = (before.path.clone(), message.to_owned());
            if !fixed.refused.contains(&refused) {
                fixed.refused.push(refused);
            }
        }
    }
    let text = edited(&on_disk, &taken);
    if taken.is_empty() || text == on_disk {
        return Ok(false);
    }
    file::replace(&path, &text)?;
    *fixed.files.entry(before.path.clone()).or_default() += taken.len();
    Ok(true)
}

/// Where a text of the site lies that a fix may change.
fn path_of(request: &CheckRequest, checked: &Checked, source: SourceId) -> Option<PathBuf> {
    let path = &checked.sources[source].path;
    match path.as_str() {
        "relbook.toml" => Some(request.folder.join(path)),
        path if path.starts_with("theme/") => None,
        path => Some(request.folder.join(&checked.content).join(path)),
    }
}

/// Whether edits change nothing of what the front matter says but where they stand.
fn says_the_rest(before: &Source, on_disk: &str, edits: &[Edit], source: SourceId) -> bool {
    let after = Source::new(before.path.as_str(), edited(on_disk, edits));
    if source == SourceId::SETTINGS {
        return true;
    }
    let spans: Vec<_> = edits.iter().map(|edit| edit.span).collect();
    match (front_matter_of(before), front_matter_of(&after)) {
        (Some(before), Some(after)) => says_the_same_but(&before, &after, &spans),
        // What could not be read before is what is mended.
        (None, _) => true,
        (Some(_), None) => false,
    }
}
