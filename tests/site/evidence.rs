//! What an auditor takes away: who changed what when, the same bytes for the same commit, and nothing that is not known.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::harness::{assert_same_trees, folder, put, relbook, said, tree};
use super::repository::{commit_by, git};

const FILES: &str = r#"
-- releases/REL-1/index.md --
---
title: "=1+1 <script>alert(1)</script>"
release_type: patch
status: approved
artefacts: [{kind: installation-guide, file: guide.txt}, {kind: release-notes, url: "https://x.example/"}]
windows: [{start: 2026-11-10T22:00, end: 2026-11-10T23:00}]
approvals:
  - {role: Board, by: C. Chair, on: 2026-11-05, decision: approved}
---

## Rollback plan

Back.
-- releases/REL-1/guide.txt --
Press the button.
-- changes/CHG-1.md --
---
title: Before
change_type: normal
planned_date: 2026-10-31
---
-- changes/CHG-2.md --
---
title: First day
change_type: normal
planned_date: 2026-11-01
---
-- changes/CHG-3.md --
---
title: Over the last night
change_type: normal
windows: [{start: 2026-11-30T23:00, end: 2026-12-01T02:00}]
---
-- changes/CHG-4.md --
---
title: After
change_type: normal
windows: [{start: 2026-12-01T00:00, end: 2026-12-01T02:00}]
---
-- changes/CHG-5.md --
---
title: Without a day
change_type: normal
---
"#;

/// A repository in which the release was begun, and approved once more and put in progress later.
fn repository() -> tempfile::TempDir {
    let own = folder(FILES);
    git(own.path(), &["init", "--quiet", "--initial-branch=main"]);
    commit_by(own.path(), "Ann", "2026-11-06T12:00:00Z");
    let path = "releases/REL-1/index.md";
    let text = fs::read_to_string(own.path().join(path)).unwrap();
    let text = text.replace("status: approved\n", "status: in-progress\n").replace("Back.", "Back, quickly.");
    let text = text
        .replace("approved}\n", "approved}\n  - {role: Security, by: S. Ecure, on: 2026-11-08, decision: approved}\n");
    put(own.path(), path, text.as_bytes());
    commit_by(own.path(), "Ben", "2026-11-09T12:00:00Z");
    own
}

fn run(site: &Path, arguments: &[&str]) -> std::process::Output {
    let all = [&["evidence"], arguments].concat();
    relbook(site, &all).env_remove("SOURCE_DATE_EPOCH").output().unwrap()
}

/// Gathers into a folder beside the site's.
fn gathered(site: &Path, arguments: &[&str], out: &Path) {
    let to = out.to_str().unwrap();
    let output = run(site, &[arguments, &["--out", to]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))).unwrap()
}

#[test]
fn a_dossier_tells_who_changed_what_when_and_which_commit_wrote_an_approval() {
    let (own, out) = (repository(), tempfile::tempdir().unwrap());
    let out = out.path().join("out");
    gathered(own.path(), &["REL-1"], &out);
    let of = json(&out.join("releases/REL-1/dossier.json"));
    let revisions = of["revisions"].as_array().unwrap();
    let who: Vec<_> = revisions.iter().map(|of| (of["author"].as_str().unwrap(), of["at"].as_str().unwrap())).collect();
    assert_eq!(who, [("Ben", "2026-11-09T12:00:00Z"), ("Ann", "2026-11-06T12:00:00Z")]);
    let changes = revisions[0]["changes"].as_array().unwrap();
    let keys: Vec<&str> = changes.iter().map(|of| of["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["status", "approvals", "body: Rollback plan"]);
    assert_eq!((&changes[0]["was"], &changes[0]["is"]), (&"approved".into(), &"in-progress".into()));
    assert_eq!((&changes[2]["was"], &changes[2]["is"]), (&"Back.".into(), &"Back, quickly.".into()));
    let first = revisions[1]["changes"].as_array().unwrap();
    assert!(first.iter().all(|of| of["was"].is_null()) && first.len() > 6, "all of it was new: {first:?}");
    let recorded = of["record"]["plan"]["approvals_recorded"].as_array().unwrap();
    let by: Vec<&str> = recorded.iter().map(|of| of["author"].as_str().unwrap()).collect();
    assert_eq!(by, ["Ann", "Ben"]);
    assert_eq!(of["is_as_committed"], true);
    let text = fs::read_to_string(out.join("releases/REL-1/revisions/0001.md")).unwrap();
    assert!(text.contains("status: approved"), "{text}");
    let digest: String = Sha256::digest("Press the button.\n").iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(of["artefacts"][0]["sha256"], digest);
    let page = fs::read_to_string(out.join("releases/REL-1/index.html")).unwrap();
    assert!(page.contains(&digest) && page.contains("by Ben on 2026-11-09T12:00:00Z in "), "{page}");
    assert!(!page.contains("<script") && page.contains("&lt;script&gt;alert(1)"), "{page}");
}

#[test]
fn the_same_commit_gives_the_same_bytes_and_a_changed_byte_is_found() {
    let own = repository();
    let place = tempfile::tempdir().unwrap();
    git(place.path(), &["clone", "--quiet", own.path().to_str().unwrap(), "other"]);
    let [one, other] = ["one", "another"].map(|name| place.path().join(name));
    gathered(own.path(), &["REL-1", "--since", "2026-11-01"], &one);
    gathered(&place.path().join("other"), &["REL-1", "--since", "2026-11-01"], &other);
    assert_same_trees(&tree(&one), &tree(&other), "evidence of two clones");
    assert!(fs::read(place.path().join("one.zip")).unwrap() == fs::read(place.path().join("another.zip")).unwrap());
    let verify = |folder: &Path| relbook(place.path(), &["verify", folder.to_str().unwrap()]).output().unwrap();
    assert_eq!(verify(&one).status.code(), Some(0));
    let file = one.join("releases/REL-1/record.md");
    let mut bytes = fs::read(&file).unwrap();
    bytes[20] ^= 1;
    fs::write(&file, bytes).unwrap();
    let output = verify(&one);
    assert_eq!(output.status.code(), Some(1));
    let found = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(found.contains("releases/REL-1/record.md"), "{found}");
    let script = "import sys, zipfile, os\nz = zipfile.ZipFile(sys.argv[1])\nassert z.testzip() is None\n\
        for n in z.namelist():\n    assert z.read(n) == open(os.path.join(sys.argv[2], n), 'rb').read(), n\n\
        assert len(z.namelist()) == sum(len(f) for _, _, f in os.walk(sys.argv[2]))";
    match Command::new("python3").args(["-c", script]).arg(place.path().join("another.zip")).arg(&other).output() {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr)),
        Err(_) => eprintln!("SKIPPED: the ZIP by another implementation, for there is no python3"),
    }
}

#[test]
fn the_population_of_a_period_has_both_its_days_and_no_formulas() {
    let (own, out) = (repository(), tempfile::tempdir().unwrap());
    let out = out.path().join("out");
    gathered(own.path(), &["--since", "2026-11-01", "--until", "2026-11-30"], &out);
    let text = fs::read_to_string(out.join("population.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let ids: Vec<&str> = rows.iter().map(|row| &row[0]).collect();
    assert_eq!(ids, ["REL-1", "CHG-3", "CHG-2"]);
    assert!(rows[0][2].starts_with("'=1+1"), "{:?}", &rows[0]);
    for row in &rows {
        assert!(out.join(&row[19]).join("dossier.json").is_file(), "{row:?}");
    }
    let index = json(&out.join("index.json"));
    assert_eq!(
        index["period"],
        "The work from 2026-11-01 to 2026-11-30: 3 releases and changes. 1 more have no day, and are in no period."
    );
    assert_eq!(index["origin"]["day"], "2026-11-09", "as of the day of the commit");
}

#[test]
fn what_is_not_committed_and_what_is_in_no_repository_is_said() {
    let own = repository();
    let path = own.path().join("releases/REL-1/index.md");
    let text = fs::read_to_string(&path).unwrap().replace("in-progress", "deployed");
    fs::write(&path, text).unwrap();
    let place = tempfile::tempdir().unwrap();
    gathered(own.path(), &["REL-1"], &place.path().join("changed"));
    let of = json(&place.path().join("changed/releases/REL-1/dossier.json"));
    assert_eq!((&of["is_as_committed"], &of["record"]["status"]), (&false.into(), &"deployed".into()));
    let page = fs::read_to_string(place.path().join("changed/releases/REL-1/index.html")).unwrap();
    assert!(page.contains("The record differs from its last commit."), "{page}");
    let plain = folder(FILES);
    gathered(plain.path(), &["REL-1"], &place.path().join("plain"));
    let of = json(&place.path().join("plain/releases/REL-1/dossier.json"));
    assert_eq!((&of["revisions"], &of["is_as_committed"]), (&Value::Null, &Value::Null));
    let index = json(&place.path().join("plain/index.json"));
    assert!(index["origin"]["commit"].is_null() && index["origin"]["without_history"].is_string(), "{index}");
}

#[test]
fn what_cannot_be_gathered_is_refused_and_nothing_is_harmed() {
    let own = repository();
    let place = tempfile::tempdir().unwrap();
    let out = place.path().join("out");
    let refused = |arguments: &[&str]| {
        let output = run(own.path(), &[arguments, &["--out", out.to_str().unwrap()]].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", said(&output));
        said(&output)
    };
    let both = refused(&["REL-2", "CHG-11"]);
    assert!(both.contains("no record `REL-2`: did you mean `REL-1`?") && both.contains("no record `CHG-11`"), "{both}");
    assert!(refused(&["--since", "2030-01-01"]).contains("has its work from 2030-01-01 on"));
    assert!(refused(&["--since", "2026-02-01", "--until", "2026-01-01"]).contains("exchange the two days"));
    refused(&[]);
    assert!(!out.exists());
    fs::create_dir(&out).unwrap();
    fs::write(out.join("mine.txt"), "mine").unwrap();
    refused(&["REL-1"]);
    assert_eq!(fs::read_to_string(out.join("mine.txt")).unwrap(), "mine");
    fs::remove_dir_all(&out).unwrap();
    fs::write(place.path().join("out.zip"), "mine").unwrap();
    assert!(refused(&["REL-1"]).contains("is there already"));
    assert_eq!(fs::read_to_string(place.path().join("out.zip")).unwrap(), "mine");
    fs::remove_file(place.path().join("out.zip")).unwrap();
    gathered(own.path(), &["REL-1"], &out);
    gathered(own.path(), &["CHG-1"], &out);
    assert!(out.join("changes/CHG-1").is_dir() && !out.join("releases").exists(), "evidence is written over evidence");
}
