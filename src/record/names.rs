//! Which ids there are, by kind.

use rustc_hash::FxHashSet;

use super::any::Record;
use super::id::fold;
use super::kind::Kind;

/// Which ids there are, by kind, and which versions.
#[derive(Debug, Clone, Default)]
pub struct Names {
    ids: FxHashSet<(&'static str, String)>,
}

impl Names {
    /// The ids of records, and the versions of releases, which people write for ids.
    pub fn new<'a>(records: impl Iterator<Item = &'a Record>) -> Names {
        let mut ids = FxHashSet::default();
        for record in records {
            ids.insert((record.kind().word(), fold(&record.header().id)));
            if let Record::Release(release) = record {
                ids.extend(release.version.iter().map(|version| (Kind::Release.word(), fold(version))));
            }
        }
        Names { ids }
    }

    /// Whether a kind, by its word, has a record with an id. Problems and configuration items exist by being named.
    pub fn has(&self, kind: &str, id: &str) -> bool {
        [Kind::Problem.word(), Kind::ConfigurationItem.word()].contains(&kind)
            || Kind::ALL.iter().any(|of| of.word() == kind && self.ids.contains(&(of.word(), fold(id))))
    }
}
