//! The verbs for those who write: each does what it says and nothing else.

use std::fs;
use std::path::Path;
use std::process::Output;

use super::harness::{folder, program, put, relbook, root, said, tree};
use super::planted::plant;

/// Runs the program in a folder.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    let day = ["--today"].iter().any(|of| arguments.contains(of));
    assert!(!day, "the day is in the environment");
    relbook(folder, arguments).current_dir(folder).env("SOURCE_DATE_EPOCH", "1795996800").output().unwrap()
}

fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Runs it and expects that all is well.
fn done(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments);
    assert!(output.status.success(), "relbook {}: {}", arguments.join(" "), said(&output));
    printed(&output)
}

fn read(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn a_site_begins_without_a_finding_and_what_is_there_stays() {
    let site = tempfile::tempdir().unwrap();
    put(site.path(), ".gitignore", b"target");
    put(site.path(), "changes/CHG-0001.md", b"---\ntitle: Mine\nconfiguration_items: [shop]\n---\n");
    let output =
        run(site.path(), &["init", "--title", "A \"house\"", "--time-zone", "Europe/Brussels", "--ci", "gitlab"]);
    assert!(output.status.success() && said(&output).contains("kept changes/CHG-0001.md"), "{}", said(&output));
    assert_eq!(read(site.path(), ".gitignore"), "target\n/site*\n");
    assert!(read(site.path(), "changes/CHG-0001.md").contains("Mine"));
    assert!(read(site.path(), "relbook.toml").contains("title = \"A \\\"house\\\"\""));
    let before = tree(site.path());
    done(site.path(), &["init"]);
    assert_eq!(tree(site.path()), before, "a second time nothing is written");
    let fresh = tempfile::tempdir().unwrap();
    done(fresh.path(), &["init"]);
    for profile in ["records", "standard", "strict"] {
        assert_eq!(done(fresh.path(), &["check", "--profile", profile, "--format", "short"]), "", "{profile}");
        let tasks = read(fresh.path(), ".vscode/tasks.json");
        assert!(serde_json::from_str::<serde_json::Value>(&tasks).is_ok(), "{tasks}");
    }
    fs::create_dir(fresh.path().join("sub")).unwrap();
    let output = run(&fresh.path().join("sub"), &["init"]);
    assert!(output.status.code() == Some(2) && said(&output).contains("this lies in the site"), "{}", said(&output));
}

#[test]
fn a_new_record_of_every_kind_has_no_error_and_the_next_number() {
    let site = tempfile::tempdir().unwrap();
    done(site.path(), &["init"]);
    for (arguments, path) in [
        (&["release", "--title", "The second"][..], "releases/REL-2026-002.md"),
        (&["release"], "releases/REL-2026-003.md"),
        (
            &["change", "--set", "service=Web shop", "--set", "configuration_items=web-shop, ledger-db"],
            "changes/CHG-0002.md",
        ),
        (&["known-error", "KE-9"], "known-errors/KE-9.md"),
        (&["known-error"], "known-errors/KE-0010.md"),
        (&["problem"], "problems/PRB-0001.md"),
        (&["configuration-item", "--title", "Ledger DB"], "configuration-items/ledger-db.md"),
        (&["window", "--title", "Nightly"], "calendar/nightly.md"),
        (&["freeze", "--title", "Peak"], "calendar/peak.md"),
        (&["page", "--title", "Release policy", "--bundle"], "pages/release-policy/index.md"),
        (&["release", "--from", "REL-2026-001"], "releases/REL-2026-004.md"),
    ] {
        let arguments: Vec<&str> = ["new"].iter().chain(arguments).copied().collect();
        let expected = if path.starts_with("known-errors/KE-0010") { "known-errors/KE-10.md" } else { path };
        assert_eq!(done(site.path(), &arguments).trim(), expected);
    }
    assert!(read(site.path(), "changes/CHG-0002.md").contains("configuration_items: [web-shop, ledger-db]"));
    let copy = read(site.path(), "releases/REL-2026-004.md");
    assert!(copy.contains("service: Web shop") && !copy.contains("planned_date"), "{copy}");
    done(site.path(), &["check"]);
    // From below the site the path begins where one stands.
    let below = site.path().join("releases");
    assert_eq!(done(&below, &["new", "problem"]).trim(), "../problems/PRB-0002.md");
    let before = tree(site.path());
    let output = run(site.path(), &["new", "change", "CHG-0001"]);
    assert!(
        output.status.code() == Some(1) && said(&output).contains("taken by changes/CHG-0001.md"),
        "{}",
        said(&output)
    );
    let output = run(site.path(), &["new", "change", "--set", "risc=low"]);
    assert!(output.status.code() == Some(1) && said(&output).contains("did you mean `risk`?"), "{}", said(&output));
    assert!(done(site.path(), &["new", "change", "--dry-run"]).contains("id: CHG-0003"));
    assert_eq!(tree(site.path()), before);
}

#[test]
fn a_number_that_two_took_at_once_is_found() {
    let site = tempfile::tempdir().unwrap();
    done(site.path(), &["init"]);
    done(site.path(), &["new", "change"]);
    let theirs = read(site.path(), "changes/CHG-0002.md");
    put(site.path(), "changes/CHG-0002-theirs.md", theirs.as_bytes());
    let output = run(site.path(), &["check"]);
    let told = said(&output) + &printed(&output);
    assert!(
        output.status.code() == Some(1) && told.contains("changes/CHG-0002.md") && told.contains("CHG-0002-theirs.md"),
        "{told}"
    );
}

#[test]
fn a_status_changes_its_line_and_no_other_byte() {
    let record = "---\r\ntitle: One   # for short\r\n# how far\r\nstatus:   'draft'  # yet\r\nconfiguration_items: [ shop ]\r\nsummary: Done.\r\n---\r\nText  \n";
    let site = folder(&format!("-- relbook.toml --\n-- releases/REL-1.md --\n{}", "x"));
    put(site.path(), "releases/REL-1.md", record.as_bytes());
    done(site.path(), &["status", "rel 1", "assessment"]);
    assert_eq!(read(site.path(), "releases/REL-1.md"), record.replace("'draft'", "\"assessment\""));
    let output = run(site.path(), &["status", "REL-1", "closed"]);
    assert!(output.status.code() == Some(1) && said(&output).contains("it may become: "), "{}", said(&output));
    let output = run(site.path(), &["status", "REL-2"]);
    assert!(output.status.code() == Some(2) && said(&output).contains("did you mean `REL-1`?"), "{}", said(&output));
    let told = done(site.path(), &["status", "REL-1"]);
    assert!(told.contains("status: assessment") && told.contains("next: approved"), "{told}");
}

#[test]
fn the_day_of_a_status_goes_where_the_status_has_one() {
    let block = "---\ntitle: One\nstatus: scheduled\nconfiguration_items: [shop]\nwindows:\n  - start: 2026-11-20T20:00\n    end: 2026-11-20T22:00 # at the latest\n    outcome: postponed\n  - start: 2026-11-27T20:00\n    end: 2026-11-27T22:00 # at the latest\nowner: Ada\n---\n";
    let flow = "---\ntitle: Two\nstatus: deployed\nconfiguration_items: [shop]\nwindows: [{start: 2026-11-20T20:00, end: 2026-11-20T22:00, outcome: deployed}]\n---\n";
    let toml = "+++\ntitle = \"Three\"\nconfiguration_items = [\"shop\"]\n\n[[windows]]\nstart = \"2026-11-20T20:00\"\nend = \"2026-11-20T22:00\"\n+++\n";
    let site = folder(&format!(
        "-- relbook.toml --\n-- releases/A.md --\n{block}-- releases/B.md --\n{flow}-- releases/C.md --\n{toml}-- known-errors/KE-1.md --\n---\ntitle: Wrong\nstatus: open\nservice: Shop\n---\n"
    ));
    done(site.path(), &["status", "A", "in-progress", "--on", "2026-11-27"]);
    let made = block
        .replace("scheduled", "in-progress")
        .replace("27T22:00 # at the latest\n", "27T22:00 # at the latest\n    actual_start: 2026-11-27\n");
    assert_eq!(read(site.path(), "releases/A.md"), made);
    done(site.path(), &["status", "B", "closed", "--on", "2026-11-28"]);
    assert_eq!(
        read(site.path(), "releases/B.md"),
        flow.replace("deployed\n", "closed\n").replace("}]\n", "}]\nreview: {on: 2026-11-28}\n")
    );
    done(site.path(), &["status", "C", "draft"]);
    assert_eq!(read(site.path(), "releases/C.md"), toml.replacen("+++\n", "+++\nstatus = \"draft\"\n", 1));
    done(site.path(), &["status", "KE-1", "resolved", "--on", "2026-11-26"]);
    assert!(
        read(site.path(), "known-errors/KE-1.md")
            .contains("status: resolved\nservice: Shop\nresolved: 2026-11-26\n---")
    );
}

#[test]
fn what_findings_say_is_written_and_all_else_stays() {
    let record = "---\r\nshort_description: Odd # yes\r\ntype: emergency\r\nci: web-shop\r\nstatus: Done\r\ntags: a\r\n---\r\n\r\nBody [[chg 1]]  \n";
    let site = tempfile::tempdir().unwrap();
    put(site.path(), "relbook.toml", b"titel = \"x\" # named\n");
    put(site.path(), "changes/CHG-1.md", record.as_bytes());
    put(site.path(), "changes/CHG-2.md", b"---\ntitle: Two\nci: a\nconfiguration_items: [shop]\n---\n");
    run(site.path(), &["check", "--fix"]);
    assert_eq!(read(site.path(), "relbook.toml"), "title = \"x\" # named\n");
    let made = record
        .replace("type: emergency", "change_type: emergency")
        .replace("ci: web-shop", "configuration_items: [web-shop]")
        .replace("Done", "deployed")
        .replace("tags: a", "tags: [a]");
    let found = read(site.path(), "changes/CHG-1.md");
    assert_eq!(found.split("\r\n\r\n").next(), made.split("\r\n\r\n").next());
    // A key that is there already is never written a second time.
    assert!(read(site.path(), "changes/CHG-2.md").contains("\nci: a\n"));
    let before = tree(site.path());
    run(site.path(), &["check", "--fix"]);
    assert_eq!(tree(site.path()), before, "a second time nothing is written");
}

#[test]
fn single_files_and_unsaved_texts_are_checked() {
    let site = tempfile::tempdir().unwrap();
    done(site.path(), &["init"]);
    put(site.path(), "changes/CHG-8.md", b"---\ntitle: [\n---\n");
    put(site.path(), "changes/CHG-9.md", b"---\nstatus: nonsense\n---\n");
    let output = run(site.path(), &["check", "changes/CHG-9.md", "--format", "short"]);
    let told = printed(&output);
    assert!(told.contains("CHG-9.md") && !told.contains("CHG-8.md") && output.status.code() == Some(1), "{told}");
    let below = site.path().join("changes");
    let told = printed(&run(&below, &["check", "CHG-8.md", "--format", "short"]));
    assert!(told.starts_with("../changes/CHG-8.md:2:"), "{told}");
    let unsaved = |name: &str, text: &str| {
        let mut command = relbook(site.path(), &["check", "--stdin-filename", name, "--format", "short"]);
        let mut child = command
            .current_dir(site.path())
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), text.as_bytes()).unwrap();
        printed(&child.wait_with_output().unwrap())
    };
    assert!(unsaved("changes/CHG-0001.md", "---\ntitel: x\n---\n").contains("changes/CHG-0001.md:2:1: error[RB005"));
    assert!(
        unsaved("changes/CHG-77.md", "---\ntitle: [\n---\n").starts_with("changes/CHG-77.md:2:"),
        "not on disk yet"
    );
    assert_eq!(
        unsaved("changes/CHG-9.md", "---\ntitle: Whole\nconfiguration_items: [shop]\nchange_type: normal\n---\n"),
        ""
    );
    let output = run(site.path(), &["show", "CHG-0001", "--open"]);
    assert!(said(&output).contains("`relbook build` makes it"), "{}", said(&output));
    let output = run(site.path(), &["check", "/etc/hostname"]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
}

/// Records of many makings: the planted ones, the example's and, where they are at hand, real ones.
fn records() -> Vec<(String, Vec<u8>)> {
    let planted = folder(&plant().files);
    let mut all: Vec<(String, Vec<u8>)> = tree(planted.path()).into_iter().collect();
    all.extend(tree(&root().join("content-example")));
    match std::env::var_os("RELBOOK_CORPUS") {
        Some(corpus) => all.extend(tree(Path::new(&corpus))),
        None => eprintln!("SKIPPED: real records, for RELBOOK_CORPUS names no folder of records"),
    }
    all.retain(|(path, _)| path.ends_with(".md"));
    all
}

#[test]
fn fmt_keeps_bodies_and_what_is_said_and_writes_nothing_twice() {
    let site = tempfile::tempdir().unwrap();
    put(site.path(), "relbook.toml", b"");
    let records = records();
    records.iter().for_each(|(path, bytes)| put(site.path(), path, bytes));
    let changed = done(site.path(), &["fmt"]);
    assert!(changed.lines().count() > 50, "{changed}");
    let after = tree(site.path());
    for (path, before) in &records {
        let body = |bytes: &[u8]| {
            let text = String::from_utf8_lossy(bytes).into_owned();
            let fence = if text.starts_with("+++") { "\n+++" } else { "\n---" };
            text.split_once(fence).map(|(_, body)| body.to_owned())
        };
        assert_eq!(body(before), body(&after[path]), "{path}");
    }
    assert_eq!(done(site.path(), &["fmt"]), "");
    assert_eq!(done(site.path(), &["fmt", "--check"]), "");
    let Some(python) = program("PYTHON", "python3") else {
        eprintln!("SKIPPED: the meaning by another reader of YAML, for there is no Python");
        return;
    };
    let before = folder("");
    records.iter().for_each(|(path, bytes)| put(before.path(), path, bytes));
    let script = root().join("tests/site/same_meaning.py");
    let output = std::process::Command::new(python).arg(script).arg(before.path()).arg(site.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    eprint!("{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn lists_are_narrowed_sorted_and_told_in_every_shape() {
    let site = tempfile::tempdir().unwrap();
    done(site.path(), &["init"]);
    put(site.path(), "changes/CHG-0002.md", b"---\ntitle: =cmd()\ndraft: true\nconfiguration_items: [ledger]\n---\n");
    assert_eq!(done(site.path(), &["list", "--format", "ids"]), "REL-2026-001\nCHG-0001\nCHG-0002\nKE-0001\n");
    assert_eq!(
        done(site.path(), &["list", "changes", "--ci", "Ledger"]),
        "change\tCHG-0002\t\t\t\t=cmd()\tdraft\tchanges/CHG-0002.md\n"
    );
    assert_eq!(done(site.path(), &["list", "--status", "confirmed", "--format", "ids"]), "KE-0001\n");
    assert_eq!(done(site.path(), &["list", "--since", "2027-01-01", "--format", "json"]), "[]\n");
    assert!(done(site.path(), &["list", "--format", "csv"]).contains(",'=cmd(),draft,changes/CHG-0002.md\r\n"));
    let json: serde_json::Value =
        serde_json::from_str(&done(site.path(), &["list", "release", "--format", "json"])).unwrap();
    assert_eq!(json[0]["id"], "REL-2026-001");
    assert_eq!(done(site.path(), &["list", "--sort", "id", "--limit", "1", "--format", "ids"]), "CHG-0001\n");
    let table = done(site.path(), &["list", "known-error", "--format", "table"]);
    assert_eq!(table, "known-error  KE-0001  confirmed  2026-11-29  Web shop  The basket is empty after an hour\n");
}

#[test]
fn a_record_is_shown_with_who_names_it() {
    let site = tempfile::tempdir().unwrap();
    done(site.path(), &["init"]);
    let told = done(site.path(), &["show", "chg 1"]);
    for part in [
        "CHG-0001  Keep the basket",
        "Status: draft",
        "Initiator: Ada Lovelace",
        "Delivered by: REL-2026-001",
        "Baskets are kept",
    ] {
        assert!(told.contains(part), "{part} is not in:\n{told}");
    }
    assert_eq!(done(site.path(), &["show", "KE-0001", "--path"]).trim(), "./known-errors/KE-0001.md");
    let json: serde_json::Value =
        serde_json::from_str(&done(site.path(), &["show", "KE-0001", "--format", "json"])).unwrap();
    assert_eq!((json["id"].as_str(), json["status"].as_str()), (Some("KE-0001"), Some("confirmed")));
    assert!(done(site.path(), &["show", "KE-0001", "--format", "markdown"]).contains("## Workaround"));
}

#[test]
fn completions_and_manual_pages_name_every_verb() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(done(folder.path(), &["completions", shell]).contains("schema"), "{shell}");
    }
    done(folder.path(), &["man", "--out", "man"]);
    for verb in ["build", "check", "fmt", "init", "list", "new", "serve", "show", "status"] {
        assert!(folder.path().join(format!("man/relbook-{verb}.1")).is_file(), "{verb}");
    }
}

#[test]
fn a_record_with_another_id_takes_everybody_along() {
    let site = folder(
        r#"
-- relbook.toml --
-- releases/REL-1/index.md --
---
title: One
aliases: [old/one.html]
configuration_items: [shop]
changes: [CHG-1, CHG-2]
known_errors:
  - "KE-1"
---
See [[CHG-1]], [[change:CHG-1|the first]], [it](../../changes/CHG-1.md#test-plan) and [the other](../../changes/CHG-2.md).
-- changes/CHG-1.md --
---
title: First
configuration_items: [shop]
---
Of [[REL-1]], in [it](../releases/REL-1/index.md).

## Test plan

By hand.
-- changes/CHG-2.md --
---
id: CHG-2
title: Second
configuration_items: [shop]
releases: [REL-1]
---
-- known-errors/KE-1.md --
---
title: Wrong
introduced_in: [REL-1]
---
-- calendar/peak.md --
---
title: Peak
kind: freeze
start: 2026-12-20
end: 2026-12-24
exceptions: [{id: CHG-1, approved_by: Ada}]
---
"#,
    );
    let build = |folder: &Path| done(folder, &["build"]);
    let places = done(site.path(), &["rename", "chg 1", "CHG-0100", "--dry-run"]);
    assert_eq!(places.lines().count(), 5, "{places}");
    let before = tree(site.path());
    done(site.path(), &["rename", "CHG-1", "CHG-0100"]);
    assert_ne!(tree(site.path()), before);
    assert!(!site.path().join("changes/CHG-1.md").exists());
    let own = read(site.path(), "changes/CHG-0100.md");
    assert!(own.contains("former_ids: [CHG-1]\n") && own.contains("aliases: [changes/CHG-1.html]\n"), "{own}");
    let release = read(site.path(), "releases/REL-1/index.md");
    for part in [
        "changes: [CHG-0100, CHG-2]",
        "[[CHG-0100]]",
        "[[change:CHG-0100|the first]]",
        "(../../changes/CHG-0100.md#test-plan)",
        "(../../changes/CHG-2.md)",
    ] {
        assert!(release.contains(part), "{part} is not in:\n{release}");
    }
    assert!(read(site.path(), "calendar/peak.md").contains("exceptions: [{id: CHG-0100, approved_by: Ada}]"));
    done(site.path(), &["check"]);
    // A bundle takes its folder along.
    done(site.path(), &["rename", "REL-1", "REL-2026-001"]);
    assert!(
        read(site.path(), "releases/REL-2026-001/index.md").contains("aliases: [old/one.html, releases/REL-1.html]")
    );
    assert!(
        read(site.path(), "changes/CHG-0100.md")
            .contains("Of [[REL-2026-001]], in [it](../releases/REL-2026-001/index.md).")
    );
    assert!(read(site.path(), "changes/CHG-2.md").contains("releases: [REL-2026-001]"));
    done(site.path(), &["check"]);
    build(site.path());
    assert!(site.path().join("site/changes/CHG-1.html").is_file(), "the old address leads to the new one");
    // Who still writes the old id is told the new one.
    put(site.path(), "known-errors/KE-2.md", b"---\ntitle: New\nintroduced_in: [REL-1]\n---\n");
    let output = run(site.path(), &["check", "--format", "short"]);
    assert!(printed(&output).contains("release `REL-1` does not exist") && output.status.code() == Some(1));
    done(site.path(), &["check", "--fix"]);
    assert!(read(site.path(), "known-errors/KE-2.md").contains("introduced_in: [REL-2026-001]"));
    let output = run(site.path(), &["rename", "CHG-2", "CHG-0100"]);
    assert!(output.status.code() == Some(2) && said(&output).contains("taken by another change"), "{}", said(&output));
}

/// Numbers without a pattern that are the same in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }
}

/// Records as hurried hands leave them: keys in any order, comments, quotes, words of other houses, two kinds of line ends.
fn messes(count: usize) -> Vec<(String, String)> {
    let planted = super::harness::parts(&plant().files);
    let full: Vec<&(String, String)> = planted.iter().filter(|(path, _)| path.contains("zqfull")).collect();
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let mut all = Vec::new();
    for number in 0..count {
        let (path, text) = full[dice.below(full.len())];
        let (head, body) = text.trim_start_matches("---\n").split_once("---\n").unwrap();
        let mut lines: Vec<String> = head.lines().filter(|_| dice.below(3) > 0).map(str::to_owned).collect();
        for at in (1..lines.len()).rev() {
            lines.swap(at, dice.below(at + 1));
        }
        let mut made = String::new();
        for line in lines {
            match dice.below(12) {
                0 => made += "# a remark\n",
                1 => made += "\n",
                _ => {}
            }
            let (key, value) = line.split_once(": ").unwrap();
            let is_plain = value.chars().all(|letter| letter.is_alphanumeric() || letter == '-');
            made += &match dice.below(8) {
                0 if is_plain => format!("{key}: '{value}'"),
                1 if is_plain => format!("{key}:   \"{value}\"  # said"),
                2 if key == "status" => format!("{key}: {}", value.to_uppercase().replace('-', "_")),
                3 if value.starts_with("[zq") && !value.contains([',', '{']) => {
                    format!("{key}: {}", value.trim_matches(['[', ']']))
                }
                4 if value.starts_with("[zq") && !value.contains('{') => {
                    format!("{key}:\n  - {}", value.trim_matches(['[', ']']).replace(", ", "\n  - "))
                }
                5 if is_plain => format!("{key}: >-\n  {value}\n  and more"),
                _ => line.clone(),
            };
            made.push('\n');
        }
        let text = format!("---\n{made}---\n{body}\r\nEnd  \n\n");
        let text = if dice.below(4) == 0 { text.replace("\r\n", "\n").replace('\n', "\r\n") } else { text };
        all.push((format!("{}/m{number}.md", path.split('/').next().unwrap()), text));
    }
    all
}

#[test]
fn messes_are_shaped_and_fixed_without_a_word_lost() {
    let messes = messes(200);
    let body = |text: &str| text.split_once("\n---").map(|(_, body)| body.to_owned());
    for verb in [&["fmt"][..], &["check", "--fix"]] {
        let site = tempfile::tempdir().unwrap();
        put(site.path(), "relbook.toml", b"");
        messes.iter().for_each(|(path, text)| put(site.path(), path, text.as_bytes()));
        run(site.path(), verb);
        let once = tree(site.path());
        let mut changed = 0;
        for (path, before) in &messes {
            let after = String::from_utf8(once[path].clone()).unwrap();
            assert_eq!(body(before), body(&after), "{verb:?} {path}");
            changed += usize::from(*before != after);
            for comment in before.lines().filter(|line| line.starts_with("# a remark")) {
                assert!(after.contains(comment), "{verb:?} {path} lost a comment");
            }
        }
        assert!(changed > 10, "{verb:?} changed {changed}");
        run(site.path(), verb);
        assert_eq!(tree(site.path()), once, "{verb:?} writes nothing a second time");
        if verb == ["fmt"] {
            let before = folder("");
            messes.iter().for_each(|(path, text)| put(before.path(), path, text.as_bytes()));
            if let Some(python) = program("PYTHON", "python3") {
                let script = root().join("tests/site/same_meaning.py");
                let output =
                    std::process::Command::new(python).arg(script).arg(before.path()).arg(site.path()).output();
                let output = output.unwrap();
                assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
            }
        }
    }
}

#[test]
fn numbers_that_others_took_are_known_from_what_was_fetched() {
    let Some(git) = program("GIT", "git") else {
        eprintln!("SKIPPED: numbers of other clones, for there is no git");
        return;
    };
    let all = tempfile::tempdir().unwrap();
    let git = |folder: &str, arguments: &[&str]| {
        let mut command = std::process::Command::new(&git);
        let names = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"];
        let output = command.args(names).args(arguments).current_dir(all.path().join(folder)).output().unwrap();
        assert!(output.status.success(), "git {arguments:?}: {}", said(&output));
    };
    fs::create_dir(all.path().join("one")).unwrap();
    done(&all.path().join("one"), &["init"]);
    git("one", &["init", "-q"]);
    git("one", &["add", "."]);
    git("one", &["commit", "-qm", "begin"]);
    git("", &["clone", "-q", "one", "two"]);
    let new = |folder: &str| done(&all.path().join(folder), &["new", "change"]).trim().to_owned();
    assert_eq!(new("one"), "changes/CHG-0002.md");
    git("one", &["add", "."]);
    git("one", &["commit", "-qm", "two"]);
    git("two", &["fetch", "-q"]);
    assert_eq!(new("two"), "changes/CHG-0003.md", "what was fetched counts, though it is not merged");
}

#[test]
fn a_review_begins_and_a_site_has_templates_of_its_own() {
    let site = tempfile::tempdir().unwrap();
    done(site.path(), &["init"]);
    let before = read(site.path(), "changes/CHG-0001.md");
    done(site.path(), &["new", "review", "CHG-1"]);
    let after = read(site.path(), "changes/CHG-0001.md");
    assert_eq!(after, before.replacen("\n---\n\n", "\nreview: {on: 2026-11-30}\n---\n\n", 1));
    let output = run(site.path(), &["new", "review", "CHG-1"]);
    assert!(said(&output).contains("has a review"), "{}", said(&output));
    put(site.path(), "theme/new/change.md", b"---\ntitle: {{ title }}\nservice: {{ service }}\nconfiguration_items: [shop]\n---\nMade on {{ today }} as {{ id }}.\n");
    done(site.path(), &["new", "change", "--title", "A & B", "--set", "service=Shop"]);
    let made = read(site.path(), "changes/CHG-0002.md");
    assert_eq!(
        made,
        "---\ntitle: A & B\nservice: Shop\nconfiguration_items: [shop]\n---\nMade on 2026-11-30 as CHG-0002.\n"
    );
    done(site.path(), &["check"]);
    put(site.path(), "theme/new/change.md", b"{{ nothing.at.all }}");
    let output = run(site.path(), &["new", "change"]);
    assert!(output.status.code() == Some(1) && said(&output).contains("theme/new/change.md:1:"), "{}", said(&output));
    put(site.path(), "problems/PRB-1.md", b"---\nstatus: Open\ntitle: One\n---\n");
    let output = run(site.path(), &["fmt", "--diff"]);
    let told = printed(&output);
    assert!(
        output.status.code() == Some(1) && told.contains("-status: Open\n") && told.contains("+status: open\n"),
        "{told}"
    );
}

/// Types a line in a terminal of 72 columns.
fn typed(script: &Path, folder: &Path, line: &str) -> String {
    let program = relbook(folder, &[]).get_program().to_string_lossy().into_owned();
    let line = format!("stty rows 24 cols 72; {}", line.replace("relbook ", &format!("{program} ")));
    let mut command = std::process::Command::new(script);
    command.args(["-qec", &line, "/dev/null"]).current_dir(folder).env("SOURCE_DATE_EPOCH", "1795996800");
    let output = command.stdin(std::process::Stdio::null()).output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout).replace("\r\n", "\n");
    assert!(output.status.success(), "{line}: {told}");
    told
}

/// The first day of somebody who begins, as it is typed: each line, and what must be told.
const FIRST_DAY: &[(&str, &[&str])] = &[
    ("relbook init", &["made releases/REL-2026-001.md", "relbook serve --open"]),
    (
        "relbook new release --title \"Faster checkout, which is a long name for a small release\"",
        &["releases/REL-2026-002.md"],
    ),
    ("relbook list", &["REL-2026-002  draft", "\u{2026}\n"]),
    ("relbook status REL-2026-001", &["next: assessment"]),
    ("relbook status REL-2026-001 assessment", &["releases/REL-2026-001.md: status: assessment"]),
    ("relbook rename CHG-0001 CHG-0100", &["changes/CHG-0001.md -> changes/CHG-0100.md", "CHG-0001 is CHG-0100"]),
    ("relbook fmt", &["records looked at"]),
    ("relbook show CHG-0100", &["Delivered by: REL-2026-001"]),
    ("relbook check", &["4 records checked"]),
    ("relbook build", &["4 records"]),
];

#[test]
fn the_first_day_in_a_terminal() {
    let Some(script) = program("SCRIPT", "script") else {
        eprintln!("SKIPPED: the first day in a terminal, for there is no script (util-linux)");
        return;
    };
    let site = tempfile::tempdir().unwrap();
    for (line, expected) in FIRST_DAY {
        let told = typed(&script, site.path(), line);
        for part in *expected {
            assert!(told.contains(part), "{line}: {part} is not in:\n{told}");
        }
        if *line == "relbook list" {
            assert!(told.lines().all(|line| line.chars().count() <= 72), "{told}");
        }
    }
    assert!(site.path().join("site/changes/CHG-0100.html").is_file());
    assert!(site.path().join("site/changes/CHG-0001.html").is_file(), "the old address leads on");
}

#[test]
fn two_commands_lead_to_a_page_in_the_browser() {
    let Some(chromium) = program("CHROMIUM", "chromium") else {
        eprintln!("SKIPPED: a page in the browser, for there is no Chromium");
        return;
    };
    let site = tempfile::tempdir().unwrap();
    done(site.path(), &["init"]);
    let mut serve = relbook(site.path(), &["serve"]);
    let mut served = serve.current_dir(site.path()).stdout(std::process::Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(served.stdout.take().unwrap()), &mut line).unwrap();
    let address = line.split_whitespace().find(|word| word.starts_with("http://")).unwrap_or_default().to_owned();
    let profile = tempfile::tempdir().unwrap();
    let flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-sync",
        "--dump-dom",
    ];
    let seen = std::process::Command::new(chromium)
        .args(flags)
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("{address}releases/REL-2026-001.html"))
        .output()
        .unwrap();
    served.kill().unwrap();
    served.wait().unwrap();
    let page = String::from_utf8_lossy(&seen.stdout);
    assert!(page.contains("The first release") && page.contains("CHG-0001"), "{address}: {page}");
}
