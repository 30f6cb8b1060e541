//! What other programs read: JSON, SARIF, GitHub's annotations, GitLab's report, JUnit's XML.
//!
//! With RELBOOK_SCHEMAS naming a folder that holds `sarif-schema-2.1.0.json` (OASIS), `codeclimate.json` (GitLab) and
//! `junit-10.xsd` (Jenkins), the reports are held against them by `check-jsonschema` and `xmllint`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use super::harness::{TODAY, folder, put, relbook};

/// Texts that each format would obey if it did not escape them, behind letters of one, two, three and four bytes.
fn hostile() -> TempDir {
    folder(
        "
-- relbook.toml --
content = \"records\"
-- records/releases/REL 1, 100%: \u{e9}.md --
---
title: Hostile
status: \"\u{e9}\u{65e5}\u{1d538} ]]> </failure> & ::error::x, 100%0A \\e[31m \\r\\n ::warning::y [a](1) \u{202e}\"
configuration_items: [shop]
owner: {\"\u{1d538}\": 1}
release_type: minor
---
-- records/changes/CHG-1.md --
---
title: Fine
configuration_items: [shop]
change_type: normal
---
",
    )
}

fn report(folder: &Path, format: &str) -> String {
    let output =
        relbook(folder, &["check", "--today", TODAY, "--profile", "records", "--format", format]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    String::from_utf8(output.stdout).unwrap()
}

fn json(folder: &Path, format: &str) -> Value {
    serde_json::from_str(&report(folder, format)).expect("JSON")
}

const FORMATS: &[&str] = &["human", "short", "json", "sarif", "github", "gitlab", "junit"];

#[test]
fn no_format_prints_what_a_terminal_would_obey() {
    let folder = hostile();
    for format in FORMATS {
        let text = report(folder.path(), format);
        let obeyed = text.chars().find(|letter| (letter.is_control() && *letter != '\n') || *letter == '\u{202e}');
        assert_eq!(obeyed, None, "{format}: {text}");
    }
}

#[test]
fn columns_count_characters_from_one() {
    let folder = hostile();
    let document = json(folder.path(), "sarif");
    let run = &document["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let result = run["results"].as_array().unwrap().iter().find(|result| result["ruleId"] == "RB101").expect("RB101");
    let location = &result["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "records/releases/REL%201%2C%20100%25%3A%20%C3%A9.md");
    assert_eq!(
        location["region"],
        serde_json::json!({"startLine": 5, "startColumn": 8, "endLine": 5, "endColumn": 16})
    );
    let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
    assert_eq!(rule["id"], "RB101");
    let document = json(folder.path(), "json");
    let finding = document["findings"].as_array().unwrap().iter().find(|finding| finding["code"] == "RB101").unwrap();
    assert_eq!(
        (&document["version"], &finding["start"]["column"], &finding["end"]["column"]),
        (&1.into(), &8.into(), &16.into())
    );
}

#[test]
fn nothing_in_a_record_is_a_workflow_command() {
    let folder = hostile();
    let text = report(folder.path(), "github");
    for line in text.lines() {
        let (head, _) = line.strip_prefix("::error ").expect("one command a line").split_once("::").expect("a message");
        let names: Vec<&str> = head.split(',').map(|property| property.split('=').next().unwrap()).collect();
        let expected: &[&str] = if head.contains("endColumn") {
            &["file", "line", "endLine", "col", "endColumn", "title"]
        } else {
            &["file", "line", "endLine", "col", "title"]
        };
        assert_eq!(names, expected, "{line}");
        assert!(head.starts_with("file=records/releases/REL 1%2C 100%25%3A \u{e9}.md,line="), "{line}");
    }
    assert!(text.contains("100%250A"), "{text}");
}

#[test]
fn a_fingerprint_stays_when_lines_move() {
    let folder = hostile();
    let prints = |format: &str, pointer: &str| -> Vec<Value> {
        let document = json(folder.path(), format);
        let results = if format == "sarif" { &document["runs"][0]["results"] } else { &document };
        results.as_array().unwrap().iter().map(|entry| entry.pointer(pointer).unwrap().clone()).collect()
    };
    let both = || (prints("gitlab", "/fingerprint"), prints("sarif", "/partialFingerprints/relbook~1v1"));
    let before = both();
    let path = "records/releases/REL 1, 100%: \u{e9}.md";
    let text = fs::read_to_string(folder.path().join(path)).unwrap();
    put(folder.path(), path, text.replace("title:", "summary: one line more\ntitle:").as_bytes());
    assert_eq!(before, both());
    let mut unique = before.0.clone();
    unique.sort_by_key(|print| print.to_string());
    unique.dedup();
    assert_eq!((unique.len(), before.0 == before.1), (before.0.len(), true));
}

#[test]
fn junit_has_a_test_for_each_record() {
    let folder = hostile();
    let text = report(folder.path(), "junit");
    assert!(text.contains("<testsuites name=\"relbook\" tests=\"3\" failures=\"1\" errors=\"0\">"), "{text}");
    assert!(text.contains("<testcase classname=\"records/changes\" name=\"records/changes/CHG-1.md\"/>"), "{text}");
    assert_eq!(text.matches("</failure>").count(), 1);
}

#[test]
fn each_report_goes_to_the_output_behind_it() {
    let folder = hostile();
    let arguments = ["check", "--today", TODAY, "--format", "sarif", "--output", "x.sarif", "--format", "short"];
    let output =
        relbook(folder.path(), &[&arguments[..], &["--format", "junit", "--output", "x.xml"]].concat()).output();
    let said = String::from_utf8(output.unwrap().stdout).unwrap();
    assert!(said.starts_with("records/releases/REL 1"), "{said}");
    let file = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert!(file("x.sarif").starts_with("{") && file("x.xml").starts_with("<?xml"));
    for (arguments, expected) in [
        (&["--output", "x"][..], "error: --output has no --format before it: say what the file is to hold\n"),
        (
            &["--format", "json", "--output", "x", "--output", "y"],
            "error: two --output for one --format: name a format before each\n",
        ),
        (
            &["--format", "json", "--format", "short"],
            "error: two formats want standard output: put `--output FILE` behind all but one of them\n",
        ),
        (
            &["--format", "json", "--output", "x", "--format", "short", "--output", "./x"],
            "error: two formats want the file ./x: name a file for each\n",
        ),
        (
            &["--format", "json", "--output", "no/where"],
            "error: cannot write no/where (make its folder first): No such file or directory (os error 2)\n",
        ),
    ] {
        let output = relbook(folder.path(), &[&["check"], arguments].concat()).output().unwrap();
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.starts_with(expected), "{said}");
    }
}

#[test]
fn reports_are_valid() {
    let Some(schemas) = std::env::var_os("RELBOOK_SCHEMAS").map(PathBuf::from) else {
        eprintln!("SKIPPED: reports_are_valid, for RELBOOK_SCHEMAS names no folder of schemas");
        return;
    };
    let folder = hostile();
    let path = |name: &str| folder.path().join(name);
    for (format, schema) in [("sarif", "sarif-schema-2.1.0.json"), ("gitlab", "codeclimate.json")] {
        let documents = match json(folder.path(), format) {
            // GitLab's schema is that of one issue.
            Value::Array(issues) => issues,
            document => vec![document],
        };
        for document in documents {
            fs::write(path("document.json"), document.to_string()).unwrap();
            let mut command = Command::new("check-jsonschema");
            // SARIF's schema holds a pattern that is none in Unicode mode.
            command.args(["--regex-variant", "nonunicode"]);
            valid(command.arg("--schemafile").arg(schemas.join(schema)).arg(path("document.json")));
        }
    }
    fs::write(path("junit.xml"), report(folder.path(), "junit")).unwrap();
    let mut command = Command::new("xmllint");
    valid(command.args(["--noout", "--schema"]).arg(schemas.join("junit-10.xsd")).arg(path("junit.xml")));
}

fn valid(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(
        output.status.success(),
        "{command:?}: {}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
