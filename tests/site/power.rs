//! A power cut at any moment: whatever had not been brought to disk is gone, and the reader finds the old site or the new
//! one all the same.
//!
//! `strace` tells what a build asks of the system. Its calls are replayed on a disk in memory that knows of every file
//! and folder what is on disk for certain and what is not yet; between any two calls it is asked what a reader would find
//! after a cut.

mod calls;
mod disk;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use self::calls::{Call, TRACED, calls};
use self::disk::{Cut, Disk, Files};
use super::harness::{TODAY, program, put, relbook, run_build, said, tree};

/// A scene with an old site and the records of a new one.
struct Scene {
    root: tempfile::TempDir,
    old: Files,
    new: Files,
}

impl Scene {
    fn new() -> Scene {
        let root = tempfile::tempdir().unwrap();
        let site = root.path().join("records");
        let write = |word: &str, number: usize| {
            let text =
                format!("---\ntitle: {word} {number}\nservice: Shop\nconfiguration_items: [shop]\n---\n{word}\n");
            put(&site, &format!("releases/REL-{number}.md"), text.as_bytes());
        };
        (1..=4).for_each(|number| write("Aaaa", number));
        assert_eq!(run_build(&site, &[]).status.code(), Some(0));
        put(&site, "site/CNAME", b"releases.example.com\n");
        let old = tree(&site.join("site"));
        fs::remove_file(site.join("releases/REL-1.md")).unwrap();
        (3..=5).for_each(|number| write("Bbbb", number));
        let output = run_build(&site, &["--out", "../new"]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let mut new = tree(&root.path().join("new"));
        new.insert("CNAME".to_owned(), b"releases.example.com\n".to_vec());
        fs::remove_dir_all(root.path().join("new")).unwrap();
        Scene { root, old, new }
    }

    fn site(&self) -> PathBuf {
        self.root.path().join("records")
    }

    /// The disk before a build, and the calls of the build. `None`, with a word, where there is no `strace` to tell them.
    fn trace(&self, more: &[&str]) -> Option<(Disk, Vec<Call>)> {
        let strace = program("RELBOOK_STRACE", "strace");
        let may_trace = |strace: &PathBuf| {
            Command::new(strace).args(["-o", "/dev/null", "true"]).status().is_ok_and(|it| it.success())
        };
        let Some(strace) = strace.filter(may_trace) else {
            eprintln!("SKIPPED: the power cuts, for there is no strace that may look at a build");
            return None;
        };
        let disk = Disk::of(&self.site());
        let log = self.root.path().join("log");
        let build = relbook(&self.site(), &[&["build", "--today", TODAY], more].concat());
        let mut traced = Command::new(strace);
        traced.args([
            "-f",
            "-y",
            "-xx",
            "-s",
            "100000000",
            "-e",
            &format!("trace={TRACED}"),
            "-e",
            "signal=none",
            "-o",
        ]);
        traced.arg(&log).arg(build.get_program()).args(build.get_args()).current_dir(self.site());
        // Calls of several threads at once have no order that a log could tell.
        traced.env("RAYON_NUM_THREADS", "1");
        let output = traced.output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let root = self.site();
        let touches = |path: &Path| path.starts_with(&root);
        let mut calls = calls(&fs::read_to_string(log).unwrap());
        calls.retain(|call| match call {
            Call::MakeFolder(path)
            | Call::Create(path, _)
            | Call::Write(path, _)
            | Call::Remove(path)
            | Call::Sync(path) => touches(path),
            Call::Link(from, to) | Call::Rename(from, to) | Call::Exchange(from, to) => touches(from) && touches(to),
            Call::SyncAll => true,
        });
        Some((disk, calls))
    }

    /// What a build makes of what a cut has left: the new site, with nothing beside it.
    fn recover(&self, disk: &Disk, cut: Cut, of_before: usize, when: &str) {
        let root = tempfile::tempdir().unwrap();
        disk.put(cut, root.path(), of_before);
        let output = run_build(root.path(), &[]);
        assert_eq!(output.status.code(), Some(0), "{when}: {}", said(&output));
        let mut found = tree(&root.path().join("site"));
        found.retain(|path, _| !path.starts_with(".relbook/kept"));
        assert!(found == self.new, "{when}: the next build makes the new site: {:?}", differing(&found, &self.new));
        let beside: Vec<String> =
            fs::read_dir(root.path()).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap()).collect();
        assert!(beside.iter().all(|name| ["releases", "site"].contains(&name.as_str())), "{when}: {beside:?}");
    }
}

fn differing<'a>(one: &'a Files, other: &'a Files) -> Vec<&'a String> {
    one.keys().chain(other.keys()).filter(|path| one.get(*path) != other.get(*path)).collect()
}

/// What comes through each cut. A line more is a case more.
const CUTS: &[Cut] = &[
    Cut::NothingElse,
    Cut::Names,
    Cut::Everything,
    Cut::SomeFiles(1),
    Cut::SomeFiles(2),
    Cut::SomeFiles(3),
    Cut::SomeFolders(1),
    Cut::SomeFolders(2),
    Cut::SomeFolders(3),
    Cut::SomeFolders(4),
];

/// About how many cuts of a trace are followed by a build, beside those near the publication: each takes a good part of a
/// second.
const RECOVERIES: usize = 20;

/// Whether the moment before a call is near one at which a site is published or brought to disk.
fn is_near_publication(calls: &[Call], number: usize) -> bool {
    let near = &calls[number.saturating_sub(2)..calls.len().min(number + 2)];
    near.iter().any(|call| matches!(call, Call::SyncAll | Call::Sync(_) | Call::Exchange(..)))
}

/// Calls `look` with the disk before every call and behind the last, under every cut, and has some of them recovered.
fn cut_everywhere(scene: &Scene, mut disk: Disk, calls: &[Call], cuts: &[Cut], look: impl Fn(&Disk, Cut, &str)) {
    let of_before = disk.len();
    let step = (calls.len() * cuts.len() / RECOVERIES).max(1) | 1;
    for (number, call) in calls.iter().map(Some).chain([None]).enumerate() {
        let next = call.map_or_else(String::new, |call| format!("{call:?}").chars().take(200).collect());
        for (which, cut) in cuts.iter().enumerate() {
            let when = format!("cut before call {number} of {} ({next}), {cut:?}", calls.len());
            look(&disk, *cut, &when);
            let is_first_of_kind = !matches!(cut, Cut::SomeFiles(2..) | Cut::SomeFolders(2..));
            if (number * cuts.len() + which).is_multiple_of(step)
                || is_first_of_kind && is_near_publication(calls, number)
            {
                scene.recover(&disk, *cut, of_before, &when);
            }
        }
        if let Some(call) = call {
            disk.replay(call);
        }
    }
}

#[test]
fn after_a_power_cut_the_reader_finds_the_old_site_or_the_new_one() {
    let scene = Scene::new();
    let Some((disk, calls)) = scene.trace(&[]) else { return };
    let mut done = disk.clone();
    calls.iter().for_each(|call| done.replay(call));
    assert!(done.after(Cut::Everything, "site") == Some(tree(&scene.site().join("site"))), "the replay is exact");
    assert!(calls.iter().any(|call| matches!(call, Call::Exchange(..))), "{calls:?}");
    cut_everywhere(&scene, disk, &calls, CUTS, |disk, cut, when| {
        let found = disk.after(cut, "site").unwrap_or_default();
        let is_whole = found == scene.old || found == scene.new;
        assert!(is_whole, "{when}: {:?}", differing(&found, &scene.new));
    });
}

/// Where files go over one by one, a reader may see some old and some new pages, but never half of one; and the next build
/// completes what was begun.
#[test]
fn after_a_power_cut_in_the_file_by_file_way_every_file_is_whole() {
    let scene = Scene::new();
    // A file with as many links as the disk allows cannot be linked into the new tree, so that the trees do not change
    // places.
    let farm = scene.root.path().join("farm");
    fs::create_dir(&farm).unwrap();
    let is_full = (0..70_000)
        .any(|number| fs::hard_link(scene.site().join("site/CNAME"), farm.join(number.to_string())).is_err());
    if !is_full {
        eprintln!("SKIPPED: the power cuts of the file by file way, for this disk allows links without end");
        return;
    }
    let Some((disk, calls)) = scene.trace(&[]) else { return };
    assert!(!calls.iter().any(|call| matches!(call, Call::Exchange(..))), "{calls:?}");
    // A file that goes from one folder to another is in one of the two, on every disk that keeps a journal of names.
    let cuts: Vec<Cut> = CUTS.iter().copied().filter(|cut| !matches!(cut, Cut::SomeFolders(_))).collect();
    cut_everywhere(&scene, disk, &calls, &cuts, |disk, cut, when| {
        let found = disk.after(cut, "site").unwrap_or_default();
        for (path, bytes) in &found {
            let is_own = path.starts_with(".relbook/");
            let is_whole = [&scene.old, &scene.new].iter().any(|site| site.get(path) == Some(bytes));
            assert!(is_own || is_whole, "{when}: {path}");
        }
        let is_there = |path: &&String| !scene.new.contains_key(*path) || found.contains_key(*path);
        assert!(scene.old.keys().all(|path| is_there(&path)), "{when}: a page of both sites is gone");
    });
}

/// The same look at a build that brings nothing to disk finds what is missing: this is what `--no-sync` says.
#[test]
fn without_it_a_power_cut_is_seen() {
    let scene = Scene::new();
    let Some((mut disk, calls)) = scene.trace(&["--no-sync"]) else { return };
    calls.iter().for_each(|call| disk.replay(call));
    let found = disk.after(Cut::Names, "site").unwrap();
    assert!(found != scene.old && found != scene.new, "files without their bytes");
}
