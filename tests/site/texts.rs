//! Texts that are no texts: placeholders, and what another generator would replace.

use super::harness::{check, folder, places};

/// Places of one code, as `RB010 releases/G-1.md:9`.
fn found(files: &str, code: &str) -> Vec<String> {
    let folder = folder(files);
    let checked = check(folder.path(), None);
    places(&checked).into_iter().filter(|place| place.starts_with(code)).collect()
}

fn known_error(matter: &str, body: &str) -> String {
    format!("-- known-errors/KE-1.md --\n---\ntitle: Barrier sticks\n{matter}\n---\n{body}\n")
}

#[test]
fn what_another_generator_would_replace_is_named_with_its_line() {
    let body = "{{< alert >}}Back up first.{{< /alert >}}\n\n{% include note.html %}\n\n!!! warning\n    Back up first.\n\n:::note\nBack up first.\n:::\n\n[the change]({{< relref \"x.md\" >}})\n\n> h2. Rollback plan\n\n- [TOC]\n- {toc}\n";
    let lines: Vec<String> = found(&known_error("status: open", body), "RB010");
    let expected = [5, 7, 9, 12, 16, 18, 20, 21].map(|line| format!("RB010 known-errors/KE-1.md:{line}"));
    assert_eq!(lines, expected);
    // A link whose target is a template is none either, whatever else is said of it.
    let link = known_error("status: open", "[the change]({{site.url}}/x)");
    assert_eq!(found(&link, "RB010"), ["RB010 known-errors/KE-1.md:5"]);
    // The table of contents of some forges has the form of a link to a record.
    assert_eq!(found(&known_error("status: open", "[[_TOC_]]"), "RB"), ["RB010 known-errors/KE-1.md:5"]);
}

#[test]
fn the_same_notation_is_told_once_in_a_record() {
    let files = known_error("status: open", &"{{< x >}}\n\n".repeat(50));
    let folder = folder(&files);
    let checked = check(folder.path(), None);
    let all: Vec<_> = checked.report.findings().iter().filter(|(_, f)| f.lint.code == "RB010").collect();
    assert_eq!(all.len(), 1);
    assert!(all[0].1.label.contains("49 more"), "{}", all[0].1.label);
    assert_eq!(all[0].1.related.len(), 5);
}

#[test]
fn what_stands_in_code_or_is_ordinary_text_is_left_alone() {
    let body = "`{{< alert >}}` and `[TOC]`\n\n```\n!!! note\n:::\n{% raw %}\n```\n\n    h2. Title\n\nStop!!! Now. A set {a, b}, Foo::bar, x == y.\n\n[see](https://example.com/{x})\n";
    assert_eq!(found(&known_error("status: open", body), "RB010"), [""; 0]);
}

#[test]
fn a_text_that_is_a_placeholder_is_found_in_any_key() {
    let matter = "status: confirmed\ncause: TBD\nworkaround: <how to lift it>\nsymptoms: |\n  Lorem ipsum dolor sit amet,\n  consectetur.\nowner: n/a\nsummary: Todo lists stick.\nlinks: [{title: \"...\", url: \"https://example.com\"}]\nerror_codes: [\"???\"]\ntags: [todo]\nextra: {vendor: xxx}";
    let lines = found(&known_error(matter, ""), "RB302");
    let expected = [4, 5, 7, 11, 14].map(|line| format!("RB302 known-errors/KE-1.md:{line}"));
    assert_eq!(lines, expected);
    // As long as the record is on its way, a place may be kept.
    assert_eq!(found(&known_error("status: investigating\ncause: TBD", ""), "RB302"), [""; 0]);
}

#[test]
fn a_plan_keeps_places_until_its_status_wants_them() {
    let release = |status: &str| {
        format!(
            "-- releases/G-1.md --\n---\ntitle: Gate\nrelease_type: minor\nstatus: {status}\nconfiguration_items: [gate]\ninitiator: TBD\nrelease_manager: TODO\n---\nx\n"
        )
    };
    assert_eq!(found(&release("draft"), "RB302"), [""; 0]);
    assert_eq!(found(&release("assessment"), "RB302"), ["RB302 releases/G-1.md:6"]);
    assert_eq!(found(&release("approved"), "RB302"), ["RB302 releases/G-1.md:6", "RB302 releases/G-1.md:7"]);
    let window = "-- calendar/W-1.md --\n---\ntitle: W\nkind: freeze\nstart: 2026-12-01\nend: 2026-12-02\nreason: to be confirmed\n---\n";
    assert_eq!(found(window, "RB302"), ["RB302 calendar/W-1.md:6"]);
}
