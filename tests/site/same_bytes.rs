//! The same records give the same bytes, wherever and however they are built.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::harness::{TODAY, assert_same_trees, put, relbook, run_build, said, tree};

fn example() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content-example")
}

/// Copies the example, the first file first or the last one.
fn copy(to: &Path, is_reversed: bool) {
    let mut files: Vec<_> = tree(&example()).into_iter().collect();
    if is_reversed {
        files.reverse();
    }
    for (path, bytes) in files {
        put(to, &path, &bytes);
    }
}

/// Rights, times and numbers of all files and folders of a tree, by path.
fn about(root: &Path, tell: impl Fn(&fs::Metadata) -> String + Copy) -> Vec<(PathBuf, String)> {
    let mut all = vec![(root.to_owned(), tell(&fs::metadata(root).unwrap()))];
    for entry in fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        let metadata = fs::symlink_metadata(&path).unwrap();
        if metadata.is_dir() {
            all.extend(about(&path, tell));
        } else {
            all.push((path, tell(&metadata)));
        }
    }
    all.sort();
    all
}

#[test]
fn threads_zone_locale_umask_folder_and_order_of_files_change_nothing() {
    let root = tempfile::tempdir().unwrap();
    let (first, second) = (root.path().join("a"), root.path().join("another/place with blanks"));
    copy(&first, false);
    copy(&second, true);
    assert_eq!(run_build(&first, &[]).status.code(), Some(0));
    let wanted = tree(&first.join("site"));
    assert!(wanted.len() > 300, "the example is a site of some size");
    let environments: &[&[(&str, &str)]] = &[
        &[("RAYON_NUM_THREADS", "1")],
        &[("RAYON_NUM_THREADS", "2"), ("TZ", "Pacific/Kiritimati")],
        &[("RAYON_NUM_THREADS", "8"), ("TZ", "America/Los_Angeles"), ("LC_ALL", "tr_TR.UTF-8"), ("LANG", "tr_TR")],
        &[("LC_ALL", "C"), ("HOME", "/nonexistent"), ("USER", "nobody"), ("HOSTNAME", "elsewhere")],
    ];
    for (number, environment) in environments.iter().enumerate() {
        let out = root.path().join(format!("out-{number}"));
        let mut command = relbook(root.path(), &["build", "--today", TODAY, "--out"]);
        command.arg(&out).arg(&second).envs(environment.iter().copied());
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{environment:?}: {}", said(&output));
        assert_same_trees(&wanted, &tree(&out), &format!("{environment:?}"));
    }
}

#[test]
fn a_strict_umask_changes_neither_bytes_nor_rights() {
    let root = tempfile::tempdir().unwrap();
    let mut rights = Vec::new();
    for umask in ["000", "077"] {
        let folder = root.path().join(umask);
        copy(&folder, false);
        let script = format!("umask {umask} && exec \"$0\" build --today {TODAY}");
        let mut command = std::process::Command::new("sh");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_relbook")]).current_dir(&folder);
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let out = folder.join("site");
        let mode = |metadata: &fs::Metadata| format!("{:o}", metadata.mode() & 0o7777);
        let of_tree = about(&out, mode);
        let is_right = |(path, mode): &&(PathBuf, String)| *mode == if path.is_dir() { "755" } else { "644" };
        assert_eq!(of_tree.iter().find(|entry| !is_right(entry)), None, "umask {umask}");
        rights.push(tree(&out));
    }
    assert_same_trees(&rights[0], &rights[1], "two umasks");
}

#[test]
fn the_day_comes_from_the_environment_where_no_option_names_it() {
    let root = tempfile::tempdir().unwrap();
    copy(root.path(), false);
    assert_eq!(run_build(root.path(), &["--out", "by-option"]).status.code(), Some(0));
    // 22 November 2026, 23:59:59 UTC, which is the 23rd in Tokyo.
    let mut command = relbook(root.path(), &["build", "--out", "by-environment"]);
    let output = command.env("SOURCE_DATE_EPOCH", "1795391999").env("TZ", "Asia/Tokyo").output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert_same_trees(&tree(&root.path().join("by-option")), &tree(&root.path().join("by-environment")), "one day");
}

#[test]
fn a_second_build_touches_nothing() {
    let root = tempfile::tempdir().unwrap();
    copy(root.path(), false);
    assert_eq!(run_build(root.path(), &[]).status.code(), Some(0));
    let identity = |of: &fs::Metadata| format!("{} {}.{:09} {}", of.ino(), of.mtime(), of.mtime_nsec(), of.mode());
    let before = about(&root.path().join("site"), identity);
    let output = run_build(root.path(), &[]);
    assert!(said(&output).contains(" 0 written, "), "{}", said(&output));
    assert_eq!(before, about(&root.path().join("site"), identity));
}

#[test]
fn a_changed_record_changes_only_the_pages_that_show_it() {
    let root = tempfile::tempdir().unwrap();
    let record = |number: usize, title: &str| {
        let text = format!("---\ntitle: {title}\nconfiguration_items: [item-{number}]\nrelease_type: minor\n---\n");
        put(root.path(), &format!("releases/REL-{number}.md"), text.as_bytes());
    };
    (1..=20).for_each(|number| record(number, "Title"));
    assert_eq!(run_build(root.path(), &[]).status.code(), Some(0));
    let out = root.path().join("site");
    let identity = |of: &fs::Metadata| format!("{} {}.{:09}", of.ino(), of.mtime(), of.mtime_nsec());
    let (bytes, files) = (tree(&out), about(&out, identity));
    record(7, "Another");
    assert_eq!(run_build(root.path(), &[]).status.code(), Some(0));
    let changed: Vec<String> =
        tree(&out).into_iter().filter(|(path, text)| bytes.get(path) != Some(text)).map(|(path, _)| path).collect();
    let expected = [
        "api/v1/configuration-items/item-7.json",
        "api/v1/releases.csv",
        "api/v1/releases.json",
        "api/v1/releases/REL-7.json",
        "configuration-items/item-7.html",
        "index.html",
        "releases/REL-7.html",
        "releases/REL-7.md",
        "releases/index.html",
    ];
    let pages: Vec<&String> =
        changed.iter().filter(|path| !path.starts_with(".relbook/") && !path.starts_with("search/")).collect();
    assert!(pages.iter().all(|page| expected.contains(&page.as_str())), "{pages:?}");
    let touched = about(&out, identity).into_iter().filter(|entry| entry.0.is_file() && !files.contains(entry));
    let mut touched: Vec<String> =
        touched.map(|(path, _)| path.strip_prefix(&out).unwrap().display().to_string()).collect();
    touched.sort();
    assert_eq!(touched, changed, "files with equal bytes are the old ones");
}
