//! What a finding says to write instead is what was meant, is never what would be refused, and hides nothing else.

use std::fs;
use std::path::Path;

use jiff::tz::TimeZone;
use rayon::prelude::*;
use relbook::diag::{Finding, Levels, Sink};
use relbook::lints;
use relbook::pipeline::Checked;
use relbook::read::{Node, Value};
use relbook::record::{self, Defaults, Header};
use relbook::source::{Place, Source, SourceId};

use super::explanations::example_of;
use super::harness::{check, folder, root, tree};

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
    ];
    let kinds = ["changes/CHG-1.md", "known-errors/KE-1.md", "problems/PRB-1.md", "releases/REL-1.md"];
    let file = |kind: &str, word: &str| format!("-- {kind} --\n---\ntitle: A\n{word}: [gate-north.example.com]\n---\n");
    let of_words = words.into_iter().flat_map(|word| kinds.map(|kind| (kind, word)));
    for (kind, word) in of_words.chain(kinds[..3].iter().map(|kind| (*kind, "components"))) {
        let expected = format!("RB005 {kind}:3 configuration_items");
        assert_eq!(replacements(&file(kind, word)), [expected], "{word}");
    }
    let found = replacements(&file(kinds[3], "components"));
    assert_eq!(found, ["RB101 releases/REL-1.md:3 -"], "a release has components with their versions");
}

/// `affected` may name releases or what they touch: what stands under it decides.
#[test]
fn what_stands_under_a_key_decides_what_is_meant() {
    let release = "-- releases/REL-1.md --\n---\ntitle: A\nversion: '2.0'\nconfiguration_items: [gate]\nrelease_type: minor\n---\n";
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
                 -- releases/REL-1.md --\n---\ntitle: A\nconfiguration_items: [gate]\nrequester: Ilse Brandt\nstatus: done\nrelease_type: minor\n---\nText.\n";
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

/// What the references of a small site lead to: `known-errors/KE-1.md:3 G-1`.
fn led(files: &str) -> Vec<String> {
    let folder = folder(files);
    let found = told(&check(folder.path(), None));
    found
        .iter()
        .filter_map(|line| line.strip_prefix("RB202 ").or(line.strip_prefix("RB203 ")))
        .map(str::to_owned)
        .collect()
}

const GATE: &str = "-- releases/G-1.md --\n---\ntitle: Gate 2.0 for all quays\nservice: Gate\nversion: '2.0'\n\
    configuration_items: [gate]\nchanges: [CHG-0007]\naliases: [releases/GATE-TWO.html]\nrelease_type: minor\n---\n\
    -- releases/REL-2026-028.md --\n---\ntitle: Crane\nservice: Crane\nversion: v3.1\nconfiguration_items: [crane]\nrelease_type: minor\n---\n\
    -- changes/CHG-0007.md --\n---\ntitle: Seal the gate\nconfiguration_items: [gate]\nchange_type: normal\n---\n";

#[test]
fn what_is_written_for_an_id_leads_to_it() {
    for (key, written, id) in [
        ("introduced_in", "'2.0'", "\"G-1\""),
        ("introduced_in", "v2.0", "G-1"),
        ("introduced_in", "3.1", "REL-2026-028"),
        ("introduced_in", "Gate 2.0", "G-1"),
        ("introduced_in", "Gate 2.0 for all quays", "G-1"),
        ("introduced_in", "GATE-TWO", "G-1"),
        ("introduced_in", "REL-2026-28", "REL-2026-028"),
        ("introduced_in", "rel_2026_028", "REL-2026-028"),
        ("introduced_in", "REL 2026 28", "REL-2026-028"),
        ("introduced_in", "CHG-0007", "G-1"),
        ("introduced_in", "chg 7", "-"),
        ("introduced_in", "REL-2026-029", "-"),
        ("introduced_in", "4.0", "-"),
    ] {
        let found = led(&format!("{GATE}-- known-errors/KE-1.md --\n---\ntitle: A\n{key}: [{written}]\n---\n"));
        assert_eq!(found, [format!("known-errors/KE-1.md:3 {id}")], "{written}");
    }
    for (written, id) in
        [("CHG-7", "CHG-0007"), ("chg0007", "CHG-0007"), ("7", "CHG-0007"), ("Seal the gate", "CHG-0007")]
    {
        let release = format!(
            "-- releases/G-2.md --\n---\ntitle: B\nconfiguration_items: [gate]\nchanges: [{written}]\nrelease_type: minor\n---\n"
        );
        assert_eq!(led(&format!("{GATE}{release}")), [format!("releases/G-2.md:4 {id}")], "{written}");
    }
    let in_text = format!("{GATE}-- pages/p.md --\n---\ntitle: P\n---\nSee [[rel-2026-28]] and [[change:chg-7|it]].\n");
    assert_eq!(led(&in_text), ["pages/p.md:4 [[REL-2026-028]]", "pages/p.md:4 [[change:CHG-0007|it]]"]);
}

/// Of two releases with one version the one of the same service is meant; without one, nobody can say.
#[test]
fn a_version_that_two_have_is_that_of_the_own_service() {
    let two = GATE.replace("v3.1", "'2.0'");
    let known = |service: &str| {
        led(&format!("{two}-- known-errors/KE-1.md --\n---\ntitle: A\nintroduced_in: [2.0]\n{service}---\n"))
    };
    assert_eq!(known(""), ["known-errors/KE-1.md:3 -"]);
    assert_eq!(known("service: Crane\n"), ["known-errors/KE-1.md:3 REL-2026-028"]);
    assert_eq!(known("service: Gate\n"), ["known-errors/KE-1.md:3 G-1"]);
    assert_eq!(known("service: Quay\n"), ["known-errors/KE-1.md:3 -"]);
}

#[test]
fn an_item_or_problem_spelt_in_two_ways_is_one() {
    let listed = "-- configuration-items/gate-db-01.md --\n---\nclass: database\n---\n\
                  -- problems/PRB-0012.md --\n---\ntitle: P\n---\n";
    let change = |items: &str, problem: &str| {
        led(&format!(
            "{listed}-- changes/CHG-1.md --\n---\ntitle: A\nconfiguration_items: [{items}]\nproblems: [{problem}]\nchange_type: normal\n---\n"
        ))
    };
    assert_eq!(change("gate_db_1, quay", "PRB-0012"), ["changes/CHG-1.md:3 gate-db-01"]);
    assert_eq!(change("Gate DB 01", "prb-12"), ["changes/CHG-1.md:3 gate-db-01", "changes/CHG-1.md:4 PRB-0012"]);
    assert_eq!(change("GATE-DB-01, gate-db-02, gate-db", "PRB-13"), [""; 0], "others are others");
}

/// What is wrong with a reference beyond its spelling is said in the same run.
#[test]
fn a_reference_is_followed_to_what_is_meant() {
    let itself = "-- releases/REL-0007.md --\n---\ntitle: A\nconfiguration_items: [gate]\nsupersedes: rel 7\nrelease_type: minor\n---\n";
    let found = |files: &str| told(&check(folder(files).path(), None));
    assert_eq!(found(itself), ["RB202 releases/REL-0007.md:4 REL-0007", "RB204 releases/REL-0007.md:4 -"]);
    let lowered = format!("-- relbook.toml --\n[lints]\nunknown-reference = \"warn\"\n{itself}");
    assert_eq!(found(&lowered), ["RB202 releases/REL-0007.md:4 REL-0007"], "what stops nothing is not followed");
    let allowed = itself.replace("title: A", "title: A\nallow: {RB202: a release of another house}");
    assert_eq!(found(&allowed), [""; 0]);
}

#[test]
fn references_to_a_file_that_cannot_be_read_are_no_faults() {
    let broken = [
        ("releases/REL-9.md", "---\ntitle: [A\n---\n"),
        ("releases/REL-9.md", "no front matter\n"),
        ("releases/nine.md", "---\nid: REL-9\ntitle: [A\n---\n"),
        ("releases/nine.md", "+++\nid = \"REL-9\"\ntitle = A\n+++\n"),
    ];
    for (path, text) in broken {
        let known = "-- known-errors/KE-1.md --\n---\ntitle: A\nintroduced_in: [rel-9]\n---\nSee [[REL-9]].\n";
        let files = format!("-- {path} --\n{text}{known}");
        let folder = folder(&files);
        let found = told(&check(folder.path(), None));
        assert!(found.iter().any(|line| line.contains(path)), "{found:?}");
        assert!(!found.iter().any(|line| line.starts_with("RB202")), "{text}: {found:?}");
    }
}

#[test]
fn typographic_quotes_around_a_value_are_found() {
    let kind = "known-errors/KE-1.md";
    for (written, instead) in [
        ("\u{201c}Gate stays shut\u{201d}", "\"Gate stays shut\""),
        ("\u{201e}Tor bleibt zu\u{201c}", "\"Tor bleibt zu\""),
        ("\u{ab}La porte\u{bb}", "\"La porte\""),
        ("\u{2018}Gate\u{2019}", "\"Gate\""),
        ("\u{201c}Gate: shut\u{201d}", "\"Gate: shut\""),
    ] {
        let found = replacements(&format!("-- {kind} --\n---\ntitle: {written}\nowner: [A, B]\n---\n"));
        assert_eq!(found[0], format!("RB108 {kind}:2 {instead}"), "{written}");
        assert!(found[1].starts_with("RB101"), "{found:?}");
        let toml = replacements(&format!("-- {kind} --\n+++\ntitle = {written}\n+++\n"));
        assert_eq!(toml, [format!("RB108 {kind}:2 {instead}")], "{written}");
    }
    for meant in [
        "'\u{201c}Gate stays shut\u{201d}'",
        "\u{201c}Gate\u{201d} and \u{201c}quay\u{201d}",
        "The \u{201c}gate\u{201d}",
        "\u{2019}tis shut\u{2019}s end",
    ] {
        assert_eq!(replacements(&format!("-- {kind} --\n---\ntitle: {meant}\n---\n")), [""; 0], "{meant}");
    }
}

#[test]
fn what_only_wants_quotes_hides_nothing_behind_it() {
    let kind = "known-errors/KE-1.md";
    let text = "---\ntitle: Export: totals differ\nsummary: @ilse saw it\nowner: \"Ilse\" Brandt\n\
                cause: [draft] a rounding\nseverity: medium\nsymptoms: the end:\n---\n";
    let expected = [
        "RB003 known-errors/KE-1.md:2 \"Export: totals differ\"",
        "RB003 known-errors/KE-1.md:3 \"@ilse saw it\"",
        "RB003 known-errors/KE-1.md:4 '\"Ilse\" Brandt'",
        "RB003 known-errors/KE-1.md:5 \"[draft] a rounding\"",
        "RB102 known-errors/KE-1.md:6 moderate",
        "RB003 known-errors/KE-1.md:7 \"the end:\"",
    ];
    assert_eq!(replacements(&format!("-- {kind} --\n{text}")), expected);
    let folder = folder(&format!("-- {kind} --\n{text}"));
    apply_all(folder.path());
    let left = told(&check(folder.path(), None));
    assert!(left.iter().all(|line| !line.starts_with("RB0") && !line.starts_with("RB1")), "{left:?}");
}

/// The findings of one file by itself, each with what is said: `RB102 3 …`.
fn read_alone(path: &str, text: &str) -> Vec<(Finding, String)> {
    let source = Source::new(path, text.to_owned());
    let sink = Sink::with_levels(SourceId(0), &Levels::default());
    record::read(&source, &Defaults::new(TimeZone::UTC), &sink);
    let with_line = |finding: Finding| {
        let line = source.position(finding.place.span.start).line;
        let said = format!("{} {line}", finding.lint.code);
        (finding, said)
    };
    sink.into_findings().into_iter().map(with_line).collect()
}

/// Follows each replacement of a file by itself: its finding goes, and none comes that was not there. How many there were.
fn follow_each(path: &str, text: &str) -> usize {
    let before = read_alone(path, text);
    let said = |findings: &[(Finding, String)]| {
        let mut said: Vec<String> = findings.iter().map(|(_, said)| said.clone()).collect();
        said.sort();
        said
    };
    let mut count = 0;
    for (finding, own) in &before {
        let Some(replacement) = &finding.replacement else { continue };
        let mut mended = text.to_owned();
        mended.replace_range(finding.place.span.range(), replacement);
        let (mut left, after) = (said(&before), read_alone(path, &mended));
        left.remove(left.iter().position(|said| said == own).unwrap());
        for said in said(&after) {
            let at = left.iter().position(|other| *other == said);
            let at = at
                .unwrap_or_else(|| panic!("{path}: `{replacement}` for a {own} brings {said}:\n{mended}\nfor\n{text}"));
            left.remove(at);
        }
        count += 1;
    }
    count
}

/// Every place of a record's front matter where a key or a plain word stands.
fn places_of(node: &Node, into: &mut Vec<(std::ops::Range<usize>, bool)>) {
    match &node.value {
        Value::Map(entries) => {
            for entry in entries {
                into.push((entry.key_span.range(), true));
                places_of(&entry.node, into);
            }
        }
        Value::List(items) => items.iter().for_each(|item| places_of(item, into)),
        Value::Scalar { text, quoted: false } if text.len() < 30 => into.push((node.span.range(), false)),
        _ => {}
    }
}

/// A word with a slip of the finger, or as another house writes it.
fn slipped(word: &str, how: usize) -> String {
    let letters: Vec<char> = word.chars().collect();
    let middle = letters.len() / 2;
    let mut slipped = letters.clone();
    match how % 7 {
        0 if letters.len() > 3 => slipped.swap(middle, middle - 1),
        1 if letters.len() > 3 => drop(slipped.remove(middle)),
        2 => slipped.insert(middle, letters[middle]),
        3 => slipped.push('s'),
        4 => return word.to_uppercase(),
        5 => return format!("un{word}"),
        _ => return format!("\u{201c}{word}\u{201d}"),
    }
    slipped.into_iter().collect()
}

/// The example's records with their text.
fn example() -> Vec<(String, String)> {
    let folders = ["releases", "changes", "known-errors", "problems", "configuration-items", "calendar", "pages"];
    let files = tree(&root().join("content-example")).into_iter();
    let is_record = |path: &String| path.ends_with(".md") && folders.iter().any(|folder| path.starts_with(folder));
    files.filter(|(path, _)| is_record(path)).map(|(path, text)| (path, String::from_utf8(text).unwrap())).collect()
}

/// One of this many places of each record is tried.
const SHARE: usize = 11;

/// For keys and words of all the example's records, each with a slip in it: what is to be written instead is right.
#[test]
fn every_replacement_of_a_slip_ends_its_finding_and_brings_no_other() {
    let count: usize = example()
        .par_iter()
        .map(|(path, text)| {
            let source = Source::new(path.clone(), text.clone());
            let node = record::front_matter(&source, &Header::default()).expect("front matter");
            let mut places = Vec::new();
            places_of(&node, &mut places);
            let slip = |(number, (range, is_key)): (usize, &(std::ops::Range<usize>, bool))| {
                // A key is no value: quotes and capitals are for values.
                let how = if *is_key { number % 4 } else { number };
                let mut slipped_text = text.clone();
                slipped_text.replace_range(range.clone(), &slipped(&text[range.clone()], how));
                follow_each(path, &slipped_text)
            };
            // A share of them, another of each record: all would be minutes.
            places.iter().enumerate().skip(path.len() % SHARE).step_by(SHARE).map(slip).sum::<usize>()
        })
        .sum();
    assert!(count > 200, "{count} replacements are too few to say anything");
}

/// For every kind: keys that other houses have, each with values of every shape.
#[test]
fn every_replacement_of_a_foreign_key_ends_its_finding_and_brings_no_other() {
    let keys = [
        "date",
        "ci",
        "cis",
        "systems",
        "affected",
        "requester",
        "name",
        "description",
        "state",
        "author",
        "start_date",
        "planned_end",
        "kind",
        "category",
        "severity",
        "priority",
        "release",
        "change",
        "approver",
        "approvals",
        "windows",
        "schedule",
        "tests",
        "links",
        "url",
        "team",
        "reason",
        "root_cause",
        "fixed_in",
        "since",
        "class",
        "timezone",
        "type",
        "rollback_plan",
        "impact",
        "review",
        "escalation",
        "raci",
        "effects",
        "draft",
        "tags",
        "components",
        "version",
    ];
    let values = [
        "2026-11-28",
        "2026-11-28T22:00",
        "medium",
        "done",
        "Ilse Brandt",
        "REL-1, REL-2",
        "[REL-1]",
        "[a, b]",
        "[]",
        "true",
        "'yes'",
        "{by: Ilse}",
        "[{by: Ilse}]",
        "{start: 2026-11-28, end: 2026-11-28}",
        "https://example.com/",
        "emergency",
        "freeze",
        "\u{201c}high\u{201d}",
        "1 - Critical",
        "server",
        "release",
    ];
    let places = [
        "releases/A.md",
        "changes/A.md",
        "known-errors/A.md",
        "problems/A.md",
        "configuration-items/A.md",
        "calendar/A.md",
        "pages/A.md",
    ];
    let mut count = 0;
    for (number, place) in places.into_iter().enumerate() {
        for (at, key) in keys.into_iter().enumerate() {
            // Each key meets each value in two or three of the kinds.
            for value in values.iter().skip((number + at) % 3).step_by(3) {
                let times = if place.starts_with("calendar") { "start: 2026-11-28\nend: 2026-11-29\n" } else { "" };
                count += follow_each(place, &format!("---\ntitle: A\n{times}{key}: {value}\n---\n"));
            }
        }
    }
    assert!(count > 500, "{count} replacements are too few to say anything");
}

/// Every replacement of a site, followed by itself: its finding goes, and none comes that was not there. How many.
fn follow_each_of_site(site: &Path) -> usize {
    let said = |site: &Path| {
        let checked = check(site, None);
        let line = |finding: &Finding| {
            let source = &checked.sources[finding.place.source];
            format!("{} {}:{}", finding.lint.code, source.path, source.position(finding.place.span.start).line)
        };
        let findings: Vec<(Finding, String)> =
            checked.report.findings().iter().map(|(_, finding)| (finding.clone(), line(finding))).collect();
        (findings, checked)
    };
    let (before, checked) = said(site);
    let mut count = 0;
    for (finding, own) in &before {
        let Some(replacement) = &finding.replacement else { continue };
        let path = site.join(&checked.sources[finding.place.source].path);
        let text = fs::read_to_string(&path).unwrap();
        let mut mended = text.clone();
        mended.replace_range(finding.place.span.range(), replacement);
        fs::write(&path, &mended).unwrap();
        let mut left: Vec<&String> = before.iter().map(|(_, said)| said).collect();
        left.remove(left.iter().position(|said| *said == own).unwrap());
        for (_, now) in said(site).0 {
            let at = left.iter().position(|said| **said == now);
            left.remove(at.unwrap_or_else(|| panic!("`{replacement}` for {own} brings {now}:\n{mended}")));
        }
        fs::write(&path, text).unwrap();
        count += 1;
    }
    count
}

#[test]
fn every_replacement_of_an_explanation_holds() {
    let examples = lints::ALL.iter().filter_map(|lint| example_of(lint));
    let count: usize = examples.map(|example| follow_each_of_site(example.path())).sum();
    assert!(count >= 5, "{count} replacements are too few to say anything");
}

#[test]
fn every_replacement_of_an_id_holds() {
    let site = format!(
        "{GATE}-- configuration-items/gate-db.md --\n---\nclass: database\n---\n\
         -- known-errors/KE-1.md --\n---\ntitle: A\nintroduced_in: [2.0]\nfixed_in: rel 2026 28\naffected: [v3.1]\n\
         configuration_items: [Gate DB]\n---\nSee [[chg-7|it]].\n\
         -- releases/G-3.md --\n---\ntitle: B\nconfiguration_items: [gate]\nsupersedes: \"CHG-0007\"\nchanges: [7]\nrelease_type: minor\n---\n"
    );
    assert_eq!(follow_each_of_site(folder(&site).path()), 9);
}

/// Writes what the findings say into the files, the last of each file first; of two for one place the one behind waits.
pub(crate) fn apply_all(folder: &Path) {
    let checked = check(folder, None);
    let mut findings: Vec<_> = checked.report.findings().iter().map(|(_, finding)| finding).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse((finding.place.source, finding.place.span)));
    let mut last = None;
    for finding in findings {
        let Some(replacement) = &finding.replacement else { continue };
        let Place { source, span } = finding.place;
        if last.is_some_and(|(of, start)| of == source && start < span.end) {
            continue;
        }
        last = Some((source, span.start));
        let path = folder.join(&checked.sources[finding.place.source].path);
        let mut text = fs::read_to_string(&path).unwrap();
        text.replace_range(finding.place.span.range(), replacement);
        fs::write(&path, text).unwrap();
    }
}
