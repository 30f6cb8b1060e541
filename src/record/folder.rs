//! The folders of the records, and which of them a name that is nearly right means.

use super::kind::Kind;

/// Other names that people give the folders of the records, as [`plain`] writes them.
const OTHER_NAMES: &[(&str, Kind)] = &[
    ("releaseplan", Kind::Release),
    ("changerequest", Kind::Change),
    ("rfc", Kind::Change),
    ("knownissue", Kind::KnownError),
    ("knownproblem", Kind::KnownError),
    ("kedb", Kind::KnownError),
    ("problemticket", Kind::Problem),
    ("changemodel", Kind::StandardChange),
    ("standardchangemodel", Kind::StandardChange),
    ("changetemplate", Kind::StandardChange),
    ("ci", Kind::ConfigurationItem),
    ("cmdb", Kind::ConfigurationItem),
    ("configitem", Kind::ConfigurationItem),
    // A service has no file, but for its configuration item of the class `service`.
    ("service", Kind::ConfigurationItem),
    ("maintenancewindow", Kind::Window),
    ("window", Kind::Window),
    ("freeze", Kind::Window),
];

/// The folders that hold records.
pub fn record_folders() -> Vec<&'static str> {
    Kind::ALL.iter().filter(|kind| **kind != Kind::Service).map(|kind| kind.folder()).collect()
}

/// The folder of records that a name is near to: but for case, separators, a plural, a number or one slip of the finger, or by
/// another word for the same.
pub fn near_folder(name: &str) -> Option<&'static str> {
    let written = plain(name);
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == written).map(|(_, kind)| kind.folder());
    let near = |folder: &&str| strsim::damerau_levenshtein(&written, &plain(folder)) <= 1;
    other.or_else(|| record_folders().into_iter().find(near))
}

/// A folder's name in small letters, without what stands between its words, a year or a number, and without its plural.
fn plain(name: &str) -> String {
    let plain: String = name.chars().filter(|letter| letter.is_alphabetic()).flat_map(char::to_lowercase).collect();
    plain.trim_end_matches('s').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_nearly_right_mean_a_folder() {
        for (name, expected) in [
            ("release", Some("releases")),
            ("Releases", Some("releases")),
            ("relaeses", Some("releases")),
            ("Changes", Some("changes")),
            ("known_errors", Some("known-errors")),
            ("known errors", Some("known-errors")),
            ("KnownErrors", Some("known-errors")),
            ("known-issues", Some("known-errors")),
            ("CIs", Some("configuration-items")),
            ("standard_change", Some("standard-changes")),
            ("change-models", Some("standard-changes")),
            ("configuration_item", Some("configuration-items")),
            ("calender", Some("calendar")),
            ("freezes", Some("calendar")),
            ("changes-2026", Some("changes")),
            ("2026_releases", Some("releases")),
            ("changes2", Some("changes")),
            ("images", None),
            ("2026", None),
            ("docs", None),
            ("src", None),
            ("node_modules", None),
            ("theme", None),
            ("static", None),
        ] {
            assert_eq!(near_folder(name), expected, "{name}");
        }
    }
}
