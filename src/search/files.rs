//! The files of an index, each named by what is in it, so that a host may keep them for ever.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

/// How many bytes of its digest name a file: of 100,000 files two have one name in one site of 50,000.
pub(super) const NAME: usize = 6;

/// A part of a digest.
pub(super) type Name = [u8; NAME];

/// The name of something with these bytes.
pub(super) fn name_of<'a>(bytes: impl IntoIterator<Item = &'a [u8]>) -> Name {
    let mut digest = Sha256::new();
    bytes.into_iter().for_each(|part| digest.update(part));
    let mut name = Name::default();
    name.copy_from_slice(&digest.finalize()[..NAME]);
    name
}

/// The address of a file with this name below the site's root.
pub(super) fn route(name: &[u8]) -> String {
    let hex: String = name.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("search/{hex}.bin")
}

/// The address of one of the files with a name in common.
pub(super) fn part_route(name: &[u8], part: u32) -> String {
    format!("{}-{part}.bin", route(name).trim_end_matches(".bin"))
}

/// The address of the file that leads to all others.
pub(super) fn root_route(name: &[u8]) -> String {
    route(name).replace("search/", "search/root-")
}

/// Files by address.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// Adds files under a name in common, each with its number.
pub(super) fn add_parts(files: &mut Files, parts: Vec<Vec<u8>>) -> Name {
    let name = name_of(parts.iter().map(Vec::as_slice));
    for (number, part) in parts.into_iter().enumerate() {
        put(files, part_route(&name, number as u32), part);
    }
    name
}

/// All files wait in memory until they are written: none keeps room that it does not fill.
fn put(files: &mut Files, route: String, mut bytes: Vec<u8>) {
    bytes.shrink_to_fit();
    files.insert(route, bytes);
}

/// Adds a file under the name of its bytes.
pub(super) fn add(files: &mut Files, bytes: Vec<u8>) -> Name {
    let name = name_of([bytes.as_slice()]);
    put(files, route(&name), bytes);
    name
}
