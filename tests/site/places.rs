//! What is said of a site as a whole: its address, its settings' text, and the folder that it is written to.

use std::fs;
use std::path::Path;

use super::harness::{check, folder, places, put, run_build, said, tree};

const RELEASE: &[u8] = b"---\ntitle: One\nconfiguration_items: [shop]\naliases: [old.html]\nrelease_type: minor\n---\n";

/// Bytes of `relbook.toml`, then what is found. A line more is a case more.
#[test]
fn the_settings_have_the_limits_of_a_record() {
    let long = |bytes: usize| [b"title = \"".to_vec(), vec![b'x'; bytes], b"\"\n".to_vec()].concat();
    let mebibyte = 1 << 20;
    let cases: [(Vec<u8>, &[&str]); 12] = [
        (b"".to_vec(), &[]),
        (b"title = \"A\"\n".to_vec(), &[]),
        (b"\xef\xbb\xbftitle = \"A\"\n".to_vec(), &[]),
        (b"title = \"A\"\r\nlanguage = \"en\"\r\n".to_vec(), &[]),
        (b"title = \"caf\xe9\"\n".to_vec(), &["RB001 relbook.toml:1"]),
        (b"title = \"A\"\r\n# \xff\n".to_vec(), &["RB001 relbook.toml:2"]),
        (b"\xff\xfet\x00i\x00".to_vec(), &["RB001 relbook.toml:1"]),
        (b"title = \"A\"\rlanguage = \"xx yy\"\r".to_vec(), &["RB102 relbook.toml:2"]),
        (b"title = \"A\x00\"\n".to_vec(), &["RB003 relbook.toml:1"]),
        (long(mebibyte), &["RB007 relbook.toml:1"]),
        ([long(9), vec![b'\n'; mebibyte]].concat(), &["RB007 relbook.toml:1"]),
        ([b"\xff".to_vec(), vec![b'\n'; mebibyte]].concat(), &["RB007 relbook.toml:1"]),
    ];
    for (bytes, expected) in cases {
        let site = folder("-- releases/x --\n");
        put(site.path(), "releases/REL-1.md", RELEASE);
        put(site.path(), "relbook.toml", &bytes);
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(40)]).into_owned();
        assert_eq!(places(&check(site.path(), None)), expected, "{shown:?}");
        let code = if expected.is_empty() { 0 } else { 1 };
        assert_eq!(run_build(site.path(), &[]).status.code(), Some(code), "{shown:?}");
    }
}

#[test]
fn a_record_is_read_no_further_than_its_limit() {
    let site = folder("-- releases/x --\n");
    // Sparse: reading it whole would take more memory than most machines have.
    let file = fs::File::create(site.path().join("releases/REL-1.md")).unwrap();
    file.set_len(1 << 40).unwrap();
    put(site.path(), "releases/REL-2.md", &[b"---\r\n".to_vec(), b"x: y\r\n".repeat(180_000)].concat());
    let found = places(&check(site.path(), None));
    assert_eq!(found, ["RB007 releases/REL-1.md:1", "RB007 releases/REL-2.md:1"]);
}

/// `base_url`, and the one that pages and sitemap have; nothing where it is refused. A line more is a case more.
const ADDRESSES: &[(&str, Option<&str>)] = &[
    ("https://releases.example.com", Some("https://releases.example.com/")),
    ("http://localhost:8080/docs/", Some("http://localhost:8080/docs/")),
    ("https://example.com/R&D/it's/", Some("https://example.com/R&amp;D/it&apos;s/")),
    ("HTTPS://Example.COM/Docs", Some("https://example.com/Docs/")),
    ("https://example.com/?site=1", None),
    ("https://example.com/#home", None),
    ("https://example.com/a b/", None),
    ("https://example.com/\\\"><script>alert(1)</script>", None),
    ("https://example.com/\\nSitemap: https://evil.example/", None),
    ("https://me:secret@example.com/", None),
    ("javascript:alert(1)", None),
    ("javascript://example.com/%0aalert(1)", None),
    ("ftp://example.com/", None),
    ("example.com", None),
    ("", None),
];

#[test]
fn the_sites_address_is_a_web_address_and_escaped_where_it_stands() {
    for (written, expected) in ADDRESSES {
        let site = folder("-- releases/x --\n");
        put(site.path(), "releases/REL-1.md", RELEASE);
        put(site.path(), "relbook.toml", format!("base_url = \"{written}\"\n").as_bytes());
        let output = run_build(site.path(), &[]);
        // What TOML escapes is the very thing on the command line.
        let on_command_line = written.replace("\\\"", "\"").replace("\\n", "\n");
        put(site.path(), "relbook.toml", b"");
        let by_option = run_build(site.path(), &["--out", "by-option", "--base-url", &on_command_line]);
        let Some(address) = expected else {
            assert_eq!((output.status.code(), by_option.status.code()), (Some(1), Some(2)), "{written}");
            assert!(said(&output).contains("]: this address "), "{written}: {}", said(&output));
            continue;
        };
        assert_eq!(
            (output.status.code(), by_option.status.code()),
            (Some(0), Some(0)),
            "{written}: {}",
            said(&by_option)
        );
        for out in ["site", "by-option"] {
            let text = |route: &str| fs::read_to_string(site.path().join(out).join(route)).unwrap();
            let sitemap = text("sitemap.xml");
            assert!(sitemap.contains(&format!("<loc>{address}releases/REL-1.html</loc>")), "{written}: {sitemap}");
            let plain = address.replace("&amp;", "&").replace("&apos;", "'");
            assert!(text("robots.txt").ends_with(&format!("Sitemap: {plain}sitemap.xml\n")), "{written}");
            for page in ["releases/REL-1.html", "old.html"] {
                let html = text(page);
                let canonical = html.split("rel=\"canonical\"").nth(1).and_then(|rest| rest.split('"').nth(1)).unwrap();
                let canonical = super::html::decode(canonical);
                assert_eq!(canonical, format!("{plain}releases/REL-1.html"), "{written} in {page}");
            }
        }
    }
}

/// Output folders in which a build would meet itself. A line more is a case more.
const OUTS: &[&str] = &[
    "releases/site",
    "releases/2026/site",
    "releases/REL-1/site",
    "changes",
    "changes/site",
    "pages/public",
    "calendar",
    "static/site",
    "static",
    "theme/site",
    "theme/templates/site",
    "release",
    "records",
];

#[test]
fn an_output_folder_is_never_input() {
    for out in OUTS {
        let site = folder(
            r#"
-- releases/REL-1/index.md --
---
title: One
configuration_items: [shop]
artefacts: [{kind: release-notes, file: new.md}]
release_type: minor
---
-- releases/REL-1/new.md --
---
title: I look like a record
release_type: minor
---
-- releases/REL-2.md --
---
title: Two
configuration_items: [shop]
release_type: minor
---
"#,
        );
        let built = || {
            let output = run_build(site.path(), &["--out", out]);
            assert_eq!(output.status.code(), Some(0), "{out}: {}", said(&output));
            let records = said(&output).lines().find(|line| line.contains(" records, ")).map(str::to_owned);
            assert!(records.is_some_and(|line| line.starts_with("2 records, ")), "{out}: {}", said(&output));
            tree(&site.path().join(out))
        };
        let first = built();
        assert_eq!(built().keys().collect::<Vec<_>>(), first.keys().collect::<Vec<_>>(), "{out}, built again");
        assert!(built() == built(), "{out}");
        // Another folder's build passes it over too.
        let elsewhere = run_build(site.path(), &["--out", "elsewhere"]);
        assert!(said(&elsewhere).contains("2 records, "), "{out}: {}", said(&elsewhere));
        let published = tree(&site.path().join("elsewhere"));
        assert!(!published.keys().any(|path| path.contains("site/") || path.contains("public/")), "{out}");
    }
}

const SETTINGS: &[u8] =
    b"[editions.customer]\ntypes = [\"release\"]\nkeys = [\"title\"]\n[editions.partner]\ntypes = [\"release\"]\nkeys = [\"title\"]\n";

fn site_with_editions() -> tempfile::TempDir {
    let site = folder("-- releases/x --\n");
    put(site.path(), "relbook.toml", SETTINGS);
    put(site.path(), "releases/REL-1.md", b"---\ntitle: Seen\naudience: customer\nconfiguration_items: [shop]\n---\n");
    put(site.path(), "releases/REL-2.md", b"---\ntitle: Hidden\nconfiguration_items: [shop]\n---\n");
    site
}

/// Builds one after the other, each with its exit code and the folder that it wrote. A line more is a case more.
const EDITIONS: &[&[(&[&str], i32, &str)]] = &[
    &[(&[], 0, "site"), (&["--edition", "customer"], 0, "site-customer"), (&[], 0, "site")],
    &[(&["--edition", "customer"], 0, "site-customer"), (&["--edition", "partner"], 0, "site-partner")],
    &[(&["--edition", "customer"], 0, "site-customer"), (&["--edition", "customer", "--drafts"], 0, "site-customer")],
    &[(&["--edition", "customer", "--out", "site"], 0, "site"), (&[], 2, "site")],
    &[(&["--edition", "customer", "--out", "site"], 0, "site"), (&["--out", "site", "--replace"], 0, "site")],
    &[(&["--edition", "customer", "--out", "site"], 0, "site"), (&["--out", "site"], 2, "site")],
    &[(&["--replace"], 2, "site")],
    &[
        (&[], 0, "site"),
        (&["--edition", "customer", "--out", "site"], 2, "site"),
        (&["--edition", "customer", "--out", "site", "--replace"], 0, "site"),
        (&["--edition", "partner"], 0, "site-partner"),
    ],
    &[
        (&["--edition", "partner", "--out", "site-customer"], 0, "site-customer"),
        (&["--edition", "customer"], 2, "site-customer"),
    ],
    &[(&["--out", "site-customer"], 0, "site-customer"), (&["--edition", "customer"], 2, "site-customer")],
    &[
        (&["--out", "site-customer"], 0, "site-customer"),
        (&["--edition", "customer", "--out", "site-customer", "--replace"], 0, "site-customer"),
    ],
    &[
        (&["--edition", "customer", "--out", "public"], 0, "public"),
        (&["--edition", "partner", "--out", "public"], 2, "public"),
        (&["--edition", "partner", "--out", "public", "--replace"], 0, "public"),
    ],
    &[(&["--edition", "nobody"], 2, "site-nobody")],
    &[(&["--edition", "../customer"], 2, "customer")],
];

#[test]
fn an_edition_has_a_folder_of_its_own() {
    for builds in EDITIONS {
        let site = site_with_editions();
        for (arguments, code, out) in *builds {
            let out = site.path().join(out);
            let before = out.exists().then(|| tree(&out));
            let output = run_build(site.path(), arguments);
            assert_eq!(output.status.code(), Some(*code), "{builds:?}, {arguments:?}: {}", said(&output));
            if *code == 2 {
                assert_eq!(out.exists().then(|| tree(&out)), before, "{builds:?}: nothing was touched");
                continue;
            }
            let shows_hidden = has(&out, "Hidden");
            assert_eq!(shows_hidden, !arguments.contains(&"--edition"), "{builds:?}, {arguments:?}");
        }
    }
}

fn has(folder: &Path, word: &str) -> bool {
    tree(folder).values().any(|bytes| bytes.windows(word.len()).any(|found| found == word.as_bytes()))
}

#[test]
fn the_refusal_says_what_the_folder_holds() {
    let site = site_with_editions();
    run_build(site.path(), &["--edition", "customer", "--out", "site"]);
    let said = said(&run_build(site.path(), &[]));
    let expected = "site holds the edition `customer`, and this build is the whole site: name the folder with --out";
    assert!(said.contains(expected), "{said}");
}

/// The name of an edition, and whether it may be one. A line more is a case more.
#[test]
fn the_name_of_an_edition_can_stand_in_a_folders() {
    for (name, is_name) in [
        ("customer", true),
        ("Partner-2", true),
        ("k\u{fc}nden_eu", true),
        ("", false),
        ("..", false),
        ("../up", false),
        ("a/b", false),
        ("a\\\\b", false),
        ("a b", false),
        ("a.", false),
        ("a:b", false),
        ("a\\nb", false),
        (&"x".repeat(65), false),
    ] {
        let site = folder("-- releases/x --\n");
        put(site.path(), "releases/REL-1.md", RELEASE);
        put(site.path(), "relbook.toml", format!("[editions.\"{name}\"]\ntypes = [\"release\"]\n").as_bytes());
        let found = places(&check(site.path(), None));
        assert_eq!(found.is_empty(), is_name, "{name}: {found:?}");
    }
}

/// What `content` says, where the record lies, and what comes of it. A line more is a case more.
#[test]
fn the_folder_of_the_records_is_named_as_people_write_it() {
    for (content, lies_in, expected) in [
        ("records", "records", Ok(())),
        ("records/", "records", Ok(())),
        ("./records", "records", Ok(())),
        ("docs//records", "docs/records", Ok(())),
        (".", ".", Ok(())),
        ("", ".", Ok(())),
        ("releases", "releases", Ok(())),
        ("../records", "records", Err("RB102")),
        ("a/../records", "records", Err("RB102")),
        ("/records", "records", Err("RB102")),
        ("a\\\\b", "records", Err("RB102")),
    ] {
        let site = folder("-- x --\n");
        put(site.path(), &format!("{lies_in}/releases/REL-1.md"), RELEASE);
        put(site.path(), "relbook.toml", format!("content = \"{content}\"\n").as_bytes());
        let output = run_build(site.path(), &[]);
        match expected {
            Ok(()) => {
                assert_eq!(output.status.code(), Some(0), "{content}: {}", said(&output));
                assert!(site.path().join("site/releases/REL-1.html").exists(), "{content}");
            }
            Err(code) => {
                assert_eq!(output.status.code(), Some(1), "{content}: {}", said(&output));
                assert!(said(&output).contains(code), "{content}: {}", said(&output));
            }
        }
    }
}

/// Settings that cannot be read, and so cannot tell where the records are, are the fault that is told.
#[test]
fn faulty_settings_are_told_before_missing_records() {
    for (bytes, code) in [
        (b"content = \"records\"\ntitle = \n".to_vec(), "RB003"),
        (b"content = \"records\" # caf\xe9\n".to_vec(), "RB001"),
        ([b"content = \"records\"\n".to_vec(), vec![b'\n'; 1 << 20]].concat(), "RB007"),
        (b"content = [\"records\"]\n".to_vec(), "RB101"),
        (b"contnet = \"records\"\n".to_vec(), "RB005"),
    ] {
        let site = folder("-- x --\n");
        put(site.path(), "records/releases/REL-1.md", RELEASE);
        put(site.path(), "relbook.toml", &bytes);
        let output = run_build(site.path(), &[]);
        assert_eq!(output.status.code(), Some(1), "{code}: {}", said(&output));
        assert!(said(&output).contains(code), "{}", said(&output));
        assert!(!site.path().join("site").exists());
    }
}
