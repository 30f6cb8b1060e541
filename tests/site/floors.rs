//! The house keeps its floors: a room imports only from lower ones, and other rules that the compiler does not hold.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use relbook::lints;

/// Imports from the same floor or a higher one that are right all the same: room, imported room, why.
const EXCEPTIONS: &[(&str, &str, &str)] = &[];

/// Every room with its floor: the table in the documentation of `src/lib.rs`.
fn floors() -> BTreeMap<String, u8> {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let rows = lib.lines().filter_map(|line| line.strip_prefix("//! | "));
    let floors: BTreeMap<String, u8> = rows
        .filter_map(|row| {
            let mut cells = row.split(" | ");
            let floor = cells.next()?.trim().parse().ok()?;
            let room = cells.next()?.trim_matches(|letter: char| !letter.is_alphanumeric());
            Some((room.trim_end_matches(".rs").to_owned(), floor))
        })
        .collect();
    assert!(floors.len() > 10, "the table of rooms in src/lib.rs: {floors:?}");
    floors
}

/// A Rust file with its path below the package and its text without comments of whole lines.
struct File {
    path: String,
    text: String,
    code: String,
}

impl File {
    /// The room: the folder below `src`, or the file itself.
    fn room(&self) -> &str {
        let below = self.path.trim_start_matches("src/");
        below.split(['/', '.']).next().unwrap_or(below)
    }
}

fn files(folder: &str) -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let code =
                    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
                files.push(File { path: path.strip_prefix(root).unwrap().to_str().unwrap().to_owned(), text, code });
            }
        }
    }
    assert!(!files.is_empty(), "{folder} holds Rust files");
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

/// The rooms that a file imports from, each with its line.
fn imports(file: &File) -> Vec<(String, String)> {
    let root = if file.room() == "main" { "relbook::" } else { "crate::" };
    let mut imports = Vec::new();
    for (at, _) in file.code.match_indices(root) {
        let before = file.code[..at].chars().next_back();
        if before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_' || letter == ':') {
            continue;
        }
        let rest = &file.code[at + root.len()..];
        let line = file.code[..at].rsplit('\n').next().unwrap_or_default().trim_start().to_owned()
            + file.code[at..].split('\n').next().unwrap_or_default();
        let rooms = match rest.strip_prefix('{') {
            Some(group) => top_level_names(group),
            None => vec![first_name(rest)],
        };
        imports.extend(rooms.into_iter().map(|room| (room.to_owned(), line.clone())));
    }
    imports
}

fn first_name(text: &str) -> &str {
    let text = text.trim_start();
    &text[..text.find(|letter: char| !(letter.is_alphanumeric() || letter == '_')).unwrap_or(text.len())]
}

/// The first names in `a, b::{c, d}, e}`.
fn top_level_names(group: &str) -> Vec<&str> {
    let mut names = vec![first_name(group)];
    let mut depth = 1;
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => names.push(first_name(&group[at + 1..])),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

#[test]
fn rooms_import_only_from_lower_floors() {
    let floors = floors();
    let mut empty: BTreeSet<&str> = floors.keys().map(String::as_str).collect();
    let mut unused: BTreeSet<(&str, &str)> = EXCEPTIONS.iter().map(|(from, to, _)| (*from, *to)).collect();
    let mut violations = Vec::new();
    for file in files("src") {
        let room = file.room();
        if room == "lib" {
            continue;
        }
        let Some(floor) = floors.get(room) else {
            violations.push(format!("{}: the room `{room}` has no floor", file.path));
            continue;
        };
        empty.remove(room);
        if file.code.contains("super::super") {
            violations.push(format!("{}: `super::super` hides which room is meant", file.path));
        }
        for (other, line) in imports(&file) {
            let is_lower = floors.get(other.as_str()).is_some_and(|other| other < floor);
            let exception = EXCEPTIONS.iter().find(|(from, to, _)| *from == room && *to == other);
            match exception {
                _ if is_lower || other == room => {}
                Some((from, to, _)) => {
                    unused.remove(&(*from, *to));
                }
                None => violations.push(format!("{}: {room} imports {other}: {line}", file.path)),
            }
        }
    }
    assert!(violations.is_empty(), "{}", violations.join("\n"));
    assert!(empty.is_empty(), "the table names rooms that are not there: {empty:?}");
    assert!(unused.is_empty(), "exceptions that nothing needs any more: {unused:?}");
}

#[test]
fn imports_are_found_in_every_shape() {
    let code =
        "use crate::{a::b, c, d::{e, f}, g};\nfn x() { crate::h::i() }\nuse other_crate::j;\n$crate::k::l".to_owned();
    let file = File { path: "src/x/y.rs".to_owned(), text: String::new(), code };
    let rooms: Vec<String> = imports(&file).into_iter().map(|(room, _)| room).collect();
    assert_eq!((file.room(), rooms.join(" ")), ("x", "a c d g h k".to_owned()));
}

#[test]
fn pages_do_not_name_the_whole_book() {
    for file in files("src/pages") {
        let words: Vec<&str> = file.code.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).collect();
        assert!(!words.contains(&"Book"), "{} names Book: pages are made from an Edition", file.path);
    }
}

#[test]
fn every_lint_is_in_the_one_list() {
    let mut declared = Vec::new();
    for file in files("src") {
        let calls = file.code.match_indices("Lint::error(").chain(file.code.match_indices("Lint::process("));
        for (at, call) in calls {
            let code = file.code[at + call.len()..].trim_start().trim_start_matches('"').split('"').next();
            declared.extend(code.filter(|code| code.starts_with("RB")).map(str::to_owned));
        }
    }
    declared.sort();
    let listed: Vec<&str> = lints::ALL.iter().map(|lint| lint.code).collect();
    assert_eq!(declared, listed, "declared in src, and listed in lints::ALL in order of code");
    let unique: BTreeSet<&str> = listed.iter().copied().chain(lints::ALL.iter().map(|lint| lint.name)).collect();
    assert_eq!(unique.len(), 2 * listed.len(), "no code and no name stands for two lints");
    for lint in lints::ALL {
        let is_code = lint.code.len() == 5 && lint.code[2..].bytes().all(|byte| byte.is_ascii_digit());
        let is_name = lint.name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        assert!(is_code && is_name && !lint.summary.is_empty(), "{lint:?}");
    }
    // Each code tells what its lint looks at.
    let mut lints = relbook::lints::ALL.to_vec();
    lints.sort_by_key(|lint| lint.code);
    assert!(lints.iter().map(|lint| lint.group()).is_sorted());
}

#[test]
fn every_file_says_its_duty_first() {
    for file in files("src").iter().chain(&files("tests")) {
        let first = file.text.lines().next().unwrap_or_default();
        assert!(first.len() > "//! ".len() && first.starts_with("//! "), "{} begins with `{first}`", file.path);
    }
}

#[test]
fn what_touches_the_world_says_so_first() {
    let may_touch =
        |file: &&File| file.text.contains("allow(clippy::disallowed_methods") && !file.path.contains("/tests/");
    let edges: Vec<File> = files("src").into_iter().filter(|file| may_touch(&file)).collect();
    assert!(edges.len() > 5, "the eye of this test");
    for file in edges {
        assert!(file.text.starts_with("//! EDGE: "), "{}", file.path);
    }
}

/// Doors that define something all the same, and why.
const OPEN_DOORS: &[(&str, &str)] = &[("src/read/markdown/tests/mod.rs", "what the test files beside it share")];

#[test]
fn doors_define_nothing() {
    let is_door = |file: &&File| {
        let is_open = OPEN_DOORS.iter().any(|(path, _)| *path == file.path);
        !is_open && (file.path.ends_with("/mod.rs") || file.path == "src/lib.rs")
    };
    for file in files("src").iter().filter(is_door) {
        let is_attribute = |line: &&str| line.trim_start().starts_with("#");
        let code: Vec<&str> = file.code.lines().filter(|line| !is_attribute(line)).collect();
        for statement in code.join("\n").split(';').map(str::trim).filter(|statement| !statement.is_empty()) {
            let statement = match statement.strip_prefix("pub(") {
                Some(rest) => rest.split_once(')').map_or("", |(_, rest)| rest.trim_start()),
                None => statement.trim_start_matches("pub "),
            };
            let declares = statement.starts_with("mod ") && !statement.contains('{') || statement.starts_with("use ");
            assert!(declares, "{} defines something: {statement}", file.path);
        }
    }
}

/// The first names behind `super::` that a file imports, outside its tests.
fn from_above(file: &File) -> Vec<String> {
    let code = file.code.split("#[cfg(test)]").next().unwrap_or_default();
    let mut names = Vec::new();
    for (at, _) in code.match_indices("use super::") {
        let rest = &code[at + "use super::".len()..];
        match rest.strip_prefix('{') {
            Some(group) => names.extend(top_level_names(group).into_iter().map(str::to_owned)),
            None => names.push(first_name(rest).to_owned()),
        }
    }
    names
}

/// The folder that `super` is for a file, and the file's own name in it: a folder's `mod.rs` has the folder's.
fn home(path: &str) -> (String, String) {
    let (folder, name) = path.trim_end_matches(".rs").rsplit_once('/').unwrap_or(("", path));
    match name {
        "mod" => folder.rsplit_once('/').map_or_else(Default::default, |(up, own)| (up.to_owned(), own.to_owned())),
        _ => (folder.to_owned(), name.to_owned()),
    }
}

/// The imports between what lies in one folder: of each file or folder, by its name, those that it takes from.
fn siblings() -> BTreeMap<String, BTreeMap<String, BTreeSet<String>>> {
    let files = files("src");
    let mut all: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for file in &files {
        let (folder, name) = home(&file.path);
        all.entry(folder).or_default().entry(name).or_default();
    }
    for file in &files {
        let (folder, name) = home(&file.path);
        let above = from_above(file);
        if let Some(siblings) = all.get_mut(&folder) {
            let taken: BTreeSet<String> =
                above.into_iter().filter(|of| siblings.contains_key(of) && *of != name).collect();
            siblings.entry(name).or_default().extend(taken);
        }
        // What lies deeper names what lies higher by its whole path.
        for (at, _) in file.code.match_indices("crate::") {
            let mut path = "src".to_owned();
            let mut rest = &file.code[at + "crate::".len()..];
            loop {
                let next = first_name(rest);
                let inside = file.path.strip_prefix(&format!("{path}/"));
                let own = inside.map(first_name).unwrap_or_default();
                if own != next {
                    if let Some(siblings) = all.get_mut(&path)
                        && siblings.contains_key(next)
                        && !own.is_empty()
                        && path != "src"
                    {
                        siblings.entry(own.to_owned()).or_default().insert(next.to_owned());
                    }
                    break;
                }
                path = format!("{path}/{next}");
                rest = rest[next.len()..].strip_prefix("::").unwrap_or_default();
            }
        }
    }
    all
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let mut circles = Vec::new();
    let mut count = 0;
    for (folder, siblings) in siblings() {
        // What nothing imports that is still there, or imports nothing, is in no circle.
        let mut left = siblings;
        loop {
            let free: Vec<String> = left.iter().filter(|(_, to)| to.is_empty()).map(|(name, _)| name.clone()).collect();
            count += free.len();
            if free.is_empty() {
                break;
            }
            left.retain(|name, _| !free.contains(name));
            left.values_mut().for_each(|to| to.retain(|name| !free.contains(name)));
        }
        circles.extend(left.into_iter().map(|(name, to)| format!("{folder}/{name} -> {to:?}")));
    }
    assert!(count > 200, "files looked at: {count}");
    assert!(circles.is_empty(), "{}", circles.join("\n"));
}

#[test]
fn siblings_are_imported_from_the_file_that_defines_them() {
    let files = files("src");
    let doors: BTreeSet<String> =
        files.iter().filter_map(|file| file.path.strip_suffix("/mod.rs")).map(str::to_owned).collect();
    let all = siblings();
    let mut violations = Vec::new();
    let is_tested = |file: &&File| !file.path.ends_with("/mod.rs") && !file.path.contains("/tests/");
    for file in files.iter().filter(is_tested) {
        let (folder, _) = home(&file.path);
        if doors.contains(&folder) {
            let through = from_above(file).into_iter().filter(|name| !all[&folder].contains_key(name));
            violations.extend(through.map(|name| format!("{}: super::{name}", file.path)));
        }
    }
    assert!(violations.is_empty(), "through the door in place of a file:\n{}", violations.join("\n"));
}
