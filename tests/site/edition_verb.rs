//! `relbook editions`: who else may see what, and why.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::harness::{folder, relbook, run_build, said};

const FILES: &str = r#"
-- relbook.toml --
title = 'Inside'
base_url = 'https://inside.example/'
[editions.notes]
title = 'Release notes'
base_url = 'https://notes.example/all'
types = ['release']
keys = ['title', 'summary']
sections = ['Release notes']
[editions.all]
types = ['release', 'change']
keys = ['title']
-- releases/REL-1.md --
---
title: One
summary: It begins.
release_type: minor
audience: customer
owner: Ann
---

## Release notes

New.

## Business case

Money.
-- releases/REL-2.md --
---
title: Two
release_type: minor
draft: true
---
-- changes/CHG-1.md --
---
title: Three
change_type: normal
audience: customer
---
"#;

fn says(arguments: &[&str]) -> String {
    let folder = folder(FILES);
    let output = relbook(folder.path(), &[&["editions"], arguments].concat()).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn each_edition_has_its_name_address_folder_and_counts() {
    assert_eq!(
        says(&[]),
        "all\n  title: Inside\n  folder: site-all\n  address: https://inside.example/\n  2 records: 1 release, 1 change\n\
         notes\n  title: Release notes\n  folder: site-notes\n  address: https://notes.example/all/\n  1 record: 1 release\n"
    );
}

#[test]
fn a_record_is_explained_for_each_edition() {
    let of_one = says(&["--explain", "rel-1"]);
    assert_eq!(
        of_one,
        "REL-1  One\n\n\
         all: it is in this edition\n  keys that it shows: id, title, audience\n  \
         keys that `keys` does not list: summary, owner, release_type\n  \
         sections that `sections` does not list, or not as a whole: Release notes, Business case\n\n\
         notes: it is in this edition\n  keys that it shows: id, title, summary, audience\n  \
         keys that `keys` does not list: owner, release_type\n  \
         sections that it shows: Release notes\n  \
         sections that `sections` does not list, or not as a whole: Business case\n"
    );
    let of_two = says(&["--explain", "REL-2"]);
    let reasons = "it is not in this edition, for it is a draft, and its `audience` is not `customer`";
    assert_eq!(of_two, format!("REL-2  Two\n\nall: {reasons}\n\nnotes: {reasons}\n"));
    assert!(
        says(&["--explain", "CHG-1"])
            .contains("notes: it is not in this edition, for `types` does not list its kind\n")
    );
}

/// What is told is what a build does.
#[test]
fn an_edition_has_its_own_name_and_address() {
    let folder = folder(FILES);
    let at = folder.path();
    let built = |arguments: &[&str], site: &str| {
        let output = run_build(at, arguments);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let html = fs::read_to_string(at.join(site).join("releases/REL-1.html")).unwrap();
        let map = fs::read_to_string(at.join(site).join("sitemap.xml")).unwrap();
        (html, map)
    };
    let (html, map) = built(&["--edition", "notes"], "site-notes");
    assert!(html.contains("Release notes</title>"), "{html}");
    assert!(map.contains("<loc>https://notes.example/all/releases/REL-1.html</loc>"), "{map}");
    assert!(![&html, &map].iter().any(|text| text.contains("inside.example") || text.contains("Inside")));
    let (html, map) = built(&["--edition", "all"], "site-all");
    assert!(html.contains("Inside</title>"), "{html}");
    assert!(map.contains("https://inside.example/releases/REL-1.html"), "{map}");
    let (_, map) = built(&["--edition", "notes", "--base-url", "https://other.example/"], "site-notes");
    assert!(map.contains("https://other.example/releases/REL-1.html"), "{map}");
}

fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|of| of.file_type().is_file());
    let of_file = |of: walkdir::DirEntry| {
        let path = of.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        (path, fs::read(of.path()).unwrap())
    };
    files.map(of_file).collect()
}

/// All in one run are the same bytes as each for itself, with drafts and without, and faulty records write none.
#[test]
fn all_editions_are_built_in_one_run() {
    for more in [&[][..], &["--drafts"]] {
        let (one, all) = (folder(FILES), folder(FILES));
        let output = run_build(all.path(), &[&["--all-editions"], more].concat());
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let sites: [(&str, &[&str]); 3] =
            [("site", &[]), ("site-all", &["--edition", "all"]), ("site-notes", &["--edition", "notes"])];
        for (site, arguments) in sites {
            let output = run_build(one.path(), &[arguments, more].concat());
            assert_eq!(output.status.code(), Some(0), "{}", said(&output));
            let (expected, found) = (bytes(&one.path().join(site)), bytes(&all.path().join(site)));
            assert!(expected.len() > 5, "{site}");
            for (path, bytes) in &expected {
                assert!(found.get(path) == Some(bytes), "{site}/{path}");
            }
            assert_eq!(found.len(), expected.len(), "{site}");
        }
    }
    let faulty = folder(&format!("{FILES}-- releases/REL-3.md --\n---\ntitle: [\n---\n"));
    let output = run_build(faulty.path(), &["--all-editions"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(!["site", "site-all", "site-notes"].iter().any(|site| faulty.path().join(site).exists()));
}

#[test]
fn no_edition_and_no_record_are_said() {
    let none = folder("-- releases/REL-1.md --\n---\ntitle: One\nrelease_type: minor\n---\n");
    let output = relbook(none.path(), &["editions"]).output().unwrap();
    assert!(
        String::from_utf8_lossy(&output.stdout)
            .contains("there is no edition: add a table [editions.NAME] to relbook.toml")
    );
    let output = relbook(none.path(), &["editions", "--explain", "REL-9"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
}

/// What the home page says of the site is for its own readers: an edition says what is said of it, or nothing.
#[test]
fn a_site_and_each_edition_say_what_they_are() {
    let files = "-- relbook.toml --\nlead = \"For <us> alone.\"\n[editions.customer]\ntypes = [\"release\"]\nlead = \"What is new.\"\n\
                 [editions.partner]\ntypes = [\"release\"]\n-- releases/REL-1.md --\n---\ntitle: One\nrelease_type: patch\n\
                 audience: customer\n---\n";
    for (edition, said, unsaid) in [
        (None, "For <us> alone.", "What is new."),
        (Some("customer"), "What is new.", "alone"),
        (Some("partner"), "REL-1", "alone"),
    ] {
        let site = super::harness::site_with(files, |request| request.edition = edition.map(str::to_owned));
        let home = site.page("index.html").text();
        assert!(home.contains(said) && !home.contains(unsaid), "{edition:?}: {home}");
    }
}
