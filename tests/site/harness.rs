//! A site from one string, built in a folder of its own.
//!
//! The string holds several files, each behind a line such as `-- releases/REL-1.md --`. Whatever site is built
//! here is held against [`checker`](super::checker) too.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use relbook::diag::Profile;
use relbook::diag::{Findings, Folders, Format};
use relbook::pipeline::{self, Built, CheckRequest, Checked, Request};
use tempfile::TempDir;

use super::checker;
use super::html::Page;

/// The day of every build that names no other.
pub(crate) const TODAY: &str = "2026-11-22";

/// A site's folder and what was built from it.
pub(crate) struct Site {
    folder: TempDir,
    built: Built,
}

/// Builds the site that a string describes, and checks every link of it.
pub(crate) fn site(files: &str) -> Site {
    site_with(files, |_| ())
}

/// The same with another request.
pub(crate) fn site_with(files: &str, change: impl FnOnce(&mut Request)) -> Site {
    build(folder(files), change)
}

/// Builds the site of a folder.
pub(crate) fn build(folder: TempDir, change: impl FnOnce(&mut Request)) -> Site {
    let mut request = request(folder.path());
    change(&mut request);
    // Whatever is built lies where `Site::out` says.
    request.out.get_or_insert_with(|| folder.path().join("site"));
    let built = pipeline::build(&request, &|_, _| ()).unwrap_or_else(|error| panic!("{error:#}"));
    assert!(built.written.is_some(), "nothing was written:\n{}", printed(&built));
    let out = request.out.unwrap_or_else(|| folder.path().join("site"));
    let faults = checker::faults(&out);
    assert!(faults.is_empty(), "faults of the pages:\n{}", faults.join("\n"));
    Site { folder, built }
}

/// What a build of a folder is asked for by default.
pub(crate) fn request(folder: &Path) -> Request {
    Request {
        folder: folder.to_owned(),
        out: None,
        may_replace: false,
        base_url: None,
        edition: None,
        with_drafts: false,
        is_unsynced: true,
        today: TODAY.parse().expect("a date"),
    }
}

/// What a check of a folder finds, on the day of all builds.
pub(crate) fn check(folder: &Path, profile: Option<Profile>) -> Checked {
    let today = TODAY.parse().expect("a date");
    let request = CheckRequest { folder: folder.to_owned(), profile, today, ..CheckRequest::default() };
    pipeline::check(&request).unwrap_or_else(|error| panic!("{error:#}"))
}

/// The findings of a check: `RB207 releases/REL-1.md:1`.
pub(crate) fn places(checked: &Checked) -> Vec<String> {
    let findings = checked.report.findings().iter().map(|(_, finding)| {
        let source = &checked.sources[finding.place.source];
        format!("{} {}:{}", finding.lint.code, source.path, source.position(finding.place.span.start).line)
    });
    findings.collect()
}

/// A new folder with the files of a string.
pub(crate) fn folder(files: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in parts(files) {
        put(folder.path(), &path, text.as_bytes());
    }
    folder
}

/// The files of a string: path and text.
pub(crate) fn parts(files: &str) -> Vec<(String, String)> {
    let mut parts: Vec<(String, String)> = Vec::new();
    for line in files.trim_start_matches('\n').split_inclusive('\n') {
        let path = line.trim_end().strip_prefix("-- ").and_then(|line| line.strip_suffix(" --"));
        match (path, parts.last_mut()) {
            (Some(path), _) => parts.push((path.to_owned(), String::new())),
            (None, Some((_, text))) => text.push_str(line),
            (None, None) => panic!("the string does not begin with a line such as `-- relbook.toml --`: {line}"),
        }
    }
    parts
}

/// Writes a file below a folder, with the folders above it.
pub(crate) fn put(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}

/// The program, to be run in a folder.
pub(crate) fn relbook(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relbook"));
    command.current_dir(folder).args(arguments);
    for name in ["SOURCE_DATE_EPOCH", "CLICOLOR_FORCE", "CLICOLOR", "NO_COLOR", "RAYON_NUM_THREADS", "TZ", "COLUMNS"] {
        command.env_remove(name);
    }
    command
}

/// Runs `relbook build` in a folder on the day of all builds.
pub(crate) fn run_build(folder: &Path, more: &[&str]) -> Output {
    let arguments = [&["build", "--no-sync", "--today", TODAY], more].concat();
    relbook(folder, &arguments).output().expect("relbook runs")
}

/// What the program said on its error stream.
pub(crate) fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}

/// A report as a person sees it.
pub(crate) fn printed(built: &Built) -> String {
    let mut text = Vec::new();
    let (report, sources, folders) = (&built.report, &built.sources, &Folders::default());
    let findings = Findings { report, sources, folders, lints: relbook::lints::ALL };
    Format::Human.print(&findings, None, &mut text).expect("a Vec takes everything");
    String::from_utf8_lossy(&text).into_owned()
}

/// Every file of a tree with its bytes, by path below its root.
pub(crate) fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(below) = folders.pop() {
        for entry in fs::read_dir(root.join(&below)).expect("a folder") {
            let entry = entry.expect("an entry");
            let path = below.join(entry.file_name());
            if entry.file_type().expect("a type").is_dir() {
                folders.push(path);
            } else {
                let bytes = fs::read(entry.path()).expect("a file");
                files.insert(path.to_str().expect("UTF-8").to_owned(), bytes);
            }
        }
    }
    files
}

/// The same, and behind what is deflated in the search index what it says.
pub(crate) fn readable_tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = tree(root);
    for (_, bytes) in files.iter_mut().filter(|(path, _)| path.starts_with("search/") && path.ends_with(".bin")) {
        let inflated = miniz_oxide::inflate::decompress_to_vec_with_limit(bytes, 1 << 24);
        bytes.extend(inflated.unwrap_or_default());
    }
    files
}

/// Panics where two trees differ, and says where.
pub(crate) fn assert_same_trees(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>, what: &str) {
    let differing: Vec<&String> =
        one.keys().chain(other.keys()).filter(|path| one.get(*path) != other.get(*path)).collect();
    assert!(differing.is_empty(), "{what}: these differ: {differing:?}");
}

impl Site {
    /// The site's folder.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where the site was written.
    pub(crate) fn out(&self) -> PathBuf {
        self.folder().join("site")
    }

    /// A page.
    pub(crate) fn page(&self, route: &str) -> Page {
        Page::new(route, self.text(route))
    }

    /// A file's text.
    pub(crate) fn text(&self, route: &str) -> String {
        let path = self.out().join(route);
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{route}: {error}; there are: {:#?}", self.tree()))
    }

    /// Whether a file is there.
    pub(crate) fn has(&self, route: &str) -> bool {
        self.out().join(route).exists()
    }

    /// The paths of all files but relbook's own.
    pub(crate) fn tree(&self) -> Vec<String> {
        tree(&self.out()).into_keys().filter(|path| !path.starts_with(".relbook/")).collect()
    }

    /// The paths of all files in a folder of the site.
    pub(crate) fn tree_below(&self, folder: &str) -> Vec<String> {
        self.tree().into_iter().filter(|path| path.starts_with(folder)).collect()
    }

    /// What was found: `RB207 releases/REL-1.md:1`.
    pub(crate) fn findings(&self) -> Vec<String> {
        let place = |place: relbook::source::Place| {
            let source = &self.built.sources[place.source];
            format!("{}:{}", source.path, source.position(place.span.start).line)
        };
        let findings = self.built.report.findings().iter();
        findings.map(|(_, finding)| format!("{} {}", finding.lint.code, place(finding.place))).collect()
    }

    /// The pages that links of one part of a page lead to, each once in a row, links within the page left out.
    pub(crate) fn listed(&self, route: &str, part: &str) -> Vec<String> {
        self.page(route).part(part).targets()
    }
}

/// The folder of the project.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A program by the variable that names it, else by its name.
pub(crate) fn program(variable: &str, name: &str) -> Option<PathBuf> {
    let named = std::env::var_os(variable).map_or_else(|| PathBuf::from(name), PathBuf::from);
    let runs = Command::new(&named).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    runs.is_ok_and(|status| status.success()).then_some(named)
}

/// Lets one of the scripts in `tests/browser` use a site with Chromium; says so where it cannot.
pub(crate) fn use_in_browser(script: &str, site: &Site) {
    run_in_browser(script, &site.out(), &[]);
}

/// Lets a script in a browser edit the records of a folder, and look at their preview.
pub(crate) fn preview_in_browser(script: &str, folder: &Path) {
    run_in_browser(script, folder, &[env!("CARGO_BIN_EXE_relbook")]);
}

fn run_in_browser(script: &str, folder: &Path, more: &[&str]) {
    let programs = program("RELBOOK_NODE", "node").zip(program("RELBOOK_CHROMIUM", "chromium"));
    let Some((node, chromium)) = programs else {
        eprintln!("SKIPPED: tests/browser/{script}, for there is no node or no Chromium");
        return;
    };
    let script = root().join("tests/browser").join(script);
    let output = Command::new(node).arg(script).arg(folder).arg(chromium).args(more).output().expect("node runs");
    let told = [output.stdout, output.stderr].map(|told| String::from_utf8_lossy(&told).into_owned()).concat();
    assert!(output.status.success(), "{told}");
}

/// Lets one of the Python scripts here hold a table against another implementation, from which it says `expected`; says
/// so where Python or a module that it imports is not at hand.
pub(crate) fn ask_python(script: &str, imports: &str, table: &str, expected: &str) {
    let is_there = Command::new("python3").args(["-c", imports]).output();
    if !is_there.is_ok_and(|output| output.status.success()) {
        eprintln!("SKIPPED: tests/site/{script}, for there is no python3 that can do `{imports}`");
        return;
    }
    let mut python = Command::new("python3")
        .arg(root().join("tests/site").join(script))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 starts");
    python.stdin.take().expect("a pipe").write_all(table.as_bytes()).expect("python3 reads");
    let output = python.wait_with_output().expect("python3 ends");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    assert_eq!(said.trim(), expected);
}
