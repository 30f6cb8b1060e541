//! EDGE: what git holds at a revision, asked of `git` with fixed arguments: no hooks, no monitors, no network.
//!
//! 1. Which commit the revision is.
//! 2. Which files it has in the folders of the records, and which of them differ from the working tree.
//! 3. The texts of those that differ, all from one process.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use super::Source;
use super::folder::is_record;

/// The records at a revision, in so far as they differ from those in the folder.
#[derive(Debug, Default)]
pub struct Revision {
    /// The revision as it was named.
    pub name: String,
    /// Records that have changed or gone since, as they were then, in order of path.
    pub texts: Vec<Source>,
    /// Every file that was there.
    paths: BTreeSet<String>,
    /// Those of them that differ now, or are gone.
    differing: BTreeSet<String>,
}

impl Revision {
    /// Whether a file was there.
    pub fn has(&self, path: &str) -> bool {
        self.paths.contains(path)
    }

    /// Whether a file is new, or not as it was.
    pub fn differs(&self, path: &str) -> bool {
        !self.has(path) || self.differing.contains(path)
    }
}

/// Reads what git holds at a revision of the records below `root` in the given folders.
///
/// # Errors
///
/// No git, no repository, no such revision; each with what to do.
pub fn load_revision(root: &Path, folders: &[&str], name: &str) -> Result<Revision> {
    let commit = commit(root, name)?;
    let mut revision = Revision { name: name.to_owned(), ..Revision::default() };
    let mut objects = BTreeMap::new();
    for entry in records(&git(root, &[&["ls-tree", "-r", "-z", &commit, "--"], folders].concat())?) {
        // `100644 blob 8baef1b4a	releases/REL-1.md`; links and submodules are no records.
        let Some((head, path)) = entry.split_once('\t') else { continue };
        let mut head = head.split(' ');
        if let (Some("100644" | "100755"), Some("blob"), Some(object)) = (head.next(), head.next(), head.next()) {
            objects.insert(path.to_owned(), object.to_owned());
            revision.paths.insert(path.to_owned());
        }
    }
    let options = ["diff", "--no-ext-diff", "--no-textconv", "--no-renames", "--ignore-submodules", "--relative"];
    let what = ["--name-only", "-z", &commit, "--"];
    let differing = git(root, &[&options[..], &what[..], folders].concat())?;
    revision.differing = records(&differing).map(str::to_owned).collect();
    let is_bundle = |folder: &str| revision.paths.contains(&format!("{folder}/index.md"));
    let wanted: Vec<(&String, &String)> =
        objects.iter().filter(|(path, _)| revision.differing.contains(*path) && is_record(path, is_bundle)).collect();
    revision.texts = texts(root, &wanted)?;
    Ok(revision)
}

/// The parts of an output that ends each with a zero byte. A name that is not UTF-8 is no record's.
fn records(output: &[u8]) -> impl Iterator<Item = &str> {
    output.split(|byte| *byte == 0).filter_map(|part| std::str::from_utf8(part).ok()).filter(|part| !part.is_empty())
}

/// The commit that a revision names.
fn commit(root: &Path, name: &str) -> Result<String> {
    let shallow = git(root, &["rev-parse", "--is-shallow-repository"]).with_context(|| {
        let root = root.display();
        format!(
            "--since compares with what git holds, and {root} cannot be asked: check a clone, or leave --since away"
        )
    })?;
    ensure!(!name.is_empty(), "--since names no revision: give it a branch, a tag or a commit, such as origin/main");
    // No name of a revision begins with a dash; git would take it for an option.
    let found = match name.starts_with('-') {
        true => None,
        false => git(root, &["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")]).ok(),
    };
    let commit = found.map(|commit| String::from_utf8_lossy(&commit).trim().to_owned());
    match commit.filter(|commit| !commit.is_empty() && commit.bytes().all(|byte| byte.is_ascii_hexdigit())) {
        Some(commit) => Ok(commit),
        None if shallow.starts_with(b"true") => bail!(
            "git does not know the revision `{name}`, for the clone is shallow: fetch the whole history \
             (`git fetch --unshallow`; `fetch-depth: 0` on GitHub, `GIT_DEPTH: 0` on GitLab)"
        ),
        None => bail!("git does not know the revision `{name}`: name a branch, a tag or a commit that was fetched"),
    }
}

/// The texts of some objects, in the order of their paths.
fn texts(root: &Path, objects: &[(&String, &String)]) -> Result<Vec<Source>> {
    if objects.is_empty() {
        return Ok(Vec::new());
    }
    let mut child = command(root)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start git")?;
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        bail!("cannot talk to git");
    };
    let mut output = std::io::BufReader::new(output);
    let read = std::thread::scope(|scope| {
        // Asking and reading at once: either pipe may be full.
        scope.spawn(move || objects.iter().try_for_each(|(_, object)| writeln!(input, "{object}")));
        objects.iter().map(|(path, _)| Ok(Source::new(path.as_str(), text(&mut output, path)?))).collect()
    });
    child.wait().context("git did not end")?;
    read
}

/// The next object: `8baef1b4a blob 120`, its bytes, and a line end.
fn text(output: &mut impl BufRead, path: &str) -> Result<String> {
    let mut head = String::new();
    output.read_line(&mut head).context("cannot read what git says")?;
    let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<u64>().ok());
    let Some(size) = size else {
        bail!("git does not hold {path} as it was: fetch the whole history, without a filter");
    };
    let mut bytes = Vec::new();
    output.take(size + 1).read_to_end(&mut bytes).context("cannot read what git says")?;
    bytes.pop();
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn git(root: &Path, arguments: &[&str]) -> Result<Vec<u8>> {
    let output = command(root).args(arguments).output().context("cannot start git: it must be installed")?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("git said: {}", said.lines().next().unwrap_or("nothing").trim_start_matches("fatal: "));
    }
    Ok(output.stdout)
}

fn command(root: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"]);
    for (name, value) in [("LC_ALL", "C"), ("GIT_OPTIONAL_LOCKS", "0"), ("GIT_NO_LAZY_FETCH", "1")] {
        command.env(name, value);
    }
    command.stdin(Stdio::null()).stderr(Stdio::piped());
    command
}
