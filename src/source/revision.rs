//! EDGE: what git holds at a revision, asked of `git` for objects only.
//!
//! 1. Which commit the revision is.
//! 2. Which files it has in the folders of the records.
//! 3. The texts of the records among them, all from one process; those that differ from the texts of today stay.
//!
//! The texts are compared here and not by `git diff`, which reads the working tree through the filters that the
//! repository's configuration names: programs that whoever wrote that configuration chose.

#![allow(clippy::disallowed_methods, reason = "EDGE")]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use rustc_hash::{FxHashMap, FxHashSet};

use super::folder::is_record;
use super::listing::Wanted;
use super::name::bundle;
use super::text::{Source, Sources};

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

/// Reads what git holds of a site's records at a revision, and holds it against the texts of today.
///
/// # Errors
///
/// No git, no repository, no such revision; each with what to do.
pub fn load_revision(wanted: &Wanted<'_>, name: &str, today: &Sources) -> Result<Revision> {
    let (root, folders) = (&wanted.root(), wanted.folders);
    let is_ignored = |path: &str| wanted.ignore.names(&wanted.below_site(path), false);
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
    let bundles: FxHashSet<String> = revision.paths.iter().filter_map(|path| bundle(path)).map(str::to_owned).collect();
    objects.retain(|path, _| is_record(path, |folder| bundles.contains(folder)) && !is_ignored(path));
    let texts_of_today: FxHashMap<&str, &str> =
        today.iter().map(|(_, of)| (of.path.as_str(), of.text.as_str())).collect();
    let is_as_it_was = |was: &Source| texts_of_today.get(was.path.as_str()) == Some(&was.text.as_str());
    revision.texts = texts(root, &objects, |was| !is_as_it_was(was))?;
    revision.differing = revision.texts.iter().map(|was| was.path.clone()).collect();
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

/// Those of some objects' texts that are wanted, in the order of their paths.
fn texts(root: &Path, objects: &BTreeMap<String, String>, is_wanted: impl Fn(&Source) -> bool) -> Result<Vec<Source>> {
    if objects.is_empty() {
        return Ok(Vec::new());
    }
    let mut child = command(root)
        .args(["cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start git")?;
    let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        bail!("cannot talk to git");
    };
    let (mut input, mut output) = (BufWriter::new(input), BufReader::new(output));
    // Asking and reading at once: either pipe may be full. Whoever ends early closes its own, and the other ends too.
    let read = std::thread::scope(move |scope| {
        std::thread::Builder::new()
            .spawn_scoped(scope, move || objects.values().try_for_each(|object| writeln!(input, "{object}")))
            .context("cannot start a thread that talks to git")?;
        let mut wanted = Vec::new();
        for path in objects.keys() {
            let was = Source::new(path.as_str(), text(&mut output, path)?);
            if is_wanted(&was) {
                wanted.push(was);
            }
        }
        Ok(wanted)
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

/// A git that starts no other program, whatever the repository's configuration names: no hook, no monitor, and, as no
/// protocol is allowed, no transport to fetch what a partial clone lacks.
fn command(root: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"]);
    let fixed =
        [("LC_ALL", "C"), ("GIT_OPTIONAL_LOCKS", "0"), ("GIT_NO_LAZY_FETCH", "1"), ("GIT_ALLOW_PROTOCOL", "none")];
    command.envs(fixed).stdin(Stdio::null()).stderr(Stdio::piped());
    command
}
