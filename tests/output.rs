//! The output on a real disk, as a build uses it.

#![allow(clippy::disallowed_methods, reason = "tests look at what was made")]

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use relbook::output::{Difference, Output, Summary, Terms, verify};
use tempfile::TempDir;

/// A site's folder with its output inside, as `relbook init` lays it out.
struct Scene {
    root: TempDir,
}

impl Scene {
    fn new() -> Scene {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir_all(root.path().join("records/releases")).unwrap();
        Scene { root }
    }

    fn site(&self) -> PathBuf {
        self.root.path().join("records")
    }

    fn out(&self) -> PathBuf {
        self.site().join("site")
    }

    fn open(&self) -> anyhow::Result<Output> {
        Output::open(&self.out(), &self.site(), &Terms::default())
    }

    fn build(&self, files: &[(&str, &str)]) -> anyhow::Result<Summary> {
        let output = self.open()?;
        for (route, text) in files {
            output.write(route, text.as_bytes())?;
        }
        output.publish("c0ffee")
    }

    fn text(&self, route: &str) -> String {
        fs::read_to_string(self.out().join(route)).unwrap()
    }

    fn put(&self, route: &str, text: &str) {
        let path = self.out().join(route);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn id(&self, route: &str) -> u64 {
        fs::symlink_metadata(self.out().join(route)).unwrap().ino()
    }

    /// Nothing lies beside the output that was not there before.
    fn assert_nothing_beside(&self) {
        let names = names(&self.site());
        assert!(names == ["releases", "site"] || names == ["releases"], "{names:?}");
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Paths, rights and contents of a tree, for comparing two.
fn tree(folder: &Path) -> Vec<(PathBuf, u32, u64, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let about = fs::symlink_metadata(&path).unwrap();
        let bytes = if about.is_file() { fs::read(&path).unwrap() } else { Vec::new() };
        found.push((path.clone(), about.mode(), if about.is_file() { about.nlink() } else { 1 }, bytes));
        if about.is_dir() {
            found.extend(tree(&path));
        }
    }
    found.sort();
    found
}

fn said<T>(result: anyhow::Result<T>) -> String {
    format!("{:#}", result.err().expect("an error"))
}

#[test]
fn a_first_build_writes_all_and_leaves_nothing_beside() {
    let scene = Scene::new();
    let summary = scene.build(&[("index.html", "hello"), ("releases/REL-1.html", "one")]).unwrap();
    assert_eq!((summary.written, summary.unchanged, summary.removed, summary.bytes), (2, 0, 0, 8));
    assert!(!summary.in_place && summary.left_behind.is_none());
    assert_eq!(scene.text("releases/REL-1.html"), "one");
    assert!(scene.text(".relbook/manifest").contains("\ninputs c0ffee\nfiles 2\n2cf24dba5fb0"));
    assert_eq!(verify(&scene.out()).unwrap(), []);
    scene.assert_nothing_beside();
}

#[test]
fn an_empty_folder_and_a_deep_new_one_are_taken() {
    let scene = Scene::new();
    fs::create_dir(scene.out()).unwrap();
    scene.build(&[("a", "1")]).unwrap();
    let deep = scene.root.path().join("x/y/site");
    let output = Output::open(&deep, &scene.site(), &Terms::default()).unwrap();
    output.write("a", b"1").unwrap();
    output.publish("00").unwrap();
    assert!(deep.join("a").exists());
}

#[test]
fn an_unchanged_build_touches_nothing() {
    let scene = Scene::new();
    let files = [("index.html", "hello"), ("releases/REL-1.html", "one")];
    scene.build(&files).unwrap();
    let state = |route| {
        let found = fs::symlink_metadata(scene.out().join(route)).unwrap();
        (found.ino(), found.mtime(), found.mtime_nsec(), found.nlink())
    };
    let all = ["", "releases", "index.html", "releases/REL-1.html", ".relbook", ".relbook/manifest"];
    let before = all.map(state);
    let summary = scene.build(&files).unwrap();
    assert_eq!((summary.written, summary.unchanged, summary.removed), (0, 2, 0));
    assert_eq!(before, all.map(state));
    scene.assert_nothing_beside();
}

#[test]
fn only_what_changed_gets_a_new_file_and_what_went_is_pruned() {
    let scene = Scene::new();
    scene.build(&[("a", "1"), ("b", "1"), ("gone/deep/c", "1")]).unwrap();
    let (a, b) = (scene.id("a"), scene.id("b"));
    let summary = scene.build(&[("a", "1"), ("b", "2"), ("d/e", "3")]).unwrap();
    assert_eq!((summary.written, summary.unchanged, summary.removed), (2, 1, 1));
    assert_eq!(scene.id("a"), a);
    assert_ne!(scene.id("b"), b);
    assert_eq!(names(&scene.out()), [".relbook", "a", "b", "d"]);
    assert!(tree(&scene.out()).iter().all(|(_, _, links, _)| *links == 1), "no links left behind");
    scene.assert_nothing_beside();
}

#[test]
fn a_page_edited_by_hand_is_written_anew() {
    let scene = Scene::new();
    scene.build(&[("a", "1"), ("b", "1")]).unwrap();
    scene.put("a", "2");
    fs::remove_file(scene.out().join("b")).unwrap();
    assert_eq!(scene.build(&[("a", "1"), ("b", "1")]).unwrap().written, 2);
    assert_eq!((scene.text("a"), scene.text("b")), ("1".into(), "1".into()));
}

#[test]
fn new_inputs_with_the_same_files_renew_the_manifest_only() {
    let scene = Scene::new();
    scene.build(&[("a", "1")]).unwrap();
    let id = scene.id("a");
    let output = scene.open().unwrap();
    output.write("a", b"1").unwrap();
    let summary = output.publish("beef").unwrap();
    assert_eq!((summary.written, summary.unchanged), (0, 1));
    assert_eq!(scene.id("a"), id);
    assert!(scene.text(".relbook/manifest").contains("inputs beef"));
    assert!(scene.open().unwrap().publish("not hex\n").is_err());
}

#[test]
fn what_is_not_ours_survives() {
    let scene = Scene::new();
    scene.build(&[("a/page", "1"), ("b", "1")]).unwrap();
    scene.put("CNAME", "releases.example.com");
    scene.put("a/notes.txt", "mine");
    scene.put(".well-known/security.txt", "mail us");
    fs::create_dir(scene.out().join("bare")).unwrap();
    symlink("/nowhere", scene.out().join("link")).unwrap();
    let id = scene.id("CNAME");
    let summary = scene.build(&[("b", "2")]).unwrap();
    assert_eq!((summary.written, summary.removed), (1, 1));
    assert_eq!(names(&scene.out()), [".relbook", ".well-known", "CNAME", "a", "b", "bare", "link"]);
    assert_eq!(names(&scene.out().join("a")), ["notes.txt"]);
    assert_eq!(scene.id("CNAME"), id);
    assert_eq!(fs::read_link(scene.out().join("link")).unwrap(), Path::new("/nowhere"));
    scene.assert_nothing_beside();
}

#[test]
fn a_clash_with_what_is_not_ours_changes_nothing() {
    let scene = Scene::new();
    scene.build(&[("a", "1")]).unwrap();
    scene.put("b/c", "mine");
    let before = tree(&scene.out());
    for route in ["b/c", "b", "b/c/d"] {
        let error = said(scene.build(&[("a", "2"), (route, "ours")]));
        assert!(error.contains("b/c is not relbook's"), "{error}");
        assert_eq!(tree(&scene.out()), before);
        scene.assert_nothing_beside();
    }
}

#[test]
fn folders_that_are_not_ours_are_refused() {
    let scene = Scene::new();
    scene.put("thesis.doc", "years of work");
    let error = said(scene.open());
    assert!(error.contains("thesis.doc") && error.contains("name another folder"), "{error}");
    scene.put(".relbook/manifest", "relbook manifest 99\n");
    let error = said(scene.open());
    assert!(error.contains("another version of relbook wrote it"), "{error}");
    for out in [scene.site(), scene.root.path().to_path_buf()] {
        assert!(Output::open(&out, &scene.site(), &Terms::default()).is_err());
    }
    scene.put(".git/HEAD", "");
    assert!(said(scene.open()).contains("git"));
    let link = scene.root.path().join("link");
    symlink(scene.out(), &link).unwrap();
    assert!(said(Output::open(&link, &scene.site(), &Terms::default())).contains("symbolic link"));
    assert_eq!(names(&scene.out()), [".git", ".relbook", "thesis.doc"]);
    scene.assert_nothing_beside();
}

#[test]
fn one_writer_at_a_time() {
    let scene = Scene::new();
    let first = scene.open().unwrap();
    first.write("a", b"1").unwrap();
    assert!(said(scene.open()).contains("another relbook is writing"));
    first.publish("00").unwrap();
    scene.build(&[("a", "2")]).unwrap();
}

#[test]
fn a_build_that_fails_leaves_the_old_site() {
    let scene = Scene::new();
    scene.build(&[("a", "1")]).unwrap();
    let before = tree(&scene.out());
    let output = scene.open().unwrap();
    output.write("a", b"2").unwrap();
    drop(output);
    assert_eq!(tree(&scene.out()), before);
    let output = scene.open().unwrap();
    output.write("a", b"2").unwrap();
    assert!(said(output.write("a", b"2")).contains("a is written twice"));
    assert!(output.write("../b", b"").is_err());
    assert!(output.copy("c", &scene.site().join("absent")).is_err());
    assert!(said(output.publish("00")).contains("nothing is published"));
    assert_eq!(tree(&scene.out()), before);
    scene.assert_nothing_beside();
}

#[test]
fn a_folder_in_the_way_of_the_staging_is_not_deleted() {
    let scene = Scene::new();
    let diary = scene.site().join(".site.relbook-new/diary");
    fs::create_dir_all(&diary).unwrap();
    assert!(said(scene.open()).contains("relbook did not make it"));
    assert!(diary.exists());
}

#[test]
fn files_are_copied_and_kept() {
    let scene = Scene::new();
    let plan = scene.site().join("releases/plan.pdf");
    fs::write(&plan, vec![1; 300_000]).unwrap();
    fs::set_permissions(&plan, fs::Permissions::from_mode(0o600)).unwrap();
    for written in [1, 0] {
        let output = scene.open().unwrap();
        output.copy("files/plan.pdf", &plan).unwrap();
        let summary = output.publish("00").unwrap();
        assert_eq!((summary.written, summary.bytes), (written, 300_000));
    }
    let about = fs::metadata(scene.out().join("files/plan.pdf")).unwrap();
    assert_eq!((about.mode() & 0o777, about.nlink()), (0o644, 1));
    assert_ne!(about.ino(), fs::metadata(&plan).unwrap().ino());
    assert_eq!(verify(&scene.out()).unwrap(), []);
}

#[test]
fn many_threads_make_the_tree_of_one() {
    let scene = Scene::new();
    let alone = Scene::new();
    let routes: Vec<String> = (0..400).map(|number| format!("{}/{number}.html", number % 7)).collect();
    let output = scene.open().unwrap();
    std::thread::scope(|scope| {
        for part in routes.chunks(50) {
            let output = &output;
            scope.spawn(move || {
                part.iter().rev().for_each(|route| output.write(route, route.as_bytes()).unwrap());
            });
        }
    });
    output.publish("00").unwrap();
    let output = alone.open().unwrap();
    routes.iter().for_each(|route| output.write(route, route.as_bytes()).unwrap());
    output.publish("00").unwrap();
    assert_eq!(scene.text(".relbook/manifest"), alone.text(".relbook/manifest"));
    assert_eq!(verify(&scene.out()).unwrap(), []);
}

#[test]
fn verify_tells_what_is_missing_changed_and_foreign() {
    let scene = Scene::new();
    scene.build(&[("a", "1"), ("b", "1"), ("c/d", "1"), ("e", "1"), ("f", "1")]).unwrap();
    fs::remove_dir_all(scene.out().join("c")).unwrap();
    scene.put("a", "2");
    scene.put("b", "longer");
    scene.put("x/y", "");
    fs::remove_file(scene.out().join("e")).unwrap();
    symlink("f", scene.out().join("e")).unwrap();
    let found = verify(&scene.out()).unwrap();
    assert_eq!(
        found,
        [
            Difference::Changed("a".into()),
            Difference::Changed("b".into()),
            Difference::Missing("c/d".into()),
            Difference::Changed("e".into()),
            Difference::Foreign("x/y".into()),
        ]
    );
    assert_eq!(found[2].to_string(), "missing c/d");
    assert!(said(verify(&scene.site())).contains("bears no manifest"));
}

/// Runs the test `name` of this file in a process of its own, which it tells the site's folder.
fn run_alone(name: &str, site: &Path, umask: &str) -> std::process::ExitStatus {
    let this = std::env::current_exe().unwrap();
    let command = format!("umask {umask}; exec \"$0\" --exact {name} --quiet");
    let mut shell = Command::new("sh");
    shell.args(["-c", &command]).arg(this).env("OUTPUT_TEST_SITE", site);
    shell.output().unwrap().status
}

/// The site's folder, if this process was started by `run_alone`.
fn told_site() -> Option<PathBuf> {
    std::env::var_os("OUTPUT_TEST_SITE").map(PathBuf::from)
}

fn open_at(site: &Path) -> Output {
    Output::open(&site.join("site"), site, &Terms::default()).unwrap()
}

#[test]
fn child_that_builds() {
    let Some(site) = told_site() else { return };
    let output = open_at(&site);
    output.write("releases/deep/REL-1.html", b"one").unwrap();
    output.copy("files/plan", &site.join("plan")).unwrap();
    output.publish("00").unwrap();
}

#[test]
fn the_umask_does_not_show() {
    let trees = ["022", "077", "000", "027"].map(|umask| {
        let scene = Scene::new();
        fs::write(scene.site().join("plan"), "plan").unwrap();
        assert!(run_alone("child_that_builds", &scene.site(), umask).success());
        assert_eq!(fs::metadata(scene.out()).unwrap().mode() & 0o7777, 0o755);
        let relative = |(path, mode, links, bytes): (PathBuf, u32, u64, Vec<u8>)| {
            (path.strip_prefix(scene.out()).unwrap().to_path_buf(), mode & 0o7777, links, bytes)
        };
        tree(&scene.out()).into_iter().map(relative).collect::<Vec<_>>()
    });
    for (path, mode, ..) in &trees[0] {
        let is_folder = path.extension().is_none() && !path.ends_with("plan") && !path.ends_with("manifest");
        assert_eq!(*mode, if is_folder { 0o755 } else { 0o644 }, "{}", path.display());
    }
    assert!(trees.iter().all(|tree| *tree == trees[0]));
}

#[test]
fn child_that_dies() {
    let Some(site) = told_site() else { return };
    let output = open_at(&site);
    output.write("a", b"2").unwrap();
    output.write("deep/b", b"2").unwrap();
    std::process::abort();
}

#[test]
fn what_a_killed_build_left_is_cleared_by_the_next() {
    let scene = Scene::new();
    scene.build(&[("a", "1")]).unwrap();
    let before = tree(&scene.out());
    assert!(!run_alone("child_that_dies", &scene.site(), "022").success());
    assert_eq!(tree(&scene.out()), before);
    assert_eq!(names(&scene.site()), [".site.relbook-lock", ".site.relbook-new", "releases", "site"]);
    drop(scene.open().unwrap());
    assert_eq!(tree(&scene.out()), before);
    scene.assert_nothing_beside();
    scene.build(&[("a", "3")]).unwrap();
    assert_eq!(names(&scene.out()), [".relbook", "a"]);
}

#[test]
fn a_fifo_in_the_place_of_the_manifest_does_not_hang() {
    let scene = Scene::new();
    scene.build(&[("a", "1")]).unwrap();
    let manifest = scene.out().join(".relbook/manifest");
    fs::remove_file(&manifest).unwrap();
    assert!(Command::new("mkfifo").arg(&manifest).status().unwrap().success());
    assert!(verify(&scene.out()).unwrap_err().to_string().contains("is no file"));
    assert!(scene.open().is_err());
}
