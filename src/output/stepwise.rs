//! Carries a finished tree over file by file, where two folders cannot change places.
//!
//! Order: assets, pages, data, feeds, indexes, deletions, and the manifest last of all. Until that last
//! step the old manifest stays published and the new one in the staging, so that whoever finds the
//! journal can do the rest with the same steps: what was moved is no longer in the staging.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use walkdir::WalkDir;

use super::fault::fault;
use super::folders::is_same_file;
use super::folders::{self, is_taken};
use super::kept;
use super::manifest::{MANIFEST, Manifest, OWN_FOLDER};
use super::staging::Staging;
use super::survey::Survey;

/// Does all that is left to do. Called with a journal on disk.
pub(super) fn complete(staging: &Staging, out: &Path) -> anyhow::Result<()> {
    let Some(new) = Manifest::read(&staging.tree)? else {
        return Ok(());
    };
    if !is_taken(out) {
        folders::make(out).map_err(|error| fault("make the folder", out, error))?;
    }
    let old = Manifest::read(out)?.unwrap_or_default();
    let is_damaged = old.damage.is_some();
    let was_moved = |route: &str| new.names(route) && !is_taken(&staging.tree.join(route));
    let is_kept = |route: &str| is_damaged && is_same_file(&staging.tree.join(route), &out.join(route));
    let is_ours = |route: &str| old.claims(out, route) || was_moved(route) || is_kept(route);
    let survey = Survey::of(out, &new, is_damaged, is_ours)?;
    kept::set_aside(out, &survey.displaced).map_err(|error| fault("set aside files of", out, error))?;
    for route in in_order(&new) {
        carry(staging, out, route, &survey).map_err(|error| fault("publish", &out.join(route), error))?;
    }
    for route in &survey.stale {
        remove_stale(out, route).map_err(|error| fault("remove", &out.join(&**route), error))?;
    }
    // The manifest says that all else is in its place.
    staging.sync()?;
    let manifest = out.join(MANIFEST);
    let sealed = folders::make_parents(out, Path::new(MANIFEST))
        .and_then(|()| fs::rename(staging.tree.join(MANIFEST), &manifest));
    sealed.map_err(|error| fault("write", &manifest, error))?;
    staging.sync_names(&out.join(OWN_FOLDER))
}

/// What a reader needs first comes first: a page never wants a style that is not there yet, and what
/// lists pages comes after them.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    Asset,
    Page,
    Data,
    Feed,
    Index,
}

fn turn(route: &str) -> Turn {
    let name = route.rsplit('/').next().unwrap_or(route);
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        _ if name == "index.html" => Turn::Index,
        _ if route.starts_with("assets/") => Turn::Asset,
        "html" => Turn::Page,
        "json" | "csv" | "txt" => Turn::Data,
        "xml" | "ics" => Turn::Feed,
        _ => Turn::Asset,
    }
}

fn in_order(manifest: &Manifest) -> Vec<&str> {
    let mut routes: Vec<&str> = manifest.entries.iter().map(|entry| &*entry.route).collect();
    routes.sort_by_key(|route| turn(route));
    routes
}

fn carry(staging: &Staging, out: &Path, route: &str, survey: &Survey) -> io::Result<()> {
    let (from, to) = (staging.tree.join(route), out.join(route));
    // Moved by a run before this one, or a link to the published file itself, which a rename would leave.
    if !is_taken(&from) || is_same_file(&from, &to) {
        return Ok(());
    }
    match fs::rename(&from, &to) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) if matches!(error.kind(), ErrorKind::NotADirectory | ErrorKind::IsADirectory) => {
            make_way(out, route, survey)?;
        }
        result => return result,
    }
    folders::make_parents(out, Path::new(route))?;
    fs::rename(&from, &to)
}

/// Removes early what is stale where a folder becomes a file or a file a folder.
fn make_way(out: &Path, route: &str, survey: &Survey) -> io::Result<()> {
    let below = format!("{route}/");
    for stale in &survey.stale {
        let is_above = route.strip_prefix(&**stale).is_some_and(|rest| rest.starts_with('/'));
        if is_above || stale.starts_with(&below) {
            remove_stale(out, stale)?;
        }
    }
    let to = out.join(route);
    // Only empty folders can be left, since the survey found no stranger below.
    for folder in WalkDir::new(&to).contents_first(true) {
        match folder {
            Ok(folder) if folder.file_type().is_dir() => fs::remove_dir(folder.path())?,
            _ => break,
        }
    }
    Ok(())
}

fn remove_stale(out: &Path, route: &str) -> io::Result<()> {
    match fs::remove_file(out.join(route)) {
        // It went early, to make way.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(()),
        Err(_) if out.join(route).is_dir() => Ok(()),
        Ok(()) => {
            folders::remove_empty_parents(out, Path::new(route));
            Ok(())
        }
        result => result,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::bytes::digest;
    use crate::output::manifest::Entry;

    fn manifest(routes: &[&str]) -> Manifest {
        let entry =
            |route: &&str| Entry { route: (*route).into(), size: route.len() as u64, digest: digest(route.as_bytes()) };
        Manifest::of_build(None, "00", routes.iter().map(entry).collect()).unwrap()
    }

    fn fill(folder: &Path, routes: &[&str]) {
        for route in routes {
            folders::make_parents(folder, Path::new(route)).unwrap();
            fs::write(folder.join(route), route).unwrap();
        }
    }

    /// A published site of `old`, a journalled staging of `new`, and a stranger.
    fn scene(old: &[&str], new: &[&str]) -> (tempfile::TempDir, Staging) {
        let root = tempfile::tempdir().unwrap();
        let out = root.path().join("out");
        fs::create_dir(&out).unwrap();
        fill(&out, old);
        fill(&out, &[MANIFEST, "CNAME"]);
        manifest(old).write(&out.join(MANIFEST)).unwrap();
        let staging = Staging::make(&root.path().join("new"), false).unwrap();
        fill(&staging.tree, new);
        staging.seal(&manifest(new)).unwrap();
        staging.begin_journal().unwrap();
        (root, staging)
    }

    fn files(out: &Path) -> Vec<String> {
        let walk = WalkDir::new(out).sort_by_file_name().into_iter().map(Result::unwrap);
        let files = walk.filter(|entry| entry.file_type().is_file());
        files.map(|entry| entry.path().strip_prefix(out).unwrap().display().to_string()).collect()
    }

    #[test]
    fn what_lists_comes_after_what_is_listed() {
        let routes = [
            "index.html",
            "a.html",
            "a/index.html",
            "feed.xml",
            "api/v1/a.json",
            "assets/a.js",
            "files/plan.pdf",
            "assets/words.json",
        ];
        assert_eq!(
            in_order(&manifest(&routes)),
            [
                "assets/a.js",
                "assets/words.json",
                "files/plan.pdf",
                "a.html",
                "api/v1/a.json",
                "feed.xml",
                "a/index.html",
                "index.html"
            ]
        );
    }

    #[test]
    fn files_come_and_go_and_strangers_stay() {
        let (root, staging) = scene(&["a.html", "old/b.html"], &["a.html", "new/c.html"]);
        let out = root.path().join("out");
        complete(&staging, &out).unwrap();
        assert_eq!(files(&out), [MANIFEST, "CNAME", "a.html", "new/c.html"]);
        assert!(!out.join("old").exists());
        assert_eq!(Manifest::read(&out).unwrap().unwrap(), manifest(&["a.html", "new/c.html"]));
    }

    #[test]
    fn a_folder_becomes_a_file_and_a_file_a_folder() {
        let (root, staging) = scene(&["a", "b/c/d", "b/e"], &["a/x/y", "b"]);
        let out = root.path().join("out");
        fs::create_dir(out.join("b/bare")).unwrap();
        complete(&staging, &out).unwrap();
        assert_eq!(files(&out), [MANIFEST, "CNAME", "a/x/y", "b"]);
    }

    #[test]
    fn a_run_broken_off_after_any_step_is_completed() {
        let new = ["a", "b/c.html", "index.html", "z/z.css"];
        for done in 0..=new.len() {
            let (root, staging) = scene(&["a", "b/old.html", "index.html"], &new);
            let out = root.path().join("out");
            for route in &in_order(&manifest(&new))[..done] {
                folders::make_parents(&out, Path::new(route)).unwrap();
                fs::rename(staging.tree.join(route), out.join(route)).unwrap();
            }
            for _ in 0..2 {
                complete(&staging, &out).unwrap();
            }
            assert_eq!(files(&out), [MANIFEST, "CNAME", "a", "b/c.html", "index.html", "z/z.css"], "{done}");
        }
    }

    #[test]
    fn a_stranger_that_came_meanwhile_is_not_overwritten() {
        let (root, staging) = scene(&["a"], &["a", "b"]);
        let out = root.path().join("out");
        fs::write(out.join("b"), "mine").unwrap();
        assert!(complete(&staging, &out).is_err());
        assert_eq!(fs::read_to_string(out.join("b")).unwrap(), "mine");
    }
}
