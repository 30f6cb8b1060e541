//! What `relbook check --since` finds in small repositories, and what keeps it from running.

use std::fs;
use std::path::Path;

use super::harness::{TODAY, put, relbook};
use super::repository::{commit, git, repository};

const FILES: &str = r"
-- releases/REL-1.md --
---
title: One
status: approved
configuration_items: [shop]
---
-- releases/REL-2.md --
---
title: Two
status: rolled-back
configuration_items: [shop]
---
-- changes/CHG-1.md --
---
title: A change
status: draft
configuration_items: [shop]
---
-- known-errors/KE-1.md --
---
title: An error
status: confirmed
configuration_items: [shop]
---
-- problems/PRB-1.md --
---
title: A problem
status: resolved
---
";

/// The lints of these tests: structure, and what compares with a revision. The process has tests of its own.
fn is_of_history(finding: &str) -> bool {
    ["RB0", "RB1", "RB2", "RB303", "RB315", "RB316"].iter().any(|code| finding.contains(&format!(" {code}")))
}

/// The exit code, and the findings: `releases/REL-1.md:3 RB303`.
fn check(folder: &Path, arguments: &[&str]) -> (i32, Vec<String>) {
    let all = [&["check", "--today", TODAY, "--format", "short"], arguments].concat();
    let output = relbook(folder, &all).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let finding = |line: &str| {
        let (place, rest) = line.split_once(": ").expect("a place");
        let (path_and_line, _) = place.rsplit_once(':').expect("a column");
        let code = rest.split_once('[').and_then(|(_, rest)| rest.split_once(' ')).expect("a code").0;
        format!("{path_and_line} {code}")
    };
    (output.status.code().unwrap(), said.lines().map(finding).filter(|finding| is_of_history(finding)).collect())
}

fn edit(folder: &Path, path: &str, from: &str, to: &str) {
    let text = fs::read_to_string(folder.join(path)).unwrap();
    assert!(text.contains(from), "{path} holds {from}");
    put(folder, path, text.replace(from, to).as_bytes());
}

fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = relbook(folder, &[&["check", "--today", TODAY], arguments].concat()).output().unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn what_has_not_changed_is_clean() {
    let folder = repository(FILES);
    assert_eq!(check(folder.path(), &["--since", "before", "--profile", "strict"]).1, [""; 0]);
}

#[test]
fn a_status_takes_each_step() {
    for (to, expected) in [
        ("scheduled", &[][..]),
        ("cancelled", &[]),
        ("assessment", &[]),
        ("in-progress", &["releases/REL-1.md:3 RB303"]),
        ("closed", &["releases/REL-1.md:3 RB303"]),
    ] {
        let folder = repository(FILES);
        edit(folder.path(), "releases/REL-1.md", "approved", to);
        let (_, findings) = check(folder.path(), &["--since", "before"]);
        let findings: Vec<_> = findings.into_iter().filter(|finding| finding.ends_with("RB303")).collect();
        assert_eq!(findings, expected, "{to}");
    }
}

#[test]
fn levels_follow_the_profile() {
    let folder = repository(FILES);
    edit(folder.path(), "problems/PRB-1.md", "resolved", "open");
    let found = vec!["problems/PRB-1.md:3 RB303".to_owned()];
    assert_eq!(check(folder.path(), &["--since", "before", "--changed", "--profile", "records"]), (0, vec![]));
    assert_eq!(check(folder.path(), &["--since", "before", "--changed"]), (0, found.clone()));
    assert_eq!(check(folder.path(), &["--since", "before", "--changed", "--profile", "strict"]), (1, found));
    assert!(check(folder.path(), &[]).1.iter().all(|finding| !finding.ends_with("RB303")));
}

#[test]
fn a_site_has_steps_of_its_own() {
    let folder = repository(FILES);
    edit(folder.path(), "releases/REL-1.md", "approved", "in-progress");
    put(folder.path(), "relbook.toml", b"[lifecycle.release]\napproved = [\"in-progress\"]\n");
    assert_eq!(check(folder.path(), &["--since", "before", "--changed", "--profile", "strict"]).1, [""; 0]);
    edit(folder.path(), "releases/REL-1.md", "in-progress", "scheduled");
    assert_eq!(check(folder.path(), &["--since", "before", "--changed"]).1, ["releases/REL-1.md:3 RB303"]);
    put(folder.path(), "relbook.toml", b"[lifecycle.release]\napproved = [\"aproved\"]\nsheduled = []\n");
    assert_eq!(check(folder.path(), &[]).1[..2], ["relbook.toml:2 RB102", "relbook.toml:3 RB005"]);
}

#[test]
fn an_allow_of_history_is_never_unused() {
    let folder = repository(FILES);
    edit(folder.path(), "releases/REL-1.md", "status: approved", "status: closed\nallow: {RB303: moved by an import}");
    for arguments in [&["--since", "before"][..], &[]] {
        let (_, findings) = check(folder.path(), arguments);
        assert!(!findings.iter().any(|f| f.ends_with("RB303") || f.ends_with("RB008")), "{findings:?}");
    }
}

#[test]
fn ids_that_are_gone() {
    let folder = repository(FILES);
    // Edited in its file, moved with its file, and a move that keeps the id.
    edit(folder.path(), "releases/REL-1.md", "title", "id: REL-9\ntitle");
    fs::rename(folder.path().join("known-errors/KE-1.md"), folder.path().join("known-errors/KE-7.md")).unwrap();
    fs::create_dir(folder.path().join("changes/2026")).unwrap();
    fs::rename(folder.path().join("changes/CHG-1.md"), folder.path().join("changes/2026/CHG-1.md")).unwrap();
    let (code, findings) = check(folder.path(), &["--since", "before", "--changed"]);
    assert_eq!(
        (code, &findings[..]),
        (1, &["known-errors/KE-7.md:1 RB315", "releases/REL-1.md:1 RB315"].map(str::to_owned)[..])
    );
}

#[test]
fn records_that_are_gone() {
    let folder = repository(FILES);
    for path in ["releases/REL-2.md", "changes/CHG-1.md"] {
        fs::remove_file(folder.path().join(path)).unwrap();
    }
    let arguments = ["--since", "before", "--changed", "--profile", "strict"];
    assert_eq!(check(folder.path(), &arguments), (1, vec!["releases/REL-2.md:1 RB316".to_owned()]), "a draft may go");
    let output = relbook(folder.path(), &[&["check", "--today", TODAY][..], &arguments].concat()).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        said.contains("what was rolled back stays on record") && said.contains("`rolled-back` at before"),
        "{said}"
    );
}

#[test]
fn a_record_that_cannot_be_read_is_not_gone() {
    let folder = repository(FILES);
    put(folder.path(), "releases/REL-2.md", b"no front matter\n");
    let (_, findings) = check(folder.path(), &["--since", "before", "--changed", "--profile", "strict"]);
    assert_eq!(findings, ["releases/REL-2.md:1 RB002"]);
}

#[test]
fn only_what_changed() {
    let folder = repository(FILES);
    put(folder.path(), "releases/REL-3.md", b"---\ntitle: Three\nowner_: x\nconfiguration_items: [shop]\n---\n");
    edit(folder.path(), "releases/REL-1.md", "title: One", "title: One\nnobody: x");
    commit(folder.path(), "after");
    put(folder.path(), "releases/REL-4.md", b"---\ntitle: Four\nowner_: x\nconfiguration_items: [shop]\n---\n");
    let all = ["releases/REL-1.md:3 RB005", "releases/REL-3.md:3 RB005", "releases/REL-4.md:3 RB005"];
    assert_eq!(check(folder.path(), &["--since", "before", "--changed", "--profile", "records"]).1, all);
    assert_eq!(check(folder.path(), &["--since", "after", "--changed", "--profile", "records"]).1, all[2..]);
    assert_eq!(check(folder.path(), &["--since", "after", "--profile", "records"]).1, all);
}

#[test]
fn a_finding_stays_for_the_changed_file_that_it_names() {
    let folder = repository(FILES);
    // The finding stands in the second file in order of path, and names the first.
    put(folder.path(), "releases/2026/rel-2.md", b"---\ntitle: Two again\nconfiguration_items: [shop]\n---\n");
    let (code, findings) = check(folder.path(), &["--since", "before", "--changed", "--profile", "records"]);
    assert_eq!((code, findings.len()), (1, 1));
    assert!(findings[0].ends_with("RB201"), "{findings:?}");
}

#[test]
fn a_site_in_a_folder_of_a_repository() {
    let files = FILES.replace("\n-- ", "\n-- site/records/").replace(".toml", "");
    let folder = repository(&format!("\n-- site/relbook.toml --\ncontent = \"records\"\n{}", files.trim_start()));
    let site = folder.path().join("site");
    edit(&site, "records/releases/REL-1.md", "approved", "closed");
    let (_, findings) = check(folder.path(), &["site", "--since", "before", "--changed"]);
    assert_eq!(findings, ["site/records/releases/REL-1.md:3 RB303"]);
    assert_eq!(check(&site, &["--since", "before", "--changed"]).1, ["records/releases/REL-1.md:3 RB303"]);
    let output =
        relbook(&site, &["check", "--today", TODAY, "--since", "before", "--format", "github"]).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("file=site/records/releases/REL-1.md,line=3,"), "from the repository's root: {said}");
}

/// What a repository's configuration can have git start, `RUN` being a program that leaves a mark. A filter runs
/// where git reads the working tree, a transport where it fetches what a partial clone lacks.
const STARTS: &[(&str, &str)] = &[
    ("a clean filter", "[filter \"x\"]\n\tclean = RUN"),
    ("a smudge filter", "[filter \"x\"]\n\tsmudge = RUN\n\trequired = true"),
    ("a filter that stays", "[filter \"x\"]\n\tprocess = RUN\n\trequired = true"),
    ("a filter from another file", "[include]\n\tpath = ../more"),
    ("a filter from another file, by branch", "[includeIf \"onbranch:main\"]\n\tpath = ../more"),
    ("a monitor", "[core]\n\tfsmonitor = RUN"),
    ("hooks", "[core]\n\thooksPath = .."),
    ("a pager", "[core]\n\tpager = RUN\n[pager]\n\tls-tree = RUN\n\tcat-file = RUN\n\trev-parse = RUN"),
    ("a program that compares", "[diff]\n\texternal = RUN\n[diff \"x\"]\n\tcommand = RUN"),
    ("a program that makes text", "[diff \"x\"]\n\ttextconv = RUN\n\tcachetextconv = true"),
    ("an alias", "[alias]\n\tls-tree = !RUN\n\tcat-file = !RUN\n\trev-parse = !RUN"),
    ("a program that signs", "[gpg]\n\tprogram = RUN\n[log]\n\tshowSignature = true"),
    ("a password prompt", "[core]\n\taskPass = RUN\n[credential]\n\thelper = !RUN"),
    ("a merge driver", "[merge \"x\"]\n\tdriver = RUN"),
    ("an editor", "[core]\n\teditor = RUN\n[sequence]\n\teditor = RUN"),
    (
        "a transport",
        "[core]\n\trepositoryFormatVersion = 1\n\tsshCommand = RUN\n[extensions]\n\tpartialClone = origin\n\
         [remote \"origin\"]\n\turl = ssh://nowhere.invalid/x\n\tpromisor = true\n\tuploadpack = RUN",
    ),
];

#[test]
fn no_program_is_started_that_the_repository_names() {
    for (what, configuration) in STARTS {
        let folder = repository(FILES);
        let at = folder.path();
        let mark = at.join("ran");
        let run = at.join("run");
        put(at, "run", format!("#!/bin/sh\necho ran >> {}\ncat\n", mark.display()).as_bytes());
        fs::set_permissions(&run, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        fs::copy(&run, at.join("post-checkout")).unwrap();
        put(at, ".gitattributes", b"* filter=x diff=x merge=x\n");
        edit(at, "problems/PRB-1.md", "resolved", "open");
        let run = run.display().to_string();
        put(at, "more", format!("[filter \"x\"]\n\tclean = {run}\n\tprocess = {run}\n").as_bytes());
        let config = fs::read_to_string(at.join(".git/config")).unwrap();
        put(at, ".git/config", format!("{config}{}\n", configuration.replace("RUN", &run)).as_bytes());
        // An object that is gone is one that a partial clone would fetch.
        let is_partial = configuration.contains("promisor");
        if is_partial {
            fs::remove_dir_all(at.join(".git/objects")).unwrap();
            fs::create_dir(at.join(".git/objects")).unwrap();
        }
        let output = relbook(at, &["check", "--today", TODAY, "--since", "before", "--changed", "--format", "short"])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(!mark.exists(), "{what} was started");
        match is_partial {
            true => assert_eq!(output.status.code(), Some(2), "{what}: {said}"),
            false => {
                assert!(said.starts_with("problems/PRB-1.md:3:9: ") && said.lines().count() == 1, "{what}: {said}")
            }
        }
    }
}

#[test]
fn revisions_that_git_does_not_know() {
    let folder = repository(FILES);
    for name in ["nowhere", "--output=owned", "0000000000000000000000000000000000000000", "HEAD:releases"] {
        let said = refused(folder.path(), &[&format!("--since={name}")]);
        let expected = format!(
            "error: git does not know the revision `{name}`: name a branch, a tag or a commit that was fetched\n"
        );
        assert_eq!(said, expected);
    }
    assert!(!folder.path().join("owned").exists());
    assert!(refused(folder.path(), &["--since", ""]).contains("names no revision"));
}

#[test]
fn a_shallow_clone_says_what_to_fetch() {
    let folder = repository(FILES);
    commit(folder.path(), "after");
    let clone = tempfile::tempdir().unwrap();
    let from = format!("file://{}", folder.path().display());
    git(clone.path(), &["clone", "--quiet", "--depth=1", "--no-tags", &from, "clone"]);
    let said = refused(&clone.path().join("clone"), &["--since", "before"]);
    assert!(said.contains("the clone is shallow") && said.contains("fetch-depth: 0"), "{said}");
}

#[test]
fn a_folder_in_no_repository() {
    let folder = super::harness::folder(FILES);
    let said = refused(folder.path(), &["--since", "main"]);
    assert!(
        said.starts_with(
            "error: --since compares with what git holds, and . cannot be asked: check a clone, or leave --since away: git said"
        ),
        "{said}"
    );
}
