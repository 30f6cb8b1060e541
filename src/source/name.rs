//! What a file's name says of it: a record, something to leave alone, the remnant of an editor.

/// Endings of records, in any case.
const RECORD_ENDINGS: [&str; 2] = ["md", "markdown"];

/// Endings of Markdown in other houses: whoever uses one means a record.
const OTHER_MARKDOWN: [&str; 9] = ["mdown", "mdwn", "mdtext", "mdtxt", "mkd", "mkdn", "mdx", "qmd", "rmd"];

/// Endings of what begins like a record and is none: data that begins with the same fence, and what a program leaves of a
/// file that it has changed.
const NO_RECORDS: [&str; 9] = ["yaml", "yml", "bak", "old", "orig", "rej", "swp", "tmp", "zst"];

/// How near a file's name is to a record's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// A record's.
    Record,
    /// Markdown that relbook does not read.
    OtherMarkdown,
    /// What may be a record in another house, or by a slip, where it begins with front matter.
    Text,
    /// What is none, however it begins.
    None,
}

/// What the ending of a file's name says.
pub(super) fn ending(path: &str) -> Ending {
    let name = path.rsplit('/').next().unwrap_or(path);
    let Some((_, ending)) = name.rsplit_once('.') else { return Ending::Text };
    let is_one_of = |endings: &[&str]| endings.iter().any(|other| ending.eq_ignore_ascii_case(other));
    match () {
        () if is_one_of(&RECORD_ENDINGS) => Ending::Record,
        () if is_one_of(&OTHER_MARKDOWN) => Ending::OtherMarkdown,
        () if is_one_of(&NO_RECORDS) => Ending::None,
        () => Ending::Text,
    }
}

/// A record's path or name without its ending; `None` where it is no record's.
pub fn record_stem(path: &str) -> Option<&str> {
    match ending(path) {
        Ending::Record => path.rsplit_once('.').map(|(stem, _)| stem),
        _ => None,
    }
}

/// The folder of a bundle, by the path of its record: `releases/NAME` of `releases/NAME/index.md`. A folder of records
/// is none itself.
pub fn bundle(path: &str) -> Option<&str> {
    let (folder, name) = path.rsplit_once('/')?;
    (folder.contains('/') && is_index(name)).then_some(folder)
}

/// Whether a name is that of a bundle's record, wherever it lies.
pub(super) fn is_index(name: &str) -> bool {
    record_stem(name) == Some("index")
}

/// Whether a path is left alone in the folders of the records: what explains a folder to people, and what a name that
/// begins with `_` keeps out.
pub fn is_left_alone(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split('.').next().unwrap_or(name);
    stem.eq_ignore_ascii_case("readme") || path.split('/').any(|part| part.starts_with('_'))
}

/// Whether a name is hidden.
pub(super) fn is_hidden(name: &str) -> bool {
    name.starts_with('.')
}

/// Whether an editor, a file manager or git left a file of this name for itself: nobody misses it.
pub(super) fn is_remnant(name: &str) -> bool {
    const NAMES: [&str; 3] = [".ds_store", "thumbs.db", "desktop.ini"];
    let lower = name.to_lowercase();
    NAMES.contains(&lower.as_str())
        || [".git", "._", ".#"].iter().any(|start| lower.starts_with(start))
        || lower.starts_with('#') && lower.ends_with('#')
        || ["~", ".swp", ".swo"].iter().any(|end| lower.ends_with(end))
}

/// Hidden files that hosts read: RFC 8615's folder, GitHub's switch, Apache's settings, Codeberg's names.
const OF_HOSTS: [&str; 4] = [".well-known", ".nojekyll", ".htaccess", ".domains"];

/// Whether a host wants a hidden file of this name.
pub fn is_for_hosts(name: &str) -> bool {
    OF_HOSTS.contains(&name)
}

/// Whether no folder of a site takes a file at this path: it, or a folder above it, is hidden or a remnant.
pub fn is_aside(path: &str) -> bool {
    path.split('/').any(|name| is_remnant(name) || is_hidden(name) && !is_for_hosts(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_is_a_record() {
        for (name, expected) in [
            ("REL-1.md", Some("REL-1")),
            ("REL-1.MD", Some("REL-1")),
            ("REL-1.Markdown", Some("REL-1")),
            ("4.12.md", Some("4.12")),
            ("REL-1.mdx", None),
            ("REL-1.md.txt", None),
            ("md", None),
        ] {
            assert_eq!(record_stem(name), expected, "{name}");
        }
        assert_eq!(bundle("releases/REL-1/index.MD"), Some("releases/REL-1"));
        assert_eq!((bundle("releases/index.md"), bundle("releases/REL-1/a.md")), (None, None));
    }

    #[test]
    fn what_explains_a_folder_is_left_alone() {
        for path in ["releases/README.md", "releases/2026/readme.markdown", "releases/README", "releases/_index.md"] {
            assert!(is_left_alone(path), "{path}");
        }
        assert!(is_left_alone("releases/_drafts/REL-2.md"));
        for path in ["releases/readme-2.md", "releases/REL_1.md", "releases/unread.md"] {
            assert!(!is_left_alone(path), "{path}");
        }
    }

    #[test]
    fn remnants_are_known_by_their_names() {
        for name in [".DS_Store", "Thumbs.db", "a.md~", ".a.md.swp", ".#a.md", "#a.md#", "._a.pdf", ".gitignore"] {
            assert!(is_remnant(name), "{name}");
        }
        for name in [".env", ".nojekyll", "a.md", "CNAME"] {
            assert!(!is_remnant(name), "{name}");
        }
    }
}
