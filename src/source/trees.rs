//! EDGE: which trees some folders are in each of some commits. A folder that no commit touches stays the same tree, so that
//! nothing in it has to be looked at.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use rustc_hash::{FxHashMap, FxHashSet};

use super::git::{INCOMPLETE, for_each_object};

/// The name of a tree; nothing where there is no such folder.
pub(super) type Tree = Option<Arc<str>>;

/// The trees of folders that lie side by side in `within`, a path below the top of the repository, for each commit, in the
/// order of both.
pub(super) fn folder_trees(
    root: &Path,
    commits: &[&str],
    within: &[u8],
    folders: &[&'static str],
) -> Result<Vec<Arc<[Tree]>>> {
    let mut trees: Vec<Tree> = commits.iter().map(|commit| Some(format!("{commit}^{{tree}}").into())).collect();
    let digest_bytes = commits.first().map_or(0, |commit| commit.len() / 2);
    for name in within.split(|byte| *byte == b'/').filter(|name| !name.is_empty()) {
        trees = below(root, &trees, &[name], digest_bytes)?.iter().map(|found| found[0].clone()).collect();
    }
    let names: Vec<&[u8]> = folders.iter().map(|name| name.as_bytes()).collect();
    below(root, &trees, &names, digest_bytes)
}

/// The trees of some names in each of some trees. Every tree is read once.
fn below(root: &Path, trees: &[Tree], names: &[&[u8]], digest_bytes: usize) -> Result<Vec<Arc<[Tree]>>> {
    let mut found: FxHashMap<Tree, Arc<[Tree]>> = FxHashMap::from_iter([(None, vec![None; names.len()].into())]);
    let mut met = FxHashSet::default();
    let objects: Vec<&str> = trees.iter().flatten().map(|tree| &**tree).filter(|tree| met.insert(*tree)).collect();
    let mut interned: FxHashSet<Arc<str>> = FxHashSet::default();
    for_each_object(root, &objects, |number, bytes| {
        let bytes = bytes.context(INCOMPLETE)?;
        let mut of = vec![None; names.len()];
        for (name, object) in folders_in(&bytes, digest_bytes).context("git holds a tree that is none")? {
            if let Some(place) = names.iter().position(|wanted| *wanted == name) {
                let object: Arc<str> = hexadecimal(object).into();
                of[place] = Some(interned.get(&object).cloned().unwrap_or_else(|| {
                    interned.insert(object.clone());
                    object
                }));
            }
        }
        found.insert(Some(objects[number].into()), of.into());
        Ok(())
    })?;
    Ok(trees.iter().map(|tree| found[tree].clone()).collect())
}

/// The folders among a tree's entries, `40000 releases`, a zero byte and the digest of what it is; nothing where the bytes
/// are no tree.
fn folders_in(mut bytes: &[u8], digest_bytes: usize) -> Option<Vec<(&[u8], &[u8])>> {
    let mut folders = Vec::new();
    while !bytes.is_empty() {
        let end = bytes.iter().position(|byte| *byte == 0)?;
        let space = bytes[..end].iter().position(|byte| *byte == b' ')?;
        let (mode, name) = (&bytes[..space], &bytes[space + 1..end]);
        let (object, rest) = bytes[end + 1..].split_at_checked(digest_bytes)?;
        if mode == b"40000" {
            folders.push((name, object));
        }
        bytes = rest;
    }
    Some(folders)
}

fn hexadecimal(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_a_tree() {
        let tree = b"100644 a.md\0\x01\x02\x03\x0440000 releases\0\xff\x00\x10\x20120000 link\0\x01\x02\x03\x04";
        assert_eq!(folders_in(tree, 4), Some(vec![(&b"releases"[..], &[0xff, 0, 0x10, 0x20][..])]));
        assert_eq!(hexadecimal(&[0xff, 0, 0x10]), "ff0010");
        assert_eq!(folders_in(&tree[..tree.len() - 1], 4), None);
        assert_eq!(folders_in(b"", 4), Some(Vec::new()));
    }
}
