//! What a finding says to write instead is what was meant, is never what would be refused, and hides nothing else.

use std::fs;
use std::path::Path;

use relbook::pipeline::Checked;

use super::harness::{check, folder};

/// A finding with what it says to write instead: `RB102 releases/REL-1.md:3 scheduled`.
fn told(checked: &Checked) -> Vec<String> {
    let findings = checked.report.findings().iter().map(|(_, finding)| {
        let source = &checked.sources[finding.place.source];
        let line = source.position(finding.place.span.start).line;
        let instead = finding.replacement.as_deref().unwrap_or("-");
        format!("{} {}:{line} {instead}", finding.lint.code, source.path)
    });
    findings.collect()
}

/// What a check of a small site says to write instead, findings of the process left out.
fn replacements(files: &str) -> Vec<String> {
    let folder = folder(files);
    told(&check(folder.path(), None))
        .into_iter()
        .filter(|line| line.starts_with("RB0") || line.starts_with("RB1"))
        .collect()
}

/// The replacement of the one finding that a line raises in the front matter of a kind's record; `-` for none.
fn instead(place: &str, line: &str) -> String {
    let file = format!("-- {place} --\n---\ntitle: A\nconfiguration_items: [shop]\n{line}\n---\n");
    let found = replacements(&file);
    assert_eq!(found.len(), 1, "{place}: {line}: {found:?}");
    found[0].rsplit_once(' ').unwrap().1.to_owned()
}

#[test]
fn a_key_of_another_tool_leads_to_what_it_means() {
    for (place, line, key) in [
        ("releases/REL-1.md", "date: 2026-12-01", "planned_date"),
        ("releases/REL-1.md", "Release Date: 2026-12-01", "planned_date"),
        ("known-errors/KE-1.md", "date: 2026-11-01", "detected"),
        ("changes/CHG-1.md", "requested_by: Ilse Brandt", "initiator"),
        ("changes/CHG-1.md", "requester: Ilse Brandt", "initiator"),
        ("releases/REL-1.md", "description: Opens the gate sooner.", "summary"),
        ("releases/REL-1.md", "author: Ilse Brandt", "owner"),
        ("problems/PRB-1.md", "assignee: Ilse Brandt", "owner"),
        ("changes/CHG-1.md", "state: draft", "status"),
        ("known-errors/KE-1.md", "root_cause: A missing index", "cause"),
        ("configuration-items/shop.md", "dependencies: [shop-db]", "depends_on"),
        ("calendar/nights.md", "begin: 2026-12-01", "start"),
    ] {
        let line = if place.starts_with("calendar") { format!("{line}\nend: 2026-12-02") } else { line.to_owned() };
        let file = format!("-- {place} --\n---\ntitle: A\n{line}\n---\n");
        let found = replacements(&file);
        assert_eq!(found.len(), 1, "{line}: {found:?}");
        assert!(found[0].starts_with("RB005") && found[0].ends_with(&format!(" {key}")), "{line}: {found:?}");
    }
}

#[test]
fn every_word_for_configuration_items_leads_there() {
    let words = [
        "ci",
        "cis",
        "CIs",
        "affected_systems",
        "systems",
        "assets",
        "affected-cis",
        "config_items",
        "servers",
        "affected",
        "components",
    ];
    for word in words {
        for kind in ["releases/REL-1.md", "changes/CHG-1.md", "known-errors/KE-1.md", "problems/PRB-1.md"] {
            let file = format!("-- {kind} --\n---\ntitle: A\n{word}: [gate-north.example.com]\n---\n");
            let expected = format!("RB005 {kind}:3 configuration_items");
            assert_eq!(replacements(&file), [expected], "{word}");
        }
    }
}

/// `affected` may name releases or what they touch: what stands under it decides.
#[test]
fn what_stands_under_a_key_decides_what_is_meant() {
    let release = "-- releases/REL-1.md --\n---\ntitle: A\nversion: '2.0'\nconfiguration_items: [gate]\n---\n";
    let known =
        |line: &str| replacements(&format!("{release}-- known-errors/KE-1.md --\n---\ntitle: A\n{line}\n---\n"));
    assert_eq!(known("affected: [rel-1]"), ["RB005 known-errors/KE-1.md:3 affects"]);
    assert_eq!(known("affected: ['2.0']"), ["RB005 known-errors/KE-1.md:3 affects"], "a version names a release too");
    assert_eq!(known("affected: [rel-1, gate]"), ["RB005 known-errors/KE-1.md:3 configuration_items"]);
    assert_eq!(known("affectd: [REL-1]"), ["RB005 known-errors/KE-1.md:3 affects"]);
    assert_eq!(known("severty: [REL-1]"), ["RB005 known-errors/KE-1.md:3 -"], "severity takes no list");
    assert_eq!(known("approvals: Ilse"), ["RB005 known-errors/KE-1.md:3 -"]);
}

#[test]
fn a_key_that_is_there_is_not_offered() {
    let kind = "changes/CHG-1.md";
    assert_eq!(instead(kind, "systems: [gate]"), "-", "the configuration items are there already");
    assert_eq!(instead(kind, "configuration_item: [gate]"), "-");
    assert_eq!(instead(kind, "name: B"), "-", "so is the title");
    let twice = format!("-- {kind} --\n---\ntitle: A\nrequester: A\nrequested_by: B\n---\n");
    assert_eq!(replacements(&twice), [format!("RB005 {kind}:3 initiator"), format!("RB005 {kind}:4 -")]);
}

#[test]
fn a_value_of_another_tool_leads_to_what_it_means() {
    for (place, key, pairs) in [
        (
            "releases/REL-1.md",
            "status",
            &[
                ("done", "deployed"),
                ("Completed", "deployed"),
                ("released", "deployed"),
                ("live", "deployed"),
                ("implemented", "deployed"),
                ("In Production", "deployed"),
                ("planned", "scheduled"),
                ("shceduled", "scheduled"),
                ("open", "-"),
            ][..],
        ),
        (
            "known-errors/KE-1.md",
            "severity",
            &[
                ("medium", "moderate"),
                ("P2", "high"),
                ("1 - Critical", "critical"),
                ("3 - Moderate", "moderate"),
                ("2", "-"),
            ],
        ),
        (
            "known-errors/KE-1.md",
            "status",
            &[("closed", "resolved"), ("fixed", "resolved"), ("unresolved", "confirmed"), ("won't fix", "wont-fix")],
        ),
        ("problems/PRB-1.md", "status", &[("fixed", "resolved"), ("not closed", "-")]),
        ("configuration-items/gate.md", "class", &[("server", "host"), ("aplication", "application")]),
    ] {
        for (written, meant) in pairs {
            assert_eq!(instead(place, &format!("{key}: {written}")), *meant, "{key}: {written}");
        }
    }
}

#[test]
fn an_everyday_name_of_a_zone_leads_to_the_zone_and_never_to_one_that_is_spelt_alike() {
    let zone = |name: &str| {
        instead(
            "changes/CHG-1.md",
            &format!("windows: [{{start: 2026-12-01T10:00, end: 2026-12-01T11:00, time_zone: {name}}}]"),
        )
    };
    for (name, meant) in [
        ("Pacific Time", "America/Los_Angeles"),
        ("Central European Time", "Europe/Paris"),
        ("UK", "Europe/London"),
        ("GMT+1", "Etc/GMT-1"),
        ("UTC-05:00", "Etc/GMT+5"),
        ("Stockholm", "Europe/Stockholm"),
        ("Europe/Lundun", "Europe/London"),
        ("Headquarters", "-"),
        ("CST", "-"),
    ] {
        assert_eq!(zone(name), meant, "{name}");
    }
}

/// `type: minor` in the folder of releases: the key is named that is meant, and the record is read all the same.
#[test]
fn a_type_that_is_another_keys_value_hides_nothing() {
    for (place, line, expected) in [
        ("releases/REL-1.md", "type: minor", "RB102 releases/REL-1.md:3 release_type"),
        ("changes/CHG-1.md", "type: normal", "RB102 changes/CHG-1.md:3 change_type"),
        ("calendar/W-1.md", "type: freeze", "RB102 calendar/W-1.md:3 kind"),
        ("configuration-items/CI-1.md", "type: network", "RB102 configuration-items/CI-1.md:3 class"),
        ("configuration-items/CI-1.md", "type: service", "RB102 configuration-items/CI-1.md:3 class"),
        ("releases/REL-1.md", "type: realease", "RB102 releases/REL-1.md:3 release"),
        ("releases/REL-1.md", "type: whatever", "RB102 releases/REL-1.md:3 -"),
    ] {
        let file = format!("-- {place} --\n---\ntitle: A\n{line}\nowner: [A, B]\n---\n");
        let found = replacements(&file);
        assert!(found.contains(&expected.to_owned()), "{line}: {found:?}");
        assert!(found.iter().any(|line| line.starts_with("RB101")), "the owner is reported in the same run: {found:?}");
    }
    let taken = "-- releases/REL-1.md --\n---\ntitle: A\ntype: minor\nrelease_type: major\n---\n";
    assert_eq!(replacements(taken), ["RB102 releases/REL-1.md:3 -"], "the key is there already");
}

#[test]
fn a_record_with_the_trap_of_type_has_an_id() {
    let files = "-- releases/REL-1.md --\n---\ntitle: A\ntype: minor\n---\n\
                 -- known-errors/KE-1.md --\n---\ntitle: B\nintroduced_in: [REL-1]\n---\n[[REL-1]]\n";
    let folder = folder(files);
    let found = told(&check(folder.path(), None));
    assert!(!found.iter().any(|line| line.starts_with("RB2") && !line.starts_with("RB207")), "{found:?}");
}

#[test]
fn faults_of_one_file_come_in_one_run() {
    let file = "-- changes/CHG-1.md --\n---\ntype: normal\nci: gate\nstatus: planned\ndate: 2026-12-01T22:00\n\
                approvers:\n  - {name: Ilse, decision: ok}\n\
                window: [{begin: 2026-12-01T22:00, end: 2026-12-01T23:00, tz: UK}]\n---\n";
    let expected = [
        "RB006 changes/CHG-1.md:1 -",
        "RB102 changes/CHG-1.md:2 change_type",
        "RB005 changes/CHG-1.md:3 configuration_items",
        "RB101 changes/CHG-1.md:3 [gate]",
        "RB102 changes/CHG-1.md:4 scheduled",
        "RB005 changes/CHG-1.md:5 planned_date",
        "RB103 changes/CHG-1.md:5 2026-12-01",
        "RB005 changes/CHG-1.md:6 approvals",
        "RB005 changes/CHG-1.md:7 by",
        "RB102 changes/CHG-1.md:7 approved",
        "RB005 changes/CHG-1.md:8 windows",
        "RB005 changes/CHG-1.md:8 start",
        "RB005 changes/CHG-1.md:8 time_zone",
        "RB104 changes/CHG-1.md:8 Europe/London",
    ];
    let mut found = replacements(file);
    found.sort();
    let mut expected: Vec<String> = expected.iter().map(|line| (*line).to_owned()).collect();
    expected.sort();
    assert_eq!(found, expected);
}

/// Nothing that was guessed is ever shown: where a site lets the fault pass, the value is not read.
#[test]
fn what_was_guessed_stands_on_no_page() {
    let files = "-- relbook.toml --\n[lints]\nunknown-field = \"warn\"\nunknown-value = \"warn\"\n\
                 -- releases/REL-1.md --\n---\ntitle: A\nconfiguration_items: [gate]\nrequester: Ilse Brandt\nstatus: done\n---\nText.\n";
    let site = super::harness::site(files);
    let page = site.text("releases/REL-1.html");
    assert!(!page.contains("Ilse Brandt") && !page.contains("Deployed"), "{page}");
}

/// In TOML a text stands in quotes, and so does what is written instead of it.
#[test]
fn a_replacement_in_toml_is_toml() {
    let files = "-- changes/CHG-1.md --\n+++\ntitle = \"A\"\nci = \"gate\"\nstatus = \"planned\"\n+++\n";
    let folder = folder(files);
    let found = replacements(files);
    assert_eq!(
        found,
        [
            "RB005 changes/CHG-1.md:3 configuration_items",
            "RB101 changes/CHG-1.md:3 [\"gate\"]",
            "RB102 changes/CHG-1.md:4 \"scheduled\"",
        ]
    );
    apply_all(folder.path());
    assert_eq!(told(&check(folder.path(), None)).iter().filter(|line| line.starts_with("RB1")).count(), 0);
}

/// Writes what the findings say into the files, the last of each file first.
pub fn apply_all(folder: &Path) {
    let checked = check(folder, None);
    let mut findings: Vec<_> = checked.report.findings().iter().map(|(_, finding)| finding).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse((finding.place.source, finding.place.span)));
    for finding in findings {
        let Some(replacement) = &finding.replacement else { continue };
        let path = folder.join(&checked.sources[finding.place.source].path);
        let mut text = fs::read_to_string(&path).unwrap();
        text.replace_range(finding.place.span.range(), replacement);
        fs::write(&path, text).unwrap();
    }
}
