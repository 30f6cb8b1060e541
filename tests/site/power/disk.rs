//! A disk in memory that knows what is on disk for certain and what is not yet.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::calls::Call;

pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// What is known of a file or folder: as programs see it, and as it is on disk for certain.
#[derive(Clone)]
pub(super) enum Node {
    File { now: Vec<u8>, on_disk: Vec<u8> },
    Folder { now: BTreeMap<String, usize>, on_disk: BTreeMap<String, usize> },
}

/// A disk in memory, with the folder of a scene as its root.
#[derive(Clone)]
pub(super) struct Disk {
    root: PathBuf,
    nodes: Vec<Node>,
}

/// What comes through a cut of what was not brought to disk.
#[derive(Debug, Clone, Copy)]
pub(super) enum Cut {
    /// Nothing.
    NothingElse,
    /// Every name, and no byte of a file: as file systems do that keep a journal of names alone.
    Names,
    /// The names of some folders, told by a number, and the bytes of some files.
    SomeFolders(u64),
    /// Every name, and the bytes of some files, told by a number.
    SomeFiles(u64),
    /// Everything: the program was killed, and the machine went on.
    Everything,
}

impl Disk {
    /// The disk as it is, all of it on disk for certain.
    pub(super) fn of(root: &Path) -> Disk {
        let mut disk = Disk { root: root.to_owned(), nodes: Vec::new() };
        disk.take(root, &mut HashMap::new());
        disk
    }

    fn take(&mut self, path: &Path, known: &mut HashMap<u64, usize>) -> usize {
        let found = fs::symlink_metadata(path).unwrap();
        if let Some(id) = known.get(&found.ino()).filter(|_| found.is_file()) {
            return *id;
        }
        let id = self.nodes.len();
        known.insert(found.ino(), id);
        self.nodes.push(Node::File { now: Vec::new(), on_disk: Vec::new() });
        self.nodes[id] = match found.is_dir() {
            true => {
                let entries = fs::read_dir(path).unwrap().map(|entry| entry.unwrap());
                let names: Vec<(String, PathBuf)> =
                    entries.map(|entry| (entry.file_name().into_string().unwrap(), entry.path())).collect();
                let now: BTreeMap<String, usize> =
                    names.into_iter().map(|(name, path)| (name, self.take(&path, known))).collect();
                Node::Folder { on_disk: now.clone(), now }
            }
            false => {
                let now = fs::read(path).unwrap();
                Node::File { on_disk: now.clone(), now }
            }
        };
        id
    }

    /// How many files and folders it has had.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The parts of a path below the root; `None` where it lies elsewhere.
    fn parts<'p>(&self, path: &'p Path) -> Option<Vec<&'p str>> {
        path.strip_prefix(&self.root).ok()?.components().map(|part| part.as_os_str().to_str()).collect()
    }

    fn find(&self, path: &Path) -> Option<usize> {
        self.parts(path)?.into_iter().try_fold(0, |id, part| match &self.nodes[id] {
            Node::Folder { now, .. } => now.get(part).copied(),
            Node::File { .. } => None,
        })
    }

    /// The names of the folder that a path lies in, and the path's own in it.
    fn names(&mut self, path: &Path) -> Option<(&mut BTreeMap<String, usize>, String)> {
        let id = self.find(path.parent()?)?;
        let name = path.file_name()?.to_str()?.to_owned();
        match &mut self.nodes[id] {
            Node::Folder { now, .. } => Some((now, name)),
            Node::File { .. } => None,
        }
    }

    fn insert(&mut self, path: &Path, id: usize) {
        let (names, name) = self.names(path).unwrap_or_else(|| panic!("{} lies in no folder", path.display()));
        names.insert(name, id);
    }

    fn remove(&mut self, path: &Path) -> usize {
        let (names, name) = self.names(path).unwrap_or_else(|| panic!("{} lies in no folder", path.display()));
        names.remove(&name).unwrap_or_else(|| panic!("there is no {}", path.display()))
    }

    fn make(&mut self, path: &Path, node: Node) {
        self.nodes.push(node);
        self.insert(path, self.nodes.len() - 1);
    }

    /// Does what a call did.
    pub(super) fn replay(&mut self, call: &Call) {
        match call {
            Call::MakeFolder(path) => {
                self.make(path, Node::Folder { now: BTreeMap::new(), on_disk: BTreeMap::new() });
            }
            Call::Create(path, is_emptied) => match self.find(path) {
                None => self.make(path, Node::File { now: Vec::new(), on_disk: Vec::new() }),
                Some(id) if *is_emptied => {
                    if let Node::File { now, .. } = &mut self.nodes[id] {
                        now.clear();
                    }
                }
                Some(_) => {}
            },
            Call::Write(path, bytes) => match self.find(path).map(|id| &mut self.nodes[id]) {
                Some(Node::File { now, .. }) => now.extend(bytes),
                _ => panic!("{} is written and no file", path.display()),
            },
            Call::Link(from, to) => {
                let id = self.find(from).unwrap_or_else(|| panic!("there is no {}", from.display()));
                self.insert(to, id);
            }
            Call::Rename(from, to) => {
                let id = self.remove(from);
                self.insert(to, id);
            }
            Call::Exchange(one, other) => {
                let (first, second) = (self.remove(one), self.remove(other));
                self.insert(one, second);
                self.insert(other, first);
            }
            Call::Remove(path) => {
                self.remove(path);
            }
            Call::SyncAll => (0..self.nodes.len()).for_each(|id| self.sync(id)),
            Call::Sync(path) => {
                if let Some(id) = self.find(path) {
                    self.sync(id);
                }
            }
        }
    }

    fn sync(&mut self, id: usize) {
        match &mut self.nodes[id] {
            Node::File { now, on_disk } => on_disk.clone_from(now),
            Node::Folder { now, on_disk } => on_disk.clone_from(now),
        }
    }

    /// What lies below a folder of the root after a cut; `None` where the folder is not there.
    pub(super) fn after(&self, cut: Cut, below: &str) -> Option<Files> {
        let mut id = 0;
        for part in below.split('/').filter(|part| !part.is_empty()) {
            id = *self.names_after(cut, id)?.get(part)?;
        }
        let mut files = Files::new();
        self.collect(cut, id, "", &mut files);
        Some(files)
    }

    fn names_after(&self, cut: Cut, id: usize) -> Option<&BTreeMap<String, usize>> {
        let Node::Folder { now, on_disk } = &self.nodes[id] else { return None };
        let is_there = match cut {
            Cut::NothingElse => false,
            Cut::Names | Cut::Everything | Cut::SomeFiles(_) => true,
            Cut::SomeFolders(number) => is_chosen(id, number),
        };
        Some(if is_there { now } else { on_disk })
    }

    fn bytes_after(&self, cut: Cut, id: usize) -> Option<&Vec<u8>> {
        let Node::File { now, on_disk } = &self.nodes[id] else { return None };
        let is_there = match cut {
            Cut::NothingElse | Cut::Names => false,
            Cut::Everything => true,
            Cut::SomeFiles(number) | Cut::SomeFolders(number) => is_chosen(id, number),
        };
        Some(if is_there { now } else { on_disk })
    }

    fn collect(&self, cut: Cut, id: usize, path: &str, files: &mut Files) {
        if let Some(bytes) = self.bytes_after(cut, id) {
            files.insert(path.to_owned(), bytes.clone());
        }
        for (name, id) in self.names_after(cut, id).into_iter().flatten() {
            let path = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
            self.collect(cut, *id, &path, files);
        }
    }

    /// Makes a folder of what is left after a cut, hard links and empty folders among it. `of_before` is how many files
    /// and folders there were before the build.
    pub(super) fn put(&self, cut: Cut, root: &Path, of_before: usize) {
        self.put_node(cut, 0, root, &mut HashMap::new());
        // The tree that was made has another number here; one that changed places with it has none.
        let staging = root.join(".site.relbook-new");
        let tree = self.find(&self.root.join(".site.relbook-new/tree")).filter(|id| *id >= of_before);
        let Ok(found) = fs::metadata(staging.join("tree")) else { return };
        for entry in fs::read_dir(&staging).unwrap().map(|entry| entry.unwrap()) {
            if tree.is_some() && entry.file_name().to_string_lossy().starts_with("tree-") {
                fs::rename(entry.path(), staging.join(format!("tree-{}-{}", found.dev(), found.ino()))).unwrap();
            }
        }
    }

    fn put_node(&self, cut: Cut, id: usize, path: &Path, put: &mut HashMap<usize, PathBuf>) {
        match (self.bytes_after(cut, id), put.get(&id)) {
            (Some(_), Some(first)) => fs::hard_link(first, path).unwrap(),
            (Some(bytes), None) => {
                fs::write(path, bytes).unwrap();
                fs::set_permissions(path, fs::Permissions::from_mode(0o644)).unwrap();
                put.insert(id, path.to_owned());
            }
            (None, _) => fs::create_dir_all(path).unwrap(),
        }
        for (name, id) in self.names_after(cut, id).into_iter().flatten() {
            self.put_node(cut, *id, &path.join(name), put);
        }
    }
}

/// Splitmix's last step: a bit that looks random and is the same in every run.
fn is_chosen(id: usize, number: u64) -> bool {
    ((id as u64 ^ (number << 32)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 40) & 1 == 1
}
