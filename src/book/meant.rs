//! Which record is meant by what no record has as its id: the id with other zeros and separators, a version, a title.

use rustc_hash::{FxHashMap, FxHashSet};

use super::tables::{RecordIndex, Tables};
use crate::read::written;
use crate::record::{Kind, Record, fold};

/// A record that is meant, and in a sentence why.
pub(super) struct Meant {
    pub record: RecordIndex,
    pub why: String,
}

/// What is written for records beside their ids.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Records by kind and a name of theirs.
    by_name: FxHashMap<(Kind, String), Vec<(RecordIndex, Name)>>,
    /// Releases that deliver a change.
    delivered: FxHashMap<RecordIndex, Vec<RecordIndex>>,
}

/// What a name of a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Name {
    /// Its id, zeros and separators forgiven.
    Id,
    /// The number in its id.
    Number,
    /// Its version, perhaps behind its service.
    Version,
    /// Its title.
    Title,
    /// An id that it had.
    FormerId,
    /// The last part of a former address.
    FormerAddress,
}

impl Names {
    /// Of all records that have a file.
    pub(super) fn new(tables: &Tables) -> Names {
        let mut names = Names::default();
        for (index, record) in tables.iter().filter(|(_, record)| record.header().source.is_some()) {
            let (kind, header) = (record.kind(), record.header());
            let mut add = |name: String, of: Name| names.by_name.entry((kind, name)).or_default().push((index, of));
            add(form(&header.id), Name::Id);
            if let Some((_, number)) = form(&header.id).rsplit_once('-') {
                add(number.to_owned(), Name::Number);
            }
            add(fold(header.title.trim()), Name::Title);
            header.former_ids.iter().for_each(|id| add(form(id), Name::FormerId));
            let former = |alias: &str| alias.rsplit('/').next().map(|last| form(last.trim_end_matches(".html")));
            header
                .aliases
                .iter()
                .filter_map(|(alias, _)| former(alias))
                .for_each(|name| add(name, Name::FormerAddress));
            if let Record::Release(release) = record {
                if let Some(version) = &release.version {
                    add(bare(version), Name::Version);
                    if let Some(service) = &header.service {
                        add(fold(&format!("{service} {}", bare(version))), Name::Version);
                    }
                }
                let changes = release.changes.iter().filter_map(|id| tables.find(Kind::Change, &id.id));
                changes.for_each(|change| names.delivered.entry(change).or_default().push(index));
            }
        }
        for (index, record) in tables.iter() {
            if let Record::Change(change) = record {
                let releases = change.releases.iter().filter_map(|id| tables.find(Kind::Release, &id.id));
                names.delivered.entry(index).or_default().extend(releases);
            }
        }
        names
    }

    /// The one record of some kinds that is meant by `written`; of several, the one of the writer's service.
    pub(super) fn find(&self, tables: &Tables, kinds: &[Kind], written: &str, service: Option<&str>) -> Option<Meant> {
        let names = [form(written), fold(written.trim()), bare(written)];
        let mut found: Vec<(Name, RecordIndex)> = Vec::new();
        for (kind, name) in kinds.iter().flat_map(|kind| names.iter().map(|name| (*kind, name.clone()))) {
            let of_name = self.by_name.get(&(kind, name)).into_iter().flatten();
            found.extend(of_name.map(|(index, of)| (*of, *index)));
        }
        found.sort_unstable();
        // Whatever else is called so, an id comes first.
        if found.first().is_some_and(|(of, _)| *of == Name::Id) {
            found.retain(|(of, _)| *of == Name::Id);
        }
        let mut seen = FxHashSet::default();
        found.retain(|(_, index)| seen.insert(*index));
        if found.len() > 1 {
            let of_service = |index: RecordIndex| tables.get(index).header().service.as_deref().map(fold);
            found.retain(|(_, index)| service.is_some() && of_service(*index) == service.map(fold));
        }
        let [(of, record)] = found[..] else { return None };
        let id = &tables.get(record).header().id;
        let what = match of {
            Name::Id => return Some(Meant { record, why: format!("the id is written `{id}`") }),
            Name::Number => "the number",
            Name::Version => "the version",
            Name::Title => "the title",
            Name::FormerId => "a former id",
            Name::FormerAddress => "a former address",
        };
        Some(Meant { record, why: format!("`{written}` is {what} of `{id}`") })
    }

    /// The one release that delivers a change.
    pub(super) fn delivers(&self, change: RecordIndex) -> Option<RecordIndex> {
        let mut releases = self.delivered.get(&change)?.clone();
        releases.sort_unstable();
        releases.dedup();
        <[RecordIndex; 1]>::try_from(releases).ok().map(|[release]| release)
    }
}

/// An id without what people forget and add: runs of letters and of digits, the latter without zeros before them.
pub(crate) fn form(id: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut last = ' ';
    for letter in fold(id).chars() {
        let is_new = letter.is_ascii_digit() != last.is_ascii_digit() || !last.is_alphanumeric();
        match letter.is_alphanumeric() {
            true if is_new || parts.is_empty() => parts.push(letter.to_string()),
            true => parts.last_mut().into_iter().for_each(|part| part.push(letter)),
            false => {}
        }
        last = letter;
    }
    let short = |part: &String| match part.trim_start_matches('0') {
        "" if part.starts_with('0') => "0".to_owned(),
        short => short.to_owned(),
    };
    parts.iter().map(short).collect::<Vec<_>>().join("-")
}

/// A version without `v`.
fn bare(version: &str) -> String {
    let version = fold(version.trim());
    let rest = version.strip_prefix("version").or_else(|| version.strip_prefix('v')).map(str::trim_start);
    match rest {
        Some(rest) if rest.starts_with(|letter: char| letter.is_ascii_digit()) => rest.to_owned(),
        _ => version,
    }
}

/// An id as it is written in the place of another text: in quotes where that stands in quotes.
pub(crate) fn in_place(id: &str, before: &str) -> String {
    written(id, before.starts_with(['"', '\'']))
}

#[cfg(test)]
mod tests {
    use super::form;

    #[test]
    fn zeros_and_separators_are_forgiven_and_numbers_are_not() {
        for id in ["REL-2026-028", "rel 2026 28", "rel_2026_028", "REL2026-28", "Rel/2026.0028"] {
            assert_eq!(form(id), "rel-2026-28", "{id}");
        }
        assert_eq!(form("web-1-2"), "web-1-2");
        assert_eq!(form("web-12"), "web-12");
        assert_eq!(form("db-00"), "db-0");
        assert_eq!(form(""), "");
    }
}
