//! The patterns of `ignore` in `relbook.toml`: what they name is as if it were not there.

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// Patterns as git's `.gitignore` has them, over paths below the site's folder.
#[derive(Debug, Clone)]
pub struct Ignore(Gitignore);

impl Default for Ignore {
    fn default() -> Ignore {
        Ignore(Gitignore::empty())
    }
}

impl Ignore {
    /// Reads patterns; of those that are none, the number and what is wrong.
    pub fn new<'a>(patterns: impl IntoIterator<Item = &'a str>) -> (Ignore, Vec<(usize, String)>) {
        let mut builder = GitignoreBuilder::new("");
        let mut faults = Vec::new();
        for (number, pattern) in patterns.into_iter().enumerate() {
            if let Err(error) = builder.add_line(None, pattern) {
                faults.push((number, without_pattern(&error)));
            }
        }
        match builder.build() {
            Ok(patterns) => (Ignore(patterns), faults),
            Err(error) => {
                faults.push((0, without_pattern(&error)));
                (Ignore::default(), faults)
            }
        }
    }

    /// Whether a path below the site's folder is to be left out, by itself or by a folder above it.
    pub fn names(&self, path: &str, is_folder: bool) -> bool {
        !self.0.is_empty() && self.0.matched_path_or_any_parents(path, is_folder).is_ignore()
    }
}

/// What is wrong, without the pattern, which the finding shows.
fn without_pattern(error: &ignore::Error) -> String {
    match error {
        ignore::Error::Glob { err, .. } => err.clone(),
        error => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_gits() {
        let (ignore, faults) = Ignore::new(["*.bak", "/releases/old/", "!releases/kept.bak", "drafts/", "# a remark"]);
        assert!(faults.is_empty(), "{faults:?}");
        for (path, is_folder, expected) in [
            ("releases/a.bak", false, true),
            ("releases/kept.bak", false, false),
            ("releases/old", true, true),
            ("releases/old/2019/a.md", false, true),
            ("changes/releases/old/a.md", false, false),
            ("changes/drafts/a.md", false, true),
            ("changes/drafts", false, false),
            ("releases/a.md", false, false),
        ] {
            assert_eq!(ignore.names(path, is_folder), expected, "{path}");
        }
    }

    #[test]
    fn what_is_no_pattern_is_told_by_its_number() {
        let (_, faults) = Ignore::new(["*.bak", "[z-a]", "b"]);
        assert_eq!(faults.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1]);
        assert!(!faults[0].1.is_empty());
    }
}
