//! Ways around the gate through its settings: what is wanted no longer is found against the commit that wanted it.

use std::fs;
use std::path::Path;

use relbook::diag::{Level, Profile};
use relbook::pipeline::{self, CheckRequest};

use super::super::harness::{TODAY, put};
use super::super::repository::{commit, git, repository};
use super::WHOLE;

/// Settings of a site that wants much.
const STRICT: &str = r#"time_zone = "Europe/Amsterdam"
ignore = ["*.bak"]
[lints]
profile = "strict"
never_allow = ["RB304", "RB306"]
window-overlap = "error"
RB005 = "error"
[references]
listed = ["people", "problems"]
[process.release.minor]
approved = ["changes", "rollback_plan"]
[process.approvals.minor]
roles = ["Operations", "Security"]
at_least = 2
not = ["initiator"]
[process.days]
approval = 30
notice = 5
[process.notice]
Auditors = 9
[lifecycle.release]
draft = ["assessment"]
"#;

/// What RB330 finds against the first commit, each as level, line and message.
fn found(folder: &Path, profile: Option<Profile>) -> Vec<(Level, u32, String)> {
    let (since, today) = (Some("before".to_owned()), TODAY.parse().unwrap());
    let request = CheckRequest { folder: folder.to_owned(), since, today, profile, ..CheckRequest::default() };
    let checked = pipeline::check(&request).unwrap();
    let findings = checked.report.findings().iter().filter(|(_, finding)| finding.lint.code == "RB330");
    let told = findings.map(|(level, finding)| {
        let source = &checked.sources[finding.place.source];
        assert_eq!(source.path, "relbook.toml");
        (*level, source.position(finding.place.span.start).line as u32, finding.message.clone())
    });
    told.collect()
}

/// The whole site with those settings.
fn files() -> String {
    let (_, rest) = WHOLE.split_once("profile = \"strict\"\n").unwrap();
    format!("-- relbook.toml --\n{STRICT}{rest}")
}

/// One text for another in the settings, the line, and how what is found begins.
#[rustfmt::skip]
const WEAKER: &[(&str, &str, u32, &str)] = &[
    ("profile = \"strict\"", "profile = \"standard\"", 4, "the profile wants less"),
    ("profile = \"strict\"\n", "", 1, "the profile wants less"),
    ("window-overlap = \"error\"", "window-overlap = \"warn\"", 6, "the level of window-overlap is `warn`"),
    ("RB005 = \"error\"", "RB005 = \"off\"", 7, "the level of unknown-field is `off`"),
    ("RB005 = \"error\"", "RB330 = \"off\"", 7, "the level of settings-weakened is `off`"),
    ("\"RB304\", \"RB306\"", "\"RB306\"", 5, "records can silence RB304 now"),
    ("never_allow = [\"RB304\", \"RB306\"]", "never_allow = []", 5, "records can silence RB304, RB306 now"),
    ("\"changes\", \"rollback_plan\"", "\"changes\"", 11, "a minor release that is `approved` no longer wants rollback_plan"),
    ("\"Operations\", \"Security\"", "\"Operations\"", 13, "minor: the approval of `Security`"),
    ("at_least = 2", "at_least = 1", 14, "minor: 1 approvals are enough"),
    ("at_least = 2\n", "", 1, "minor: 0 approvals are enough"),
    ("not = [\"initiator\"]", "not = []", 15, "minor: the initiator may approve"),
    ("approval = 30", "approval = 31", 17, "`approval` takes more days than 30"),
    ("approval = 30\n", "", 1, "`approval` takes more days than 30"),
    ("notice = 5", "notice = 4", 18, "`notice` is 4 days"),
    ("Auditors = 9", "auditors = 8", 20, "`Auditors` is told less than 9 days"),
    ("Auditors = 9\n", "", 1, "`Auditors` is told less than 9 days"),
    ("\"people\", \"problems\"", "\"people\"", 9, "`listed` no longer holds `problems`"),
    ("time_zone = \"Europe/Amsterdam\"", "time_zone = \"Asia/Tokyo\"", 1, "every time without a zone was one of Europe/Amsterdam, and is moved"),
    ("time_zone = \"Europe/Amsterdam\"", "", 1, "every time without a zone was one of Europe/Amsterdam, and is moved"),
    ("ignore = [\"*.bak\"]", "ignore = [\"CHG-3.md\"]", 2, "`ignore` hides records that were there: 1, "),
    ("draft = [\"assessment\"]", "draft = [\"assessment\", \"approved\"]", 22, "`approved` may follow `draft`"),
    ("[lifecycle.release]\ndraft = [\"assessment\"]\n", "", 1, "`cancelled` may follow `draft`"),
];

#[test]
fn what_is_wanted_no_longer_is_found_at_its_line() {
    let repository = repository(&files());
    let folder = repository.path();
    let mut missed = Vec::new();
    for (from, to, line, begins) in WEAKER {
        assert_eq!(STRICT.matches(from).count(), 1, "{from}");
        put(folder, "relbook.toml", STRICT.replace(from, to).as_bytes());
        let found = found(folder, None);
        let is_it = matches!(&found[..], [(Level::Error, at, told)] if at == line && told.starts_with(begins));
        if !is_it {
            missed.push(format!("{from} > {to}: {found:?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn what_wants_as_much_or_more_is_not() {
    let repository = repository(&files());
    let folder = repository.path();
    for (from, to) in [
        ("", ""),
        ("RB005 = \"error\"\n", ""),
        ("RB005", "unknown-field"),
        ("\"RB304\", \"RB306\"", "\"customers-not-told\", \"not-approved\", \"RB301\""),
        ("at_least = 2", "at_least = 3"),
        ("[\"Operations\", \"Security\"]", "[\"security\", \"Board\", \"operations\"]"),
        ("approval = 30", "approval = 29"),
        ("Auditors = 9", "auditors = 10\nBanks = 1"),
        ("draft = [\"assessment\"]", "draft = []"),
        ("ignore = [\"*.bak\"]\n", ""),
    ] {
        put(folder, "relbook.toml", STRICT.replacen(from, to, 1).as_bytes());
        assert_eq!(found(folder, None), [], "{from} > {to}");
    }
}

#[test]
fn its_level_is_that_of_the_settings_that_were() {
    let repository = repository(&files());
    let folder = repository.path();
    let records = STRICT.replace("profile = \"strict\"", "profile = \"records\"");
    put(folder, "relbook.toml", records.as_bytes());
    assert_eq!(found(folder, None)[0].0, Level::Error, "records has it off");
    put(folder, "relbook.toml", b"");
    assert_eq!(found(folder, None)[0].0, Level::Error, "nothing is left of them");
    fs::remove_file(folder.join("relbook.toml")).unwrap();
    assert_eq!(found(folder, None)[0].0, Level::Error, "nor is the file");
    assert_eq!(found(folder, Some(Profile::Strict))[0].1, 1);
    git(folder, &["tag", "--delete", "before"]);
    commit(folder, "before");
    assert_eq!(found(folder, None), [], "it was merged");
    put(folder, "relbook.toml", b"[lints]\nprofile = \"records\"\n");
    let standard = found(folder, None);
    assert!(matches!(&standard[..], [(Level::Warn, 2, _)]), "where there are none, the defaults held: {standard:?}");
}

/// What is hidden by a new pattern is gone, as far as the site knows, and so is what another folder holds.
#[test]
fn records_that_are_read_no_longer_are_found() {
    let repository = repository(&files());
    let folder = repository.path();
    let codes = || {
        let (since, today) = (Some("before".to_owned()), TODAY.parse().unwrap());
        let request = CheckRequest { folder: folder.to_owned(), since, today, ..CheckRequest::default() };
        let report = pipeline::check(&request).unwrap().report;
        report.findings().iter().map(|(_, finding)| finding.lint.code).collect::<Vec<_>>()
    };
    put(folder, "relbook.toml", STRICT.replace("*.bak", "/changes/CHG-3.md").as_bytes());
    let hidden = codes();
    assert!(hidden.contains(&"RB316") && hidden.contains(&"RB330"), "{hidden:?}");
    let moved = format!("content = \"records\"\n{STRICT}");
    fs::create_dir(folder.join("records")).unwrap();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if !matches!(name.as_str(), ".git" | "relbook.toml" | "records") {
            fs::rename(entry.path(), folder.join("records").join(name)).unwrap();
        }
    }
    put(folder, "relbook.toml", moved.as_bytes());
    let told = found(folder, None);
    assert!(matches!(&told[..], [(Level::Error, 1, what)] if what.contains("read no longer")), "{told:?}");
    assert!(!codes().contains(&"RB316"), "each is there as it was");
    fs::remove_file(folder.join("records/changes/CHG-3.md")).unwrap();
    assert!(codes().contains(&"RB316"), "the former folder is compared with");
}
