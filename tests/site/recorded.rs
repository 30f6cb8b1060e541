//! Which commit wrote an approval, in small repositories; and when git says that records were changed.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

use relbook::source::{Absent, Change, History, Ignore, Source, Sources, Wanted, load_history};
use rustc_hash::FxHashSet;

use super::harness::{TODAY, folder, put, relbook, run_build, said};
use super::html::Page;
use super::repository::{commit_by, git, git_says};

const RELEASE: &str = "releases/REL-1.md";

const FILES: &str = r"
-- relbook.toml --
[lints]
profile = 'records'
[editions.customer]
types = ['release']
keys = ['title', 'approvals', 'status', 'summary']
-- releases/REL-1.md --
---
title: One
summary: It begins.
audience: customer
status: approved
approvals:
---
";

const BOARD: &str = "  - {role: Board, by: C. Chair, on: 2026-11-05, decision: approved}\n";
const SECURITY: &str = "  - {role: Security, by: S. Ecure, on: 2026-11-06, decision: approved}\n";

/// Puts one text in the place of another in the release.
fn edit(folder: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(folder.join(RELEASE)).unwrap();
    assert!(text.contains(from), "{RELEASE} holds `{from}`");
    put(folder, RELEASE, text.replacen(from, to, 1).as_bytes());
}

fn approve(folder: &Path, approval: &str) {
    edit(folder, "\n---\n", &format!("\n{approval}---\n"));
}

/// A repository in which Ann began the release on 1 November.
fn begun() -> tempfile::TempDir {
    let folder = folder(FILES);
    git(folder.path(), &["init", "--quiet", "--initial-branch=main"]);
    commit_by(folder.path(), "Ann", "2026-11-01T12:00:00Z");
    folder
}

/// What the page of the release says of each approval: `Board: recorded by Ann on 5 Nov 2026 in 8baef1b4a0`.
fn recorded(folder: &Path, page: &str) -> Vec<String> {
    let output = run_build(folder, &[]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let html = fs::read_to_string(folder.join("site").join(page)).unwrap();
    rows(&html)
}

fn rows(html: &str) -> Vec<String> {
    let (_, section) = html.split_once("id=\"approvals\"").expect("approvals");
    let (section, _) = section.split_once("</section>").expect("it ends");
    let rows = section.split("<tr><th scope=\"row\"").skip(1).map(|row| {
        let text = Page::new("", format!("<p{row}</p>")).text();
        let role = text.split_whitespace().next().unwrap_or_default().to_owned();
        match text.split_once("recorded ") {
            Some((_, rest)) => format!("{role}: recorded {}", rest.trim()),
            None => role,
        }
    });
    rows.collect()
}

/// The first letters of a commit's name.
fn short(folder: &Path, commit: &str) -> String {
    git_says(folder, &["rev-parse", commit])[..10].to_owned()
}

#[test]
fn each_approval_has_the_commit_that_wrote_it() {
    let folder = begun();
    let at = folder.path();
    approve(at, BOARD);
    commit_by(at, "Ann", "2026-11-05T12:00:00Z");
    approve(at, SECURITY);
    edit(at, "title: One", "title: One, again");
    commit_by(at, "Bob", "2026-11-06T23:30:00Z");
    edit(at, "It begins.", "It ends.");
    commit_by(at, "Cleo", "2026-11-07T12:00:00Z");
    let expected = [
        format!("Board: recorded by Ann on 5 Nov 2026 in {}", short(at, "HEAD~2")),
        format!("Security: recorded by Bob on 6 Nov 2026 in {}", short(at, "HEAD~1")),
    ];
    assert_eq!(recorded(at, "releases/REL-1.html"), expected);
    // What is not committed was recorded by nobody yet, and of that nothing is said.
    edit(at, "on: 2026-11-06", "on: 2026-11-07");
    assert_eq!(recorded(at, "releases/REL-1.html"), [expected[0].as_str(), "Security"]);
    let output = run_build(at, &["--edition", "customer"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    let html = fs::read_to_string(at.join("site-customer/releases/REL-1.html")).unwrap();
    assert_eq!(rows(&html), ["Board", "Security"], "an edition tells of no commit");
    put(at, "relbook.toml", b"time_zone = 'Asia/Tokyo'\n[lints]\nprofile = 'records'\n");
    edit(at, "on: 2026-11-07", "on: 2026-11-06");
    assert_eq!(
        recorded(at, "releases/REL-1.html")[1],
        expected[1].replace("6 Nov", "7 Nov"),
        "a day of the site's zone"
    );
}

#[test]
fn what_was_taken_back_and_written_again_was_written_again() {
    let folder = begun();
    let at = folder.path();
    for (author, day, approval) in [("Ann", "05", BOARD), ("Bob", "06", ""), ("Cleo", "07", BOARD)] {
        put(at, RELEASE, super::harness::parts(FILES)[1].1.as_bytes());
        approve(at, approval);
        commit_by(at, author, &format!("2026-11-{day}T12:00:00Z"));
    }
    let expected = format!("Board: recorded by Cleo on 7 Nov 2026 in {}", short(at, "HEAD"));
    assert_eq!(recorded(at, "releases/REL-1.html"), [expected]);
}

#[test]
fn a_merge_writes_only_what_neither_side_has() {
    for site in ["", "deep/site/"] {
        let folder = folder(&FILES.replace("-- re", &format!("-- {site}re")));
        let at = &folder.path().join(site);
        git(at, &["init", "--quiet", "--initial-branch=main", &folder.path().display().to_string()]);
        commit_by(at, "Ann", "2026-11-01T12:00:00Z");
        git(at, &["switch", "--quiet", "--create", "other"]);
        approve(at, BOARD);
        commit_by(at, "Bob", "2026-11-05T12:00:00Z");
        git(at, &["switch", "--quiet", "main"]);
        edit(at, "approvals:", "owner: Ann\napprovals:");
        commit_by(at, "Cleo", "2026-11-06T12:00:00Z");
        let bob = short(at, "other");
        git(at, &["merge", "--quiet", "--no-commit", "--strategy=ours", "other"]);
        approve(at, BOARD);
        approve(at, SECURITY);
        commit_by(at, "Dora", "2026-11-07T12:00:00Z");
        let expected = [
            format!("Board: recorded by Bob on 5 Nov 2026 in {bob}"),
            format!("Security: recorded by Dora on 7 Nov 2026 in {}", short(at, "HEAD")),
        ];
        let mut found = recorded(at, "releases/REL-1.html");
        found.sort();
        assert_eq!(found, expected, "{site}");
    }
}

#[test]
fn a_record_that_moved_keeps_what_is_known_and_nothing_is_guessed() {
    let folder = begun();
    let at = folder.path();
    approve(at, BOARD);
    commit_by(at, "Ann", "2026-11-05T12:00:00Z");
    let expected = format!("Board: recorded by Ann on 5 Nov 2026 in {}", short(at, "HEAD"));
    git(at, &["mv", RELEASE, "releases/REL-2.md"]);
    commit_by(at, "Bob", "2026-11-06T12:00:00Z");
    assert_eq!(recorded(at, "releases/REL-2.html"), [expected.as_str()], "the same text in another place");
    git(at, &["mv", "releases/REL-2.md", RELEASE]);
    edit(at, "title: One", "title: Another");
    commit_by(at, "Cleo", "2026-11-07T12:00:00Z");
    assert_eq!(recorded(at, "releases/REL-1.html"), ["Board"], "moved and changed at once");
    put(at, "releases/REL-3.md", fs::read(at.join(RELEASE)).unwrap().as_slice());
    commit_by(at, "Dora", "2026-11-08T12:00:00Z");
    let dora = format!("Board: recorded by Dora on 8 Nov 2026 in {}", short(at, "HEAD"));
    assert_eq!(recorded(at, "releases/REL-3.html"), [dora], "a copy");
}

#[test]
fn a_text_that_cannot_be_read_is_no_text_without_approvals() {
    let folder = begun();
    let at = folder.path();
    approve(at, BOARD);
    commit_by(at, "Ann", "2026-11-05T12:00:00Z");
    edit(at, "title: One", "title: [One");
    commit_by(at, "Bob", "2026-11-06T12:00:00Z");
    edit(at, "title: [One", "title: One");
    commit_by(at, "Cleo", "2026-11-07T12:00:00Z");
    assert_eq!(recorded(at, "releases/REL-1.html"), ["Board"]);
}

#[test]
fn whoever_made_a_commit_is_data() {
    let names: [(&[u8], &str); 3] = [
        (b"A \"B\" <i>&amp;'C'", "recorded by A \"B\" i&amp;'C on"),
        ("A\u{202e}nn\u{1}\u{2066}".as_bytes(), "recorded by Ann on"),
        ("M\u{fc}ller\tX".as_bytes(), "recorded by M\u{fc}ller X on"),
    ];
    for (name, expected) in names {
        let folder = begun();
        approve(folder.path(), BOARD);
        commit_by(folder.path(), OsStr::from_bytes(name), "2026-11-05T12:00:00Z");
        let found = recorded(folder.path(), "releases/REL-1.html");
        assert!(found[0].contains(expected), "{found:?}");
    }
}

/// A name in bytes that are no UTF-8, as older programs wrote it.
#[test]
fn a_name_in_no_known_letters_is_shown_as_far_as_it_is_one() {
    let folder = begun();
    let at = folder.path();
    approve(at, BOARD);
    commit_by(at, "Jxrg", "2026-11-05T12:00:00Z");
    let commit = git_says(at, &["cat-file", "commit", "HEAD"]) + "\n";
    let (before, behind) = commit.split_once("author Jxrg").expect("an author");
    put(at, ".git/commit", &[before.as_bytes(), b"author J\xf6rg", behind.as_bytes()].concat());
    let commit = git_says(at, &["hash-object", "-t", "commit", "-w", ".git/commit"]);
    git(at, &["reset", "--quiet", "--hard", &commit]);
    let found = recorded(at, "releases/REL-1.html");
    assert!(found[0].contains("recorded by J\u{fffd}rg on 5 Nov 2026"), "{found:?}");
}

/// What a repository may hold that would have git tell something else, or start a program that leaves a mark.
const SETTINGS: &[&str] = &[
    "[log]\n\tshowSignature = true\n\tmailmap = true\n\tfollow = true\n\tshowRoot = false\n\tdiffMerges = on\n[gpg]\n\tprogram = RUN",
    "[format]\n\tpretty = raw\n[color]\n\tui = always\n\tdiff = always\n[core]\n\tquotePath = true\n\tabbrev = 4",
    "[diff]\n\texternal = RUN\n\trenames = copies\n\trelative = true\n\torderFile = nowhere\n\tnoprefix = true",
    "[diff \"x\"]\n\ttextconv = RUN\n\tcommand = RUN\n[filter \"x\"]\n\tclean = RUN\n\tsmudge = RUN\n\tprocess = RUN",
    "[core]\n\tpager = RUN\n\tfsmonitor = RUN\n\thooksPath = ..\n[pager]\n\tdiff-tree = RUN\n\trev-list = RUN",
    "[alias]\n\trev-list = !RUN\n\tdiff-tree = !RUN\n\tcat-file = !RUN\n\tls-tree = !RUN",
    "[i18n]\n\tlogOutputEncoding = ISO-8859-1\n[notes]\n\tdisplayRef = *",
    "[mailmap]\n\tfile = more",
];

#[test]
fn no_setting_of_the_repository_changes_what_is_told() {
    let folder = begun();
    let at = folder.path();
    put(at, ".mailmap", b"Somebody <a@example.com>\n");
    put(at, "more", b"Somebody <a@example.com>\n");
    put(at, ".gitattributes", b"* diff=x filter=x\n");
    approve(at, BOARD);
    commit_by(at, "J\u{f6}rg", "2026-11-05T12:00:00Z");
    git(at, &["notes", "add", "--message", "a note"]);
    let expected = recorded(at, "releases/REL-1.html");
    assert_eq!(expected, [format!("Board: recorded by J\u{f6}rg on 5 Nov 2026 in {}", short(at, "HEAD"))]);
    let (mark, run) = (at.join("ran"), at.join("run"));
    put(at, "run", format!("#!/bin/sh\necho ran >> {}\ncat\n", mark.display()).as_bytes());
    fs::set_permissions(&run, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let config = fs::read_to_string(at.join(".git/config")).unwrap();
    for setting in SETTINGS {
        let setting = setting.replace("RUN", &run.display().to_string());
        put(at, ".git/config", format!("{config}{setting}\n").as_bytes());
        assert_eq!(recorded(at, "releases/REL-1.html"), expected, "{setting}");
        assert!(!mark.exists(), "{setting}: started");
    }
    put(at, ".git/config", config.as_bytes());
    // Another commit in the place of this one, and another past.
    let tree = git_says(at, &["rev-parse", "HEAD^{tree}"]);
    let other = git_says(at, &["commit-tree", "-m", "other", &tree]);
    git(at, &["replace", "HEAD", &other]);
    put(at, ".git/info/grafts", format!("{}\n", git_says(at, &["rev-parse", "HEAD"])).as_bytes());
    assert_eq!(recorded(at, "releases/REL-1.html"), expected, "replaced");
}

#[test]
fn where_the_past_is_not_at_hand_one_note_says_so() {
    let nothing = folder(FILES);
    approve(nothing.path(), BOARD);
    let note = |folder: &Path| {
        let output = run_build(folder, &[]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let html = fs::read_to_string(folder.join("site/releases/REL-1.html")).unwrap();
        assert_eq!(rows(&html), ["Board"]);
        let said = said(&output);
        let notes: Vec<&str> = said.lines().filter(|line| line.contains("were changed")).collect();
        assert_eq!(notes.len(), 1, "{said}");
        notes[0]
            .trim_start_matches("note: the site does not tell when its records were changed, nor by which commit: ")
            .to_owned()
    };
    assert_eq!(note(nothing.path()), "the records are in no git repository that can be asked");
    git(nothing.path(), &["init", "--quiet"]);
    assert_eq!(note(nothing.path()), "nothing is committed yet");
    let folder = begun();
    approve(folder.path(), BOARD);
    commit_by(folder.path(), "Ann", "2026-11-05T12:00:00Z");
    let clones = tempfile::tempdir().unwrap();
    let from = format!("file://{}", folder.path().display());
    git(clones.path(), &["clone", "--quiet", "--depth=1", &from, "clone"]);
    assert!(note(&clones.path().join("clone")).starts_with("the clone is shallow: fetch the whole history"));
    let output = relbook(nothing.path(), &["check", "--today", TODAY]).output().unwrap();
    assert!(!said(&output).contains("were changed"), "a check tells of no commit");
    edit(nothing.path(), BOARD, "");
    let quiet = run_build(nothing.path(), &[]);
    assert!(!said(&quiet).contains("were changed"), "whoever keeps no history and approves nothing is told nothing");
}

/// What git tells of the release, with some text in its place.
fn history(folder: &Path, text: &str) -> Result<History, Absent> {
    let (ignore, _) = Ignore::new([]);
    let wanted = Wanted { site: folder, content: "", folders: &["releases"], near: |_| None, ignore: &ignore };
    let mut sources = Sources::default();
    sources.add(Source::new(RELEASE, text.to_owned()));
    load_history(&wanted, &FxHashSet::default(), &sources, TODAY.parse().unwrap())
}

fn seconds(change: Change<'_>) -> (Option<&str>, String) {
    (change.commit.map(|commit| commit.author.as_str()), change.at.expect("a time").to_string())
}

#[test]
fn the_first_change_and_the_last() {
    let folder = begun();
    let at = folder.path();
    for (author, day) in [("Bob", "09"), ("Cleo", "03")] {
        edit(at, "title: One", &format!("title: One, by {author}"));
        commit_by(at, author, &format!("2026-11-{day}T12:00:00Z"));
        put(at, "releases/REL-2.md", author.as_bytes());
    }
    git(at, &["update-index", "--add", "--cacheinfo", &format!("160000,{},releases/other", "1".repeat(40))]);
    commit_by(at, "Dora", "2026-11-20T12:00:00Z");
    let text = fs::read_to_string(at.join(RELEASE)).unwrap();
    let of_now = history(at, &text).unwrap();
    assert_eq!(of_now.first(RELEASE).map(seconds), Some((Some("Ann"), "2026-11-01T12:00:00Z".to_owned())));
    assert_eq!(seconds(of_now.last(RELEASE)), (Some("Cleo"), "2026-11-09T12:00:00Z".to_owned()), "time goes on");
    let changed = history(at, &format!("{text}more")).unwrap();
    assert_eq!(seconds(changed.last(RELEASE)), (None, "2026-11-22T12:00:00Z".to_owned()), "today");
    assert_eq!(changed.first(RELEASE), of_now.first(RELEASE));
    assert_eq!(of_now.first("releases/REL-9.md"), None);
    assert_eq!(seconds(of_now.last("releases/REL-9.md")).0, None);
    // Other line ends are the same text.
    put(at, RELEASE, text.replace('\n', "\r\n").as_bytes());
    commit_by(at, "Eve", "2026-11-21T12:00:00Z");
    assert_eq!(seconds(history(at, &text).unwrap().last(RELEASE)).0, Some("Eve"));
}

/// A page says who changed its record last, and where the past is not known nothing; an edition tells the day alone.
#[test]
fn a_page_tells_of_the_last_change() {
    let folder = begun();
    let at = folder.path();
    edit(at, "title: One", "title: Two");
    commit_by(at, "Bob <i>", "2026-11-09T12:00:00Z");
    let changed = |arguments: &[&str], site: &str| {
        let output = run_build(at, &[arguments, &["--base-url", "https://a.example/"]].concat());
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let html = fs::read_to_string(at.join(site).join("releases/REL-1.html")).unwrap();
        let (_, foot) = html.split_once("<footer class=\"foot\">").expect("a foot");
        let foot = Page::new("", foot.to_owned()).text();
        let map = fs::read_to_string(at.join(site).join("sitemap.xml")).unwrap();
        let line = map.lines().find(|line| line.contains("releases/REL-1.html")).expect("the page's line").to_owned();
        (
            foot.split("As data").next().unwrap().trim().to_owned(),
            line.contains("<lastmod>2026-11-09T12:00:00Z</lastmod>"),
        )
    };
    let (foot, is_dated) = changed(&[], "site");
    let commit = short(at, "HEAD");
    assert!(foot.starts_with(&format!("Last change: 9 Nov 2026, by Bob i , in {commit}")), "{foot}");
    assert!(is_dated);
    let (foot, is_dated) = changed(&["--edition", "customer"], "site-customer");
    assert_eq!(foot, "Last change: 9 Nov 2026");
    assert!(is_dated);
    edit(at, "title: Two", "title: Three");
    let (foot, is_dated) = changed(&[], "site");
    assert!(!foot.contains("Last change"), "{foot}");
    assert!(!is_dated, "what is not committed was changed today");
}

/// The site lies below the top of the repository, beside what is no record's.
#[test]
fn what_else_the_repository_holds_changes_nothing() {
    let folder = folder("");
    let (top, site) = (folder.path(), folder.path().join("docs/site"));
    git(top, &["init", "--quiet", "--initial-branch=main"]);
    let text = "---\ntitle: One\n---\n";
    let commit = |author: &str, day: u8| commit_by(top, author, &format!("2026-11-{day:02}T12:00:00Z"));
    put(top, "code/main.txt", b"1");
    commit("Zoe", 1);
    put(&site, RELEASE, text.as_bytes());
    put(top, "code/main.txt", b"2");
    commit("Ann", 2);
    put(top, "releases/REL-1.md", b"no record of this site");
    put(&site, "README.md", b"nor this");
    commit("Zoe", 3);
    let authors = || {
        let history = history(&site, text).unwrap();
        let author = |change: Option<Change<'_>>| change.and_then(|of| of.commit).map(|of| of.author.clone());
        (author(history.first(RELEASE)), author(Some(history.last(RELEASE))))
    };
    let name = |name: &str| Some(name.to_owned());
    assert_eq!(authors(), (name("Ann"), name("Ann")));
    // What was elsewhere for a time is what it was.
    git(top, &["mv", "docs/site/releases/REL-1.md", "docs/site/REL-1.txt"]);
    commit("Bob", 4);
    git(top, &["mv", "docs/site/REL-1.txt", "docs/site/releases/REL-1.md"]);
    commit("Cleo", 5);
    assert_eq!(authors(), (name("Ann"), name("Cleo")));
    // A merge takes what one of both sides has.
    git(top, &["checkout", "--quiet", "-b", "side"]);
    put(&site, "changes/CHG-1.md", b"---\ntitle: Two\n---\n");
    commit("Dora", 6);
    git(top, &["checkout", "--quiet", "main"]);
    put(top, "code/main.txt", b"3");
    commit("Zoe", 7);
    git(top, &["merge", "--quiet", "--no-ff", "--message", "merge", "side"]);
    assert_eq!(authors(), (name("Ann"), name("Cleo")));
}
