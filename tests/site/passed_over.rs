//! Nothing that looks like a record is passed over in silence, and nothing else makes a noise.

use std::path::Path;
use std::process::Output;

use tempfile::TempDir;

use super::harness::{check, folder, places, put, run_build, said, tree};

const RELEASE: &str = "---\ntitle: One\nconfiguration_items: [shop]\nrelease_type: minor\n---\n";

/// A path with how its file begins, then the record that it makes or the place of the finding that names it.
/// A line more is a case more.
const FILES: &[(&str, &str, Outcome)] = &[
    // Records, whatever their ending.
    ("releases/A.markdown", RELEASE, Outcome::Record("releases/A.html")),
    ("releases/A.MD", RELEASE, Outcome::Record("releases/A.html")),
    ("releases/A.Markdown", RELEASE, Outcome::Record("releases/A.html")),
    ("releases/A/index.MD", RELEASE, Outcome::Record("releases/A.html")),
    ("releases/2026/A/index.markdown", RELEASE, Outcome::Record("releases/A.html")),
    ("releases/v4.12.md", RELEASE, Outcome::Record("releases/v4.12.html")),
    ("pages/unread-me.md", "---\ntitle: P\n---\n", Outcome::Record("pages/unread-me.html")),
    // Other endings.
    ("releases/A.mdx", RELEASE, Outcome::Named),
    ("releases/A.mkd", "# No front matter\n", Outcome::Named),
    ("releases/A.qmd", RELEASE, Outcome::Named),
    ("releases/A.txt", RELEASE, Outcome::Named),
    ("releases/A.md.txt", RELEASE, Outcome::Named),
    ("releases/A.adoc", RELEASE, Outcome::Named),
    ("releases/A.rst", "+++\ntitle = \"T\"\n+++\n", Outcome::Named),
    ("releases/A", RELEASE, Outcome::Named),
    ("releases/A/index.mdx", RELEASE, Outcome::Named),
    ("releases/index.md", RELEASE, Outcome::Named),
    ("releases/A.txt", "Just a text.\n", Outcome::Quiet),
    ("releases/A.txt", "---\nA drawn line.\n", Outcome::Quiet),
    ("releases/A.yaml", RELEASE, Outcome::Quiet),
    ("releases/A.pdf", "", Outcome::Quiet),
    // Folders that are nearly right, and files in none.
    ("release/A.md", RELEASE, Outcome::Named),
    ("Releases/2026/A.md", RELEASE, Outcome::Named),
    ("relaeses/A.mdx", RELEASE, Outcome::Named),
    ("Changes/A.md", RELEASE, Outcome::Named),
    ("known_errors/A.md", RELEASE, Outcome::Named),
    ("known errors/A.md", RELEASE, Outcome::Named),
    ("known-issues/A.md", RELEASE, Outcome::Named),
    ("cis/A.md", RELEASE, Outcome::Named),
    ("calender/A.md", RELEASE, Outcome::Named),
    ("REL-2.md", RELEASE, Outcome::Named),
    ("REL-2.mdx", RELEASE, Outcome::Named),
    ("REL-2.txt", RELEASE, Outcome::Named),
    ("CHANGELOG.md", "# Changes\n", Outcome::Quiet),
    ("README.md", RELEASE, Outcome::Quiet),
    ("release/deploy.sh", "#!/bin/sh\n", Outcome::Quiet),
    ("release/README.md", "# How we release\n", Outcome::Quiet),
    ("docs/A.md", RELEASE, Outcome::Quiet),
    ("images/A.md", RELEASE, Outcome::Quiet),
    // Left alone.
    ("releases/README.md", RELEASE, Outcome::Quiet),
    ("releases/2026/readme.MD", "How we number.\n", Outcome::Quiet),
    ("releases/Readme.de.md", "Wie wir z\u{e4}hlen.\n", Outcome::Quiet),
    ("releases/_index.md", RELEASE, Outcome::Quiet),
    ("releases/_drafts/A.md", RELEASE, Outcome::Quiet),
    ("releases/_drafts/A/index.md", RELEASE, Outcome::Quiet),
    ("releases/REL-1b/_notes.md", RELEASE, Outcome::Quiet),
    ("_releases/A.md", RELEASE, Outcome::Quiet),
    ("releases/.A.md", RELEASE, Outcome::Quiet),
    ("releases/.A.md.swp", RELEASE, Outcome::Quiet),
    ("releases/A.md~", RELEASE, Outcome::Quiet),
    ("releases/.obsidian/A.md", RELEASE, Outcome::Quiet),
];

#[derive(Debug, Clone, Copy, PartialEq)]
enum Outcome {
    /// It is a record with this page.
    Record(&'static str),
    /// RB009 names it, once, and nothing is published of it.
    Named,
    /// Nothing is said and nothing published.
    Quiet,
}

/// A site of one release, with one more file.
fn site_with(path: &str, text: &str) -> TempDir {
    let site =
        folder("-- releases/REL-1.md --\n---\ntitle: First\nconfiguration_items: [shop]\nrelease_type: minor\n---\n");
    put(site.path(), path, text.as_bytes());
    site
}

#[test]
fn what_looks_like_a_record_is_read_or_named() {
    let mut wrong = Vec::new();
    for (path, text, expected) in FILES {
        let site = site_with(path, text);
        let output = run_build(site.path(), &[]);
        let found = places(&check(site.path(), None));
        let is_new = |page: &String| !["releases/REL-1.html", "releases/index.html"].contains(&page.as_str());
        let is_record = |page: &String| page.starts_with("releases/") || page.starts_with("pages/");
        let is_page = |page: &String| page.ends_with(".html") && is_new(page) && is_record(page);
        let made: Vec<String> = tree(&site.path().join("site")).into_keys().filter(is_page).collect();
        let (expected_found, expected_made) = match expected {
            Outcome::Record(page) => (vec![], vec![page.to_string()]),
            Outcome::Named => (vec![format!("RB009 {path}:1")], vec![]),
            Outcome::Quiet => (vec![], vec![]),
        };
        if output.status.code() != Some(0) || (&found, &made) != (&expected_found, &expected_made) {
            wrong.push(format!("{path} {expected:?}: found {found:?}, made {made:?}\n{}", said(&output)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Pattern, file below the site's folder, whether it is left out. A line more is a case more.
const IGNORED: &[(&str, &str, bool)] = &[
    ("*.txt", "releases/A.txt", true),
    ("/releases/old/", "releases/old/A.md", true),
    ("old/", "releases/deep/old/A.mdx", true),
    ("release/", "release/A.md", true),
    ("known_errors", "known_errors/A.md", true),
    ("REL-2.md", "REL-2.md", true),
    ("releases/A.*", "releases/A.md", true),
    ("releases/**/A.md", "releases/1/2/A.md", true),
    ("static/*.log", "static/a.log", true),
    ("*.log", "static/deep/a.log", true),
    ("/A.mdx", "releases/A.mdx", false),
    ("a.mdx", "releases/A.mdx", false),
    ("matches-nothing/", "releases/A.mdx", false),
];

#[test]
fn names_that_begin_with_a_line_are_told_in_one_note() {
    let site = site_with("releases/_index.md", RELEASE);
    let notes = || check(site.path(), None).notes;
    let because = "names that begin with `_` are no records";
    assert_eq!(notes(), [format!("left alone releases/_index.md: {because}")]);
    for path in ["releases/_drafts/A.md", "releases/_drafts/B/index.md", "releases/_drafts/a.pdf", "releases/README.md"]
    {
        put(site.path(), path, RELEASE.as_bytes());
    }
    assert_eq!(notes(), [format!("left alone releases/_drafts/A.md and 2 more: {because}")]);
}

#[test]
fn what_the_settings_ignore_is_as_if_it_were_not_there() {
    for (pattern, path, is_ignored) in IGNORED {
        let site = site_with(path, RELEASE);
        put(site.path(), "relbook.toml", format!("ignore = [\"{pattern}\"]\n").as_bytes());
        let checked = check(site.path(), None);
        assert_eq!(checked.report.findings().is_empty(), *is_ignored, "{pattern}: {path}");
        assert!(checked.notes.is_empty(), "{pattern}: {:?}", checked.notes);
        let output = run_build(site.path(), &[]);
        assert_eq!(output.status.code(), Some(0), "{pattern}: {}", said(&output));
        for published in [path.trim_start_matches("static/"), "releases/A.html"] {
            assert!(!site.path().join("site").join(published).exists(), "{pattern}: {published}");
        }
    }
}

/// A file of `static`, and whether it is published, passed over with a note, or without one. A line more is a case more.
const STATIC: &[(&str, Fate)] = &[
    (".nojekyll", Fate::Published),
    (".htaccess", Fate::Published),
    (".domains", Fate::Published),
    ("CNAME", Fate::Published),
    (".well-known/security.txt", Fate::Published),
    ("deep/.htaccess", Fate::Published),
    ("web.config", Fate::Published),
    (".env", Fate::Named),
    (".env.production", Fate::Named),
    (".npmrc", Fate::Named),
    (".ssh/id_ed25519", Fate::Named),
    ("deep/.secret", Fate::Named),
    ("a b.txt", Fate::Named),
    (".git/config", Fate::Quiet),
    (".gitignore", Fate::Quiet),
    (".gitkeep", Fate::Quiet),
    (".DS_Store", Fate::Quiet),
    ("deep/Thumbs.db", Fate::Quiet),
    ("desktop.ini", Fate::Quiet),
    ("page.html~", Fate::Quiet),
    (".page.html.swp", Fate::Quiet),
    ("page.swo", Fate::Quiet),
    (".#page.html", Fate::Quiet),
    ("#page.html#", Fate::Quiet),
    ("._logo.png", Fate::Quiet),
];

#[derive(Debug, Clone, Copy, PartialEq)]
enum Fate {
    Published,
    Named,
    Quiet,
}

#[test]
fn hidden_files_of_static_are_published_or_named() {
    let mut wrong = Vec::new();
    for (name, expected) in STATIC {
        let site = site_with(&format!("static/{name}"), "x");
        let output = run_build(site.path(), &[]);
        let is_published = site.path().join("site").join(name).exists();
        // A hidden folder is named as a whole.
        let first = name.split_inclusive('/').find(|part| part.starts_with('.')).unwrap_or(name).trim_end_matches('/');
        let is_named = said(&output).contains("note: passed over static/") && said(&output).contains(first);
        let fate = match (is_published, is_named) {
            (true, false) => Fate::Published,
            (false, true) => Fate::Named,
            (false, false) => Fate::Quiet,
            (true, true) => panic!("{name} is published and named:\n{}", said(&output)),
        };
        if fate != *expected || output.status.code() != Some(0) {
            wrong.push(format!("{name}: {fate:?}\n{}", said(&output)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What stands in the place of what, made by the function; then the exit code, and a word of what is said. Nothing of
/// what lies outside is ever published. A line more is a case more.
const PLACES: &[(&str, Make, i32, &str)] = &[
    ("static", link_out, 2, "static is a symbolic link to ../outside"),
    ("theme", link_out, 2, "theme is a symbolic link"),
    ("changes", link_out, 2, "changes is a symbolic link"),
    ("pages", link_out, 2, "pages is a symbolic link"),
    ("releases", link_out, 2, "releases is a symbolic link"),
    ("static", link_to_releases, 2, "static is a symbolic link to releases"),
    ("changes", link_to_releases, 2, "changes is a symbolic link to releases"),
    ("known-errors", link_to_nothing, 2, "known-errors is a symbolic link"),
    ("relbook.toml", link_out, 2, "relbook.toml is a symbolic link"),
    ("relbook.toml", fifo, 2, "relbook.toml is neither a file nor a folder"),
    ("relbook.toml", make_folder, 2, "relbook.toml is a folder"),
    ("relbook.toml", socket, 2, "relbook.toml is neither a file nor a folder"),
    ("static", fifo, 0, "passed over static: a folder is expected"),
    ("theme", fifo, 0, "passed over theme: a folder is expected"),
    ("changes", fifo, 0, "passed over changes: a folder is expected"),
    ("changes", file, 0, "passed over changes: a folder is expected, and this is a file"),
    ("static/a.txt", fifo, 0, "passed over static/a.txt: neither"),
    ("static/a.txt", link_out, 0, "passed over static/a.txt: a symbolic link"),
    ("static/deep", link_out, 0, "passed over static/deep: a symbolic link"),
    ("static/a.sock", socket, 0, "passed over static/a.sock: neither"),
    ("theme/templates", link_out, 0, "passed over theme/templates: a symbolic link"),
    ("theme/assets/a.css", fifo, 0, "passed over theme/assets/a.css: neither"),
    ("releases/2026", link_out, 0, "passed over releases/2026: a symbolic link"),
    ("releases/A.md", fifo, 0, "RB009"),
    ("releases/A.md", link_out, 0, "RB009"),
    ("releases/A.md", socket, 0, "RB009"),
    ("releases/A.pdf", link_out, 0, "passed over releases/A.pdf: a symbolic link"),
    ("release", link_out, 0, "1 record,"),
    ("REL-2.md", fifo, 0, "1 record,"),
];

type Make = fn(&Path);

fn link_out(path: &Path) {
    // As many steps up as the path is deep below the folder that holds site and outside.
    let target = match path.parent().unwrap().file_name().unwrap().to_str().unwrap() {
        "site-folder" => "../outside".to_owned(),
        _ => path
            .ancestors()
            .find(|above| above.ends_with("site-folder"))
            .unwrap()
            .join("../outside")
            .display()
            .to_string(),
    };
    std::os::unix::fs::symlink(target, path).unwrap();
}

fn link_to_releases(path: &Path) {
    std::os::unix::fs::symlink("releases", path).unwrap();
}

fn link_to_nothing(path: &Path) {
    std::os::unix::fs::symlink("nowhere", path).unwrap();
}

fn fifo(path: &Path) {
    let made = std::process::Command::new("mkfifo").arg(path).status().unwrap();
    assert!(made.success());
}

fn socket(path: &Path) {
    std::os::unix::net::UnixListener::bind(path).unwrap();
}

fn make_folder(path: &Path) {
    std::fs::create_dir(path).unwrap();
}

fn file(path: &Path) {
    std::fs::write(path, "").unwrap();
}

/// Every verb that reads the site, with what it must not do.
#[test]
fn what_stands_in_the_place_of_a_folder_or_a_file_is_looked_at_first() {
    let mut wrong = Vec::new();
    for (place, make, code, word) in PLACES {
        let root = tempfile::tempdir().unwrap();
        for path in ["ledger.txt", "A.md", "templates/base.html", "index.html"] {
            put(&root.path().join("outside"), path, b"---\ntitle: CANARY\n---\nCANARY\n");
        }
        let site = root.path().join("site-folder");
        if *place != "releases" {
            put(&site, "releases/REL-1.md", b"---\ntitle: First\nconfiguration_items: [shop]\n---\n");
        }
        put(&site, "pages-are-here/x", b"");
        std::fs::create_dir_all(site.join(place).parent().unwrap()).unwrap();
        make(&site.join(place));
        let output: Output = run_build(&site, &[]);
        let published = site.join("site");
        let leaks =
            published.exists() && tree(&published).values().any(|bytes| bytes.windows(6).any(|six| six == b"CANARY"));
        if output.status.code() != Some(*code) || !said(&output).contains(word) || leaks {
            wrong.push(format!("{place} {word} (leaks: {leaks}): {:?}\n{}", output.status, said(&output)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_folder_is_named_once_and_the_settings_say_where_records_are() {
    let site = site_with("release/A.md", RELEASE);
    for path in ["release/B.md", "release/2026/C.md", "release/D.mdx"] {
        put(site.path(), path, RELEASE.as_bytes());
    }
    assert_eq!(places(&check(site.path(), None)), ["RB009 release/2026/C.md:1"], "the first in order of path");
    let moved = folder(
        "-- docs/records/releases/REL-1.md --\n---\ntitle: First\nconfiguration_items: [shop]\nrelease_type: minor\n---\n",
    );
    put(moved.path(), "relbook.toml", b"title = \"A\"\ncontent = \"docs/records\"\n");
    put(moved.path(), "releases/REL-2.md", RELEASE.as_bytes());
    put(moved.path(), "releases/REL-3.md", RELEASE.as_bytes());
    put(moved.path(), "docs/records/release/REL-4.md", RELEASE.as_bytes());
    put(moved.path(), "REL-5.md", RELEASE.as_bytes());
    put(moved.path(), "docs/records/REL-6.md", RELEASE.as_bytes());
    let found = places(&check(moved.path(), None));
    assert_eq!(found, ["RB009 REL-6.md:1", "RB009 relbook.toml:2", "RB009 release/REL-4.md:1"]);
    let ignored =
        "content = \"docs/records\"\nignore = [\"/releases\", \"/docs/records/REL-6.md\", \"docs/records/release/\"]\n";
    put(moved.path(), "relbook.toml", ignored.as_bytes());
    assert_eq!(places(&check(moved.path(), None)), [""; 0], "patterns are seen from the folder of relbook.toml");
}

/// `content`, and which part of it is a link. A line more is a case more.
#[test]
fn the_folder_of_the_records_is_looked_at_in_all_its_parts() {
    for (content, link) in [
        ("records", "records"),
        ("docs/records", "docs"),
        ("docs/records", "docs/records"),
        ("a/b/c", "a/b"),
        ("./records", "records"),
    ] {
        let root = tempfile::tempdir().unwrap();
        put(&root.path().join("outside"), "releases/REL-1.md", RELEASE.as_bytes());
        let below = content.trim_start_matches("./").strip_prefix(link).unwrap().trim_start_matches('/');
        put(&root.path().join("outside").join(below), "releases/REL-1.md", RELEASE.as_bytes());
        let site = root.path().join("site-folder");
        put(&site, "relbook.toml", format!("content = \"{content}\"\n").as_bytes());
        std::fs::create_dir_all(site.join(link).parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(root.path().join("outside"), site.join(link)).unwrap();
        let output = run_build(&site, &[]);
        assert_eq!(output.status.code(), Some(2), "{content}: {}", said(&output));
        assert!(said(&output).contains(&format!("{link} is a symbolic link to ")), "{content}: {}", said(&output));
    }
}

#[test]
fn a_folder_with_a_near_name_alone_is_told_as_the_one_that_is_meant() {
    let site = folder("-- known_errors/KE-1.md --\n---\ntitle: One\n---\n");
    let said = said(&run_build(site.path(), &[]));
    assert!(said.contains("there is `known_errors`: should it be `known-errors`?"), "{said}");
}
